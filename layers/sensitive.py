"""Sensitive places: used for yes-or-no checks, never drawn, exported, logged or returned."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandera.pandas as pa
from pandera.typing import Index, Series
from pandera.typing.geopandas import GeoSeries
from pyproj import CRS
from shapely import Point, box

from layers.conform import conform
from layers.errors import LayerError
from layers.sentences import Sentence, say
from layers.tables import read_table


class SensitiveKind(StrEnum):
    """Places that come to harm when a site opens beside them."""

    SCHOOL = "school"
    CLINIC = "clinic"
    WELL = "well"
    MARKET = "market"
    IDP_SITE = "idp_site"
    HUMANITARIAN_HUB = "humanitarian_hub"


_TOLD = {"reason", "kind", "at"}
"""Places of sentences that hold no cell: what a parser says, what kind of file or shape, which byte."""

SQUARE_M = 1000.0
"""Side of the squares that questions are rounded to [m]."""

BUFFERS_M = {
    SensitiveKind.SCHOOL: 1000.0,
    SensitiveKind.CLINIC: 1000.0,
    SensitiveKind.WELL: 1000.0,
    SensitiveKind.MARKET: 1000.0,
    SensitiveKind.IDP_SITE: 5000.0,
    SensitiveKind.HUMANITARIAN_HUB: 5000.0,
}
"""How near a site may come to a place of each kind before somebody must say why [m]."""


class Sensitive(pa.DataFrameModel):
    """Columns of every sensitive-places layer while it is read; nothing else is kept."""

    place_id: Index[str] = pa.Field(unique=True, check_name=True)
    kind: Series[str] = pa.Field(isin=list(SensitiveKind))
    geometry: GeoSeries[Any]

    class Config:
        """Drop further columns; coerce number types."""

        strict = "filter"
        coerce = True


class SensitivePlaces:
    """
    Sensitive places behind one question.

    The question is whether a place of some kind may lie within its buffer of a point. It is
    answered for kinds of which places are known; for others nothing is known, and to say "no" would
    be to claim that there is none. The places themselves cannot be listed, printed or counted by
    position, and stay behind where this is copied or pickled, so that no view, export, log,
    traceback or worker can give them away. A frame of None stands for places that are not known.
    """

    __slots__ = ("__by_kind", "__known")

    def __init__(self, frame: gpd.GeoDataFrame | None) -> None:
        self.__known = frame is not None
        self.__by_kind = (
            {}
            if frame is None
            else {
                SensitiveKind(kind): frame.geometry[frame["kind"] == kind].reset_index(drop=True)
                for kind in sorted(frame["kind"].unique())
            }
        )

    def any_near(self, point: Point, kind: SensitiveKind) -> bool | None:
        """
        Tell whether a place of `kind` may lie within its buffer of `point`, inclusive.

        Parameters
        ----------
        point
            Where, in the area's metres.
        kind
            Kind of place; `BUFFERS_M` says how near is near.

        Returns
        -------
        bool or None
            True if any point of the kilometre square that holds `point` lies within the buffer, so that
            rounding never hides a place; None if no place of this kind is known, in an area without the
            layer above all: the answer is then not known, rather than "no".

        Notes
        -----
        Neither radius nor coordinates can be made finer: some thirty answers a hundred metres apart
        locate a place to twenty.
        """
        places = self.__by_kind.get(kind)
        if places is None:
            return None
        west, south = (math.floor(value / SQUARE_M) * SQUARE_M for value in (point.x, point.y))
        square = box(west, south, west + SQUARE_M, south + SQUARE_M)
        return bool((places.distance(square) <= BUFFERS_M[kind]).any())

    def kinds(self) -> tuple[SensitiveKind, ...]:
        """Return the kinds for which places are known."""
        return tuple(self.__by_kind)

    def count(self) -> int | None:
        """Return how many places there are in all, None if that is not known."""
        if not self.__known:
            return None
        return sum(len(places) for places in self.__by_kind.values())

    def __repr__(self) -> str:
        """Say how many, never where."""
        known = f"{self.count()} places, withheld" if self.__known else "not known"
        return f"SensitivePlaces({known})"

    def __reduce__(self) -> tuple[object, ...]:
        """Leave the places behind: a copy, or what another process gets, knows none."""
        return SensitivePlaces, (None,)


def load_sensitive(path: Path, crs: CRS) -> SensitivePlaces:
    """
    Read sensitive places behind their one question.

    Raises
    ------
    LayerError
        With every fault of the file.
    """
    try:
        frame = conform(read_table(path), Sensitive, crs=crs, shapes={"Point"})
    except LayerError as error:
        # A cell in the wrong column may be a position: say where the fault is, never what stands there.
        raise LayerError(replace(fault, problem=_withheld(fault.problem)) for fault in error.faults) from None
    return SensitivePlaces(frame)


def unknown_sensitive(_: CRS) -> SensitivePlaces:
    """Return what stands for the layer where a folder has none: it knows no place, and answers nothing."""
    return SensitivePlaces(None)


def _withheld(problem: Sentence) -> Sentence:
    """Return a problem without the words of the file in it; what it counts stays."""
    cells = {name for name, value in problem.values.items() if type(value) is str and name not in _TOLD}
    return problem.having(**dict.fromkeys(cells, say("a value (withheld)")))
