"""The slides as another program reads them: native tables and charts, nothing that runs over, names as text."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from pptx import Presentation
from pptx.util import Mm

from footprint.briefing.content import Content
from footprint.briefing.content.parts import BarChart, Chapter, Prose, ProseKind, TextTable
from footprint.briefing.report import GivenPicture
from footprint.briefing.slides import slides_pptx
from footprint.briefing.slides.paging import (
    ROOM_MM,
    SecondHeading,
    SizedProse,
    SizedTable,
    all_slides,
    height_of,
    slides_of,
)
from tests.briefs import brief_of, bundled_content, outpost, png, told, valley

pytestmark = pytest.mark.slow

HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> #import $x$ {z}"
MAP = GivenPicture(png(), "Sites and need")


@pytest.fixture(scope="module")
def content() -> Content:
    return told(brief_of(valley(), outpost()))


@pytest.fixture(scope="module")
def made(content) -> bytes:
    return slides_pptx(content, {"region": MAP}, code="FP-7KQ2")


def slides(data: bytes):
    return list(Presentation(io.BytesIO(data)).slides)


def words_of(slide) -> list[str]:
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def test_tables_are_tables_with_the_cells_of_the_content(content, made):
    shown = [shape.table for slide in slides(made) for shape in slide.shapes if shape.has_table]
    rows = {tuple(cell.text for cell in row.cells) for table in shown for row in table.rows}
    own = [
        each
        for part in content.chapters
        for each in part.blocks
        if isinstance(each, TextTable) and not each.detail
    ]
    assert [row for each in own for row in (each.header, *each.rows) if row not in rows] == []


def test_charts_are_charts_with_the_shares_of_the_content(content, made):
    shown = [shape.chart for slide in slides(made) for shape in slide.shapes if shape.has_chart]
    own = [
        each
        for part in content.chapters
        for each in part.blocks
        if isinstance(each, BarChart) and not each.detail
    ]
    assert len(shown) == len(own) == 1
    for chart, expected in zip(shown, own, strict=True):
        found = {series.name: tuple(series.values) for series in chart.plots[0].series}
        for series in expected.series:
            shares = [None if share != share else round(share, 6) for share in series.shares]  # noqa: PLR0124  NaN
            order = shares if expected.upright else shares[::-1]
            assert found[series.name] == tuple(order)


def test_pictures_tables_and_charts_are_told_to_those_who_do_not_see_them(made):
    for slide in slides(made):
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart or shape.shape_type == 13:
                assert shape._element._nvXxPr.cNvPr.get("descr")


def test_the_picture_keeps_its_shape_and_stands_on_the_slide(made):
    (picture,) = [shape for slide in slides(made) for shape in slide.shapes if shape.shape_type == 13]
    assert picture.width / picture.height == pytest.approx(40 / 30, rel=1e-3)
    assert picture.left >= 0
    assert picture.top + picture.height <= Mm(172.1)


def test_every_slide_is_marked_numbered_and_noted(content, made):
    every = slides(made)
    for number, slide in enumerate(every, start=1):
        words = words_of(slide)
        assert words.count(content.imprint.marking) == 2
        assert any(each.endswith(f"{number}/{len(every)}") and "FP-7KQ2" in each for each in words)
        assert content.imprint.watermark in words
        assert slide.notes_slide.notes_text_frame.text.strip()


def test_no_slide_is_empty(made):
    for slide in slides(made)[1:]:
        body = [
            shape
            for shape in slide.shapes
            if Mm(32) < shape.top < Mm(174) and (not shape.has_text_frame or shape.text_frame.text.strip())
        ]
        assert body


def test_slides_are_sixteen_to_nine_and_nothing_stands_beyond_them(made):
    deck = Presentation(io.BytesIO(made))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.slow
def test_no_slide_of_the_bundled_case_holds_more_than_there_is_room(code):
    plans = all_slides(bundled_content(code).chapters, ["region"])
    assert [plan.heading for plan in plans if sum(map(height_of, plan.blocks)) > ROOM_MM + 1e-6] == []


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.slow
def test_one_region_is_told_on_about_a_dozen_slides(code):
    assert 11 <= len(all_slides(bundled_content(code).chapters, ["region"])) <= 14


@pytest.mark.slow
def test_what_the_report_alone_shows_is_in_the_notes_of_the_speaker():
    content = bundled_content("en")
    notes = "\n".join(each for plan in all_slides(content.chapters, ["region"]) for each in plan.notes)
    details = [
        each
        for part in content.chapters
        for each in part.blocks
        if isinstance(each, TextTable) and each.detail
    ]
    assert details
    assert [row for each in details for row in each.rows if " · ".join(row) not in notes] == []


def test_a_short_part_stands_below_the_one_before_and_a_page_of_its_own_does_not():
    said = (Prose("Said.", ProseKind.ITEM),)
    parts = [
        Chapter("a", 1, "A", said),
        Chapter("b", 2, "B", said),
        Chapter("c", 0, "C", said, whole=True),
    ]
    first, second = all_slides(parts, [])
    assert [first.heading, second.heading] == ["1  A", "C"]
    assert [each.text for each in first.blocks if isinstance(each, SecondHeading)] == ["2  B"]


def test_a_long_table_goes_on_over_slides_without_losing_a_row():
    rows = tuple((f"Row {number}", "1.0 %") for number in range(100))
    table = TextTable(title="Long", header=("Name", "Share"), rows=rows, numeric=(False, True), note="All.")
    plans = slides_of(Chapter("long", 1, "Long", (table,)), [])
    shown = [block.table for plan in plans for block in plan.blocks if isinstance(block, SizedTable)]
    assert tuple(row for each in shown for row in each.rows) == rows
    assert [each.note for each in shown][-1] == "All."
    assert all(plan.used_mm <= ROOM_MM for plan in plans)
    assert len(plans) > 1


def test_details_and_notes_without_room_are_left_to_the_speaker():
    note = "A note. " * 60
    blocks = (
        Prose("Said.", ProseKind.ITEM),
        Prose("A detail.", ProseKind.DETAIL),
        *(Prose(f"Item {number}.", ProseKind.ITEM) for number in range(13)),
        Prose(note, ProseKind.NOTE),
    )
    (plan,) = slides_of(Chapter("x", 1, "X", blocks), [])
    assert plan.notes == [note, "A detail."]


def test_what_leads_to_something_is_not_the_last_on_its_slide():
    before, after = ([Prose(f"Item {number}.", ProseKind.ITEM) for number in range(n)] for n in (14, 10))
    first, second = slides_of(Chapter("x", 1, "X", (*before, Prose("With the plan:"), *after)), [])
    assert len(first.blocks) == 14
    assert len(second.blocks) == 11


def test_a_part_that_is_all_detail_stands_on_slides_itself():
    (plan,) = slides_of(Chapter("x", 1, "X", (Prose("A detail.", ProseKind.DETAIL),)), [])
    assert [each.text for each in plan.blocks if isinstance(each, SizedProse)] == ["A detail."]


def test_the_same_content_makes_the_same_bytes(content, made):
    assert slides_pptx(content, {"region": MAP}, code="FP-7KQ2") == made


def test_names_that_are_formulas_or_markup_come_out_as_text():
    content = told(brief_of(valley(HOSTILE, HOSTILE), outpost(HOSTILE)))
    data = slides_pptx(content, {})
    assert any(HOSTILE in words for slide in slides(data) for words in words_of(slide))
    with zipfile.ZipFile(io.BytesIO(data)) as deck:
        books = [name for name in deck.namelist() if name.endswith(".xlsx")]
        assert books
        for name in books:
            with zipfile.ZipFile(io.BytesIO(deck.read(name))) as book:
                sheets = [book.read(each) for each in book.namelist() if "worksheets/" in each]
            assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)
        for name in deck.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in deck.read(name)


@pytest.mark.parametrize(("code", "language"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_words_are_in_the_language_they_say(code, language):
    content = told(brief_of(valley(), language=code))
    data = slides_pptx(content, {})
    with zipfile.ZipFile(io.BytesIO(data)) as deck:
        xml = deck.read("ppt/slides/slide2.xml").decode()
    assert set(re.findall(r'lang="([^"]+)"', xml)) == {language}
