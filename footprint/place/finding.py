"""Finding: which place people mean by coordinates, or by the name of a town, a unit or a site."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry.base import BaseGeometry

from footprint.errors import UnclearPlaceError
from footprint.place.coordinates import coordinates
from footprint.prepared import Prepared
from footprint.scenario import Laydown
from layers.places import PlaceKind
from layers.projection import metres_on
from layers.sentences import say
from layers.zones import Zones

_ONE_PLACE_M = 15_000.0
"""Things of one name no farther from one another than this are one place [m]."""

_CHOICES = 8
"""Most choices listed."""

_SEATS = (PlaceKind.CAPITAL, PlaceKind.REGION_SEAT, PlaceKind.DISTRICT_SEAT)

_SEVERAL = say("{text} may be: {choices}. Write the identifier, or coordinates.")
_NO_PLACE = say("There is no town, unit or site called {text}. Write coordinates, such as 14.07, -3.52.")
_NEARLY = say("There is no town, unit or site called {text}. Did you mean: {choices}?")
_MOSTLY_OUTSIDE = say(
    "{name} lies mostly outside the area's outline, {share} % of it inside: of the rest nothing is known "
    "here. Write the coordinates of a place inside."
)
_OUTSIDE = say("{text} lies outside the area; latitude comes first.")


class Named(StrEnum):
    """What carries a name."""

    POINT = "point"
    """Nothing: coordinates, or a cell."""
    TOWN = "town"
    SITE = "site"
    DISTRICT = "district"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Spotted:
    """A point of the area that somebody asks about."""

    x_m: float
    y_m: float
    cell: int
    named: Named = Named.POINT
    name: str = ""
    """As the data have it; "" for a point."""
    own_id: str = ""
    """Identifier of what carries the name."""


def find_place(prepared: Prepared, laydown: Laydown, text: str) -> Spotted:
    """
    Return the place that `text` names.

    Parameters
    ----------
    prepared
        The area: its towns and villages, and its units.
    laydown
        Sites, those proposed too.
    text
        Coordinates, latitude first; or a name or identifier, whatever its accents and capitals. Of a unit
        its seat is meant, or else where most of its people live.

    Raises
    ------
    UnclearPlaceError
        If it names nothing, several places, a point outside the area, or a unit most of which is outside.
    """
    point = coordinates(text)
    if point is not None:
        return _at_coordinates(prepared, text, point.lon, point.lat)
    asked, known = _plain(text), list(_all_named(prepared, laydown))
    found = [each for each in known if asked and each.own_id == text.strip()]
    found = found or [each for each in known if asked and _plain(each.name) == asked]
    found = found or [each for each in known if asked and _plain(each.name).startswith(asked)]
    if not found:
        raise _nothing(text, known)
    # A town before the base beside it, and that before the unit around it.
    found.sort(key=lambda each: (list(Named).index(each.named), each.own_id))
    away_m = [np.hypot(each.x_m - found[0].x_m, each.y_m - found[0].y_m) for each in found]
    if max(away_m) > _ONE_PLACE_M or len({_plain(each.name) for each in found}) > 1:
        raise UnclearPlaceError(_SEVERAL.having(text=repr(text), choices=_choices(prepared, found)))
    _refuse_mostly_outside(prepared, found[0])
    return found[0]


def _refuse_mostly_outside(prepared: Prepared, place: Spotted) -> None:
    """
    Raise where a unit is named that lies mostly outside the area, so that a cell at the border would answer.

    A source may list a unit whose status is open, such as Abyei, beside those of the country.
    """
    area = prepared.area
    levels = {Named.DISTRICT: area.districts_outside, Named.REGION: area.regions_outside}
    share = levels.get(place.named, {}).get(place.own_id)
    if share is not None:
        raise UnclearPlaceError(_MOSTLY_OUTSIDE.having(name=repr(place.name), share=round(100 * share)))


def at_cell(prepared: Prepared, cell: int) -> Spotted:
    """Return a point of a cell that lies inside the area: its middle, or the middle of what lies inside."""
    grid = prepared.area.grid
    x_m, y_m = float(grid.x_m[cell]), float(grid.y_m[cell])
    country = prepared.area.country
    if not country.covers(gpd.points_from_xy([x_m], [y_m])[0]).any():
        inside: BaseGeometry = country.union_all().intersection(_box(prepared, cell))
        if not inside.is_empty:
            point = inside.representative_point()
            x_m, y_m = float(point.x), float(point.y)
    return Spotted(x_m, y_m, cell)


def _box(prepared: Prepared, cell: int) -> BaseGeometry:
    square: BaseGeometry = prepared.area.grid.boxes()[cell]
    return square


def _at_coordinates(prepared: Prepared, text: str, lon: float, lat: float) -> Spotted:
    area = prepared.area
    x_m, y_m = metres_on(area.crs).transform(lon, lat)
    cell = int(area.grid.cell_at(np.array([x_m]), np.array([y_m]))[0]) if np.isfinite(x_m + y_m) else -1
    if cell < 0:
        raise UnclearPlaceError(_OUTSIDE.having(text=text))
    return Spotted(float(x_m), float(y_m), cell)


def _plain(name: str) -> str:
    """Return a name without capitals, accents, hyphens and apostrophes."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not _is_accent(letter))
    return " ".join(kept.split())


def _is_accent(letter: str) -> bool:
    return unicodedata.combining(letter) > 0


def _all_named(prepared: Prepared, laydown: Laydown) -> Iterator[Spotted]:
    area = prepared.area
    yield from _points(prepared, area.places, Named.TOWN)
    yield from _points(prepared, laydown.sites, Named.SITE)
    yield from _units(prepared, prepared.districts, area.districts, Named.DISTRICT)
    yield from _units(prepared, prepared.regions, area.regions, Named.REGION)


def _points(prepared: Prepared, frame: gpd.GeoDataFrame, named: Named) -> Iterator[Spotted]:
    x_m, y_m = frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()
    cells = prepared.area.grid.cell_at(x_m, y_m)
    for own_id, name, x, y, cell in zip(frame.index, frame["name"], x_m, y_m, cells, strict=True):
        if cell >= 0:
            yield Spotted(float(x), float(y), int(cell), named, str(name), str(own_id))


def _units(prepared: Prepared, zones: Zones, frame: pd.DataFrame, named: Named) -> Iterator[Spotted]:
    """Yield units at their seats: the town of the same name, else a seat inside, else the most people."""
    area, towns = prepared.area, list(_points(prepared, prepared.area.places, Named.TOWN))
    kinds = dict(zip(area.places.index, area.places["kind"], strict=True))
    for number, unit_id in enumerate(zones.unit_ids):
        name = str(frame.at[unit_id, "name"])
        inside = [town for town in towns if zones.main_unit[town.cell] == number]
        same = [town for town in inside if _plain(town.name) == _plain(name)]
        seats = [town for kind in _SEATS for town in inside if kinds[town.own_id] == kind]
        seat = next(iter([*same, *seats]), None) or _most_peopled(prepared, zones, number)
        if seat is not None:
            yield Spotted(seat.x_m, seat.y_m, seat.cell, named, name, unit_id)


def _most_peopled(prepared: Prepared, zones: Zones, number: int) -> Spotted | None:
    cells = np.flatnonzero(zones.main_unit == number)
    if not len(cells):
        return None
    people = np.nan_to_num(prepared.area.population.people[cells])
    return at_cell(prepared, int(cells[people.argmax()]))


def _nothing(text: str, known: Sequence[Spotted]) -> UnclearPlaceError:
    names = {_plain(each.name): each.name for each in known}
    close = [names[name] for name in get_close_matches(_plain(text), names, n=_CHOICES, cutoff=0.75)]
    if close:
        return UnclearPlaceError(_NEARLY.having(text=repr(text), choices=", ".join(close)))
    return UnclearPlaceError(_NO_PLACE.having(text=repr(text)))


def _choices(prepared: Prepared, candidates: Sequence[Spotted]) -> str:
    """Name what a text may mean, each with its identifier and the unit it lies in."""
    area, zones = prepared.area, prepared.districts
    listed = []
    for each in candidates[:_CHOICES]:
        unit = int(zones.main_unit[each.cell])
        around = "" if unit < 0 else f", {area.districts.at[zones.unit_ids[unit], 'name']}"
        listed.append(f"{each.name} ({each.own_id}{around})")
    return "; ".join(listed) + ("; …" if len(candidates) > _CHOICES else "")


def at_point(prepared: Prepared, laydown: Laydown, lon: float, lat: float) -> Spotted:
    """
    Return the place at a point, as a click gives it; the town or site within half a cell names it.

    Raises
    ------
    UnclearPlaceError
        If the point lies outside the area.
    """
    point = _at_coordinates(prepared, f"{lat:.2f}, {lon:.2f}", lon, lat)
    half_m = prepared.area.grid.cell_m / 2
    named = [each for each in _all_named(prepared, laydown) if each.named in {Named.TOWN, Named.SITE}]
    away = [(float(np.hypot(each.x_m - point.x_m, each.y_m - point.y_m)), each) for each in named]
    near = [(far, list(Named).index(each.named), each) for far, each in away if far <= half_m]
    if not near:
        return point
    nearest = min(near, key=lambda found: found[:2])[2]
    return replace(point, named=nearest.named, name=nearest.name, own_id=nearest.own_id)


def known_names(prepared: Prepared, laydown: Laydown) -> tuple[str, ...]:
    """Return every name that `find_place` knows, in the order of letters whatever their accents."""
    return tuple(sorted({each.name for each in _all_named(prepared, laydown)}, key=_plain))
