"""Changes, sites and months in sentences that a person would say."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from footprint.coverage.gaps import as_it_stands, gaps
from footprint.language import Language, msgid
from footprint.method import Method, Parameter
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.scenario import (
    AddAssets,
    Change,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RepairRoad,
    RetaskAssets,
    Scenario,
)
from layers import Area
from layers.months import ALL_MONTHS, months_in
from layers.projection import metres_on
from layers.sites import SiteKind

CONFIDENCE_LABELS = {
    "high": msgid("high"),
    "medium": msgid("medium"),
    "low": msgid("low"),
    "assumed": msgid("assumed"),
}
"""How far a fact can be trusted."""

KIND_LABELS = {
    SiteKind.SECTOR_HQ: msgid("sector headquarters"),
    SiteKind.CAMP: msgid("permanent camp"),
    SiteKind.FIELD_OFFICE: msgid("field office"),
    SiteKind.TOB: msgid("temporary operating base"),
    SiteKind.SEASONAL_TOB: msgid("seasonal operating base"),
    SiteKind.CLA_POST: msgid("community liaison post"),
    SiteKind.AIRSTRIP: msgid("airstrip"),
}

MEASURE_LABELS = {
    Measure.BLEND: msgid("People and threat"),
    Measure.PEOPLE: msgid("People only"),
    Measure.THREAT: msgid("Threat only"),
}


def change_words(change: Change, area: Area, method: Method, scenario: Scenario, language: Language) -> str:
    """Return one change of a scenario as a sentence."""
    match change:
        case OpenSite() | CloseSite() | MoveSite():
            return _site_words(change, site_name(change.site_id, area, scenario), language)
        case AddAssets() | RemoveAssets() | RetaskAssets():
            what = language.text(method.assets[change.kind].label)
            return _assets_words(change, site_name(change.site_id, area, scenario), what, language)
        case CloseRoad() | RepairRoad() | RateRoad():
            return _road_words(change, road_name(change.road_id, area), language)
        case _:
            assert_never(change)


def _site_words(change: OpenSite | CloseSite | MoveSite, name: str, language: Language) -> str:
    text = language.text
    match change:
        case OpenSite():
            kind = text(KIND_LABELS[change.kind])
            return text(
                "Open {name} ({kind}){when}", name=change.name, kind=kind, when=_when(change.months, language)
            )
        case CloseSite(months=months):
            return text("Close {name}{when}", name=name, when=_when(months, language))
        case MoveSite(lon=lon, lat=lat):
            where = f"{language.number(lat, 3)}° N, {language.number(lon, 3)}° E"
            return text("Move {name} to {where}", name=name, where=where)
        case _:
            assert_never(change)


def _assets_words(
    change: AddAssets | RemoveAssets | RetaskAssets, name: str, what: str, language: Language
) -> str:
    text = language.text
    match change:
        case AddAssets(count=count):
            return text("{name}: add {count} × {what}", name=name, count=count, what=what)
        case RemoveAssets(count=count):
            return text("{name}: take away {count} × {what}", name=name, count=count, what=what)
        case RetaskAssets(mission_share=share):
            percent = language.percent(share, 0)
            return text("{name}: the mission tasks {share} of {what}", name=name, share=percent, what=what)
        case _:
            assert_never(change)


def _road_words(change: CloseRoad | RepairRoad | RateRoad, name: str, language: Language) -> str:
    text = language.text
    match change:
        case CloseRoad(months=months):
            return text("Close road {name}{when}", name=name, when=_when(months, language))
        case RepairRoad():
            return text("Repair road {name}", name=name)
        case RateRoad("*", rated):
            return text("Search every road") if rated else text("Search no road beyond those in the data")
        case RateRoad(rated=rated):
            said = text("Search road {name}") if rated else text("No longer search road {name}")
            return said.format(name=name)
        case _:
            assert_never(change)


def site_name(site_id: str, area: Area, scenario: Scenario) -> str:
    """Return a site's name, whether it stands in the baseline or is proposed."""
    if site_id in area.sites.index:
        return str(area.sites.at[site_id, "name"])
    opened = (
        change for change in scenario.changes if isinstance(change, OpenSite) and change.site_id == site_id
    )
    return next((change.name for change in opened), site_id)


def road_name(road_id: str, area: Area) -> str:
    """Return a road's name, with its identifier where several roads share the name."""
    names = area.roads["name"]
    name = str(names.get(road_id, ""))
    shared = bool(name) and int((names == name).sum()) > 1
    return f"{name} ({road_id})" if shared else name or road_id


def place_name(area: Area, lon: float, lat: float) -> str:
    """Return the name of the nearest settlement, "" where none is known."""
    if area.places.empty:
        return ""
    x_m, y_m = metres_on(area.crs).transform(lon, lat)
    distance = (area.places.geometry.x - x_m) ** 2 + (area.places.geometry.y - y_m) ** 2
    return str(area.places.at[distance.idxmin(), "name"])


def unit_at(prepared: Prepared, lon: float, lat: float) -> str:
    """Return the name of the second-level unit at a point, "" for none."""
    x_m, y_m = metres_on(prepared.area.crs).transform(lon, lat)
    cell = int(prepared.area.grid.cell_at(np.array([x_m]), np.array([y_m]))[0])
    number = int(prepared.districts.main_unit[cell]) if cell >= 0 else -1
    return str(prepared.area.districts.at[prepared.districts.unit_ids[number], "name"]) if number >= 0 else ""


def _when(months: int, language: Language) -> str:
    return "" if months == ALL_MONTHS else f", {language.months(months_in(months))}"


_MOST_NAMED = 3
"""Capabilities named in one sentence; the rest are "others"."""


def missing_words(prepared: Prepared, language: Language) -> tuple[str, ...]:
    """Return what the data name nobody for: a few capabilities by name, without what stands in brackets."""
    found = gaps(as_it_stands(prepared), prepared.method)
    names = dict.fromkeys(name for gap in found for group in gap.groups for name in group)
    words = [language.text(prepared.method.capabilities[name].label).split(" (")[0] for name in names]
    return (*words[:_MOST_NAMED], *([language.text("others")] if len(words) > _MOST_NAMED else []))


def change_of_number(parameter: Parameter, language: Language) -> str:
    """Return a changed number of the method: what it was, and what it is."""
    return language.text(
        "{name}: {before} → {after} {unit}",
        name=language.text(parameter.label),
        before=language.stated(parameter.default),
        after=language.stated(parameter.value),
        unit=language.text(parameter.unit),
    )
