"""Terminal: documents as plain tables of a hundred columns, in English or French."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import isnan, nan
from typing import TYPE_CHECKING, Protocol, TypeVar

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from footprint.cli.printable import PrintableConsole
from footprint.documents.columns import OUTSIDE_AREA, SILENT
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import OUTSIDE_NAME, Level
from footprint.language import Language, msgid

if TYPE_CHECKING:
    from footprint.access.watched import Watched
    from footprint.documents.layout.review import (
        Comparison,
        EquityRow,
        FigureRow,
        ReviewDocument,
        WeightedRow,
    )
    from footprint.documents.layout.site import SiteDocument
    from layers.seasons import Season

WIDTH = 100
"""Columns that every table fits in."""

_SMALL = 0.0005
"""Changes that would print as 0.0 are not listed [share]."""

_FEW, _MANY = 6, 9
"""Columns beyond which they are narrower, and beyond which they stand closer together."""

_LEVELS = (Level.AREA, Level.OBJECTIVE, Level.REGION, Level.DISTRICT)
_WITH_WORST = [each for each in Indicator if each is not Indicator.CIRCLE]
"""Indicators whose worst season is printed; the circle map knows no seasons."""
_CLASS_HEADS = {
    "both": msgid("Both"),
    "force_only": msgid("Force only"),
    "civilian_and_police_only": msgid("Civ. and police only"),
    "neither": msgid("Neither"),
    "force_rest_unknown": msgid("Force, rest not known"),
    "not_known": msgid("Not known"),
}
"""The four classes, and two of places where tiers I and III are not known."""
_FOUR = 4
_LEGEND = msgid(
    "FF Force footprint, FG by ground alone; MF Mission footprint; B1, B2, B3 tiers I, II and III; FF0 what "
    "a circle map would say. A dash: no demand there, or not known."
)
_NOUGHT = msgid(
    "0.0 in a column with dashes: there a part of the tier that the data do name does not reach, so that the "
    "tier is zero whatever else there is."
)


def console(*, error: bool = False) -> Console:
    """Return a console of at most `WIDTH` columns on standard output, or on standard error."""
    file = sys.stderr if error else sys.stdout
    made = PrintableConsole(file=file, highlight=False, markup=False, emoji=False)
    made.width = min(made.width, WIDTH) if made.is_terminal else WIDTH
    return made


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """
    Show on standard error how far long work has come; silent where that is no terminal.

    Parameters
    ----------
    steps
        How many steps there are; the function yielded is called at the start of each.
    """
    screen = console(error=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=steps)
        begun = 0

        def step(message: str) -> None:
            nonlocal begun
            bar.update(task, description=message, completed=begun)
            begun += 1

        yield step


def show_notes(screen: Console, notes: Sequence[str], *, mark: str = "!") -> None:
    """Print sentences as a list."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for note in notes:
        table.add_row(mark, note)
    screen.print(table)


def unit_table(title: str, first: str, columns: Sequence[str]) -> Table:
    """Return an empty table of numbers beside a first column of names."""
    gap, widest = 0 if len(columns) > _MANY else 1, 8 if len(columns) > _FEW else 12
    table = Table(title=title, box=box.SIMPLE_HEAD, show_edge=False, padding=(0, gap, 0, 0))
    table.title_justify = "left"
    table.add_column(first, overflow="fold", min_width=20, max_width=34, vertical="bottom")
    for column in columns:
        table.add_column(column, justify="right", min_width=5, max_width=widest, vertical="bottom")
    return table


Unit = tuple[str, str]
"""Identifier of a unit, and its name."""


class _OfUnit(Protocol):
    """What every row about a unit says."""

    @property
    def level(self) -> Level: ...
    @property
    def unit_id(self) -> str: ...
    @property
    def name(self) -> str: ...


Row = TypeVar("Row", bound=_OfUnit)


def _by_unit(rows: Iterable[Row], level: Level) -> dict[Unit, list[Row]]:
    """Return the rows of each unit of a level, in the order of the rows."""
    found: dict[Unit, list[Row]] = {}
    for row in rows:
        if row.level == level:
            found.setdefault((row.unit_id, row.name), []).append(row)
    return found


def _names(document: ReviewDocument | SiteDocument, language: Language) -> dict[str, str]:
    """Return the names of the area and the objectives in the reader's language."""
    area = document.head.area
    found = {each.objective_id: each.names for each in document.subject.objectives} | {
        area.area_id: area.names
    }
    return {unit_id: names.get(language.code, names.get("en", unit_id)) for unit_id, names in found.items()}


class _WithReasons(Protocol):
    """What every row says of numbers that are missing."""

    @property
    def reasons(self) -> Mapping[str, str]: ...


def named_unit(name: str, rows: Iterable[_WithReasons], language: Language) -> str:
    """Return what a unit is called in a table: with the reason, where it lies mostly outside the area."""
    outside = any(OUTSIDE_AREA in row.reasons.values() for row in rows)
    return language.text(OUTSIDE_NAME, name=name) if outside else name


def _percent(value: float | None, language: Language) -> str:
    return "–" if value is None else language.number(100 * value, 1)


def _mean(rows: Sequence[FigureRow] | Sequence[WeightedRow], columns: Sequence[str]) -> list[float | None]:
    """Return the mean of each column over the rows, None where any has no number."""
    # What reckons takes a while to import; `--help` does without it.
    from footprint.indicators.periods import mean_over  # noqa: PLC0415

    values = [
        [nan if (value := getattr(row, column)) is None else value for row in rows] for column in columns
    ]
    means = mean_over(values, range(1, len(rows) + 1))
    return [None if isnan(mean) else mean for mean in means.tolist()]


def show_year(
    screen: Console, document: ReviewDocument, seasons: Sequence[Season], language: Language
) -> None:
    """Print the footprints of each unit, mean of the year and worst season, and the four classes."""
    text, names = language.text, _names(document, language)
    mean, worst = text("mean"), text("worst")
    pairs = [f"{name}\n{of}" for name in _WITH_WORST for of in (mean, worst)]
    title = text("Share of demand that could be reached, %: mean of the year and worst season")
    table = unit_table(title, text("Unit"), [*pairs, f"{Indicator.CIRCLE}\n{mean}"])
    for level in _LEVELS:
        for (unit_id, name), rows in _by_unit(document.periods, level).items():
            own = {row.measure: row for row in rows}
            values = [value for each in _WITH_WORST for value in (own[each].mean, own[each].worst)]
            cells = [_percent(value, language) for value in (*values, own[Indicator.CIRCLE].mean)]
            table.add_row(named_unit(names.get(unit_id, name), rows, language), *cells)
        table.add_section()
    screen.print(table)
    hidden = {row.measure for row in document.periods if SILENT in row.reasons.values()}
    noughts = any(row.mean == 0 and row.measure in hidden for row in document.periods)
    screen.print(" ".join([text(_LEGEND), text(_NOUGHT)] if noughts else [text(_LEGEND)]))
    _show_worst(screen, document, seasons, language)
    _show_bounds(screen, document, language)
    _show_classes(screen, document, language)


def _show_worst(
    screen: Console, document: ReviewDocument, seasons: Sequence[Season], language: Language
) -> None:
    """Print which season is the area's worst."""
    labels = {each.season_id: each.label(language.code) for each in seasons}
    worst = {row.measure: row.worst_season for row in document.periods if row.level == Level.AREA}
    names = [
        f"{indicator} {labels[season_id]}"
        for indicator in (Indicator.FORCE, Indicator.MISSION)
        if (season_id := worst[indicator])
    ]
    if names:
        screen.print(language.text("Worst season of the area: {seasons}", seasons=", ".join(names)) + "\n")


def _show_bounds(screen: Console, document: ReviewDocument, language: Language) -> None:
    """Print the lower bound of the area's figures that join groups."""
    rows = [row for row in document.lower_bounds if row.level == Level.AREA]
    figures = ", ".join(f"{row.measure} {_percent(row.mean, language)}" for row in rows)
    line = language.text(
        "Lower bound, if all that a tier needs came about independently, %: {figures}", figures=figures
    )
    screen.print(line + "\n")


def _show_classes(screen: Console, document: ReviewDocument, language: Language) -> None:
    """Print the classes by demand and by people: beside each other, or with six classes below."""
    text, classes = language.text, _classes(document)
    if len(classes) == _FOUR:
        title = text("Where force and mission part company, mean of the year: % of demand, then % of people")
        _show_parts(screen, document, language, (title, classes, ("demand", "people")))
        return
    titles = (
        ("demand", text("Where force and mission part company, mean of the year: % of demand")),
        ("people", text("Where force and mission part company, mean of the year: % of people")),
    )
    for whose, title in titles:
        _show_parts(screen, document, language, (title, classes, (whose,)))


def _show_parts(
    screen: Console,
    document: ReviewDocument,
    language: Language,
    what: tuple[str, Sequence[str], Sequence[str]],
) -> None:
    title, classes, shares = what
    names, text = _names(document, language), language.text
    table = unit_table(title, text("Unit"), [text(_CLASS_HEADS[name]) for name in classes] * len(shares))
    columns = [f"{name}_{of}" for of in shares for name in classes]
    for level in _LEVELS:
        for (unit_id, name), rows in _by_unit(document.figures, level).items():
            cells = [_percent(value, language) for value in _mean(rows, columns)]
            table.add_row(named_unit(names.get(unit_id, name), rows, language), *cells)
        table.add_section()
    screen.print(table)


def _classes(document: ReviewDocument) -> list[str]:
    """Return the classes a review has: the four, and those of what is not known if there are any."""
    unknown = any(row.force_rest_unknown_demand or row.not_known_demand for row in document.figures)
    return list(_CLASS_HEADS) if unknown else list(_CLASS_HEADS)[:_FOUR]


def show_months(screen: Console, document: ReviewDocument, language: Language, *, each: bool) -> None:
    """Print the footprints and classes of each unit, for `each` month or as the mean of the months."""
    text, names = language.text, _names(document, language)
    classes = _classes(document)
    columns = [*Indicator, *(f"{name}_demand" for name in classes)]
    heads = [*([text("Month")] if each else []), *Indicator, *(text(_CLASS_HEADS[name]) for name in classes)]
    months = language.months(document.months)
    table = unit_table(
        text("Share of demand that could be reached, %: {months}", months=months), text("Unit"), heads
    )
    for level in _LEVELS:
        for (unit_id, name), rows in _by_unit(document.figures, level).items():
            named = named_unit(names.get(unit_id, name), rows, language)
            # The reason stands beside the first of its months.
            own = [named, *[names.get(unit_id, name)] * (len(rows) - 1)]
            for called, part in zip(own, [[row] for row in rows] if each else [rows], strict=False):
                month = [language.month_short(part[0].month)] if each else []
                cells = [_percent(value, language) for value in _mean(part, columns)]
                table.add_row(called, *month, *cells)
        table.add_section()
    screen.print(table)
    screen.print(text(_LEGEND) + "\n")


def show_objectives(screen: Console, document: ReviewDocument, language: Language) -> None:
    """Print Force and Mission over all objectives, and that their weights may be nobody's decision."""
    text, objectives = language.text, document.subject.objectives
    means = _mean(document.over_objectives, [Indicator.FORCE, Indicator.MISSION])
    force, whole = (_percent(value, language) for value in means)
    undecided = "" if all(each.decided for each in objectives) else text("weights not decided")
    weights = ", ".join(
        f"{each.names.get(language.code, each.names['en'])} {language.percent(each.weight, 0)}"
        for each in objectives
    )
    line = text("All objectives by weight, %: force {force}, mission {mission}", force=force, mission=whole)
    screen.print(f"{line}. {weights}" + (f" ({undecided})" if undecided else "") + "\n")


def show_remoteness(screen: Console, document: ReviewDocument, language: Language) -> None:
    """Print who is beyond any bundle and beyond surgery, and in how many months troops and tiers come."""
    text, names = language.text, _names(document, language)
    reach = {(row.level, row.unit_id): row for row in document.months_reachable}
    heads = [f"{text(head)}\n{of}" for head in (_BUNDLE, _SURGERY) for of in (text("mean"), text("worst"))]
    months = [f"{text(_MONTHS_OF)}\n{name}" for name in _MONTH_COLUMNS.values()]
    title = text("Beyond reach, % of demand; months a year in which troops and tiers reach people")
    table = unit_table(title, text("Unit"), [*heads, *months])
    for level in (Level.AREA, Level.OBJECTIVE, Level.REGION):
        for (unit_id, name), rows in _by_unit(document.remoteness_periods, level).items():
            own = {row.measure: row for row in rows}
            both = (own["beyond_bundle_demand"], own["beyond_surgery_demand"])
            cells = [_percent(value, language) for each in both for value in (each.mean, each.worst)]
            row = reach.get((level, unit_id))
            counts = (
                ()
                if row is None
                else (row.months_troops, row.months_tier_1, row.months_tier_2, row.months_tier_3)
            )
            cells += ["–" if count is None else language.number(count, 1) for count in counts or (None,) * 4]
            table.add_row(named_unit(names.get(unit_id, name), rows, language), *cells)
        table.add_section()
    screen.print(table)


_MONTH_COLUMNS = {"months_troops": "FF", "months_tier_1": "B1", "months_tier_2": "B2", "months_tier_3": "B3"}
_BUNDLE, _SURGERY, _MONTHS_OF = msgid("Any bundle"), msgid("Surgery"), msgid("Months")

_CHANGES = (
    (Indicator.FORCE, "mean"),
    (Indicator.FORCE, "worst"),
    (Indicator.MISSION, "mean"),
    (Indicator.MISSION, "worst"),
    (Indicator.TIER_1, "mean"),
    (Indicator.TIER_2, "mean"),
    (Indicator.TIER_3, "mean"),
)
"""Indicator and period of each column of changes."""


def show_changes(
    screen: Console,
    document: ReviewDocument | SiteDocument,
    changes: Comparison,
    beside: Watched | None,
    language: Language,
) -> None:
    """Print whose figures change, by how much, which regions pay for a gain, and what is to be watched."""
    text, names = language.text, _names(document, language)
    words = {"mean": text("mean"), "worst": text("worst")}
    heads = [f"{indicator}\n{words[of]}" for indicator, of in _CHANGES]
    table = unit_table(
        text("Change in the share of demand that could be reached, points"), text("Unit"), heads
    )
    for level in _LEVELS:
        for (unit_id, name), rows in _by_unit(changes.by_period, level).items():
            own = {(row.measure, row.period): row.change for row in rows}
            values = [own.get(column, 0.0) for column in _CHANGES]
            if max(map(abs, values)) >= _SMALL:
                table.add_row(names.get(unit_id, name), *(language.signed(100 * v, 1) for v in values))
        table.add_section()
    if table.row_count:
        screen.print(table)
        months = language.months(changes.months_changed)
        screen.print(text("Months with a change: {months}", months=months))
    else:
        screen.print(text("No unit's share of demand changes by a tenth of a point."))
    show_notes(screen, [_flag(flag, language) for flag in changes.equity_flags])
    if beside is not None:
        from footprint.cli.watch_table import show_watched  # noqa: PLC0415 - reckons, which takes seconds

        show_watched(screen, changes, beside, language)


def _flag(flag: EquityRow, language: Language) -> str:
    return language.text(
        "Equity: {name} falls from {before} to {after} in its worst season ({measure}), "
        "while the area's mean rises.",
        name=flag.name,
        before=language.percent(flag.worst_before),
        after=language.percent(flag.worst_after),
        measure=flag.measure,
    )
