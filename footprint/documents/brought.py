"""Brought: what was taken of files, and what became of the area, as a document, in English."""

from __future__ import annotations

from collections.abc import Iterable

from footprint.documents.layout import FORMAT
from footprint.documents.layout.brought import BuildLossRow, ImportDocument, LayerChangeRow, TakenSheetRow
from footprint.language import Language
from layers.area import Dropped
from layers.intake.area import AreaChange
from layers.intake.offer import Offer
from layers.sentences import Sentence


def taken_row(file: str, offer: Offer) -> TakenSheetRow:
    """Return what was taken of a sheet as a row."""
    taken = offer.taken
    return TakenSheetRow(
        file=file,
        sheet=offer.sheet.name,
        layer=offer.layer,
        reader=offer.reader,
        columns={} if offer.mapping is None else dict(offer.mapping.columns),
        rows=offer.sheet.rows,
        rows_taken=None if taken is None else taken.taken,
        rows_reported=0 if taken is None else sum(each.count for each in taken.reports),
        rows_left_out=0 if taken is None else sum(each.count for each in taken.left_out),
    )


def import_document(taken: Iterable[TakenSheetRow], change: AreaChange, english: Language) -> ImportDocument:
    """Return what became of an area as a document, in English that calls units as the area does."""
    return ImportDocument(
        format=FORMAT,
        kind="footprint-import",
        taken=tuple(taken),
        layers=tuple(
            LayerChangeRow(
                layer=each.layer,
                rows=each.rows,
                new=each.new,
                changed=each.changed,
                vanished=each.vanished,
                reported=each.reported,
                same=each.same,
            )
            for each in change.changes
        ),
        left_out=tuple(
            BuildLossRow(layer=each.layer, reason=_reason(each, english), rows=each.rows)
            for each in change.dropped
        ),
        notes=tuple(change.notes),
    )


def _reason(drop: Dropped, english: Language) -> str:
    return drop.reason.said(english) if isinstance(drop.reason, Sentence) else drop.reason
