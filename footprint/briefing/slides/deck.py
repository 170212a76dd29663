"""Deck: the presentation itself, made of plans of slides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from math import isnan
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import _Paragraph as Paragraph
from pptx.util import Mm, Pt

from footprint.briefing.content.parts import Content, Illustration, ProseKind, SeriesRole
from footprint.briefing.report.compiling import GivenPicture, alignments, axis_top
from footprint.briefing.slides import paging
from footprint.briefing.slides.paging import SecondHeading, SizedChart, SizedProse, SizedTable, SlidePlan
from footprint.views.colours import CLIENT
from layers.characters import printable

FONT = "Arial"
"""Stands on every machine that shows slides, or has a twin there of the same widths."""
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
_BLANK = 6
"""Number of the layout without any place to fill."""
_LOOKS = {
    "force": (CLIENT["force"], CLIENT["force"]),
    "mission": (CLIENT["mission"], CLIENT["mission"]),
    "force_before": (CLIENT["paper"], CLIENT["force"]),
    "mission_before": (CLIENT["paper"], CLIENT["mission"]),
}
"""Fill and edge of the bars of each role; those of before are empty, in grey too."""
_FORMULA_STARTS = ("=", "+", "-", "@", "{")
_LINK_STARTS = ("http:", "https:", "ftp:", "mailto:", "internal:", "external:", "file:")
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Time of every file inside, so that the same content makes the same bytes."""


def slides_pptx(content: Content, pictures: Mapping[str, GivenPicture], *, code: str = "") -> bytes:
    """
    Return the slides as a presentation of 16 to 9.

    Parameters
    ----------
    content
        What it says; its details go to the speaker's notes.
    pictures
        PNG pictures by the names of the content's illustrations; a place without one has no slide.
    code
        Short code by which it can be verified; "" without one.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(paging.WIDE_MM), Mm(paging.HIGH_MM)
    shown = [name for name, picture in pictures.items() if picture.ending == "png"]
    plans = paging.all_slides(content.chapters, shown)
    _title_slide(deck, content, (1, len(plans) + 1), code)
    for number, plan in enumerate(plans, start=2):
        _slide(deck, content, plan, pictures, (number, len(plans) + 1, code))
    own = content.imprint
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = own.title, own.author, own.author
    properties.language, properties.subject = _LANGUAGES[content.language], own.subtitle
    properties.comments = own.marking
    properties.created = properties.modified = datetime.combine(own.made, time(12))
    properties.revision = 1
    return _saved(deck)


def _saved(deck: Deck) -> bytes:
    """Return the file, without the hour at which it was made."""
    made, fixed = io.BytesIO(), io.BytesIO()
    deck.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".xlsx"):
                data = _timeless(data)
            new.writestr(zipfile.ZipInfo(name, _WHEN), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _timeless(book: bytes) -> bytes:
    """Return a chart's workbook without the hour at which it was made."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            # It holds nothing but who made it and when, and no program asks for it.
            if name != "docProps/core.xml":
                new.writestr(zipfile.ZipInfo(name, _WHEN), _unlisted(name, old.read(name)))
    return fixed.getvalue()


def _unlisted(name: str, data: bytes) -> bytes:
    """Return a part of a workbook that no longer speaks of the part left out."""
    core = {
        "[Content_Types].xml": (
            b'<Override PartName="/docProps/core.xml" '
            b'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        ),
        "_rels/.rels": (
            b'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
            b'metadata/core-properties" Target="docProps/core.xml"/>'
        ),
    }
    return data.replace(core[name], b"") if name in core else data


def _title_slide(deck: Deck, content: Content, numbers: tuple[int, int], code: str) -> None:
    slide = _blank(deck, content, (*numbers, code))
    own = content.imprint
    frame = _box(slide, (paging.SIDE_MM, 48.0, paging.BODY_MM, 100.0))
    lines = [(own.title, 34.0, True), (own.subtitle, 18.0, False), (own.number, 14.0, False)]
    lines += [(words, 13.0, False) for words in (own.made_words, *own.terms, *own.notices)]
    for at, (words, size, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(6)
        _run(paragraph, words, size, content, bold=bold)
    _noted(slide, [own.title, *own.terms, f"{own.number} · {own.run}"])


def _slide(
    deck: Deck,
    content: Content,
    plan: SlidePlan,
    pictures: Mapping[str, GivenPicture],
    stamp: tuple[int, int, str],
) -> None:
    """Add a slide: its heading, its blocks from the top down, and what the speaker says."""
    slide = _blank(deck, content, stamp)
    frame = _box(slide, (paging.SIDE_MM, 15.0, paging.BODY_MM, 14.0))
    _run(frame.paragraphs[0], plan.heading, paging.heading_pt(plan.heading), content, bold=True)
    at, notes = paging.TOP_MM, [plan.heading]
    for block in plan.blocks:
        match block:
            case SizedProse():
                _prose(slide, block, at, content)
                notes.append(block.text)
            case SecondHeading():
                _second_heading(slide, block, at, content)
                notes.append(block.text)
            case SizedTable():
                _table(slide, block, at, content)
                notes.append(block.table.title)
            case SizedChart():
                _chart(slide, block, at, content)
                notes.append(block.chart.alternative)
            case Illustration():
                notes.append(_picture(slide, block, pictures[block.name]))
        at += paging.height_of(block)
    _noted(slide, [*notes, *plan.notes, f"{content.imprint.number} · {content.imprint.run}"])


def _blank(deck: Deck, content: Content, stamp: tuple[int, int, str]) -> Slide:
    """Add a slide that says how it is to be handled, whether it is cleared, and which one it is."""
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
    own, (number, of, code) = content.imprint, stamp
    for top in (3.0, 182.0):
        frame = _box(slide, (paging.SIDE_MM, top, paging.BODY_MM, 7.0))
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        _run(frame.paragraphs[0], own.marking, 11.0, content, bold=True)
    # Two lines of it have room: what an office says of boundaries may be long.
    left = _box(slide, (paging.SIDE_MM, 174.5, paging.BODY_MM * 0.62, 7.0))
    words = " · ".join(own.notices)
    _run(left.paragraphs[0], words, 8.0, content, colour=CLIENT["muted"])
    right = _box(slide, (paging.SIDE_MM + paging.BODY_MM * 0.64, 174.5, paging.BODY_MM * 0.36, 7.0))
    right.paragraphs[0].alignment = PP_ALIGN.RIGHT
    words = " · ".join(filter(None, (code, own.number, own.made_words, f"{number}/{of}")))
    _run(right.paragraphs[0], words, 8.0, content, colour=CLIENT["muted"])
    if own.watermark:
        mark = _box(slide, (paging.WIDE_MM - 78.0, 2.5, 64.0, 8.0))
        mark.paragraphs[0].alignment = PP_ALIGN.RIGHT
        _run(mark.paragraphs[0], own.watermark, 14.0, content, bold=True, colour=CLIENT["blocks"])
    return slide


def _rgb(colour: str) -> RGBColor:
    """Return a colour written "#RRGGBB"."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def _box(slide: Slide, place: tuple[float, float, float, float]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Add a box for words at a place (left, top, width, height), and return its frame."""
    box = slide.shapes.add_textbox(*(Mm(each) for each in place))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def _run(
    paragraph: Paragraph,
    words: str,
    size_pt: float,
    content: Content,
    *,
    bold: bool = False,
    colour: str = CLIENT["ink"],
) -> None:
    """Write words as one run of text, in the language of the content."""
    if not words:
        # A cell without words is as high as its letters would be.
        end = paragraph._p.makeelement(qn("a:endParaRPr"), {"sz": str(round(size_pt * 100))})  # noqa: SLF001
        paragraph._p.append(end)  # noqa: SLF001  no public way to say it
        return
    run = paragraph.add_run()
    run.text = printable(words)
    run.font.name, run.font.size, run.font.bold = FONT, Pt(size_pt), bold
    run.font.color.rgb = _rgb(colour)
    run._r.get_or_add_rPr().set("lang", _LANGUAGES[content.language])  # noqa: SLF001  no public way to say it


def _second_heading(slide: Slide, block: SecondHeading, at_mm: float, content: Content) -> None:
    frame = _box(slide, (paging.SIDE_MM, at_mm + 3.0, paging.BODY_MM, paging.SECOND_MM - 3.0))
    _run(frame.paragraphs[0], block.text, paging.SECOND_PT, content, bold=True)


def _prose(slide: Slide, block: SizedProse, at_mm: float, content: Content) -> None:
    indent = paging.INDENT_MM if paging.is_item(block) else 0.0
    high = paging.height_of(block)
    if indent:
        bullet = _box(slide, (paging.SIDE_MM, at_mm, indent, high))
        _run(bullet.paragraphs[0], "–", block.size_pt, content)
    frame = _box(slide, (paging.SIDE_MM + indent, at_mm, paging.BODY_MM - indent, high))
    colour = CLIENT["muted"] if block.kind is ProseKind.NOTE else CLIENT["ink"]
    bold = block.kind is ProseKind.LEAD
    _run(frame.paragraphs[0], block.text, block.size_pt, content, bold=bold, colour=colour)


def _titled(slide: Slide, words: str, at_mm: float, content: Content) -> None:
    frame = _box(slide, (paging.SIDE_MM, at_mm, paging.BODY_MM, paging.TITLE_MM))
    _run(frame.paragraphs[0], words, paging.TITLE_PT, content, bold=True)


def _footnote(slide: Slide, words: str, at_mm: float, content: Content) -> None:
    if words:
        frame = _box(slide, (paging.SIDE_MM, at_mm, paging.BODY_MM, 6.0))
        _run(frame.paragraphs[0], words, paging.NOTE_PT, content, colour=CLIENT["muted"])


_SIDES = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}


def _table(slide: Slide, block: SizedTable, at_mm: float, content: Content) -> None:
    """Add a native table, its title above it and its note below."""
    table, rows = block.table, (block.table.header, *block.table.rows)
    _titled(slide, table.title, at_mm, content)
    top = at_mm + paging.TITLE_MM
    shape = slide.shapes.add_table(
        len(rows),
        len(table.header),
        Mm(paging.SIDE_MM),
        Mm(top),
        Mm(sum(block.widths)),
        Mm(sum(block.heights)),
    )
    shape._element._nvXxPr.cNvPr.set("descr", table.title)  # noqa: SLF001  no public way to say it
    made = shape.table
    made.horz_banding, made.first_row = False, True
    for number, wide in enumerate(block.widths):
        made.columns[number].width = Mm(wide)
    sides = alignments(table)
    for at, (row, high) in enumerate(zip(rows, block.heights, strict=True)):
        made.rows[at].height = Mm(high)
        for number, words in enumerate(row):
            cell = made.cell(at, number)
            cell.margin_left = cell.margin_right = Mm(paging.CELL_INSET_MM)
            cell.margin_top = cell.margin_bottom = Mm(0.4)
            cell.vertical_anchor = MSO_ANCHOR.BOTTOM if at == 0 else MSO_ANCHOR.TOP
            cell.fill.solid()  # type: ignore[no-untyped-call]
            shade = CLIENT["chosen"] if at == 0 else CLIENT["paper"]
            cell.fill.fore_color.rgb = _rgb(shade)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = _SIDES[sides[number]]
            _run(paragraph, words, block.size_pt, content, bold=at == 0)
            _underlined(cell, heavy=at == 0)
    _footnote(slide, table.note, top + sum(block.heights) + 1.0, content)


def _underlined(cell, *, heavy: bool) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Draw a rule below a cell: rows are told apart in grey prints too."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  borders have no public way
    line = properties.makeelement(qn("a:lnB"), {"w": str(Pt(1.0 if heavy else 0.5))})
    fill = line.makeelement(qn("a:solidFill"), {})
    shade = CLIENT["ink"] if heavy else CLIENT["rule"]
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": shade.removeprefix("#")}))
    line.append(fill)
    # Lines come before the fill in the order that the format asks for.
    properties.insert(0, line)


def _chart(slide: Slide, sized: SizedChart, at_mm: float, content: Content) -> None:
    """Add a native chart, its title above it and its note below."""
    block, high = sized.chart, sized.high_mm
    _titled(slide, block.title, at_mm, content)
    top = at_mm + paging.TITLE_MM
    shown = "0.0%" if content.digits else "0%"
    data = CategoryChartData(number_format=shown)  # type: ignore[no-untyped-call]
    # Bars that lie are drawn from the bottom up.
    order = list(range(len(block.categories))) if block.upright else list(range(len(block.categories)))[::-1]
    data.categories = [_told(block.categories[each]) for each in order]
    series = block.series if block.upright else block.series[::-1]
    for each in series:
        values = [None if isnan(each.shares[own]) else round(each.shares[own], 6) for own in order]
        data.add_series(_told(each.name), values)  # type: ignore[no-untyped-call]
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if block.upright else XL_CHART_TYPE.BAR_CLUSTERED
    place = (Mm(paging.SIDE_MM), Mm(top), Mm(paging.BODY_MM), Mm(high))
    frame: Any = slide.shapes.add_chart(kind, *place, data)  # type: ignore[arg-type]
    frame._element._nvXxPr.cNvPr.set("descr", block.alternative)  # noqa: SLF001  no public way to say it
    chart = frame.chart
    chart.font.name, chart.font.size = FONT, Pt(11)
    chart.has_legend, chart.has_title = True, False
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 0
    axis = chart.value_axis
    shares = [share for each in series for share in each.shares if not isnan(share)]
    axis.has_major_gridlines, axis.minimum_scale = True, 0
    axis.maximum_scale = axis_top(max(shares, default=0.0))
    axis.major_gridlines.format.line.color.rgb = _rgb(CLIENT["rule"])
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0%", False
    for own, drawn in zip(series, plot.series, strict=True):
        fill, edge = _LOOKS[str(own.role)]
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _rgb(fill)
        drawn.format.line.color.rgb = _rgb(edge)
        if own.role not in _BEFORE:
            labels = drawn.data_labels
            labels.show_value, labels.number_format, labels.number_format_is_linked = True, shown, False
            labels.font.size = Pt(9 if len(series) * len(order) <= _MANY_BARS else 8)
    _footnote(slide, block.note, top + high, content)


_MANY_BARS = 30
_BEFORE = frozenset({SeriesRole.FORCE_BEFORE, SeriesRole.MISSION_BEFORE})
"""Series without numbers at their bars, which stand too close for two."""


def _told(words: str) -> str:
    """Return a name for a chart's workbook, where it must not become a formula or a link."""
    risky = words.startswith(_FORMULA_STARTS) or words.casefold().startswith(_LINK_STARTS)
    return f"'{words}" if risky else words


def _picture(slide: Slide, block: Illustration, picture: GivenPicture) -> str:
    """Add a picture as large as it goes; return what it shows."""
    with Image.open(io.BytesIO(picture.content)) as opened:
        wide, high = opened.size
    scale = min(paging.BODY_MM / wide, paging.ROOM_MM / high)
    size = (wide * scale, high * scale)
    left = (paging.WIDE_MM - size[0]) / 2
    shape = slide.shapes.add_picture(
        io.BytesIO(picture.content), Mm(left), Mm(paging.TOP_MM), Mm(size[0]), Mm(size[1])
    )
    alternative = printable(picture.alternative) or block.alternative
    shape._element._nvXxPr.cNvPr.set("descr", alternative)  # noqa: SLF001  no public way to say it
    return f"{block.caption} {alternative}"


def _noted(slide: Slide, lines: list[str]) -> None:
    """Give the speaker something to say."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join(printable(each) for each in lines)
