"""Part 1, bottom line: what changes, for whom, in which season."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from footprint.briefing.content.charts import month_chart
from footprint.briefing.content.parts import DASH, Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.telling import Telling
from footprint.briefing.findings import finding_of
from footprint.caveats import LIMITS
from footprint.compare import SMALL, by_season
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import over_units, over_year
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.review import Review
from footprint.views.finding import MonthFinding, sentence
from footprint.views.focus import focus_of, within
from footprint.views.plan_facts import PlanFacts, plan_facts

FORCE, MISSION = Indicator.FORCE, Indicator.MISSION


def facts_of(telling: Telling, number: int) -> PlanFacts:
    """Return what an option comes to, held against today; 0 is doing nothing, then the plans."""
    brief = telling.brief
    plan = brief.plans[number - 1] if number else brief.today
    return plan_facts(
        brief.prepared,
        (brief.today, plan),
        focus_of(brief.prepared.area, brief.focus),
        telling.unknown,
        named=(str(number), telling.option(number)),
        checks=(0, 0),
    )


def bottom_line(telling: Telling) -> Chapter:
    """Return the part."""
    brief, text = telling.brief, telling.language.text
    finding, level = finding_of(brief, brief.focus, brief.month), within(brief.prepared.area, brief.focus)[0]
    finding = replace(
        finding,
        force=telling.figure(finding.force),
        mission=telling.figure(finding.mission),
        force_change=telling.figure(finding.force_change),
        mission_change=telling.figure(finding.mission_change),
        where=telling.where_first,
        rows=tuple(replace(each, name=telling.called(level, each.name)) for each in finding.rows),
    )
    lead = Prose(sentence(finding, telling.language), ProseKind.LEAD)
    blocks: list[ChapterBlock] = [lead, *_beside_lead(telling, finding), _year(telling)]
    for number in range(1, len(brief.plans) + 1):
        blocks += _for_whom(telling, number)
    if not brief.plans:
        blocks.append(Prose(text("No plan is held against today: this is how things stand.")))
    blocks += [month_chart(telling), Prose(text(LIMITS[0]), ProseKind.NOTE)]
    return Chapter("bottom_line", 1, text("Bottom line"), tuple(blocks))


def _beside_lead(telling: Telling, finding: MonthFinding) -> list[Prose]:
    """Say what stands behind the first sentence: changes unit by unit, or by what the gap is measured."""
    text = telling.language.text
    if not finding.plan:
        if len(finding.rows) > 1 and finding.rows[1].gap > 0:
            said = text("The gap is weighed by need: the share of all need that troops could reach and the "
                        "whole mission could not.")  # fmt: skip
            return [Prose(said, ProseKind.NOTE)]
        return []
    parts = []
    for indicator, name in ((FORCE, "force_change"), (MISSION, "mission_change")):
        changes = [float(getattr(row, name)) for row in finding.rows]
        if len(changes) < _SEVERAL or max(map(abs, changes)) < SMALL:
            continue
        known = indicator not in telling.unknown
        low, high = (telling.change(pick(changes), known=True) for pick in (min, max))
        span = text("{measure} {low} to {high}", measure=text(indicator.short), low=low, high=high)
        parts.append(span if known else text("{change} at least", change=span))
    if not parts:
        return []
    level = within(telling.brief.prepared.area, telling.brief.focus)[0]
    said = text("These are changes in all; by {district}: {changes}.",
                changes=telling.language.clauses(parts))  # fmt: skip
    if level is Level.REGION:
        said = text("These are changes in all; by {region}: {changes}.",
                    changes=telling.language.clauses(parts))  # fmt: skip
    return [Prose(said)]


_SEVERAL = 2


def _year(telling: Telling) -> TextTable:
    """Return what each option comes to over the year, the worst season beside the mean."""
    text = telling.language.text
    rows = []
    for number, review in enumerate((telling.brief.today, *telling.brief.plans)):
        cells = []
        for indicator in (FORCE, MISSION):
            known, least = telling.year(review, indicator)
            cells += [
                telling.share(known.mean, least.mean),
                telling.share(known.worst, least.worst),
                telling.worst_season_of(review, indicator),
            ]
        rows.append((text("Today") if number == 0 else telling.head(number), *cells))
    heads = [
        text(head, measure=text(indicator.short))
        for indicator in (FORCE, MISSION)
        for head in (msgid("{measure}, mean"), msgid("{measure}, worst"), msgid("its season"))
    ]
    return TextTable(
        title=text("{where} over the year [% of need]", where=telling.where_first),
        header=("", *heads),
        rows=tuple(rows),
        numeric=(False, True, True, False, True, True, False),
        note=telling.signs,
    )


def _for_whom(telling: Telling, number: int) -> list[Prose]:
    """Return who gains and who loses most by a plan, in which season, and who pays for a gain on average."""
    text, language, facts = telling.language.text, telling.language, facts_of(telling, number)
    told: list[str] = []
    season = _season_of_most(telling, telling.brief.plans[number - 1])
    if season:
        told.append(season)
    told += [_gained_and_lost(telling, number, indicator) for indicator in (FORCE, MISSION)]
    told += [
        text("⚖ The mean rises, but the worst season falls: {name}.", name=telling.called(Level.REGION, name))
        for name in facts.flags
    ]
    if not telling.named:
        told.append(text("Where its assets come from is not told."))
    elif facts.donors:
        told.append(text("Assets come from: {donors}.", donors=language.listing(facts.donors)))
    else:
        told.append(text("The plan does not say where its assets come from."))
    several = len(telling.brief.plans) > 1
    head = [Prose(text("With {plan}:", plan=telling.option(number)))] if several else []
    return [*head, *(Prose(each, ProseKind.ITEM) for each in told)]


def _season_of_most(telling: Telling, plan: Review) -> str:
    """Say in which season Force and Mission change most where one looks; "" where neither changes."""
    brief, text = telling.brief, telling.language.text
    focus = focus_of(brief.prepared.area, brief.focus)
    seasons = brief.prepared.area.seasons
    parts = []
    for indicator in (FORCE, MISSION):
        first, second = (
            over_year(over_units(each.at_least, focus.level, focus.unit_ids, [indicator]), seasons).by_season[
                0
            ]
            for each in (brief.today, plan)
        )
        change = np.nan_to_num(second - first)
        most = float(change[int(np.abs(change).argmax())])
        known = indicator not in telling.unknown
        written = telling.change(most, known=known)
        if abs(most) < SMALL or written == DASH:
            continue
        alike = [
            telling.season_within(each.season_id)
            for each, own in zip(seasons, change.tolist(), strict=True)
            if telling.change(own, known=known) == written
        ]
        parts.append(
            text(
                "{measure} {change} ({season})",
                measure=text(indicator.short),
                season=telling.language.clauses(alike) if len(alike) < len(seasons) else text("every season"),
                change=written,
            )
        )
    if not parts:
        return ""
    return text(
        "Largest change of a season, {where}: {changes}.",
        where=telling.where,
        changes=telling.language.clauses(parts),
    )


def _gained_and_lost(telling: Telling, number: int, indicator: Indicator) -> str:
    """Say in which unit of the area most is gained by a plan and in which most is lost, mean of the year."""
    brief, language, sure = telling.brief, telling.language, indicator not in telling.unknown
    text = language.text
    rows = by_season(brief.today, brief.plans[number - 1], brief.prepared.area.seasons, (indicator,))
    own = rows[(rows["level"] == Level.DISTRICT) & (rows["period"] == "mean")].dropna(subset="change")
    pairs = list(zip(own["name"].astype(str), own["change"].astype(float), strict=True))
    called = partial(telling.called, Level.DISTRICT)
    highest, lowest = (pick(pairs, key=lambda each: each[1], default=("", 0.0)) for pick in (max, min))
    if highest[1] >= SMALL:
        change = telling.change(highest[1], known=sure)
        gained = text("most gained: {unit} ({change})", unit=called(highest[0]), change=change)
    else:
        gained = text("no {district} gains") if sure else text("whether any {district} gains is not known")
    if lowest[1] <= -SMALL:
        change = telling.change(lowest[1], known=sure)
        lost = text("most lost: {unit} ({change})", unit=called(lowest[0]), change=change)
    else:
        lost = text("no {district} loses") if sure else text("whether any {district} loses is not known")
    return text(
        "{measure}, mean of the year, whole area: {changes}.",
        measure=text(indicator.short),
        changes=language.clauses((gained, lost)),
    )
