"""Check on the terminal: the faults of an area folder, or what it holds and what to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli.tables import show_notes
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.documents.layout.area_check import AreaCheckDocument
    from layers.errors import Fault


def show_check(
    screen: Console,
    document: AreaCheckDocument,
    faults: Sequence[Fault],
    warnings: Sequence[str],
    language: Language,
) -> None:
    """
    Print the faults of an area folder, or what it holds and what to know of it.

    The faults are told beside the document, which has them in English alone.
    """
    from footprint.caveats import layer_words  # noqa: PLC0415  what follows takes seconds to import

    text = language.text
    if not faults:
        screen.print(text("The area can be used."))
        unknown = text("not known")
        rows = [
            f"{text(layer_words(n))} {unknown if r is None else language.number(r)}"
            for n, r in document.layers.items()
        ]
        screen.print(", ".join(rows))
        show_notes(screen, warnings)
        return
    screen.print(
        language.plural("{n} fault. Nothing was loaded.", "{n} faults. Nothing was loaded.", len(faults))
    )
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for label in (text("File"), text("Column"), text("Row"), text("Problem"), text("Remedy")):
        table.add_column(label, overflow="fold")
    for fault in faults:
        row = "" if fault.row is None else str(fault.row)
        more = f" (+{fault.rows - 1})" if fault.rows > 1 else ""
        problem, remedy = fault.problem.said(language), fault.remedy.said(language)
        table.add_row(fault.file, fault.column, row + more, problem, remedy)
    screen.print(table)
