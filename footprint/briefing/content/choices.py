"""Part 4, the options beside doing nothing: what each does, costs and takes, and from whom; and who loses."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

from footprint.briefing.changes import hidden_changes, named_changes
from footprint.briefing.content.bottom_line import facts_of
from footprint.briefing.content.parts import DASH, Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.telling import Telling
from footprint.compare import SMALL, by_season, equity, worst_seasons
from footprint.criteria.criterion import NOTHING, CriterionValue
from footprint.criteria.ranked import ranked
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import YearSummary
from footprint.indicators.units import Level
from footprint.language import msgid
from footprint.review import Review
from footprint.views.criteria_words import ranking_sentences, value_words

_MOST_LOSERS = 12
_SHOWN = (Indicator.FORCE, Indicator.MISSION)
_COLUMNS = (msgid("{measure}, today"), msgid("{measure}, with the plan"), msgid("{measure}, change"))
_PERIODS = {"mean": msgid("{measure}, mean of the year"), "worst": msgid("{measure}, worst season")}


def options(telling: Telling) -> Chapter:
    """Return the part."""
    text = telling.language.text
    blocks: list[ChapterBlock] = []
    for number, plan in enumerate(telling.brief.plans, start=1):
        blocks += _changes(telling, number, plan)
    if not telling.brief.plans:
        blocks.append(Prose(text("No plan is put forward: the one option is to do nothing.")))
    blocks += [_figures(telling), *_criteria(telling)]
    ranked_kind = ProseKind.ITEM if telling.terms.weights else ProseKind.DETAIL
    blocks += [Prose(each, ranked_kind) for each in _ranking(telling)]
    blocks += [
        Prose(
            text(
                "Which gates of harm and consent a plan meets is said by the checks of its proposals; no "
                "weight can buy a gate off. No signature is recorded with this briefing."
            ),
            ProseKind.DETAIL,
        ),
        Prose(text("Dissent: none is recorded, which does not say that there is none."), ProseKind.DETAIL),
        Prose(
            text(
                "Gates of harm and consent are in the checks of proposals, and no weight buys one off. No "
                "signature and no dissent is recorded with this briefing."
            ),
            ProseKind.SHORT,
        ),
    ]
    return Chapter("options", 4, text("Options, doing nothing among them"), tuple(blocks))


def _changes(telling: Telling, number: int, plan: Review) -> list[ChapterBlock]:
    """Return what a plan changes, in words; where its sites may not be named, how many there are where."""
    text = telling.language.text
    title = telling.head(number)
    if not plan.scenario.changes:
        return [Prose(telling.language.labelled(title, text("it changes nothing.")))]
    told = named_changes if telling.named else hidden_changes
    changes = telling.language.clauses(told(telling.brief, plan.scenario))
    return [Prose(telling.language.labelled(title, changes))]


def _figures(telling: Telling) -> TextTable:
    """Return footprints, gains, losses and donors of each option, for what is looked at."""
    text, language = telling.language.text, telling.language
    numbers = range(len(telling.brief.plans) + 1)
    facts = [facts_of(telling, number) for number in numbers]
    reviews = (telling.brief.today, *telling.brief.plans)
    rows: list[tuple[str, ...]] = []
    for indicator in (Indicator.MISSION, Indicator.FORCE, Indicator.FORCE_GROUND, Indicator.TIER_2):
        years = [telling.year(review, indicator) for review in reviews]
        label = text(indicator.short)
        rows.append(
            (
                text("{measure}, mean of the year", measure=label),
                *(telling.share(known.mean, least.mean) for known, least in years),
            )
        )
        worst = [
            _worst(telling, review, indicator, year) for review, year in zip(reviews, years, strict=True)
        ]
        rows.append((text("{measure}, worst season", measure=label), *worst))
    sure = Indicator.MISSION not in telling.unknown

    def of_unit(own: tuple[str, float] | None) -> str:
        if own is None:
            return text("none") if sure else DASH
        name = telling.called(Level.DISTRICT, own[0])
        return language.labelled(name, telling.change(own[1], known=sure))

    rows += [
        (text("Most Mission gained, whole area"), DASH, *(of_unit(each.gain) for each in facts[1:])),
        (text("Most Mission lost, whole area"), DASH, *(of_unit(each.loss) for each in facts[1:])),
        (text("Donors"), DASH, *(_donors(telling, each.donors) for each in facts[1:])),
        (
            text("{Regions} that pay for a gain on average"),
            DASH,
            *(_paying(telling, plan) for plan in telling.brief.plans),
        ),
    ]
    return TextTable(
        title=text("Options: {where} [% of its need]", where=telling.where),
        header=("", *(telling.head(number) for number in numbers)),
        rows=tuple(rows),
        numeric=(False, *(True,) * len(numbers)),
        note=telling.signs,
    )


def _worst(
    telling: Telling, review: Review, indicator: Indicator, year: tuple[YearSummary, YearSummary]
) -> str:
    """Return the worst season of what is looked at, with what it is called where that is known."""
    share, season = telling.share(year[0].worst, year[1].worst), telling.worst_season_of(review, indicator)
    return share if season == DASH else f"{share} ({season})"


def _donors(telling: Telling, donors: tuple[str, ...]) -> str:
    text = telling.language.text
    if not telling.named:
        return text("not told")
    return telling.language.listing(donors) if donors else text("none named")


def _paying(telling: Telling, plan: Review) -> str:
    brief, text = telling.brief, telling.language.text
    paid = equity(
        brief.today,
        plan,
        brief.prepared.area.seasons,
        drop=brief.prepared.method.reporting.equity_drop,
    )
    words = [each.name for each in paid.flags]
    if paid.cannot_tell and len(paid.cannot_tell) == len(brief.prepared.area.regions):
        return text("cannot tell")
    if paid.cannot_tell:
        names = telling.language.listing(name for _, name in paid.cannot_tell)
        words.append(text("cannot tell: {names}", names=names))
    return telling.language.clauses(words) or text("none")


def _criteria(telling: Telling) -> list[ChapterBlock]:
    """Return every criterion by option, over the whole area, and why some are not known."""
    text, language = telling.language.text, telling.language
    by_criterion = list(zip(*telling.reckoning.values, strict=True))
    rows = tuple(
        (
            text(own[0].criterion.label),
            *(_value(telling, each) for each in own),
        )
        for own in by_criterion
    )
    reasons: dict[str, list[str]] = {}
    for own in by_criterion:
        for why in dict.fromkeys(each.why for each in own if each.why):
            reasons.setdefault(why, []).append(text(own[0].criterion.label))
    table = TextTable(
        title=text("Options by criteria, over the whole area"),
        header=(
            text("Criterion"),
            *(telling.head(number) for number in range(len(telling.reckoning.values))),
        ),
        rows=rows,
        numeric=(False, *(True,) * len(telling.reckoning.values)),
        detail=True,
    )
    why_not = [
        Prose(
            text("Not known, for {why}: {names}.", why=text(why), names=language.clauses(labels)),
            ProseKind.NOTE,
        )
        for why, labels in reasons.items()
    ]
    return [table, *why_not]


def _value(telling: Telling, own: CriterionValue) -> str:
    """Return what an option comes to by one criterion, as exactly as it may be told."""
    if isnan(own.value):
        return DASH
    people = own.criterion.unit == "persons"
    if people or own.criterion.unit.startswith("share"):
        own = replace(own, value=telling.figure(own.value, people=people))
    return value_words(own, telling.language)


def _ranking(telling: Telling) -> tuple[str, ...]:
    """Return how each group of stakeholders would rank the options; nothing where none has stated weights."""
    if not telling.terms.weights:
        return (telling.language.text("No group has stated weights: the options are not ranked."),)
    names = [NOTHING, *(telling.option(number) for number in range(1, len(telling.brief.plans) + 1))]
    values = dict(zip(names, telling.reckoning.values, strict=True))
    found = ranked(values, telling.terms.weights, telling.brief.prepared.method.reporting)
    return ranking_sentences(found, telling.language)


def losers(telling: Telling) -> Chapter:
    """Return the page that says who loses: regions by their worst season, units by their mean."""
    text = telling.language.text
    drop = telling.brief.prepared.method.reporting.equity_drop
    blocks: list[ChapterBlock] = []
    if not telling.brief.plans:
        blocks.append(Prose(text("No plan is held against today, so nobody gains or loses by one.")))
        blocks.append(_left_behind(telling))
    for number, plan in enumerate(telling.brief.plans, start=1):
        blocks += _of_plan(telling, number, plan)
    blocks.append(
        Prose(
            text(
                "Prioritizing means leaving something behind. A {region} is flagged where its worst season "
                "falls by more than {drop} while the mean of the area rises.",
                drop=telling.language.points(drop).removeprefix("+"),
            ),
            ProseKind.NOTE,
        )
    )
    return Chapter("losers", 0, text("Who loses"), tuple(blocks), whole=True)


def _of_plan(telling: Telling, number: int, plan: Review) -> list[ChapterBlock]:
    """Return who loses by one plan."""
    brief, text = telling.brief, telling.language.text
    seasons = brief.prepared.area.seasons
    title = telling.head(number)
    rows: dict[str, list[str]] = {}
    for indicator in _SHOWN:
        worst = worst_seasons(brief.today, plan, seasons, indicator)
        for row in worst.to_dict("records"):
            own, sure = rows.setdefault(str(row["unit_id"]), [str(row["name"])]), bool(row["known"])
            pair = (float(row["first"]), float(row["second"]))
            own += [telling.share(each) if sure else telling.share(float("nan"), each) for each in pair]
            own.append(telling.change(float(row["change"]), known=sure))
    heads = [text(each.short) for each in _SHOWN]
    table = TextTable(
        title=text("{plan}: worst season of each {region} [% of its need]", plan=title),
        header=(
            text("{Region}"),
            *(text(kind, measure=head) for head in heads for kind in _COLUMNS),
        ),
        rows=tuple(map(tuple, rows.values())),
        numeric=(False, *(True,) * 6),
        note=telling.signs,
    )
    found: list[ChapterBlock] = [table, *_losing_units(telling, number, plan)]
    return [*found, *(each for indicator in _SHOWN for each in _paid(telling, plan, indicator))]


def _paid(telling: Telling, plan: Review, indicator: Indicator) -> list[Prose]:
    """Say which first-level units pay for a gain on average, and of which nobody can tell."""
    brief, text = telling.brief, telling.language.text
    reporting, measure = brief.prepared.method.reporting, text(indicator.label)
    seasons = brief.prepared.area.seasons
    paid = equity(brief.today, plan, seasons, drop=reporting.equity_drop, indicator=indicator)
    said = [
        text(
            "{measure}: the mean of the area rises by {gain}, but the worst season falls from {before} to "
            "{after}: {name}.",
            measure=measure,
            gain=telling.change(flag.area_gain, known=True).removeprefix("+"),
            name=telling.called(Level.REGION, flag.name),
            before=telling.share(flag.before),
            after=telling.share(flag.after),
        )
        for flag in paid.flags
    ]
    if paid.cannot_tell and len(paid.cannot_tell) == len(brief.prepared.area.regions):
        said.append(
            text("{measure}: whether any {region} pays for a gain on average is not known.", measure=measure)
        )
    elif paid.cannot_tell:
        names = telling.language.listing(name for _, name in paid.cannot_tell)
        said.append(
            text(
                "{measure}: of these nobody can tell whether they pay: {names}.", measure=measure, names=names
            )
        )
    elif not paid.flags:
        said.append(text("{measure}: no {region} pays for a gain on average.", measure=measure))
    return [Prose(each, ProseKind.ITEM) for each in said]


def _losing_units(telling: Telling, number: int, plan: Review) -> list[ChapterBlock]:
    """Return the second-level units of the whole area that lose, those that lose most first."""
    brief, text = telling.brief, telling.language.text
    rows = by_season(brief.today, plan, brief.prepared.area.seasons, _SHOWN)
    own = rows[(rows["level"] == Level.DISTRICT) & rows["period"].isin(["mean", "worst"])]
    table = own.pivot(index=["unit_id", "name"], columns=["measure", "period"], values="change")
    lowest = table.min(axis="columns")
    losing = table[lowest <= -SMALL].loc[lowest[lowest <= -SMALL].sort_values(kind="stable").index]
    title = telling.head(number)
    if losing.empty:
        said = text(
            "{plan}: no {district} of the area loses Force or Mission, mean or worst season.", plan=title
        )
        if telling.unknown:
            said = text("{plan}: no {district} of the area loses of what is known.", plan=title)
        return [Prose(said, ProseKind.ITEM)]
    shown = losing.head(_MOST_LOSERS)
    columns = [(each, period) for each in _SHOWN for period in ("mean", "worst")]
    names = shown.index.get_level_values("name").astype(str)
    values = shown[[(str(each), period) for each, period in columns]].to_numpy(dtype=float)
    cells = [
        (
            name,
            *(
                telling.change(change, known=each not in telling.unknown)
                for change, (each, _) in zip(changes, columns, strict=True)
            ),
        )
        for name, changes in zip(names, values.tolist(), strict=True)
    ]
    rest = len(losing) - len(shown)
    return [
        TextTable(
            title=text("{plan}: {districts} that lose [points of their need]", plan=title),
            header=(
                text("{District}"),
                *(text(_PERIODS[period], measure=text(each.short)) for each, period in columns),
            ),
            rows=tuple(cells),
            numeric=(False, *(True,) * 4),
            note=telling.language.plural("{n} more loses less.", "{n} more lose less.", rest) if rest else "",
        )
    ]


def _left_behind(telling: Telling) -> TextTable:
    """Return the worst season of every region as things stand."""
    brief, text = telling.brief, telling.language.text
    rows: dict[str, list[str]] = {}
    for indicator in _SHOWN:
        worst = worst_seasons(brief.today, brief.today, brief.prepared.area.seasons, indicator)
        for row in worst.to_dict("records"):
            own = rows.setdefault(str(row["unit_id"]), [str(row["name"])])
            value = float(row["first"])
            own.append(telling.share(value) if row["known"] else telling.share(float("nan"), value))
    return TextTable(
        title=text("Worst season of each {region} today [% of its need]"),
        header=(text("{Region}"), *(text(each.short) for each in _SHOWN)),
        rows=tuple(map(tuple, rows.values())),
        numeric=(False, True, True),
        note=telling.signs,
    )
