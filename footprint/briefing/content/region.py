"""Part 2, the map of what is looked at, and in words what stands on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan

import pandas as pd

from footprint.briefing.content.parts import DASH, Chapter, ChapterBlock, Illustration, TextTable
from footprint.briefing.content.permitted import sites_told
from footprint.briefing.content.telling import Telling, by_unit
from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Divergence
from footprint.indicators.outlines import nearest_unit
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.scenario import MoveSite, OpenSite
from footprint.views.focus import is_outside
from footprint.views.words import KIND_LABELS
from layers.months import in_month
from layers.sites import SiteKind

_SEVERAL = 2
REGION_MAP = "region"
"""Name of the picture that this part has room for."""

_UNKNOWN = (Divergence.FORCE_REST_UNKNOWN, Divergence.NOT_KNOWN)
_CLASSES = (
    (msgid("Both"), (Divergence.BOTH,)),
    (msgid("Force only"), (Divergence.FORCE_ONLY,)),
    (msgid("Civilian and police only"), (Divergence.CIVILIAN_AND_POLICE_ONLY,)),
    (msgid("Neither"), (Divergence.NEITHER,)),
    (msgid("Not known"), _UNKNOWN),
)
"""Four classes, and what nobody can tell of."""


def region(telling: Telling) -> Chapter:
    """Return the part."""
    language, brief = telling.language, telling.brief
    text, month = language.text, language.month(brief.month)
    caption = text("{where}, {month}: sites, need, and where Force and Mission part company.",
                   where=telling.where_first, month=month)  # fmt: skip
    picture = Illustration(
        REGION_MAP,
        caption,
        text("{caption} The tables below say in words what the map shows.", caption=caption),
    )
    blocks: tuple[ChapterBlock, ...] = (picture, _need(telling), *_sites(telling))
    return Chapter("region", 2, text("Map: {where}", where=telling.where), blocks)


def _need(telling: Telling) -> TextTable:
    """Return need, footprints and classes of each unit in the month of the map."""
    language, brief = telling.language, telling.brief
    text = language.text
    level, unit_ids = telling.units
    at = (each[each["month"] == brief.month] for each in (telling.known(brief.shown), brief.shown.at_least))
    known, least = (by_unit(each, level) for each in at)
    classes = [(label, kinds) for label, kinds in _CLASSES if len(kinds) == 1 or telling.unknown]
    rows = []
    for unit in unit_ids:
        own = known[unit]
        rows.append(
            (
                telling.row_name(unit, own["name"]),
                telling.people(float(str(own["people"]))),
                telling.share(float(str(own["demand"]))),
                *(
                    telling.share(float(str(own[each])), float(str(least[unit][each])))
                    for each in (Indicator.FORCE, Indicator.MISSION)
                ),
                *(_class_share(telling, own, kinds) for _, kinds in classes),
            )
        )
    return TextTable(
        title=text(
            "Need in {month}: its share of the area's; what of it could be reached, and its classes "
            "[% of the unit's need]",
            month=language.month(brief.month),
        ),
        header=(
            _units_word(telling, level),
            text("People"),
            text("Share of all need"),
            text("Force"),
            text("Mission"),
            *(text(label) for label, _ in classes),
        ),
        rows=(*rows, *_in_all(telling, level, unit_ids, classes)),
        numeric=(False, *(True,) * (4 + len(classes))),
        note=" ".join(filter(None, (_reading(telling), telling.signs))),
    )


def _reading(telling: Telling) -> str:
    """Say what the columns count: a footprint every place in part, a class every place as a whole."""
    return telling.language.text(
        "All are shares of need. Force and Mission count a place by the part that could be delivered there; "
        "a class counts it whole, as reached from {share} on, so that Force is not the sum of its classes. "
        "The classes of a row add up to 100 %, but for rounding.",
        share=telling.language.percent(telling.brief.prepared.method.reporting.class_threshold, 0),
    )


def _in_all(
    telling: Telling,
    level: Level,
    unit_ids: tuple[str, ...],
    classes: Sequence[tuple[str, tuple[Divergence, ...]]],
) -> tuple[tuple[str, ...], ...]:
    """
    Return the row of all units together, each weighed by its need, where there are several.

    Of units mostly outside nothing is known: people and need are those of the others, so that rows add up.
    """
    brief = telling.brief
    if len(unit_ids) < _SEVERAL:
        return ()
    frame = telling.known(brief.shown)
    own = frame[(frame["level"] == level) & (frame["month"] == brief.month)].set_index("unit_id")
    area = brief.prepared.area
    told = [unit for unit in unit_ids if not is_outside(area, level, unit)]
    own = own.loc[told]
    need = own["demand"].astype(float)
    with_need = need > 0

    def weighed(column: str) -> float:
        values = own[column].astype(float)[with_need]
        return float((values * need[with_need]).sum(skipna=False) / need.sum()) if with_need.any() else 0.0

    shares = []
    for indicator in (Indicator.FORCE, Indicator.MISSION):
        known, least = telling.year(brief.shown, indicator)
        shares.append(telling.share(known.by_month[brief.month - 1], least.by_month[brief.month - 1]))
    totals = {kind: weighed(f"{kind.name.lower()}_demand") for kind in Divergence}
    shares += [_class_words(telling, totals, kinds) for _, kinds in classes]
    people = telling.people(float(own["people"].astype(float).sum(skipna=False)))
    text = telling.language.text
    head = text("In all") if len(told) == len(unit_ids) else text("In all, without units mostly outside")
    return ((head, people, telling.share(float(need.sum())), *shares),)


def _class_share(telling: Telling, row: object, kinds: tuple[Divergence, ...]) -> str:
    values = {
        kind: float(str(row[f"{kind.name.lower()}_demand"]))  # type: ignore[index]
        for kind in Divergence
    }
    return _class_words(telling, values, kinds)


def _class_words(telling: Telling, shares: Mapping[Divergence, float], kinds: tuple[Divergence, ...]) -> str:
    """Write a class: where some need is in none that is known, others hold at least what is seen in them."""
    own = sum(shares[kind] for kind in kinds)
    if isnan(own):
        return DASH
    unsure = kinds != _UNKNOWN and sum(shares[kind] for kind in _UNKNOWN) >= SMALL
    return telling.share(nan, own) if unsure else telling.share(own)


def _units_word(telling: Telling, level: Level) -> str:
    text = telling.language.text
    return text("{Region}") if level is Level.REGION else text("{District}")


def _sites(telling: Telling) -> tuple[TextTable, ...]:
    """Return the sites inside what is looked at, as they stand in the month of the map, if there are any."""
    brief, text = telling.brief, telling.language.text
    area, shown = brief.prepared.area, brief.shown
    # Where a plan may not be told, what it moves stands where it stands today.
    before, after = area.sites, shown.laydown.sites if telling.named else area.sites
    level, unit_ids = telling.units
    frame = area.regions if level is Level.REGION else area.districts
    own = frame.loc[list(unit_ids)]
    sites = pd.concat([after, before.loc[before.index.difference(after.index)]]).sort_index()
    rows = []
    for site_id, point in sites.geometry.items():
        inside = own.index[own.intersects(point)]
        # One a little outside the outline, or between units, stands in the nearest: it vanishes from no list.
        unit_id = inside[0] if len(inside) else nearest_unit(frame, point)
        state = _state(telling, str(site_id), int(sites.at[site_id, "months"]))
        if unit_id not in own.index or not state:
            continue
        unit = str(own.at[unit_id, "name"])
        name = str(sites.at[site_id, "name"])
        if not sites_told(brief.release):
            name = text("Site in {unit}", unit=unit)
        kind = text(KIND_LABELS[SiteKind(sites.at[site_id, "kind"])])
        rows.append((name, kind, unit, state))
    if not rows:
        return ()
    return (
        TextTable(
            title=text("Sites: {where}", where=telling.where),
            header=(text("Site"), text("Kind"), _units_word(telling, level), text("State")),
            rows=tuple(sorted(rows)),
            numeric=(False,) * 4,
            detail=True,
        ),
    )


def _state(telling: Telling, site_id: str, months: int) -> str:
    """Return how a site stands in the month of the map; "" for one that may not be told of."""
    brief, text = telling.brief, telling.language.text
    changes = brief.shown.scenario.changes
    opens = any(isinstance(each, OpenSite) and each.site_id == site_id for each in changes)
    if not telling.named:
        # What a plan opens is not told, and what it closes or moves stands as it does today.
        return "" if opens else text("stands")
    if opens:
        return text("would open")
    if site_id not in brief.shown.laydown.sites.index:
        return text("would close")
    if any(isinstance(each, MoveSite) and each.site_id == site_id for each in changes):
        return text("would move here")
    return text("stands") if in_month(months, brief.month) else text("closed in this month")
