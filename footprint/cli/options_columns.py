"""The table of choices on the terminal: what its columns hold, before anybody fills one in."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.language import Language
from footprint.method import default_method
from footprint.options.column_guide import column_guide


def show_columns(screen: Console, language: Language) -> None:
    """Print the columns of the table, the words they take, kinds of asset and packages."""
    text = language.text
    for own in column_guide(default_method()):
        table = Table(title=text(own.title), box=box.SIMPLE_HEAD, show_edge=False, show_header=False)
        table.title_justify = "left"
        for row in own.rows:
            table.add_row(row.name, text(row.meaning), row.example)
        screen.print(table)
        screen.print()
    screen.print(
        text(
            "CSV in UTF-8, separated by commas, or by semicolons with a decimal comma. A cell in which the "
            "separator stands is written in quotation marks. --write-table writes a suggested table to begin "
            "with; its costs are invented."
        )
    )
