"""Part of the page Sites: fair parts, backup, and what is left if sites fail."""

from __future__ import annotations

from math import isnan

import streamlit as st

from footprint.coverage.backup import MostImportant, UnitBackup
from footprint.coverage.contributions import LOSSES, OPEN_SHARE
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import OUTSIDE_NAME, Level
from footprint.language import Language
from footprint.pages import _say, _session
from footprint.pages._say import plain
from footprint.review import Review
from layers.characters import printable

_UNIT_PX, _SITE_PX = 180, 200
"""Width of a column of names [px]."""


def fair_parts(language: Language) -> None:
    """Show each site's Shapley share of every figure, largest of the Mission footprint first."""
    text, unknown = language.text, _session.unknown()
    found = _session.hanging(_session.scenario())
    _say.subheader(text("Each site's fair part"))
    _say.caption(
        text(
            "How much of each figure is owed to a site, in points of need (Shapley): its mean gain over "
            "every order in which the sites could have been opened. Parts add up to the figure, losses do "
            "not: where two sites stand in for one another, neither loss shows what both together are worth."
        )
    )
    if not len(found.parts):
        return
    rows = found.parts.sort_values(["MF_part", "FF_part"], ascending=False, kind="stable")
    heads = {name: text(Indicator(name).short) for name in LOSSES}
    table = [
        {
            text("Site"): row["name"],
            **{
                head: text("not known") if name in unknown else language.number(100 * row[f"{name}_part"], 2)
                for name, head in heads.items()
            },
        }
        for _, row in rows.iterrows()
    ]
    whole = rows[[f"{name}_part" for name in LOSSES]].sum()
    table.append(
        {
            text("Site"): text("All together"),
            **{
                head: text("not known")
                if name in unknown
                else language.number(100 * whole[f"{name}_part"], 2)
                for name, head in heads.items()
            },
        }
    )
    _say.table(table, wide=text("Site"), wide_px=_SITE_PX, height_px=38 + 35 * len(table))
    errors = found.choices.shapley()
    if not errors.exact:
        _say.caption(
            text(
                "Some parts are sampled, for too many sites count in one place; standard error at most "
                "{points} points.",
                points=language.number(100 * errors.largest, 2),
            )
        )


def backup(language: Language) -> None:
    """Show what would remain of the figures of each unit with its most important site gone."""
    text = language.text
    _say.subheader(text("Backup"))
    _say.caption(
        text(
            "What would remain of each unit's Force and Mission footprint, mean of the year, without the "
            "site on which most of it hangs; and how much of its need troops reach now, and could not with "
            "one certain site gone (a single point of failure): places count whole there, from a level of "
            "{level} on.",
            level=language.percent(_session.prepared().method.reporting.class_threshold, 0),
        )
    )
    levels = {
        Level.REGION: text("{Regions} and the whole area"),
        Level.DISTRICT: text("{Districts}"),
    }
    level = st.radio(
        plain(text("Units shown")),
        list(levels),
        format_func=lambda each: plain(levels[each]),
        horizontal=True,
        key=f"backup_{language.code}",
    )
    units = _session.hanging(_session.scenario()).units
    shown = {Level.AREA, Level.REGION} if level == Level.REGION else {Level.DISTRICT}
    rows = [_backup_row(unit, language) for unit in units if unit.level in shown]
    _say.table(rows, wide=text("Unit"), wide_px=_UNIT_PX, height_px=38 + 35 * min(len(rows), 20))
    _say.caption(text("Of the whole area, by how many sites can be lost, whichever these are:"))
    _say.table([_depth_row(units[0], number, language) for number in range(len(units[0].depths))])


def _backup_row(unit: UnitBackup, language: Language) -> dict[str, object]:
    text, force = language.text, unit.of(Indicator.FORCE)
    row: dict[str, object] = {
        text("Unit"): text(OUTSIDE_NAME, name=unit.name) if unit.outside else unit.name,
        text("Force"): _percent(Indicator.FORCE, force.now, language),
        text("Force left"): _percent(Indicator.FORCE, force.left, language),
        text("without (Force)"): _gone(force, language),
        text("Force: hangs on one site"): _percent(Indicator.FORCE, unit.depths[0].one, language),
        text("Mission"): _percent(Indicator.MISSION, unit.of(Indicator.MISSION).now, language),
        text("Mission left"): _percent(Indicator.MISSION, unit.of(Indicator.MISSION).left, language),
        text("without (Mission)"): _gone(unit.of(Indicator.MISSION), language),
    }
    return {head: text("not known") if unit.outside and head != text("Unit") else row[head] for head in row}


def _depth_row(unit: UnitBackup, number: int, language: Language) -> dict[str, object]:
    text, depth = language.text, unit.depths[number]
    return {
        text("Need that is reached"): text(depth.indicator.label),
        text("Not reached"): _percent(depth.indicator, depth.not_reached, language),
        text("Lost with one site"): _percent(depth.indicator, depth.one, language),
        text("Lost with two"): _percent(depth.indicator, depth.two, language),
        text("With three or more"): _percent(depth.indicator, depth.more, language),
    }


def _percent(indicator: Indicator, share: float, language: Language) -> str:
    """Return a share, or that it is not known."""
    if indicator in _session.unknown():
        return language.text("not known")
    return "–" if isnan(share) else language.percent(share)


def _gone(figure: MostImportant, language: Language) -> str:
    if figure.indicator in _session.unknown():
        return language.text("not known")
    names = _session.hanging(_session.scenario()).parts["name"]
    return printable(str(names[figure.site_id])) if figure.site_id else "–"


def failing(result: Review, language: Language) -> None:
    """Ask how likely each site is to be open, and show what is left on average."""
    text = language.text
    _say.subheader(text("If sites fail"))
    _say.caption(
        text(
            "On average over all ways in which sites may be open or not, each by itself with the probability "
            "asked for, which is a judgement. One flood or one attack that closes several is not "
            "independent: draw it as a plan."
        )
    )
    percent = st.slider(
        plain(text("Each site is open with a probability of (%)")),
        min_value=50,
        max_value=100,
        value=round(100 * OPEN_SHARE),
        key=f"open_share_{language.code}",
    )
    stands = _session.failing(_session.scenario(), percent / 100)
    rows: list[dict[str, object]] = [
        {
            text("Indicator"): text(Indicator(name).label),
            text("With all sites"): _percent(Indicator(name), stands.now[name], language),
            text("On average"): _percent(Indicator(name), stands.expected[name], language),
        }
        for name in LOSSES
    ]
    rows.append(
        {
            text("Indicator"): text("People whom troops reach by land"),
            text("With all sites"): language.number(stands.people_reached),
            text("On average"): language.number(stands.people_expected),
        }
    )
    _say.table(rows, wide=text("Indicator"), wide_px=320)
    largest = max(stands.error.values())
    if largest > 0:
        _say.caption(
            text(
                "Sampled, for too many sites count in one place; standard error at most {points} points.",
                points=language.number(100 * largest, 2),
            )
        )
    names = {post.site_id: post.name for post in result.stations}
    _say.sentence(
        text(
            "Costliest to lose together: {sites}. Troops would no longer reach {people} people.",
            sites=", ".join(printable(names[site_id]) for site_id in stands.worst_pair),
            people=language.number(stands.worst_pair_people),
        )
    )
