"""Worlds: what a benchmark file holds, once read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from layers.sentences import Sentence

Numbers = NDArray[np.float64]


class SitingFormat(StrEnum):
    """What kind of file was recognised, by what stands in it."""

    PMED = "pmed"
    EDGES = "edges"
    COORDINATES = "coordinates"
    MATRIX = "matrix"
    SET_COVER_ROWS = "set_cover_rows"
    SET_COVER_COLUMNS = "set_cover_columns"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DistanceWorld:
    """
    Demand points, candidate sites and the distances between them.

    Attributes
    ----------
    distances
        In the file's own unit, shape (n_demand, n_sites); inf where there is no way.
    weights
        Demand of each point, shape (n_demand,); 1 where the file gives none.
    p
        How many sites the file asks for; None where it does not say.
    notes
        What a reader of the result should know of the file.
    """

    file: str
    format: SitingFormat
    demand_ids: tuple[str, ...]
    site_ids: tuple[str, ...]
    distances: Numbers
    weights: Numbers
    p: int | None
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetWorld:
    """
    Rows, columns that cover them, and what each column costs.

    Attributes
    ----------
    matrix
        1 where a column covers a row, shape (n_rows, n_columns).
    costs
        Of each column, at least 0, shape (n_columns,).
    """

    file: str
    format: SitingFormat
    demand_ids: tuple[str, ...]
    site_ids: tuple[str, ...]
    matrix: sparse.csr_array
    costs: Numbers
    notes: tuple[Sentence, ...] = ()


SitingWorld = DistanceWorld | SetWorld


def numbered(n: int) -> tuple[str, ...]:
    """Return identifiers "1", "2", …, as files without names count."""
    return tuple(str(number) for number in range(1, n + 1))
