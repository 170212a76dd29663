"""The report as other programs read it: tagged, kept, its fonts inside, and every name plain text."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from footprint.briefing.content import Content
from footprint.briefing.content.parts import BarChart, Prose, ProseKind, TextTable
from footprint.briefing.report import GivenPicture, report_pdf
from footprint.briefing.report.compiling import alignments, axis_top
from footprint.briefing.widths import breakable, column_widths, lines_needed, width_mm
from footprint.releases.terms import Clearance
from tests.briefs import RELEASE, brief_of, bundled_content, outpost, png, told, valley

pytestmark = pytest.mark.slow

HOSTILE = '#import "x": * #read("/etc/passwd") <script>alert(1)</script> =1+1 *b* $x$ \\ @a [y] {z} // c'
MAP = GivenPicture(png(), "Sites and need")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture(scope="module")
def content() -> Content:
    return told(brief_of(valley(), outpost()))


@pytest.fixture(scope="module")
def pdf(content) -> bytes:
    return report_pdf(content, {"region": MAP}, code="FP-7KQ2", qr_svg=SVG)


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def texts(content: Content) -> list[str]:
    """Return every text of a content that must stand in a report."""
    found = [content.imprint.title, *content.imprint.terms, *content.imprint.notices]
    for chapter in content.chapters:
        found.append(chapter.heading)
        for block in chapter.blocks:
            match block:
                case Prose(kind=ProseKind.SHORT):
                    continue
                case Prose():
                    found.append(block.text)
                case TextTable():
                    found += [
                        block.title,
                        block.note,
                        *block.header,
                        *(cell for row in block.rows for cell in row),
                    ]
                case BarChart():
                    found += [
                        block.title,
                        *block.categories,
                        *(each for own in block.series for each in own.written),
                    ]
    return found


def test_every_text_and_figure_of_the_content_stands_in_the_report(content, pdf):
    whole = squeezed("".join(pages(pdf)))
    assert [each for each in texts(content) if squeezed(each) not in whole] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "fr"])
def test_every_text_and_figure_of_the_bundled_case_stands_in_the_report(code):
    content = bundled_content(code)
    # Pages break tables and paragraphs, and what stands on every page comes between.
    furniture = squeezed(content.imprint.marking + content.imprint.title)
    whole = squeezed("".join(pages(report_pdf(content, {"region": MAP}))))
    assert furniture
    missing = [each for each in texts(content) if squeezed(each) not in whole]
    assert [each for each in missing if len(each) < 120] == []


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_report_of_one_region_has_eight_to_ten_pages_none_of_them_nearly_empty(code):
    each = pages(report_pdf(bundled_content(code), {"region": MAP}))
    assert 7 <= len(each) <= 10
    assert min(len(squeezed(page)) for page in each) > 600


def test_what_stands_in_place_of_details_on_slides_is_not_in_the_report(content, pdf):
    short = [
        block.text
        for part in content.chapters
        for block in part.blocks
        if isinstance(block, Prose) and block.kind is ProseKind.SHORT
    ]
    whole = squeezed("".join(pages(pdf)))
    assert short
    assert [each for each in short if squeezed(each) in whole] == []


def test_the_report_is_tagged_and_says_that_it_is_kept(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part(>|=\")2", xmp)
    assert re.search(r"pdfaid:conformance(>|=\")A", xmp)
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_report_names_its_title_its_function_and_its_language(code):
    content = told(brief_of(valley(), language=code))
    reader = PdfReader(io.BytesIO(report_pdf(content, {})))
    assert reader.metadata is not None
    assert reader.metadata.title == content.imprint.title
    assert reader.metadata.author == RELEASE.releaser
    assert reader.trailer["/Root"]["/Lang"] == code


def test_every_font_is_inside(pdf):
    fonts = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[below["/BaseFont"]] = below["/FontDescriptor"].get_object()
    assert any("DejaVuSans" in name for name in fonts)
    assert [name for name, own in fonts.items() if not {"/FontFile2", "/FontFile3"} & set(own)] == []


def test_every_page_is_marked_and_numbered(content, pdf):
    each = pages(pdf)
    for number, words in enumerate(each, start=1):
        assert words.count(content.imprint.marking) == 2
        assert f"{number} / {len(each)}" in words
        assert content.imprint.number in words
        assert "FP-7KQ2" in words
        for notice in content.imprint.notices:
            assert notice in words


@pytest.mark.parametrize(
    ("clearance", "word"), [(Clearance.DRAFT, "DRAFT"), (Clearance.NOT_CLEARED, "NOT CLEARED")]
)
def test_a_word_lies_across_every_page_until_it_is_cleared(clearance, word):
    content = told(brief_of(valley(), release=replace(RELEASE, clearance=clearance)))
    # At its top, at its bottom and across; once more where the terms are told.
    assert all(page.count(word) in {3, 4} for page in pages(report_pdf(content, {})))


def test_what_is_cleared_has_no_word_across():
    content = told(
        brief_of(valley(), release=replace(RELEASE, clearance=Clearance.CLEARED, cleared_by="Chief of staff"))
    )
    assert all("DRAFT" not in page and "NOT CLEARED" not in page for page in pages(report_pdf(content, {})))


def test_pictures_and_charts_are_told_to_those_who_do_not_see_them(content, pdf):
    structure = repr_of(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])
    charts = [each for part in content.chapters for each in part.blocks if isinstance(each, BarChart)]
    assert "Sites and need" in structure
    assert [each.alternative for each in charts if each.alternative not in structure] == []


def repr_of(node: object) -> list[str]:
    """Return every alternative text of a structure tree."""
    found, waiting = [], [node]
    while waiting:
        own = waiting.pop()
        own = own.get_object() if hasattr(own, "get_object") else own
        if isinstance(own, list):
            waiting += own
        elif isinstance(own, dict):
            if "/Alt" in own:
                found.append(str(own["/Alt"]))
            waiting += [own["/K"]] if "/K" in own else []
    return found


def test_the_same_content_makes_the_same_bytes(content, pdf):
    assert report_pdf(content, {"region": MAP}, code="FP-7KQ2", qr_svg=SVG) == pdf


def test_names_that_are_markup_come_out_as_text():
    content = told(brief_of(valley(HOSTILE, HOSTILE), outpost(HOSTILE)))
    made = report_pdf(content, {})
    whole = squeezed("".join(pages(made)))
    assert squeezed(HOSTILE) in whole
    assert "root:" not in whole
    for live in (b"/JavaScript", b"/URI", b"/OpenAction", b"/Launch", b"/EmbeddedFile"):
        assert live not in made


def test_a_picture_that_is_not_given_is_told_in_words(content):
    assert "The tables below say in words what the map shows." in " ".join(
        "".join(pages(report_pdf(content, {}))).split()
    )


def test_marks_stand_in_the_middle_and_numbers_to_the_right():
    table = TextTable(
        title="t", header=("a", "b", "c"), rows=(("x", "1", "●"), ("y", "–", "")), numeric=(False, True, True)
    )
    assert alignments(table) == ["left", "right", "center"]


def test_columns_never_take_more_than_there_is():
    table = TextTable(
        title="t",
        header=("word " * 9, "x" * 50),
        rows=((("long words " * 30).strip(), "1"),),
        numeric=(False, True),
    )
    widths = column_widths(table, 9.0, 120.0)
    assert sum(widths) == pytest.approx(120.0)
    assert widths[1] >= width_mm("x" * 50, 9.0)


@pytest.mark.parametrize(("words", "lines"), [("a", 1), ("a a a a", 4), ("", 1), ("aaaa", 4)])
def test_lines_are_counted_by_words_and_within_words_too_long(words, lines):
    assert lines_needed(words, 10.0, width_mm("a", 10.0) * 1.2) == lines


def test_an_endless_name_breaks_within_and_loses_nothing():
    endless = "W" * 90
    broken = breakable(f"a {endless} b", 9.0, 40.0)
    assert broken.replace("\u200b", "") == f"a {endless} b"
    assert all(
        width_mm(each, 9.0, bold=True) <= 40.0 for word in broken.split(" ") for each in word.split("\u200b")
    )


def test_words_that_fit_are_as_they_were():
    assert breakable("some words that fit", 9.0, 20.0) == "some words that fit"


def test_endless_names_stay_on_the_page():
    content = told(brief_of(valley("M" * 150, "E" * 150), outpost("P" * 150)))
    reader = PdfReader(io.BytesIO(report_pdf(content, {})))
    beyond: list[float] = []
    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda text, _, place, *__: beyond.append(place[4]) if text.strip() else None
        )
    assert beyond
    assert max(beyond) < 595


@pytest.mark.parametrize(("largest", "top"), [(0.0, 0.01), (0.2, 0.2), (0.201, 0.3), (1.0, 1.0)])
def test_an_axis_ends_at_the_first_round_share_not_below(largest, top):
    assert axis_top(largest) == top
