"""Words for layers and fields while files are brought: what a person reads on page and terminal."""

from __future__ import annotations

from footprint.language import msgid
from layers.intake.fields import Absent, IntakeField

_LAYERS = {
    "sites": msgid("Sites"),
    "assets": msgid("Assets"),
    "incidents": msgid("Incidents"),
    "roads": msgid("Roads"),
    "rivers": msgid("Rivers"),
    "lakes": msgid("Lakes"),
    "flood_zones": msgid("Flood zones"),
    "country": msgid("Outline"),
    "regions": msgid("Units of the first level"),
    "districts": msgid("Units of the second level"),
    "places": msgid("Places"),
    "airfields": msgid("Airfields"),
    "sensitive": msgid("Sensitive places"),
    "population": msgid("People"),
    "nothing": msgid("nothing"),
}


def layer_name(layer: str) -> str:
    """Return what a layer is called, to be translated."""
    return _LAYERS[layer]


CHOICES = {
    "count": msgid("people in each cell"),
    "density": msgid("people per square kilometre"),
    "day": msgid("the day"),
    "month": msgid("the month"),
    "latitude": msgid("the latitude"),
    "longitude": msgid("the longitude"),
    "decimals": msgid("commas before decimals"),
    "thousands": msgid("commas between thousands"),
}
"""Answers of questions that have a few, to be translated."""


_MADE = {
    "source": msgid("the ledger's title"),
    "provider": msgid("the ledger's title"),
    "confidence": msgid("the ledger's confidence"),
    "year": msgid("the year of the date"),
    "date_precision": msgid("day, or year where only that is known"),
    "invented": msgid("as the ledger says"),
    "parent_id": msgid("the unit that it lies in"),
}


def absent_words(wanted: IntakeField) -> str:
    """Return what stands for a field that no column is taken for, to be translated."""
    if wanted.absent is Absent.EMPTY:
        return msgid("no column: stays empty, not known")
    if wanted.absent is Absent.MADE:
        return _MADE.get(wanted.name, msgid("made from the rest of the row"))
    return msgid("no column: empty") if not wanted.stands else msgid("no column; there stands:")
