"""Writing sheets: a picture to look at, PNG, PDF and SVG under a code, an atlas of many pages."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from matplotlib.backends.backend_pdf import PdfPages

from footprint.briefing.brief import Brief
from footprint.briefing.sheets.panel import draw_code
from footprint.briefing.sheets.paper import SheetFormat
from footprint.briefing.sheets.sheet import MapSheet

SCREEN_DPI = 130
"""Points to the inch of a picture to be looked at."""


def looked_at(made: MapSheet) -> bytes:
    """Return a sheet as a PNG without a code, to be looked at on the screen."""
    out = io.BytesIO()
    made.sheet.figure.savefig(out, format="png", dpi=SCREEN_DPI, metadata={"Software": "Footprint"})
    return out.getvalue()


def written(made: MapSheet, brief: Brief, file_format: SheetFormat, code: str) -> bytes:
    """
    Return a sheet as a file: PNG of 300 points to the inch, PDF with its fonts inside, or SVG.

    Parameters
    ----------
    made
        From `map_sheet`.
    brief
        What it was drawn of.
    file_format
        Which file.
    code
        Under which this file stands in the log of releases; it is put on the page.
    """
    out = io.BytesIO()
    metadata: dict[str, object]
    match file_format:
        case SheetFormat.PNG:
            metadata = {"Description": made.alternative, "Software": "Footprint"}
        case SheetFormat.PDF:
            metadata = _about_pdf(brief, code)
        case SheetFormat.SVG:
            metadata = {"Description": made.alternative, "Date": brief.made.isoformat()}
    figure = made.sheet.figure
    marks = draw_code(made.sheet, code, made.code_box)
    figure.savefig(out, format=str(file_format), metadata={"Title": made.title, **metadata})
    for mark in marks:
        mark.remove()
    return out.getvalue()


def written_atlas(every: Iterable[MapSheet], brief: Brief, title: str, code: str) -> bytes:
    """
    Return sheets as one PDF of as many pages.

    Parameters
    ----------
    every
        From `map_sheet`, one at least; each is taken when the one before is written.
    brief
        What they were drawn of.
    title
        What the atlas is called.
    code
        Under which the file stands in the log of releases; it is put on every page.
    """
    out = io.BytesIO()
    with PdfPages(out, metadata={"Title": title, **_about_pdf(brief, code)}) as pages:
        for made in every:
            draw_code(made.sheet, code, made.code_box)
            pages.savefig(made.sheet.figure)
    return out.getvalue()


def _about_pdf(brief: Brief, code: str) -> dict[str, object]:
    return {
        "Subject": f"{brief.number}, {brief.revision}, {code}",
        "Author": brief.release.releaser,
        "Creator": "Footprint",
        "CreationDate": datetime(brief.made.year, brief.made.month, brief.made.day, tzinfo=UTC),
    }
