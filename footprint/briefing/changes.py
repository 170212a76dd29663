"""Changes: what plans do to sites, assets and roads, as far as a release may tell it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from footprint.briefing.brief import Brief
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.releases.profiles import tells_weak_points, unit_of_point
from footprint.releases.site_places import places_told
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
from footprint.views.words import change_words, site_name, unit_at

_OF_ASSETS = AddAssets | RemoveAssets | RetaskAssets
_OF_ROADS = CloseRoad | RepairRoad | RateRoad


def standing_places(brief: Brief, plan: Scenario, language: Language) -> Mapping[str, str]:
    """Return where each standing site may be said to lie beside a hidden plan; "" is the whole area."""
    told = places_told(brief.prepared.area, _touched(brief, plan))
    return {
        site_id: language.text("{name} {region}", name=name) if level is Level.REGION else name
        for site_id, (level, name) in told.items()
    }


def hidden_changes(brief: Brief, plan: Scenario) -> tuple[str, ...]:
    """
    Return what a plan changes where it is hidden: how many sites in which place, and nothing by name.

    Parameters
    ----------
    brief
        On what terms, and in which language.
    plan
        What is told.
    """
    language, changes, districts = brief.language, plan.changes, brief.prepared.area.districts
    opened = Counter(
        str(districts.at[unit_of_point(brief.prepared.area, each.lon, each.lat), "name"])
        for each in changes
        if isinstance(each, OpenSite)
    )
    closed = {each.site_id for each in changes if isinstance(each, CloseSite)}
    moved = {each.site_id for each in changes if isinstance(each, MoveSite)}
    others = _touched(brief, plan) - closed - moved
    at = standing_places(brief, plan, language)
    told = [
        language.plural("{n} site opens in {place}", "{n} sites open in {place}", number, place=place)
        for place, number in sorted(opened.items())
    ]
    told += [
        language.plural("{n} site closes in {place}", "{n} sites close in {place}", number, place=place)
        for place, number in _by_place(at, closed, language)
    ]
    told += [
        language.plural("{n} site moves in {place}", "{n} sites move in {place}", number, place=place)
        for place, number in _by_place(at, moved, language)
    ]
    told += [
        language.plural(
            "{n} site has other assets in {place}",
            "{n} sites have other assets in {place}",
            number,
            place=place,
        )
        for place, number in _by_place(at, others, language)
    ]
    if any(isinstance(each, _OF_ROADS) for each in changes):
        told.append(language.text("roads are changed"))
    return tuple(told)


def named_changes(brief: Brief, plan: Scenario) -> tuple[str, ...]:
    """
    Return what a plan changes where its sites are named; its assets by kind alone where sites' are withheld.

    Parameters
    ----------
    brief
        On what terms, and in which language.
    plan
        What is told.
    """
    whole = tells_weak_points(brief.release)
    told = [_words(brief, each, plan) for each in plan.changes if whole or not _is_weak_point(each)]
    return (*told, *(() if whole else sums(brief, [each for each in plan.changes if _is_weak_point(each)])))


def sums(brief: Brief, changes: Sequence[Change]) -> tuple[str, ...]:
    """
    Return what changes come to together, of no site and of no road.

    Parameters
    ----------
    brief
        In which language.
    changes
        Of assets, and of which roads are searched; others are told one by one.
    """
    language, kinds = brief.language, brief.prepared.method.assets
    assets: Counter[str] = Counter()
    for each in changes:
        if isinstance(each, AddAssets | RemoveAssets):
            assets[each.kind] += each.count if isinstance(each, AddAssets) else -each.count
    parts = [
        f"{'+' if number > 0 else '−' if number < 0 else '±'}{language.number(abs(number))} × "
        f"{language.text(kinds[kind].label)}"
        for kind, number in sorted(assets.items())
    ]
    told = []
    if parts:
        listed = language.listing(parts)
        told.append(language.text("assets in sum, and not site by site: {assets}", assets=listed))
    tasked = {each.site_id for each in changes if isinstance(each, RetaskAssets)}
    if tasked:
        told.append(
            language.plural(
                "at {n} site the mission tasks another share of what stands there",
                "at {n} sites the mission tasks another share of what stands there",
                len(tasked),
            )
        )
    if any(isinstance(each, RateRoad) for each in changes):
        told.append(language.text("which roads are searched before use changes"))
    return tuple(told)


def _is_weak_point(change: Change) -> bool:
    """Tell whether a change says what stands at a site, or which road is searched for devices."""
    return isinstance(change, _OF_ASSETS | RateRoad)


def _words(brief: Brief, change: Change, plan: Scenario) -> str:
    prepared, language = brief.prepared, brief.language
    if isinstance(change, MoveSite):
        # By its unit: coordinates would be finer than a profile may allow.
        where = unit_at(prepared, change.lon, change.lat) or "–"
        name = site_name(change.site_id, prepared.area, plan)
        return language.text("Move {name} to {where}", name=name, where=where)
    return change_words(change, prepared.area, prepared.method, plan, language)


def _touched(brief: Brief, plan: Scenario) -> frozenset[str]:
    """Return the standing sites that a plan closes, moves or gives other assets."""
    standing = brief.prepared.area.sites.index
    return frozenset(
        each.site_id
        for each in plan.changes
        if not isinstance(each, OpenSite | _OF_ROADS) and each.site_id in standing
    )


def _by_place(at: Mapping[str, str], site_ids: Collection[str], language: Language) -> list[tuple[str, int]]:
    """Return how many sites are told of in each place, by its name."""
    places = (at.get(own, "") for own in site_ids)
    return sorted(Counter(place or language.text("the area") for place in places).items())
