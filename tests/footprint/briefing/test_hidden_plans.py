"""Attackers who hold everything that left under a profile that hides plans, and know every base of the mission."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from footprint.briefing.brief import Brief
from footprint.briefing.changes import hidden_changes
from footprint.briefing.content.region import region
from footprint.briefing.content.telling import Telling
from footprint.briefing.files.sites import told_sites
from footprint.briefing.files.tables import sites
from footprint.briefing.living.frame import frame_of
from footprint.briefing.living.marks import sites_json, switches_json
from footprint.briefing.living.page import living_map
from footprint.briefing.living.switches import switches
from footprint.briefing.living.words import words_of
from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage, SheetFormat
from footprint.briefing.sheets.sheet import SheetAsked, map_sheet
from footprint.briefing.sheets.writing import written
from footprint.disclosure import Precision, rounded
from footprint.language import Language
from footprint.review import review
from footprint.scenario import (
    AddAssets,
    Change,
    CloseSite,
    MoveSite,
    OpenSite,
    RemoveAssets,
    RetaskAssets,
    Scenario,
    apply,
)
from footprint.views.scene import released_marks
from layers.sites import SiteKind
from layers.tables import WGS84
from tests.briefs import bundled_reckoning, texts_of
from tests.footprint.briefing.briefs import brief
from tests.footprint.briefing.made_files import CODE, made, texts

pytestmark = pytest.mark.slow
HIDING = [Precision.STRICT, Precision.PUBLIC]
PLANS = 40
"""Of each profile."""
WITHOUT_GROUND = ("sites.geojson", ".csv", ".xlsx", "data.json")
KINDS = list(SiteKind)
NAMES = re.compile(r"Qxz (?:hamlet|plan)|[a-z]qxz\d\d")


@cache
def today(precision: Precision) -> Brief:
    return brief(focus="", plan=None, precision=precision)


@cache
def labels() -> frozenset[tuple[float, float]]:
    found = today(Precision.STRICT).prepared.area.districts.geometry.representative_point().to_crs(WGS84)
    return frozenset((round(point.x, 5), round(point.y, 5)) for point in found)


def anywhere(lots: np.random.Generator) -> tuple[float, float]:
    """Return a point in some unit."""
    districts = today(Precision.STRICT).prepared.area.districts
    shape = districts.geometry.iloc[int(lots.integers(len(districts)))]
    west, south, east, north = shape.bounds
    while True:
        x, y = lots.uniform(west, east), lots.uniform(south, north)
        if shape.contains(shapely.Point(x, y)):
            lon, lat = Transformer.from_crs(districts.crs, WGS84, always_xy=True).transform(x, y)
            return round(lon, 4), round(lat, 4)


def drawn(number: int) -> Scenario:
    """Return a plan by lot: some sites open, some close, move, or get other assets."""
    lots = np.random.default_rng([5, number])
    area, method = today(Precision.STRICT).prepared.area, today(Precision.STRICT).prepared.method
    kinds = sorted(method.assets)
    changes: list[Change] = []
    for own in range(int(lots.integers(1, 4))):
        lon, lat = anywhere(lots)
        # An identifier that would sort anywhere among the others.
        site_id = f"{'abcdefghijklmnopqrstuvwxyz'[int(lots.integers(26))]}qxz{number}{own}"
        kind, months = KINDS[int(lots.integers(len(KINDS)))], int(lots.integers(1, 4096))
        changes.append(OpenSite(site_id, f"Qxz hamlet {number} {own}", lon, lat, kind, months))
        changes.append(AddAssets(site_id, kinds[int(lots.integers(len(kinds)))], int(lots.integers(1, 5))))
    standing = lots.permutation(area.sites.index.to_numpy(dtype=str))[: int(lots.integers(0, 6))]
    for site_id in map(str, standing):
        own_assets = area.assets[area.assets["site_id"] == site_id]
        at = anywhere(lots)
        of_it: list[Change] = [
            CloseSite(site_id),
            CloseSite(site_id, int(lots.integers(1, 4095))),
            MoveSite(site_id, *at),
        ]
        of_it.append(AddAssets(site_id, kinds[int(lots.integers(len(kinds)))], 2))
        if len(own_assets):
            kind = str(own_assets["kind"].iloc[0])
            of_it += [RemoveAssets(site_id, kind, 1), RetaskAssets(site_id, kind, 0.5)]
        changes.append(of_it[int(lots.integers(len(of_it)))])
    return Scenario(f"Qxz plan {number}", tuple(changes))


def briefed(plan: Scenario, precision: Precision) -> Brief:
    """Return a brief on a plan whose figures are today's: what stands where does not hang on them."""
    first = today(precision)
    laydown = apply(plan, first.prepared.area, first.prepared.method)
    return replace(first, plans=(replace(first.today, scenario=plan, laydown=laydown),))


def secret_places(plan: Scenario) -> list[tuple[float, float]]:
    return [(each.lon, each.lat) for each in plan.changes if isinstance(each, OpenSite | MoveSite)]


def opened(plan: Scenario) -> int:
    return sum(isinstance(each, OpenSite) for each in plan.changes)


def words_told(own: Brief) -> Iterator[str]:
    """Return everything that products say of sites and changes, in words."""
    for code in ("en", "fr"):
        language = Language.of_area(code, own.prepared.area.unit_words)
        spoken = replace(own, language=language)
        yield from hidden_changes(spoken, own.shown.scenario)
        yield json.dumps(words_of(spoken, switches(own.shown.scenario), language, 0.0), ensure_ascii=False)
        yield from texts_of(region(Telling(spoken, bundled_reckoning())))
        yield repr(sites(spoken).rows)
        marks = released_marks(own.prepared, own.shown, own.month, own.release, language)
        yield repr(tuple(marks.values()))


def living_places(own: Brief) -> list[tuple[int, int]]:
    turned, frame = switches(own.shown.scenario), frame_of(own.prepared, own.focus, own.release.precision)
    told = [*sites_json(own, turned, frame)]
    told += [each[side] for each in switches_json(own, turned, frame) for side in ("off", "on") if each[side]]
    return [(each["x"], each["y"]) for each in told]


@pytest.mark.parametrize("precision", HIDING)
def test_no_product_places_or_names_a_site_of_any_plan(precision: Precision):
    same = today(precision)
    standing = [(each.name, each.lon, each.lat, each.state, each.months) for each in told_sites(same)]
    known = labels() | {(lon, lat) for _, lon, lat, *_ in standing}
    frame = frame_of(same.prepared, same.focus, precision)
    known_units = {frame.town(*at) for at in known}
    for number in range(PLANS):
        plan = drawn(number)
        own = briefed(plan, precision)
        rows = [(each.name, each.lon, each.lat, each.state, each.months) for each in told_sites(own)]
        # What stands is told as if there were no plan: by no row does anybody know which site it touches.
        assert sorted(rows[: -opened(plan)] if precision is Precision.PUBLIC else _without(rows)) == sorted(
            standing
        )
        assert {(lon, lat) for _, lon, lat, *_ in rows} <= known
        assert set(living_places(own)) <= known_units
        said = "\n".join(words_told(own))
        assert not NAMES.search(said)
        for lon, lat in secret_places(plan):
            near = rounded(lon, lat, Precision.PUBLIC)
            assert not any(
                rounded(*at[1:3], Precision.PUBLIC) == near and at[1:3] not in known for at in rows
            )
            assert not any(given(lon, lat, each) for each in said.split("\n"))


def given(lon: float, lat: float, text: str) -> bool:
    """Tell whether a place stands in a text, one number after the other, whichever is first."""
    first, second = (rf"(?<!\d){abs(each):.2f}" for each in (lon, lat))
    return re.search(rf"{first}\d*[^\d]+{second}|{second}\d*[^\d]+{first}", text) is not None


def _without(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [row for row in rows if row[3] != "proposed"]


@pytest.mark.parametrize("precision", HIDING)
@pytest.mark.parametrize("number", [1, 2])
def test_whole_files_hold_no_name_identifier_or_place_of_a_plan(precision: Precision, number: int):
    plan = drawn(number)
    first = today(precision)
    own = replace(first, plans=(review(first.prepared, plan, first.router),), focus="Mopti")
    page = PaperPage(Paper.A4, Orientation.LANDSCAPE)
    sheet = map_sheet(own, SheetAsked(own.focus, own.month, page))
    files = made(own) | {
        "map.html": living_map(own, CODE).encode(),
        "sheet.svg": written(sheet, own, SheetFormat.SVG, CODE),
    }
    for name, content in files.items():
        held = [content.decode()] if name in {"map.html", "sheet.svg"} else texts(name, content)
        for text in held:
            assert not NAMES.search(text), name
            # The ground is the published map, and passes wherever a plan does.
            if name.endswith((*WITHOUT_GROUND, "map.html")):
                assert not any(given(lon, lat, text) for lon, lat in secret_places(plan)), name
