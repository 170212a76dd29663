"""Look: what is in a file that somebody brings, as a document, in English."""

from __future__ import annotations

from footprint.documents.layout import FORMAT
from footprint.documents.layout.look import (
    ForeignColumnRow,
    ForeignExtent,
    ForeignReportRow,
    ForeignSheetRow,
    LikenessRow,
    LookDocument,
)
from layers.foreign.seen import FileSeen, SheetSeen


def look_document(seen: FileSeen) -> LookDocument:
    """Return what was seen in a file as a document."""
    return LookDocument(
        format=FORMAT,
        kind="footprint-look",
        file=seen.file,
        title=seen.title,
        size_bytes=seen.size_bytes,
        network_shut=seen.network_shut,
        files_shut=seen.files_shut,
        sheets=tuple(map(_sheet, seen.sheets)),
        remarks=seen.remarks,
    )


def _sheet(seen: SheetSeen) -> ForeignSheetRow:
    bounds = seen.extent
    return ForeignSheetRow(
        name=seen.name,
        header_row=seen.header_row,
        rows=seen.rows,
        rows_read=seen.read,
        rows_reported=seen.reported,
        columns=tuple(
            ForeignColumnRow(
                name=each.name,
                content=each.content,
                decided=each.decided,
                reason=each.reason,
                fits=each.share,
                filled_cells=each.filled,
                empty_cells=each.empty,
                examples=each.examples,
                tag=each.tag,
                day_first=each.day_first,
                longitude_first=each.longitude_first,
                commas_part_thousands=each.commas_part_thousands,
            )
            for each in seen.columns
        ),
        shapes={each.kind: each.count for each in seen.shapes},
        reference_system=seen.reference,
        extent=None
        if bounds is None
        else ForeignExtent(west=bounds.west, south=bounds.south, east=bounds.east, north=bounds.north),
        without_extent=seen.without_extent,
        reports=tuple(
            ForeignReportRow(problem=each.problem, column=each.column, row_numbers=each.rows, rows=each.count)
            for each in seen.reports
        ),
        looks_like=tuple(
            LikenessRow(layer=each.layer, title=each.title, reason=each.reason, decided=each.decided)
            for each in seen.likely
        ),
        remarks=seen.remarks,
    )
