"""Terminal: documents as plain tables of a hundred columns, in English or French."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from footprint.language import Language, msgid

Json = Mapping[str, Any]

WIDTH = 100
"""Columns that every table fits in."""

_SMALL = 0.0005
"""Changes that would print as 0.0 are not listed [share]."""

_FEW, _MANY = 6, 9
"""Columns beyond which they are narrower, and beyond which they stand closer together."""

_LEVELS = ("area", "objective", "region", "cercle")
_MEASURES = ("FF", "MF", "B1", "B2", "B3", "FF0")
_CLASS_HEADS = {
    "both": msgid("Both"),
    "force_only": msgid("Force only"),
    "civilian_and_police_only": msgid("Civ. and police only"),
    "neither": msgid("Neither"),
}
_LEGEND = msgid(
    "FF Force footprint; MF Mission footprint; B1, B2, B3 tiers I, II and III; FF0 what a circle map "
    "would say. A dash: no demand there."
)


def console(*, error: bool = False) -> Console:
    """Return a console of at most `WIDTH` columns on standard output, or on standard error."""
    made = Console(file=sys.stderr if error else sys.stdout, highlight=False, markup=False, emoji=False)
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
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=steps)
        begun = 0

        def step(message: str) -> None:
            nonlocal begun
            bar.update(task, description=message, completed=begun)
            begun += 1

        yield step


def show_head(screen: Console, document: Json, notes: Sequence[str], language: Language) -> None:
    """Print what the result is about, and what stands beside it."""
    text, names = language.text, document["area"]["names"]
    day = language.date(date.fromisoformat(document["area"]["frame_date"]))
    screen.print(f"{names.get(language.code, names['en'])}, " + text("as of {date}", date=day))
    if "scenario" in document:
        changes = len(document["scenario"]["changes"])
        count = language.plural("{n} change", "{n} changes", changes)
        name = f"{document['scenario']['name']} ({count})" if changes else text("today's sites, unchanged")
        screen.print(text("Scenario: {name}", name=name))
    show_notes(screen, notes)


def show_notes(screen: Console, notes: Sequence[str], *, mark: str = "!") -> None:
    """Print sentences as a list."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for note in notes:
        table.add_row(mark, note)
    screen.print(table)


def _table(title: str, first: str, columns: Sequence[str]) -> Table:
    gap, widest = 0 if len(columns) > _MANY else 1, 8 if len(columns) > _FEW else 12
    table = Table(title=title, box=box.SIMPLE_HEAD, show_edge=False, padding=(0, gap, 0, 0))
    table.title_justify = "left"
    table.add_column(first, overflow="fold", min_width=20, max_width=34, vertical="bottom")
    for column in columns:
        table.add_column(column, justify="right", min_width=5, max_width=widest, vertical="bottom")
    return table


def _by_unit(rows: Sequence[Json], level: str) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Yield identifier, name and rows of each unit of a level, rows by measure and, if any, period."""
    found: dict[str, dict[str, Json]] = {}
    for row in rows:
        if row["level"] == level:
            key = "_".join(filter(None, (row["measure"], row.get("period"))))
            found.setdefault(row["unit_id"], {})[key] = row
    for unit_id, own in found.items():
        yield unit_id, next(iter(own.values()))["name"], own


def _names(document: Json, language: Language) -> dict[str, str]:
    """Return the names of the area and the objectives in the reader's language."""
    found = {each["objective_id"]: each["names"] for each in document["objectives"]}
    found[document["area"]["area_id"]] = document["area"]["names"]
    return {unit_id: names.get(language.code, names.get("en", unit_id)) for unit_id, names in found.items()}


def _percent(value: float | None, language: Language) -> str:
    return "–" if value is None else language.number(100 * value, 1)


def show_year(screen: Console, document: Json, language: Language) -> None:
    """Print the footprints of each unit, mean of the year and worst season, and the four classes."""
    text, names = language.text, _names(document, language)
    mean, worst = text("mean"), text("worst")
    pairs = [f"{name}\n{of}" for name in _MEASURES[:-1] for of in (mean, worst)]
    title = text("Share of demand that could be reached, %: mean of the year and worst season")
    table = _table(title, text("Unit"), [*pairs, f"FF0\n{mean}"])
    for level in _LEVELS:
        for unit_id, name, own in _by_unit(document["periods"], level):
            values = [own[each][of] for each in _MEASURES[:-1] for of in ("mean", "worst")]
            cells = [_percent(value, language) for value in (*values, own["FF0"]["mean"])]
            table.add_row(names.get(unit_id, name), *cells)
        table.add_section()
    screen.print(table)
    screen.print(text(_LEGEND))
    _show_worst(screen, document, language)
    _show_classes(screen, document, language)


def _show_worst(screen: Console, document: Json, language: Language) -> None:
    """Print which season is the area's worst."""
    labels = {each["season_id"]: each["label"] for each in document["method"]["seasons"]}
    worst = {row["measure"]: row["worst_season"] for row in document["periods"] if row["level"] == "area"}
    season = {name: language.text(labels[worst[name]]) for name in ("FF", "MF") if worst[name]}
    if season:
        said_so = ", ".join(f"{name} {label}" for name, label in season.items())
        screen.print(language.text("Worst season of the area: {seasons}", seasons=said_so) + "\n")


def _show_classes(screen: Console, document: Json, language: Language) -> None:
    text, names = language.text, _names(document, language)
    title = text("Where force and mission part company, mean of the year: % of demand, then % of people")
    heads = [text(name) for name in _CLASS_HEADS.values()]
    table = _table(title, text("Unit"), heads * 2)
    columns = [f"{name}_{of}" for of in ("demand", "people") for name in _CLASS_HEADS]
    for level in _LEVELS:
        for unit in _units(document["figures"], level, columns):
            cells = [_percent(unit[column], language) for column in columns]
            table.add_row(names.get(unit["unit_id"], unit["name"]), *cells)
        table.add_section()
    screen.print(table)


def _units(rows: Sequence[Json], level: str, columns: Sequence[str]) -> Iterator[Json]:
    """Yield one row per unit of a level: the mean of each column over its months."""
    units: dict[str, list[Json]] = {}
    for row in rows:
        if row["level"] == level:
            units.setdefault(row["unit_id"], []).append(row)
    for unit_id, own in units.items():
        means = {column: _mean([row[column] for row in own]) for column in columns}
        yield {"unit_id": unit_id, "name": own[0]["name"], **means}


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if len(known) == len(values) and known else None


def show_months(screen: Console, document: Json, language: Language, *, each: bool) -> None:
    """Print the footprints and classes of each unit, for `each` month or as the mean of the months."""
    text, names = language.text, _names(document, language)
    columns = [*_MEASURES, *(f"{name}_demand" for name in _CLASS_HEADS)]
    heads = [*([text("Month")] if each else []), *_MEASURES, *(text(name) for name in _CLASS_HEADS.values())]
    months = language.months(document["months"])
    table = _table(
        text("Share of demand that could be reached, %: {months}", months=months), text("Unit"), heads
    )
    for level in _LEVELS:
        own = [row for row in document["figures"] if row["level"] == level]
        for row in own if each else _units(own, level, columns):
            month = [language.month_short(row["month"])] if each else []
            cells = [_percent(row[column], language) for column in columns]
            table.add_row(names.get(row["unit_id"], row["name"]), *month, *cells)
        table.add_section()
    screen.print(table)
    screen.print(text(_LEGEND) + "\n")


def show_objectives(screen: Console, document: Json, language: Language) -> None:
    """Print Force and Mission over all objectives, and that their weights may be nobody's decision."""
    text, rows = language.text, document["over_objectives"]
    force, whole = (_percent(_mean([row[name] for row in rows]), language) for name in ("FF", "MF"))
    undecided = "" if all(each["decided"] for each in document["objectives"]) else text("weights not decided")
    weights = ", ".join(
        f"{each['names'].get(language.code, each['names']['en'])} {language.percent(each['weight'], 0)}"
        for each in document["objectives"]
    )
    line = text("All objectives by weight, %: force {force}, mission {mission}", force=force, mission=whole)
    screen.print(f"{line}. {weights}" + (f" ({undecided})" if undecided else "") + "\n")


def show_remoteness(screen: Console, document: Json, language: Language) -> None:
    """Print who is beyond any bundle and beyond surgery, and months reachable."""
    text, names = language.text, _names(document, language)
    reach = {(row["level"], row["unit_id"]): row for row in document["months_reachable"]}
    mean, worst = text("mean"), text("worst")
    heads = [f"{text(document)}\n{of}" for document in (_BUNDLE, _SURGERY) for of in (mean, worst)]
    table = _table(text("Beyond reach, % of demand"), text("Unit"), [*heads, text("Months reachable")])
    for level in ("area", "objective", "region"):
        for unit_id, name, own in _by_unit(document["remoteness_periods"], level):
            both = (own["beyond_bundle_demand"], own["beyond_surgery_demand"])
            cells = [_percent(each[of], language) for each in both for of in ("mean", "worst")]
            months = reach.get((level, unit_id), {}).get("months_reachable")
            cells.append("–" if months is None else language.number(months, 1))
            table.add_row(names.get(unit_id, name), *cells)
        table.add_section()
    screen.print(table)


_BUNDLE, _SURGERY = msgid("Any bundle"), msgid("Surgery")


def show_changes(screen: Console, document: Json, changes: Json, language: Language) -> None:
    """Print whose figures change, by how much, and which regions pay for a gain."""
    text, names = language.text, _names(document, language)
    words = {"mean": text("mean"), "worst": text("worst")}
    columns = ["FF_mean", "FF_worst", "MF_mean", "MF_worst", "B1_mean", "B2_mean", "B3_mean"]
    heads = [f"{measure}\n{words[of]}" for measure, of in (column.split("_") for column in columns)]
    table = _table(text("Change in the share of demand that could be reached, points"), text("Unit"), heads)
    for level in _LEVELS:
        for unit_id, name, own in _by_unit(changes["by_period"], level):
            values = [own[column]["change"] if column in own else 0.0 for column in columns]
            if max(map(abs, values)) >= _SMALL:
                table.add_row(names.get(unit_id, name), *(language.signed(100 * v, 1) for v in values))
        table.add_section()
    if table.row_count:
        screen.print(table)
        screen.print(
            text("Months with a change: {months}", months=language.months(changes["months_changed"]))
        )
    else:
        screen.print(text("No unit's share of demand changes by a tenth of a point."))
    show_notes(screen, [_flag(flag, language) for flag in changes["equity_flags"]])


def _flag(flag: Json, language: Language) -> str:
    return language.text(
        "Equity: {name} falls from {before} to {after} in its worst season ({measure}), "
        "while the area's mean rises.",
        name=flag["name"],
        before=language.percent(flag["worst_before"]),
        after=language.percent(flag["worst_after"]),
        measure=flag["measure"],
    )


def show_site(screen: Console, document: Json, language: Language) -> None:
    """Print a proposed site: what it is, how it is reached, evacuation and escorts."""
    text, site = language.text, document["site"]
    where = f"{language.number(site['lat'], 3)}° N, {language.number(site['lon'], 3)}° E"
    holds = ", ".join(f"{each['count']} × {text(each['label'])}" for each in site["assets"])
    evacuation = document["evacuation"]
    late = [row["month"] for row in evacuation if row["month"] in site["months"] and not row["within"]]
    known = [row["surgery_min"] for row in evacuation if row["surgery_min"] is not None]
    slowest = language.hours(max(known)) if known else text("not reached")
    if late:
        slowest = text("{time}, too long: {months}", time=slowest, months=language.months(late))
    given = [row["given_days"] for row in document["escorts"]]
    lines = [
        (text("Place"), f"{where} ({site['cercle']['name'] or site['region']['name'] or '–'})"),
        (text("Open"), language.months(site["months"])),
        (text("Assets"), holds or "–"),
        (text("Donors"), _donors(site, language)),
        (text("Reached from other sites by land or water"), language.months(document["reachable_months"])),
        (text("Call to surgery"), slowest),
        (text("Escort days a month, at most"), language.number(max(given, default=0.0), 1)),
    ]
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, value in lines:
        table.add_row(label, value)
    screen.print(table)


def _donors(site: Json, language: Language) -> str:
    found = [
        f"{donor['site_id']}: {donor['count']} × {language.text(donor['label'])}" for donor in site["donors"]
    ]
    return ", ".join(found) or language.text("not named")


def show_check(screen: Console, document: Json, warnings: Sequence[str], language: Language) -> None:
    """Print the faults of an area folder, or what it holds and what to know of it."""
    text = language.text
    if document["faults"]:
        screen.print(
            language.plural(
                "{n} fault. Nothing was loaded.", "{n} faults. Nothing was loaded.", len(document["faults"])
            )
        )
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for label in (text("File"), text("Column"), text("Row"), text("Problem"), text("Remedy")):
            table.add_column(label, overflow="fold")
        for fault in document["faults"]:
            row = "" if fault["row"] is None else str(fault["row"])
            more = f" (+{fault['rows'] - 1})" if fault["rows"] > 1 else ""
            table.add_row(fault["file"], fault["column"], row + more, fault["problem"], fault["remedy"])
        screen.print(table)
        return
    screen.print(text("The area can be used."))
    screen.print(", ".join(f"{name} {language.number(rows)}" for name, rows in document["layers"].items()))
    show_notes(screen, warnings)


def show_hotspots(screen: Console, document: Json, language: Language) -> None:
    """Print where incidents gather beyond chance, by cercle, and what was left out."""
    text = language.text
    found: dict[str, list[Json]] = {}
    for row in document["hotspots"]:
        found.setdefault(row["cercle"] or "–", []).append(row)
    _show_incidents(screen, document, language)
    if not found:
        screen.print(text("No cell stands out beyond chance."))
        return
    title = text("Cells where incidents gather beyond chance")
    table = _table(
        title, text("Cercle"), [text("cells"), text("incidents"), text("seasonal"), text("highest z")]
    )
    for name, rows in sorted(found.items(), key=lambda each: (-len(each[1]), each[0])):
        seasonal = sum(row["pattern"] == "seasonal_recurrent" for row in rows)
        numbers = (len(rows), sum(row["count"] for row in rows), seasonal)
        highest = language.number(max(row["z"] for row in rows), 1)
        table.add_row(name, *(language.number(number) for number in numbers), highest)
    screen.print(table)


def show_calendar(screen: Console, document: Json, language: Language) -> None:
    """Print in which months violence comes back, one sentence per place."""
    text = language.text
    _show_incidents(screen, document, language)
    if document["statement"] == "no_months":
        screen.print(text("These incidents carry no months, so no calendar can be drawn."))
        return
    tested = [row for row in document["areas"] if row["status"] == "tested"]
    for heading, chosen in (
        (text("Comes back in the same months:"), [row for row in tested if row["significant"]]),
        (text("No season stands out:"), [row for row in tested if not row["significant"]]),
    ):
        if chosen:
            screen.print(heading)
            show_notes(screen, [row["sentence"][language.code] for row in chosen], mark="-")
    screen.print(text("Not enough years to tell: {count}.", count=language.number(document["not_tested"])))


def _show_incidents(screen: Console, document: Json, language: Language) -> None:
    incidents, period = document["incidents"], document["period"]
    left_out = sum(each["count"] for each in incidents["excluded"])
    screen.print(
        language.text(
            "{first} to {last}: {used} incidents used, {left_out} left out.",
            first=language.date(date.fromisoformat(period["first"])),
            last=language.date(date.fromisoformat(period["last"])),
            used=language.number(incidents["used"]),
            left_out=language.number(left_out),
        )
    )
