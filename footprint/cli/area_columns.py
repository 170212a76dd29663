"""The column guide of an area's layers on the command line."""

# What reads maps takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli import tables
from footprint.cli.common import faults_said, print_json
from footprint.cli.grouped import Output, grouped
from footprint.errors import FootprintError
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.documents.layout.area_columns import AreaColumnsDocument


@grouped
def columns(
    *,
    layer: Annotated[
        str | None, typer.Argument(metavar="[LAYER]", help="One layer, such as sites; all if left out.")
    ] = None,
    output: Output,
) -> None:
    """Say what stands in the table of each layer: columns, how cells are written, words that are allowed."""
    from footprint.documents.area_columns import area_columns_document
    from footprint.method import default_method
    from layers.registry import LAYERS
    from layers.sentences import say

    language, known = Language(output.lang), [*LAYERS, "population"]
    with faults_said(output.lang):
        if layer is not None and layer not in known:
            raise FootprintError(
                say("{value} is no layer; use one of: {known}.", value=repr(layer), known=", ".join(known))
            )
    document = area_columns_document(default_method(), language, layer)
    if output.as_json:
        print_json(document)
    else:
        _show(tables.console(), document, language)


def _show(screen: Console, document: AreaColumnsDocument, language: Language) -> None:
    from footprint.documents.area_columns import column_rule, layer_need

    for layer in document.layers:
        screen.print(f"{layer.file}: {layer.title}. {layer_need(layer.needed, language)}")
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
        for label in (
            language.text("Column"),
            language.text("How it is written"),
            language.text("What it holds"),
        ):
            table.add_column(label, overflow="fold")
        for own in layer.columns:
            table.add_row(own.column, column_rule(own, language), own.meaning)
            for each in own.words:
                table.add_row("", f"  {each.word}", f"  {each.meaning}")
        screen.print(table)
        screen.print()
