"""Notices: what must stand beside every result, from undecided weights to what was left out."""

from footprint.caveats.caveat import LIMITS, Caveat, OwnWords
from footprint.caveats.files import NO_INCIDENTS, ODDITIES, moved, oddities, of_the_files, of_the_incidents
from footprint.caveats.layers import LAYER_WORDS, LAYERS, layer_rows, layer_words
from footprint.caveats.people import outside_named
from footprint.caveats.result import (
    DONORS,
    NO_THREAT,
    SAID_ELSEWHERE,
    STALE,
    caveats,
    not_known_here,
    of_the_evidence,
    silence,
    silent,
)

__all__ = [
    "DONORS",
    "LAYERS",
    "LAYER_WORDS",
    "LIMITS",
    "NO_INCIDENTS",
    "NO_THREAT",
    "ODDITIES",
    "SAID_ELSEWHERE",
    "STALE",
    "Caveat",
    "OwnWords",
    "caveats",
    "layer_rows",
    "layer_words",
    "moved",
    "not_known_here",
    "oddities",
    "of_the_evidence",
    "of_the_files",
    "of_the_incidents",
    "outside_named",
    "silence",
    "silent",
]
