"""Plans on the terminal: desks with their rows, and one plan in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.language import Language

if TYPE_CHECKING:
    from footprint.workshop import Desk, PlanRow

SHORT = 8
"""Letters of an identifier that are shown, and are enough to name a plan."""


def show_desks(screen: Console, desks: Iterable[Desk], language: Language) -> None:
    """Print every desk with its plans, in their order."""
    text, none = language.text, True
    for number, desk in enumerate(desks, start=1):
        none = False
        acts = language.plural("{n} act", "{n} acts", desk.version)
        title = text("Desk {number}, area {area}, {acts}", number=number, area=desk.area_id, acts=acts)
        screen.print(title)
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for label in (text("Plan"), text("Name"), text("Office")):
            table.add_column(label, overflow="fold")
        for label in (text("Changes"), text("Own numbers")):
            table.add_column(label, justify="right")
        table.add_column("")
        for row in desk.rows:
            table.add_row(*_cells(row, language))
        screen.print(table)
    if none:
        screen.print(text("There is no desk here yet."))


def _cells(row: PlanRow, language: Language) -> tuple[str, ...]:
    return (
        "" if row.is_nothing else row.plan_id[:SHORT],
        row.called(language),
        row.plan.office,
        language.number(len(row.plan.scenario.changes)),
        language.number(len(row.plan.numbers)),
        language.text("archived") if row.archived else "",
    )


def show_plan(screen: Console, row: PlanRow, language: Language) -> None:
    """Print one plan: whose it is, its changes and its own numbers."""
    from footprint.scenario import plain  # noqa: PLC0415 - reads maps, which takes seconds to import

    text, plan = language.text, row.plan
    screen.print(text("Plan {name} ({plan})", name=row.called(language), plan=row.plan_id[:SHORT]))
    screen.print(text("Office: {office}", office=plan.office or text("not stated")))
    screen.print(text("Area: {area}", area=plan.baseline.area_id))
    changes = plain(plan.scenario.changes)
    screen.print(language.plural("{n} change", "{n} changes", len(changes)))
    for number, change in enumerate(changes, start=1):
        screen.print(f"  {number}. {change['change']}: {_fields(change)}")
    for name, value in plan.numbers:
        screen.print("  " + text("{name} is {value}", name=name, value=f"{value:g}"))


def _fields(change: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in change.items() if name != "change")
