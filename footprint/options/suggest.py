"""Suggestions: a first table of choices for an area, with invented costs, for people to edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree
from shapely import Point, contains_xy

from footprint.coverage.holdings import COMPANY, HELICOPTER
from footprint.indicators.outlines import nearest_unit
from footprint.method import Method
from footprint.options.choices import Act, Allowed, Assets, Choice, ChoiceSet, CostSource
from footprint.prepared import Prepared
from footprint.scenario import Change
from layers import Area
from layers.airfields import AirfieldKind
from layers.antimeridian import wrapped
from layers.places import PlaceKind
from layers.projection import degrees_from, metres_on
from layers.sites import SiteKind

SOURCE = "invented"
"""Source of every suggested cost."""

_APART_M = 14_000.0
"""Suggested places keep this far from sites and from one another [m]."""

_AIRFIELD_M = 10_000.0
"""Helicopters are suggested for places this near an airfield, where the area has any [m]."""

_AROUND_M = 30_000.0
"""Need within this distance decides which places come first [m]."""


def suggested(prepared: Prepared, n_places: int, *, roads: tuple[Change, ...] = ()) -> ChoiceSet:
    """
    Return a first table: what may become of every site, and of the places with most need around them.

    Parameters
    ----------
    prepared
        The area.
    n_places
        Places without a site, at most: seats of the second-level units first, then towns by the need
        within 30 km.
    roads
        Changes of roads that hold whatever is chosen.

    Returns
    -------
    ChoiceSet
        Each site may be kept, closed, given up a company, and made whole by what an integrated base has
        more; each new place may get any package of the method. Costs are invented and say so.
    """
    return ChoiceSet((*_of_sites(prepared), *_of_places(prepared, n_places)), roads)


def priced(choice: Choice, held: dict[str, int], method: Method) -> Choice:
    """
    Return a choice with invented costs and posts.

    Parameters
    ----------
    choice
        What would be done.
    held
        Assets that stand at its place today.
    method
        The invented costs.
    """
    numbers, assets = method.options, method.assets
    after = Counter(held)
    after.update(dict(choice.assets))
    if choice.act is Act.CLOSE:
        after = Counter()
    moved = held if choice.act is Act.MOVE else {}
    come = {**{kind: count for kind, count in choice.assets if count > 0}, **moved}
    builds = choice.act in {Act.OPEN, Act.MOVE}
    stands = choice.act is not Act.CLOSE
    component = {kind: assets[kind].component for kind in {*after, *come} if kind in assets}
    once = sum(numbers.one_off_usd[component[kind]] * count for kind, count in come.items())
    yearly = sum(numbers.recurrent_usd[component[kind]] * count for kind, count in after.items() if count > 0)
    posts = sum(numbers.posts[component[kind]] * count for kind, count in after.items() if count > 0)
    return replace(
        choice,
        one_off_usd=once + numbers.site_one_off_usd * builds + numbers.close_usd * (not stands),
        recurrent_usd=yearly + numbers.site_recurrent_usd * stands,
        posts=int(posts + numbers.site_posts * stands),
        confidence=CostSource.INVENTED,
        source=choice.source or SOURCE,
    )


def held_by_site(prepared: Prepared) -> dict[str, dict[str, int]]:
    """Return how many assets of each kind each site holds."""
    area = prepared.area
    found: dict[str, dict[str, int]] = {str(site_id): {} for site_id in area.sites.index}
    columns = (area.assets[name].tolist() for name in ("site_id", "kind", "count"))
    for site_id, kind, count in zip(*columns, strict=True):
        found[site_id][kind] = found[site_id].get(kind, 0) + int(count)
    return found


def _of_sites(prepared: Prepared) -> Iterator[Choice]:
    method, names, kinds = prepared.method, prepared.area.sites["name"], prepared.area.sites["kind"]
    whole, capital = method.packages.get("integrated_base"), _in_the_capital(prepared.area)
    for site_id, held in sorted(held_by_site(prepared).items()):
        name = str(names[site_id])
        headquarters = kinds[site_id] == SiteKind.SECTOR_HQ or site_id in capital
        yield priced(Choice(place=site_id, name=name, act=Act.KEEP), held, method)
        # Whatever it gives up, a headquarters is not closed by arithmetic: people set it free if they wish.
        closing = Allowed.FORBIDDEN if headquarters else Allowed.FREE
        yield priced(Choice(place=site_id, name=name, act=Act.CLOSE, allowed=closing), held, method)
        if held.get(COMPANY, 0) > 1:
            yield priced(
                Choice(place=site_id, name=name, act=Act.THIN, assets=((COMPANY, -1),)), held, method
            )
        lacks: Assets = tuple(
            sorted((kind, 1) for kind, _ in (whole.assets if whole else ()) if not held.get(kind))
        )
        if lacks:
            yield priced(Choice(place=site_id, name=name, act=Act.STRENGTHEN, assets=lacks), held, method)


def _in_the_capital(area: Area) -> frozenset[str]:
    """Return the sites that stand in a capital."""
    seats = area.places[area.places["kind"] == PlaceKind.CAPITAL].geometry
    return frozenset(
        str(site_id)
        for site_id, point in area.sites.geometry.items()
        if (seats.distance(point) <= _APART_M).any()
    )


def _of_places(prepared: Prepared, n_places: int) -> Iterator[Choice]:
    packages = prepared.method.packages.values()
    for place_id, name, lon, lat in _candidates(prepared, n_places):
        for package in packages:
            if HELICOPTER in dict(package.assets) and not _near_airfield(prepared.area, lon, lat):
                continue
            choice = Choice(
                place=place_id,
                name=name,
                act=Act.OPEN,
                assets=tuple(sorted(package.assets)),
                lon=lon,
                lat=lat,
            )
            yield priced(choice, {}, prepared.method)


def _near_airfield(area: Area, lon: float, lat: float) -> bool:
    """Tell whether aircraft that stay could be kept at a place."""
    if not len(area.airfields):
        return True
    x_m, y_m = metres_on(area.crs).transform(lon, lat)
    usable = area.airfields[area.airfields["kind"] != AirfieldKind.CLOSED]
    return bool((usable.geometry.distance(Point(x_m, y_m)) <= _AIRFIELD_M).any())


def _candidates(prepared: Prepared, n_places: int) -> Iterator[tuple[str, str, float, float]]:
    """Yield identifier, name, longitude and latitude: seats, towns, then other cells, by need around each."""
    area = prepared.area
    need = np.asarray(
        sum(
            each.weight * prepared.surfaces[each.objective_id].mean(axis=0).astype(float)
            for each in prepared.objectives
        )
    )
    cells = np.column_stack([area.grid.x_m, area.grid.y_m])
    around = KDTree(cells)
    taken = [*zip(area.sites.geometry.x, area.sites.geometry.y, strict=True)]
    for place_id, name, (x_m, y_m) in islice(_by_need(area, need, around, cells, taken), n_places):
        (lon,), (lat,) = degrees_from(area.crs).transform([x_m], [y_m])
        lon, lat = round(wrapped(lon), 5), round(lat, 5)
        yield place_id, name or _cell_name(prepared, (x_m, y_m), (lon, lat)), lon, lat


def _cell_name(prepared: Prepared, at: tuple[float, float], degrees: tuple[float, float]) -> str:
    """
    Return what a cell without a settlement is called: a town near it, or its unit, and where it is.

    Latitude comes first, as people write it and `footprint why` reads it.
    """
    area, (lon, lat) = prepared.area, degrees
    away_m = area.places.geometry.distance(Point(at))
    near = len(away_m) > 0 and float(away_m.min()) <= _AROUND_M
    beside = area.places.at[away_m.idxmin(), "name"] if near else None
    if beside is None:
        beside = area.districts.at[nearest_unit(area.districts, Point(at)), "name"]
    return f"{beside} ({lat:.2f}, {lon:.2f})"


def _by_need(
    area: Area,
    need: NDArray[np.float64],
    around: KDTree,
    cells: NDArray[np.float64],
    taken: list[tuple[float, float]],
) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    """Yield places, then cells without a name; none near another, with the most need within 30 km first."""
    places = area.places
    points = np.column_stack([places.geometry.x, places.geometry.y])
    near = np.array([need[own].sum() for own in around.query_ball_point(points, _AROUND_M)])
    seat = places["kind"].isin([PlaceKind.DISTRICT_SEAT, PlaceKind.REGION_SEAT]).to_numpy()
    order = sorted(range(len(points)), key=lambda at: (not seat[at], -near[at], str(places.index[at])))
    # Towns beyond a border stand among the places for their names; nobody can open there.
    inside = contains_xy(area.country.union_all(), points[:, 0], points[:, 1])
    for at in order:
        if near[at] > 0 and inside[at] and _is_free(points[at], taken):
            taken.append((points[at][0], points[at][1]))
            yield f"at-{places.index[at]}", str(places["name"].iloc[at]), points[at]
    needy = np.flatnonzero((need > 0) & contains_xy(area.country.union_all(), *cells.T))
    near = np.array([need[own].sum() for own in around.query_ball_point(cells[needy], _AROUND_M)])
    for cell in needy[np.argsort(-near, kind="stable")]:
        if _is_free(cells[cell], taken):
            taken.append((cells[cell][0], cells[cell][1]))
            yield f"cell-{cell}", "", cells[cell]


def _is_free(point: Iterable[float], taken: list[tuple[float, float]]) -> bool:
    x_m, y_m = point
    return all((x_m - other_x) ** 2 + (y_m - other_y) ** 2 >= _APART_M**2 for other_x, other_y in taken)
