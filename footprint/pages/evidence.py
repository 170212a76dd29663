"""Page: whether the answers mean anything: what happened, held against them."""

from __future__ import annotations

from math import isnan

import streamlit as st

from footprint.caveats import not_known_here
from footprint.evidence.costliest import costliest
from footprint.evidence.foresight import Foresight
from footprint.evidence.foresight_words import (
    FORESIGHT_LIMITS,
    RULES,
    cells_words,
    foresight_words,
    left_out_words,
)
from footprint.evidence.fragility import Fragility
from footprint.evidence.fragility_words import (
    AMONG_HEADS,
    FRAGILITY_LIMITS,
    fragility_words,
    headline_words,
    objective_words,
    piece_words,
)
from footprint.evidence.gathered import Evidence
from footprint.evidence.reach import ReachOfEvents
from footprint.evidence.words import (
    DESCRIPTIVE,
    NO_KILLINGS,
    reach_words,
    sources_words,
    span_words,
    unstated_words,
)
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import OUTSIDE_NAME
from footprint.language import Language
from footprint.pages import _say, _session
from footprint.pages._say import plain

_WIDE_PX = 320
"""Width of a column of names [px]."""

_MOST_PIECES = 25
"""Rows shown; `footprint evidence --json` holds all."""


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    _say.title(text("Evidence"))
    _say.caption(
        text("What happened, held against the answers, with the sites as the data give them: no scenario.")
    )
    for notice in not_known_here(_session.prepared()):
        _say.warning(notice.said(language), icon=":material/help:")
    with st.spinner(text("Holding what happened against the answers")):
        found = _session.evidence()
    reach(found.reach, language)
    _say.items(unstated_words(found.n_unstated, language))
    foresight(found, language)
    hangs_on(language)
    sources(language)


def reach(times: tuple[ReachOfEvents, ...], language: Language) -> None:
    """Say what could have been reached of the killings of each time, and show one in full."""
    text, numbers = language.text, _session.prepared().method.evidence
    _say.subheader(text("Reach of what happened"))
    if not times:
        _say.info(text(NO_KILLINGS))
        return
    _say.items(reach_words(each, numbers, language) for each in reversed(times))
    latest = len(times) - 1
    at = st.selectbox(
        plain(text("Time shown in full")),
        range(latest, -1, -1),
        format_func=lambda number: span_words(times[number].span, language),
        key=f"evidence_time_{language.code}",
    )
    _in_full(times[latest if at is None else at], language)
    _say.caption(text(DESCRIPTIVE))


def _in_full(time: ReachOfEvents, language: Language) -> None:
    """Show every measure of one time, and which killings take part."""
    text = language.text
    _say.table(
        [
            {
                text("Could be reached by"): text(each.measure.label),
                text("People"): language.percent(each.people),
                text("Killings"): language.percent(each.events),
                text("5–95 %"): _band(each.low, each.high, language),
                "p": language.probability(each.p),
            }
            for each in time.measures
        ],
        wide=text("Could be reached by"),
    )
    _say.caption(
        text(
            "Events with killings of civilians: {events}, in cells: {places}; of the events known by their "
            "year only: {vague}; left out, placed no better than 25 km: {left}. Sites that stood then: "
            "{sites}. p: how often as many places drawn by people alone lie as far from the people's figure.",
            events=language.number(time.n_events),
            places=language.number(time.n_places),
            vague=language.number(time.n_year_only),
            left=language.number(time.n_elsewhere),
            sites=language.number(time.n_sites),
        )
    )


def _band(low: float, high: float, language: Language) -> str:
    if isnan(low) or isnan(high):
        return language.text("not known")
    return language.text("{low} to {high}", low=language.percent(low), high=language.percent(high))


def foresight(evidence: Evidence, language: Language) -> None:
    """Say whether this tool's threat names places worse than simple rules, and show every rule by year."""
    text, share = language.text, _session.prepared().method.evidence.named_share
    _say.subheader(text("Foresight"))
    _say.sentence(foresight_words(evidence.foresight, evidence.verdict, share, language))
    if evidence.foresight.n_events:
        _say.caption(text("Share of each year's incidents where the rule had named"))
        _say.table(_rows(evidence.foresight, language), wide=text("Rule"), wide_px=_WIDE_PX)
        on_cells = evidence.foresight.cells
        _say.caption(cells_words(on_cells.cell_km, on_cells.n_events, share, language))
    for limit in FORESIGHT_LIMITS:
        _say.caption(text(limit))
    _say.items(left_out_words(evidence.foresight.left_out, language))


def _rows(record: Foresight, language: Language) -> list[dict[str, object]]:
    """Return a row for each rule, with a column for each year and one for all."""
    text = language.text
    rows: list[dict[str, object]] = [
        {
            text("Rule"): text(RULES[rule]),
            text("All years"): language.percent(record.pooled(rule)),
            text("On cells"): _told(record.cells.pooled.get(rule), language),
            **{str(each.year): language.percent(each.share(rule)) for each in reversed(record.years)},
        }
        for rule in record.rules
    ]
    counts = {str(each.year): language.number(each.n_events) for each in reversed(record.years)}
    return [
        *rows,
        {
            text("Rule"): text("Incidents"),
            text("All years"): language.number(record.n_events),
            text("On cells"): language.number(record.cells.n_events),
            **counts,
        },
    ]


def _told(share: float | None, language: Language) -> str:
    """Return a share; a dash for a rule that says nothing of cells, because it tells months apart."""
    return "–" if share is None else language.percent(share)


def hangs_on(language: Language) -> None:
    """Leave out each piece of the answer when asked to, and say on which it hangs most."""
    text = language.text
    _say.subheader(text("What this hangs on"))
    _say.caption(
        text(
            "Each site, kind of asset at a site, road, bridge, ferry, dyke, closure, search rating, flood "
            "zone, lake, month of boats or of rain, and each number stated for an asset left out, one at a "
            "time, of the plan at hand. It takes about ten seconds."
        )
    )
    if not st.toggle(plain(text("Leave out each piece in turn")), key=f"hangs_on_{language.code}"):
        return
    with st.spinner(text("Leaving out each piece in turn")):
        found = _session.hangs_on()
    prepared = _session.prepared()
    force, mission = headline_words(found, language)
    _say.sentence(fragility_words(found, prepared, language))
    _say.table(
        [
            {
                text("Left out"): piece_words(row, prepared, language),
                force: language.points(row.force),
                mission: language.points(row.mission),
                text("Most changed objective"): objective_words(row, prepared, language),
            }
            for row in found.left_out[:_MOST_PIECES]
        ],
        wide=text("Left out"),
        wide_px=_WIDE_PX,
    )
    _costliest(found, language)
    for limit in FRAGILITY_LIMITS:
        _say.caption(text(limit))


def _costliest(fragility: Fragility, language: Language) -> None:
    """Show the one site and the one way that each region can least afford to lose."""
    text, prepared = language.text, _session.prepared()
    area = prepared.area
    names = area.regions["name"].to_dict()
    names |= {unit: text(OUTSIDE_NAME, name=names[unit]) for unit in area.regions_outside}
    force, mission = headline_words(fragility, language)
    called = {Indicator.FORCE: force, Indicator.MISSION: mission}
    _say.caption(
        text(
            "Costliest to lose, {region} by {region}: change of the {region}'s own figure, mean of the year, "
            "in points"
        )
    )
    rows: dict[tuple[str, Indicator], dict[str, object]] = {}
    for each in costliest(fragility):
        row = rows.setdefault(
            (each.unit_id, each.indicator),
            {text("Unit"): str(names[each.unit_id]), text("Indicator"): called[each.indicator]},
        )
        head = text(AMONG_HEADS[each.among])
        row[head] = "–" if each.piece is None else piece_words(each.piece, prepared, language)
        row[text("{what}: change", what=head)] = "–" if each.piece is None else language.points(each.change)
    _say.table(list(rows.values()), height_px=38 + 35 * len(rows))


def sources(language: Language) -> None:
    """Say how many statements of other sources differ, and where they are listed."""
    _say.subheader(language.text("Sources that disagree"))
    _say.sentence(sources_words(len(_session.prepared().area.differences), language))


page()
