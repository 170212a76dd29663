"""Columns of documents about files that people bring."""

from __future__ import annotations

from footprint.documents.columns import Column

LOOK: dict[str, Column] = {
    "LookDocument.size_bytes": Column("bytes", "of the file"),
    "ForeignSheetRow.header_row": Column("row", "that names the columns, as a spreadsheet counts"),
    "ForeignSheetRow.rows": Column("rows", "in the file: those read and those reported"),
    "ForeignSheetRow.rows_read": Column("rows", "that can be read"),
    "ForeignSheetRow.rows_reported": Column("rows", "that cannot; each stands in one report"),
    "ForeignSheetRow.shapes": Column("shapes", "of each kind"),
    "ForeignColumnRow.fits": Column("share of filled cells", "that fit what the column is taken for"),
    "ForeignColumnRow.filled_cells": Column("cells", "that state something"),
    "ForeignColumnRow.empty_cells": Column("cells", "that state nothing"),
    "ForeignReportRow.row_numbers": Column(
        "row", "as a spreadsheet counts; 1 is the first feature; 50 at most"
    ),
    "ForeignReportRow.rows": Column("rows", "that cannot be read for this reason"),
    "ForeignExtent.west": Column("degrees", "least longitude"),
    "ForeignExtent.south": Column("degrees", "least latitude"),
    "ForeignExtent.east": Column("degrees", "greatest longitude"),
    "ForeignExtent.north": Column("degrees", "greatest latitude"),
    "TakenSheetRow.rows": Column("rows", "of the sheet: taken, not taken and left out"),
    "TakenSheetRow.rows_taken": Column("rows", "taken; null where a provider's reader takes the whole sheet"),
    "TakenSheetRow.rows_reported": Column("rows", "that cannot be taken"),
    "TakenSheetRow.rows_left_out": Column("rows", "left out by their words, as was said"),
    "LayerChangeRow.rows": Column("rows", "of the layer now"),
    "LayerChangeRow.new": Column("rows", "whose identifier was not there before"),
    "LayerChangeRow.changed": Column("rows", "of the same identifier that say something else"),
    "LayerChangeRow.vanished": Column("rows", "whose identifier is there no more"),
    "LayerChangeRow.reported": Column("rows", "that were there, and cannot be taken of the new edition"),
    "LayerChangeRow.same": Column("rows", "as they were"),
    "BuildLossRow.rows": Column("rows", "left out when the area was built"),
    "LayerColumnRow.least": Column("as the column's meaning says", "smallest number allowed; null: none"),
    "LayerColumnRow.most": Column("as the column's meaning says", "largest number allowed; null: none"),
}
"""By "Table.column"."""
