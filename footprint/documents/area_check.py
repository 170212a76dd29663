"""Check of an area folder: whether it can be used, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from footprint.caveats import Caveat
from footprint.documents.layout import FORMAT
from footprint.documents.layout.area_check import AdviceRow, AreaCheckDocument, FaultRow
from footprint.language import Language
from layers import Fault


def area_check_document(
    faults: Iterable[Fault], layers: Mapping[str, int | None], caveats: Iterable[Caveat]
) -> AreaCheckDocument:
    """
    Return what checking an area folder found.

    Parameters
    ----------
    faults
        What is wrong; any makes the folder unusable.
    layers
        Number of rows of each layer, None of one that the folder has not; empty where it is unusable.
    caveats
        What to know of it.
    """
    rows = tuple(
        FaultRow(
            file=fault.file,
            column=fault.column,
            row=fault.row,
            rows=fault.rows,
            problem=fault.problem,
            remedy=fault.remedy,
        )
        for fault in faults
    )
    return AreaCheckDocument(
        format=FORMAT,
        kind="footprint-area-check",
        usable=not rows,
        layers=dict(layers),
        faults=rows,
        warnings=tuple(AdviceRow(code=each.code, text=each.said(Language("en"))) for each in caveats),
    )
