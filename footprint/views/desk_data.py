"""What the desk's own components show: twelve months, gains and losses by unit and month, a package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd

from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.prepared import Prepared
from footprint.proposals.form import NEW, Proposal
from footprint.proposals.scenarios import donations, held
from footprint.scenario import MOST_ASSETS, RemoveAssets, Scenario
from footprint.views.colours import DIFFERENCES, FAINT_CHANGES, NO_CHANGE, PAPER, SQUARE_INK
from footprint.views.escaping import Json
from footprint.views.finding import worst_months
from footprint.views.seats import short_percent
from layers.characters import printable
from layers.months import ALL_MONTHS
from layers.seasons import Season

UNCHANGED = msgid("{indicator}: what is there at least changes nowhere; what it comes to is not known.")
"""Said where nobody is seen to gain or lose of what the data are silent on."""

_STEPS = (SMALL, 0.05, 0.2)
"""Edges of the classes of a change, on either side of none [share of need]."""
_PALER = 0.005
"""Changes below which a square has no number, and a paler colour [share of need]."""
_MOST_UNITS = 9

Months = Mapping[Indicator, Sequence[float]]


def strip_data(
    now: Months, before: Months, chosen: int, seasons: Sequence[Season], language: Language
) -> dict[str, Json]:
    """
    Return what the strip of months shows.

    Parameters
    ----------
    now, before
        Force and Mission by month [share of need], NaN where not known; the same twice without a change.
    chosen
        Month shown (1-12).
    seasons
        Of the area: the months of Force's worst season are marked.
    language
        Of names and numbers.
    """
    text, year = language.text, range(1, 13)
    words = {each: [_number(value, each, language) for value in now[each]] for each in now}
    force, mission = Indicator.FORCE, Indicator.MISSION
    return {
        "force": _known(now[force]),
        "mission": _known(now[mission]),
        "force_before": _known(before[force]),
        "mission_before": _known(before[mission]),
        "force_words": words[force],
        "mission_words": words[mission],
        "chosen": chosen,
        "worst": list(worst_months(now[force], seasons)),
        "title": text("Share of need by month, %"),
        "short": [language.month_short(month) for month in year],
        "letters": [language.month_short(month)[0].upper() for month in year],
        "spoken": [
            text(
                "{month}: troops {force}, mission {mission}",
                month=language.month(month),
                force=language.percent(now[force][month - 1]),
                mission=language.percent(now[mission][month - 1]),
            )
            for month in year
        ],
        "words": {"force": text("Force"), "mission": text("Mission"), "unit": text("% of need")},
    }


def _number(value: float, indicator: Indicator, language: Language) -> str:
    return (
        short_percent(value, language)
        if indicator is Indicator.MISSION or isnan(value)
        else language.number(100 * value)
    )


def _known(values: Sequence[float]) -> list[Json]:
    return [None if isnan(value) else round(float(value), 5) for value in values]


def heat_data(
    changes: pd.DataFrame, indicator: Indicator, chosen: int, language: Language
) -> dict[str, Json] | None:
    """
    Return gains and losses by second-level unit and month, the largest change first; None without any.

    Parameters
    ----------
    changes
        From `footprint.compare.differences`.
    indicator
        Whose change.
    chosen
        Month shown (1-12).
    language
        Of names and numbers.
    """
    own = changes[changes["level"] == Level.DISTRICT]
    table = own.pivot(index="unit_id", columns="month", values=indicator).fillna(0.0)
    names = own.drop_duplicates("unit_id").set_index("unit_id")["name"]
    most = table.abs().max(axis="columns").sort_values(ascending=False, kind="stable")
    kept = most[most >= SMALL].index[:_MOST_UNITS]
    if kept.empty:
        return None
    year = range(1, 13)
    return {
        "title": language.text("Gains and losses by {district} and month, points of need"),
        "chosen": chosen,
        "letters": [language.month_short(month)[0].upper() for month in year],
        "rows": [_heat_row(str(names[unit]), table.loc[unit].tolist(), language) for unit in kept],
        "more": int((most >= SMALL).sum()) - len(kept),
    }


def _heat_row(name: str, values: Sequence[float], language: Language) -> dict[str, Json]:
    looks = [_look(value) for value in values]
    return {
        "name": printable(name),
        "words": [language.signed(100 * value) if abs(value) >= _PALER else "" for value in values],
        "spoken": [
            language.text(
                "{unit}, {month}: {change}",
                unit=printable(name),
                month=language.month(month),
                change=language.points(value),
            )
            for month, value in enumerate(values, start=1)
        ],
        "colours": [colour for colour, _ in looks],
        "inks": [ink for _, ink in looks],
    }


def _look(change: float) -> tuple[str, str]:
    """Return the colour of a change and that of the words on it."""
    step = sum(abs(change) >= edge for edge in _STEPS)
    if step == 0:
        return NO_CHANGE, SQUARE_INK
    side = 1 if change > 0 else -1
    if abs(change) < _PALER:
        return FAINT_CHANGES[side], SQUARE_INK
    place = 3 + side * step
    return DIFFERENCES[place], PAPER if place in {0, 6} else SQUARE_INK


def package_data(
    prepared: Prepared, plan: Scenario, proposal: Proposal, language: Language
) -> dict[str, Json]:
    """
    Return what the package of a proposal shows: numbers, who may give each asset, months open.

    Parameters
    ----------
    prepared
        The area and the method.
    plan
        The scenario that the proposal stands in; what it takes for others is not there to give.
    proposal
        The form.
    language
        Of the words.
    """
    text, assets = language.text, prepared.method.assets
    left = _left(prepared, plan, proposal)
    names = prepared.area.sites["name"].to_dict()
    rows: list[Json] = []
    for each in proposal.what.package:
        donors = sorted(
            (str(names[site_id]), site_id, there)
            for (site_id, kind), there in left.items()
            if kind == each.kind and there >= max(1, each.count or 0) and site_id in names
        )
        rows.append(
            {
                "kind": each.kind,
                "name": text(assets[each.kind].label) if each.kind in assets else printable(each.kind),
                "count": each.count,
                "most": MOST_ASSETS,
                "donor": each.donor,
                "donor_of": language.labelled(
                    text(assets[each.kind].label) if each.kind in assets else printable(each.kind),
                    text("Taken from"),
                ),
                "donors": [
                    ["", text("choose …")],
                    [NEW, text("new posts")],
                    *([site_id, f"{printable(name)} · {there}"] for name, site_id, there in donors),
                ],
            }
        )
    held_kinds = {each.kind for each in proposal.what.package}
    year = range(1, 13)
    return {
        "rows": rows,
        "others": [[kind, text(asset.label)] for kind, asset in assets.items() if kind not in held_kinds],
        "months": proposal.what.months or ALL_MONTHS,
        "letters": [language.month_short(month)[0].upper() for month in year],
        "long": [language.month(month) for month in year],
        "words": {
            "asset": text("Asset"),
            "count": text("Number"),
            "donor": text("Taken from"),
            "months": text("Months open"),
            "other": text("Add another asset …"),
        },
    }


def _left(prepared: Prepared, plan: Scenario, proposal: Proposal) -> dict[tuple[str, str], int]:
    """Return what each site has to give, less what the plan takes from it for others."""
    left, own = dict(held(prepared.area)), donations(proposal)
    for change in plan.changes:
        if isinstance(change, RemoveAssets):
            key = (change.site_id, change.kind)
            left[key] = left.get(key, 0) - change.count
    for key, count in own.items():
        left[key] = left.get(key, 0) + count
    return left
