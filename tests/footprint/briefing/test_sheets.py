"""Map sheets as they are drawn: nothing cut, nothing over another, only what their terms permit."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
import pikepdf
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image
from pyproj import Transformer

from footprint.briefing.brief import Brief
from footprint.briefing.sheets.cells import dot_places
from footprint.briefing.sheets.page_map import REPORT_ROOM, SLIDE_ROOM, page_map
from footprint.briefing.sheets.paper import Orientation, Paper, PaperPage, SheetFormat
from footprint.briefing.sheets.sheet import MapSheet, SheetAsked, map_sheet
from footprint.briefing.sheets.writing import written
from footprint.cli.paths import bundled_case
from footprint.disclosure import Precision
from footprint.errors import ReleaseError
from footprint.method import default_method
from footprint.prepared import prepare
from footprint.releases.codes import drawn_code
from footprint.releases.terms import Clearance, Marking
from footprint.review import review
from footprint.scenario import Scenario
from footprint.views.cells import Asked, View
from footprint.views.colours import FORCE, MISSION
from footprint.views.dots import dot_pool
from footprint.views.maps import SiteState
from layers.tables import WGS84
from tests.footprint.briefing.briefs import KORO, brief

pytestmark = pytest.mark.slow

LANDSCAPE, PORTRAIT = (PaperPage(Paper.A4, lies) for lies in (Orientation.LANDSCAPE, Orientation.PORTRAIT))
CODE = drawn_code(bytes(32), b"sheet")
WATERMARK_TURN = 28
SHEETS = [
    ("en", "Mopti", LANDSCAPE, None),
    ("fr", "Ségou", PORTRAIT, None),
    ("fr", "", PORTRAIT, View.DIVERGENCE),
    ("en", "", PaperPage(Paper.A3, Orientation.LANDSCAPE), None),
]


@cache
def drawn(code: str, focus: str, page: PaperPage, view: View | None) -> MapSheet:
    asked = SheetAsked(focus, 10, page, view and Asked(view=view, month=10))
    return map_sheet(brief(code, focus), asked)


@pytest.mark.parametrize("room", [REPORT_ROOM, SLIDE_ROOM], ids=["report", "slide"])
@pytest.mark.parametrize(("code", "focus"), [("fr", "Mopti"), ("en", "Ségou"), ("fr", "")])
def test_a_map_in_a_page_has_letters_that_are_read_there_and_room_for_its_legend(code, focus, room):
    made = page_map(brief(code, focus), 10, None, room)
    written_there = [
        each for each in made.sheet.figure.texts if each.get_text() and each.get_rotation() != WATERMARK_TURN
    ]
    assert min(each.get_fontsize() for each in written_there) >= room.least_pt - 1e-6
    assert made.left_over_mm >= 0
    renderer = FigureCanvasAgg(made.sheet.figure).get_renderer()
    boxes = [each.get_window_extent(renderer) for each in written_there]
    wide, high = made.sheet.figure.bbox.width, made.sheet.figure.bbox.height
    assert all(box.x0 >= -1 and box.y0 >= -1 and box.x1 <= wide + 1 and box.y1 <= high + 1 for box in boxes)


def test_a_map_taken_out_of_its_page_still_says_how_it_is_to_be_handled():
    made = page_map(brief(), 10, None, REPORT_ROOM)
    said = " ".join(each.get_text() for each in made.sheet.figure.texts)
    assert "CONFIDENTIAL" in said
    assert "DRAFT" in said
    assert made.png.startswith(b"\x89PNG")


def words_of(made: MapSheet) -> list[tuple[Text, Bbox]]:
    """Return every line on the page but the watermark, and where it stands [px]."""
    canvas = FigureCanvasAgg(made.sheet.figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    return [
        (text, text.get_window_extent(renderer))
        for text in made.sheet.figure.texts
        if text.get_text() and text.get_rotation() != WATERMARK_TURN
    ]


def whole_text(made: MapSheet) -> str:
    return "\n".join(text.get_text() for text in made.sheet.figure.texts)


@pytest.mark.parametrize("wanted", SHEETS)
def test_no_word_is_cut_or_lies_over_another(wanted: tuple[str, str, PaperPage, View | None]):
    made = drawn(*wanted)
    words = words_of(made)
    page = made.sheet.figure.bbox
    for text, box in words:
        assert page.x0 <= box.x0 <= box.x1 <= page.x1, text.get_text()
        assert page.y0 <= box.y0 <= box.y1 <= page.y1, text.get_text()
    # Boxes of words hold room above and below small letters; what is drawn there is less.
    tight = [(text, box.shrunk(0.98, 0.7)) for text, box in words]
    over = [
        (one.get_text(), other.get_text()) for (one, a), (other, b) in combinations(tight, 2) if a.overlaps(b)
    ]
    assert over == []


@pytest.mark.parametrize("wanted", SHEETS)
def test_every_site_and_seat_finds_room_for_its_name(wanted: tuple[str, str, PaperPage, View | None]):
    made = drawn(*wanted)
    assert made.marks.lost == ()
    assert not any(one.meets(other) for one, other in combinations(made.marks.boxes, 2))
    assert made.too_long_mm == 0


def test_the_title_is_the_sentence_and_the_plan_is_in_it():
    made = drawn(*SHEETS[0])
    assert made.title.startswith("Mopti, October: troops could reach")
    assert "With Koro" in made.title
    assert "protected" not in made.title


def test_what_is_invented_and_not_cleared_is_said_at_the_top_and_bottom():
    lines = [text.get_text() for text in drawn(*SHEETS[0]).sheet.figure.texts]
    assert lines.count("CONFIDENTIAL — DRAFT — Some data are invented") == 2
    assert lines.count("DRAFT") == 1


def test_once_cleared_no_draft_is_on_the_page():
    cleared = brief(clearance=Clearance.CLEARED, cleared_by="Chief of staff")
    made = map_sheet(cleared, SheetAsked("Mopti", 10, LANDSCAPE))
    assert "DRAFT" not in whole_text(made)
    assert "Cleared for release by Chief of staff" in whole_text(made)


def test_no_english_is_left_on_a_french_sheet():
    french = whole_text(drawn(*SHEETS[1]))
    for word in ("Ground", "Main road", "Scale about", "Sources:", "Dots", "Share of need", "Existing"):
        assert word not in french


def test_sensitive_places_are_not_on_a_sheet():
    rows = pd.read_csv(bundled_case() / "sensitive.csv", dtype=str)
    said = whole_text(drawn(*SHEETS[0]))
    assert len(rows)
    assert not any(place in said for place in rows["place_id"])


def test_a_sheet_for_the_public_says_no_site_finer_than_a_tenth_of_a_degree():
    public = brief(precision=Precision.PUBLIC)
    labels = public.prepared.area.districts.geometry.representative_point().to_crs(WGS84)
    made = map_sheet(public, SheetAsked("Mopti", 10, LANDSCAPE))
    back = Transformer.from_crs(public.prepared.area.crs, WGS84, always_xy=True)
    for site in made.marks.sites:
        lon, lat = back.transform(site.x, site.y)
        if site.mark.state is SiteState.PROPOSED:
            # Called by its unit, it stands where that unit's name would be written.
            assert min(abs(labels.x - lon) + abs(labels.y - lat)) < 1e-4
            continue
        assert np.allclose([lon * 10, lat * 10], np.round([lon * 10, lat * 10]), atol=1e-6)
    assert public.today.provenance.area_digest not in whole_text(made)


def test_a_sheet_for_the_public_names_neither_the_plan_nor_its_site():
    made = map_sheet(brief(precision=Precision.PUBLIC), SheetAsked("Mopti", 10, LANDSCAPE))
    said = whole_text(made)
    assert "Koro base" not in said
    assert "Proposed site in Koro" in said
    assert "With the plan" in made.title


def test_dots_for_the_public_say_nothing_of_where_in_their_unit_need_is():
    prepared = brief().prepared
    pool, grid = dot_pool(prepared, "blend"), prepared.area.grid
    x, y = dot_places(prepared, pool, Precision.PUBLIC)
    column = ((x - grid.west_m) // grid.cell_m).astype(int)
    row = ((grid.north_m - y) // grid.cell_m).astype(int)
    cell = grid.lookup[row * grid.shape[1] + column]
    unit = np.asarray(prepared.districts.main_unit)
    assert (unit[cell] == unit[pool.cell]).all()
    busiest = pool.cell == np.bincount(pool.cell).argmax()
    assert busiest.sum() > len(set(cell[busiest])) > 0.3 * busiest.sum()


def test_a_plan_with_a_new_site_is_never_unclassified():
    with pytest.raises(ReleaseError, match="confidential at least"):
        brief(marking=Marking.UNCLASSIFIED)


def test_unclassified_nothing_leaves_finer_than_for_the_public():
    with pytest.raises(ReleaseError, match="finer than for the public"):
        brief(plan=None, marking=Marking.UNCLASSIFIED, precision=Precision.INTERNAL)
    assert brief(plan=None, marking=Marking.UNCLASSIFIED, precision=Precision.PUBLIC)


def test_a_name_is_text_whatever_stands_in_it():
    hostile = "$\\frac{1}{2}$ <b>x</b> \u202e=1+1"
    plan = replace(KORO, name=hostile)
    made = map_sheet(brief(plan=plan), SheetAsked("Mopti", 10, LANDSCAPE))
    assert "$\\frac{1}{2}$ <b>x</b>" in made.title
    assert "\u202e" not in whole_text(made)
    assert written(made, brief(plan=plan), SheetFormat.PNG, CODE)


def test_what_is_not_known_has_a_question_mark_and_no_nought():
    made = map_sheet(_silent(), SheetAsked("", 10, LANDSCAPE))
    bars = [text.get_text() for text in made.sheet.figure.texts]
    assert bars.count("?") >= 12


def _silent() -> Brief:
    """Return a brief on the bundled case as if its files named troops alone."""
    told = brief(focus="", plan=None)
    area = told.prepared.area
    quiet = replace(area, assets=area.assets[area.assets["kind"] == "infantry_company"])
    prepared = prepare(quiet, default_method(), told.prepared.objectives)
    today = review(prepared, Scenario("today"), prepared.router())
    return replace(told, prepared=prepared, router=prepared.router(), today=today)


def test_a_pdf_has_its_fonts_inside_and_says_what_it_is():
    told = brief()
    content = written(drawn(*SHEETS[0]), told, SheetFormat.PDF, CODE)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Mopti, October")
        fonts = pdf.pages[0].Resources.Font
        assert fonts
        for font in fonts.values():
            descriptor = font.get("/FontDescriptor") or font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor or font.Subtype == "/Type3"
        width, height = (float(side) / 72 * 25.4 for side in pdf.pages[0].MediaBox[2:])
    assert (round(width), round(height)) == (297, 210)


def test_a_picture_has_300_points_to_the_inch():
    content = written(drawn(*SHEETS[0]), brief(), SheetFormat.PNG, CODE)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (3507, 2480)
        assert picture.text["Description"].startswith("Map of Mopti")


def test_a_sheet_is_the_same_file_each_time_it_is_written():
    told = brief()
    made = drawn(*SHEETS[0])
    assert written(made, told, SheetFormat.PDF, CODE) == written(made, told, SheetFormat.PDF, CODE)


def test_dots_and_bars_are_told_apart_in_grey():
    grey = [Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0)) for colour in (FORCE, MISSION)]
    assert abs(grey[0] - grey[1]) > 50
