"""Compiling: content as JSON into the template, and out of it a PDF; nothing is formatted into markup."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from importlib.resources import as_file, files
from math import isnan
from pathlib import Path

import typst

from footprint.briefing.content.parts import (
    BarChart,
    Chapter,
    Content,
    Illustration,
    Prose,
    ProseKind,
    TextTable,
)
from footprint.briefing.widths import breakable, column_widths, fonts_folder
from footprint.views.colours import CLIENT
from footprint.views.escaping import Json
from layers.scratch import own_folder

TEMPLATE = "report.typ"
STANDARDS: tuple[typst.PDFStandard, ...] = ("a-2a", "ua-1")
"""PDF/A-2a keeps and is tagged; PDF/UA-1 can be read aloud."""

_TEXT_MM = 178.0
"""Width of the text of an A4 page."""
_TABLE_PT, _SMALL_PT = 7.4, 6.6
_LEAD_PT, _HEADING_PT, _TITLE_PT, _NAME_PT = 11.0, 12.5, 8.4, 7.0
_NAME_MM, _SERIES_MM = 42.0, 28.0
"""Room for the name of a bar that lies, and of a series beside bars that stand."""
_COVER_PT, _COVER_MM = 17.0, 140.0
_INSETS_MM = 2.6
"""Left and right of the words of a cell, together; sizes and lengths are those of the template."""
_MARKS = {"", "●", "○", "–"}


@dataclass(frozen=True, slots=True)
class GivenPicture:
    """A picture that was made elsewhere."""

    content: bytes
    """PNG or SVG."""
    alternative: str = ""
    """What it shows, for those who do not see it; "" takes what the content says of its place."""

    @property
    def ending(self) -> str:
        """Ending of its file."""
        return "png" if self.content.startswith(b"\x89PNG") else "svg"


def report_pdf(
    content: Content, pictures: Mapping[str, GivenPicture], *, code: str = "", qr_svg: bytes = b""
) -> bytes:
    """
    Return the report as PDF/A-2a.

    Parameters
    ----------
    content
        What it says.
    pictures
        Pictures by the names of the content's illustrations; a place without one shows what it would be of.
    code
        Short code of the report, by which it can be verified; "" without one.
    qr_svg
        The same as a QR code.

    Returns
    -------
    bytes
        The same for the same input: no font of the machine, no clock, no network.
    """
    return _compiled(content, pictures, (code, qr_svg))


def _compiled(content: Content, pictures: Mapping[str, GivenPicture], seal: tuple[str, bytes]) -> bytes:
    with own_folder("report") as folder:
        _written(folder, content, pictures, seal)
        made = _compiler(folder).compile(
            format="pdf", pdf_standards=list(STANDARDS), timestamp=_noon(content)
        )
    return b"".join(made) if isinstance(made, list) else made or b""


def _compiler(folder: Path) -> typst.Compiler:
    """Return a compiler of the template in a folder, with the fonts that come with the tool alone."""
    return typst.Compiler(
        folder / TEMPLATE, root=folder, font_paths=[fonts_folder()], ignore_system_fonts=True
    )


def _noon(content: Content) -> datetime:
    return datetime.combine(content.imprint.made, time(12), UTC)


def _written(
    folder: Path, content: Content, pictures: Mapping[str, GivenPicture], seal: tuple[str, bytes]
) -> None:
    """Write the template and everything that it reads into a folder."""
    with as_file(files("footprint.briefing.report") / TEMPLATE) as template:
        shutil.copyfile(template, folder / TEMPLATE)
    given = {}
    for number, (name, picture) in enumerate(sorted(pictures.items()), start=1):
        # Named by number: names of pictures are no names of files.
        given[name] = (f"picture-{number}.{picture.ending}", picture.alternative)
        (folder / given[name][0]).write_bytes(picture.content)
    code, qr_svg = seal
    if qr_svg:
        (folder / "code.svg").write_bytes(qr_svg)
    data = {
        "language": content.language,
        "imprint": _imprint(content),
        "code": code,
        "qr": "code.svg" if qr_svg else "",
        "colours": dict(CLIENT),
        "chapters": [_chapter(each, given) for each in content.chapters],
    }
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def _imprint(content: Content) -> dict[str, Json]:
    own = content.imprint
    made = {"year": own.made.year, "month": own.made.month, "day": own.made.day}
    title = breakable(own.title, _COVER_PT, _COVER_MM)
    terms = [breakable(each, _NAME_PT, _COVER_MM) for each in own.terms]
    return asdict(own) | {"made": made, "cover": title, "terms": terms}


def _chapter(chapter: Chapter, given: Mapping[str, tuple[str, str]]) -> dict[str, Json]:
    size = _SMALL_PT if chapter.small else _TABLE_PT
    blocks: list[dict[str, Json]] = []
    for each in chapter.blocks:
        match each:
            case Prose(kind=ProseKind.SHORT):
                continue
            case Prose():
                words = breakable(each.text, _LEAD_PT, _TEXT_MM - 5.0)
                blocks.append({"is": "prose", "text": words, "kind": str(each.kind)})
            case TextTable():
                blocks.append(_table(each, size))
            case BarChart():
                blocks.append(_chart(each))
            case Illustration():
                file, alternative = given.get(each.name, ("", ""))
                blocks.append(
                    {
                        "is": "picture",
                        "file": file,
                        "caption": each.caption,
                        "alternative": alternative or each.alternative,
                    }
                )
    return {
        "number": chapter.number,
        "heading": breakable(chapter.heading, _HEADING_PT, _TEXT_MM - 8.0),
        "whole": chapter.whole,
        "small": chapter.small,
        "blocks": blocks,
    }


def _table(table: TextTable, size_pt: float) -> dict[str, Json]:
    widths = column_widths(table, size_pt, _TEXT_MM, padding_mm=_INSETS_MM)

    def fitted(row: tuple[str, ...], *, bold: bool = False) -> list[Json]:
        return [
            breakable(cell, size_pt, wide - _INSETS_MM, bold=bold)
            for cell, wide in zip(row, widths, strict=True)
        ]

    return {
        "is": "table",
        "title": breakable(table.title, _TITLE_PT, _TEXT_MM),
        "header": fitted(table.header, bold=True),
        "rows": [fitted(row) for row in table.rows],
        "align": alignments(table),
        "widths": list(widths),
        "size": size_pt,
        "note": table.note,
    }


def alignments(table: TextTable) -> list[str]:
    """Return how each column is set: words to the left, numbers to the right, marks in the middle."""
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
    return [
        ("center" if set(cells) <= _MARKS else "right") if numeric else "left"
        for cells, numeric in zip(columns, table.numeric, strict=True)
    ]


def _chart(chart: BarChart) -> dict[str, Json]:
    """Return a chart with the length of each bar as a share of the longest axis."""
    every = [share for series in chart.series for share in series.shares if not isnan(share)]
    top = axis_top(max(every, default=0.0))
    return {
        "is": "chart",
        "title": breakable(chart.title, _TITLE_PT, _TEXT_MM),
        "upright": chart.upright,
        "categories": [breakable(each, _NAME_PT, _NAME_MM) for each in chart.categories],
        "alternative": chart.alternative,
        "note": chart.note,
        "series": [
            {
                "name": breakable(series.name, _NAME_PT, _SERIES_MM),
                "role": str(series.role),
                "lengths": [None if isnan(share) else share / top for share in series.shares],
                "written": list(series.written),
            }
            for series in chart.series
        ],
    }


_TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)


def axis_top(largest: float) -> float:
    """
    Return where an axis of shares ends: the first round number that is not below the largest.

    Examples
    --------
    >>> axis_top(0.218), axis_top(0.0), axis_top(1.0)
    (0.3, 0.01, 1.0)
    """
    return next((top for top in _TOPS if top >= largest), 1.0)
