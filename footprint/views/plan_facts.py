"""Plans side by side: what each comes to, who gains and who loses, and how they rank by each criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan

from footprint.compare import SMALL, differences, equity_flags
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import YearSummary, over_units, over_year
from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import RemoveAssets, Scenario
from footprint.views.escaping import escape, tag
from footprint.views.focus import Focus
from footprint.views.words import site_name

FACTS = (Indicator.MISSION, Indicator.FORCE, Indicator.FORCE_GROUND, Indicator.TIER_2)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What one plan comes to for what is looked at."""

    plan_id: str
    title: str
    years: dict[Indicator, YearSummary]
    """Each of `FACTS` over the year [share of need]; NaN where not known."""
    gain: tuple[str, float] | None
    """Second-level unit of the area that gains most Mission, mean of the year; None where nobody does."""
    loss: tuple[str, float] | None
    donors: tuple[str, ...]
    flags: tuple[str, ...]
    """Regions whose worst season falls though the area's mean rises."""
    gates: int
    """Signatures that its proposals need."""
    blocks: int
    """Checks that keep its proposals from the workshop."""
    changed_numbers: int
    surgery: float
    """Share of need from which surgery could be reached in the month shown; NaN until it is asked."""


def plan_facts(
    prepared: Prepared,
    pair: tuple[Review, Review],
    focus: Focus,
    unknown: frozenset[Indicator],
    *,
    named: tuple[str, str],
    checks: tuple[int, int],
) -> PlanFacts:
    """
    Return what a plan comes to.

    Parameters
    ----------
    prepared
        The area under the plan's numbers.
    pair
        Reviews of today and of the plan, under those numbers.
    focus
        What is looked at.
    unknown
        Indicators of which the data say nothing.
    named
        Identifier and title of the plan.
    checks
        How many gates and blocks its proposals have.
    """
    before, after = pair
    by_month = over_units(after.figures, focus.level, focus.unit_ids, list(FACTS))
    for place, indicator in enumerate(FACTS):
        if indicator in unknown:
            by_month[place] = nan
    year = over_year(by_month, prepared.area.seasons)
    changes = differences(before, after)
    own = changes[changes["level"] == Level.DISTRICT]
    means = own.groupby("unit_id", sort=False)[Indicator.MISSION].mean().fillna(0.0).to_dict()
    names = own.drop_duplicates("unit_id").set_index("unit_id")["name"].to_dict()
    named_means = [(str(names[unit]), float(value)) for unit, value in means.items()]
    drop = prepared.method.reporting.equity_drop
    return PlanFacts(
        plan_id=named[0],
        title=named[1],
        years={each: year.summary(place) for place, each in enumerate(FACTS)},
        gain=_most(named_means, largest=True),
        loss=_most(named_means, largest=False),
        donors=_donors(prepared, after.scenario),
        flags=tuple(flag.name for flag in equity_flags(*pair, prepared.area.seasons, drop=drop)),
        gates=checks[0],
        blocks=checks[1],
        changed_numbers=len(prepared.method.changes),
        surgery=nan,
    )


def _most(means: Sequence[tuple[str, float]], *, largest: bool) -> tuple[str, float] | None:
    """Return the unit that gains, or loses, most; None where none does."""
    sign = 1 if largest else -1
    found = max(means, key=lambda each: sign * each[1], default=("", 0.0))
    return found if sign * found[1] >= SMALL else None


def _donors(prepared: Prepared, scenario: Scenario) -> tuple[str, ...]:
    giving = [change.site_id for change in scenario.changes if isinstance(change, RemoveAssets)]
    return tuple(sorted({site_name(site_id, prepared.area, scenario) for site_id in giving}))


def facts_html(facts: PlanFacts, month: int, season_names: dict[str, str], language: Language) -> str:
    """Return a plan's row below its name: figures of the month, then of the year."""
    text = language.text
    force, mission = (facts.years[each] for each in (Indicator.FORCE, Indicator.MISSION))
    ground, tier_2 = (facts.years[each] for each in (Indicator.FORCE_GROUND, Indicator.TIER_2))
    at = month - 1
    figures = [
        (
            text("Force (by ground {ground})", ground=language.percent(ground.by_month[at])),
            force.by_month[at],
            "force",
        ),
        (text("Mission"), mission.by_month[at], "mission"),
    ]
    lines = [
        tag(
            "div",
            tag("span", escape(label), class_="fp-grow"),
            tag("span", escape(language.percent(value)), class_=f"fp-figure of-{kind}"),
            class_="fp-plan-line",
        )
        for label, value, kind in figures
    ]
    lines.append(
        tag("div", *_facts(facts, tier_2.by_month[at], season_names, language), class_="fp-plan-facts")
    )
    return tag("div", *lines)


def _facts(facts: PlanFacts, tier_2: float, seasons: dict[str, str], language: Language) -> list[str]:
    text, mission = language.text, facts.years[Indicator.MISSION]
    season = seasons.get(mission.worst_season or "", "")
    worst = language.percent(mission.worst) + (f" ({season})" if season and not isnan(mission.worst) else "")
    told = [
        (text("tier II"), language.percent(tier_2)),
        (text("surgery in time"), language.percent(facts.surgery)),
        (text("Mission’s worst season"), worst),
    ]
    if facts.gain is not None or facts.loss is not None or facts.donors:
        told += [
            (text("best gain"), _named_points(facts.gain, _worst_loss(facts), language)),
            (text("worst loss"), _named_points(facts.loss, _worst_loss(facts), language)),
            (text("donors"), ", ".join(facts.donors) or text("none named")),
        ]
    if facts.gates or facts.blocks:
        told.append(
            (
                text("checks"),
                ", ".join(
                    (
                        language.plural("{n} signature needed", "{n} signatures needed", facts.gates),
                        language.plural("{n} block", "{n} blocks", facts.blocks),
                    )
                ),
            )
        )
    lines = [tag("div", tag("span", escape(f"{name} ")), escape(value)) for name, value in told]
    lines += [
        tag(
            "div",
            escape(text("⚖ The mean rises, but the worst season of {region} falls.", region=name)),
            class_="fp-flag",
        )
        for name in facts.flags
    ]
    if facts.changed_numbers:
        under = language.plural(
            "under {n} changed assumption", "under {n} changed assumptions", facts.changed_numbers
        )
        lines.append(tag("div", escape(under), class_="fp-flag"))
    return lines


def _named_points(change: tuple[str, float] | None, loss: float, language: Language) -> str:
    """Return a unit and its change, a dash where none has one; not known where the worst loss is not."""
    if change is None:
        return language.points(loss) if isnan(loss) else "—"
    return f"{change[0]} {language.points(change[1])}"


def _worst_loss(facts: PlanFacts) -> float:
    """Return the worst loss of any unit; not known where nobody is seen to lose of what is not known."""
    if facts.loss is not None:
        return facts.loss[1]
    return nan if isnan(facts.years[Indicator.MISSION].mean) else 0.0


_Criterion = tuple[str, Callable[[PlanFacts], float], Callable[[float, Language], str], bool]

_CRITERIA: tuple[_Criterion, ...] = (
    (
        msgid("Mission, mean of the year"),
        lambda each: each.years[Indicator.MISSION].mean,
        lambda v, la: la.percent(v),
        True,
    ),
    (
        msgid("Mission, worst season"),
        lambda each: each.years[Indicator.MISSION].worst,
        lambda v, la: la.percent(v),
        True,
    ),
    (
        msgid("Force, mean of the year"),
        lambda each: each.years[Indicator.FORCE].mean,
        lambda v, la: la.percent(v),
        True,
    ),
    (
        msgid("Force, worst season"),
        lambda each: each.years[Indicator.FORCE].worst,
        lambda v, la: la.percent(v),
        True,
    ),
    (
        msgid("Tier II, mean of the year"),
        lambda each: each.years[Indicator.TIER_2].mean,
        lambda v, la: la.percent(v),
        True,
    ),
    (
        msgid("Worst loss of any {district}"),
        _worst_loss,
        lambda v, la: la.points(v),
        True,
    ),
    (msgid("Signatures needed"), lambda each: float(each.gates), lambda v, la: la.number(v), False),
    (
        msgid("Changed assumptions"),
        lambda each: float(each.changed_numbers),
        lambda v, la: la.number(v),
        False,
    ),
    (msgid("Blocks"), lambda each: float(each.blocks), lambda v, la: la.number(v), False),
)
"""What plans are held against: its name, its value, how that is written, and whether more is better."""


def matrix_html(plans: Sequence[PlanFacts], language: Language, further: Sequence[str] = ()) -> str:
    """Return plans by criteria, each value with its rank; never one score of all. `further`: more rows."""
    text = language.text
    head = tag("tr", tag("th", ""), *(tag("th", escape(each.title), scope="col") for each in plans))
    rows = [
        criterion_row(
            text(label), [(value_of(each), written(value_of(each), language)) for each in plans], more=more
        )
        for label, value_of, written, more in _CRITERIA
    ]
    return tag("div", tag("table", head, *rows, *further, class_="fp-matrix"), class_="fp-matrix-box")


def criterion_row(label: str, values: Sequence[tuple[float, str]], *, more: bool) -> str:
    """
    Return one criterion of the matrix: what each plan comes to, with its rank.

    Parameters
    ----------
    label
        What it is called.
    values
        Value of each plan, and how it is written; NaN has no rank.
    more
        Whether more of it is better, or less.
    """
    every = [value for value, _ in values]
    cells = [
        tag("td", escape(written), " ", tag("small", escape(_rank(value, every, more=more))))
        for value, written in values
    ]
    return tag("tr", tag("th", escape(label), scope="row"), *cells)


def _rank(value: float, values: Sequence[float], *, more: bool) -> str:
    """Return the place of a value among all, equal ones in one place; nothing where it is not known."""
    if isnan(value):
        return ""
    better = sum(
        (other > value + SMALL / 10) if more else (other < value) for other in values if not isnan(other)
    )
    return f"#{better + 1}"
