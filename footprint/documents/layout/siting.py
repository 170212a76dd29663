"""Layout of a public location problem and what was found of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from footprint.siting.answer import SitingProblem, SitingStatus
from footprint.siting.world import SitingFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingDocument:
    """Which sites solve a benchmark file's problem, how well, and how much better any could."""

    format: int
    kind: str
    file: str
    recognised: SitingFormat
    problem: SitingProblem
    status: SitingStatus
    n_demand: int
    n_sites: int
    n_rows: int
    p: int | None
    radius: float | None
    objective: float | None
    bound: float | None
    gap: float | None
    wanted_gap: float
    elapsed_s: float
    allowed_s: float
    chosen: tuple[str, ...]
    unserved: tuple[str, ...]
    notes: tuple[str, ...]
    reasons: Mapping[str, str]
    """Why a number is null, by its name."""
