"""Of units that lie mostly outside the outline nothing is known, whatever lists them; what is summed stays whole."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from footprint.access.ring import watch_ring
from footprint.briefing.content import Reckoning, Telling, reckon
from footprint.briefing.content.footprints import footprints
from footprint.briefing.content.parts import BarChart, TextTable
from footprint.briefing.content.region import region
from footprint.briefing.content.returns import returns
from footprint.briefing.files.document import json_of
from footprint.briefing.files.tables import tables as tables_of
from footprint.briefing.living.model import model
from footprint.caveats import caveats
from footprint.cli.evidence_table import show_evidence
from footprint.cli.printable import PrintableConsole
from footprint.cli.site_tables import show_sites
from footprint.cli.tables import show_months, show_remoteness, show_year
from footprint.cli.violence_tables import show_calendar, show_hotspots
from footprint.coverage.backup import hanging
from footprint.disclosure import Precision
from footprint.documents.columns import OUTSIDE_AREA
from footprint.documents.evidence import evidence_document
from footprint.documents.json import to_json
from footprint.documents.layout.violence import HotspotRow
from footprint.documents.review import findings, review_document
from footprint.documents.sites import sites_document
from footprint.documents.sure import sure_document
from footprint.documents.violence import calendar_document, hotspots_document
from footprint.evidence.foresight import NO_UNIT, foresight
from footprint.evidence.fragility import fragility
from footprint.evidence.gathered import gather
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import OUTSIDE, Level
from footprint.language import Language
from footprint.objectives import Measure
from footprint.options.asking import OBJECTIVES, figure_named
from footprint.options.choices import OptionError
from footprint.options.pack import AimFigure, need_parts
from footprint.options.problem import Aim, Limits, figures_needed
from footprint.prepared import Prepared
from footprint.releases.profiles import incident_cells
from footprint.scenario import AddAssets, CloseSite, OpenSite, RemoveAssets, Scenario
from footprint.uncertainty import sureness
from footprint.views.by_unit import unit_picture
from footprint.views.cells import Asked, View
from footprint.views.colours import NO_DATA
from footprint.views.finding import MonthFinding, footprint_months, sentence
from footprint.views.focus import focus_of, looks_outside
from footprint.views.palette import NO_DATA_CLASS, palette
from footprint.views.seats import seat_marks, seat_rows
from footprint.violence.analysis import hottest_unit
from footprint.violence.hotspots import HotspotClass
from footprint.violence.seasonality import Answer
from tests.briefs import brief_of
from tests.footprint.place.drawn import FULL
from tests.worlds import (
    bundled_area,
    cell_of,
    find_patterns,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_objective,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

REGIONS = {"core": (0, 0, 98, 30), "rest": (0, 30, 49, 50), "rim": (49, 30, 149, 50)}
"""Rim lies inside by 49 of 100 km."""
DISTRICTS = {
    "home": (0, 0, 98, 10),
    "left": (0, 10, 49, 20),
    "middle": (0, 20, 48, 30),
    "top": (0, 30, 98, 50),
    "nowhere": (98, 0, 140, 10),
    "less": (49, 10, 149, 20),
    "half": (48, 20, 148, 30),
}
"""The last three lie inside by none, 49 and 50 of 100 km; the first of them shares cells of the border."""
OUT = {"rim", "nowhere", "less"}
NAMES = {name.title() for name in OUT}
TODAY = Scenario("today")
PLAN = Scenario(
    "Plan",
    (
        OpenSite("outpost", "Outpost", **lonlat(75, 25)),
        RemoveAssets("base", "infantry_company", 1),
        AddAssets("outpost", "infantry_company", 1),
    ),
)


@cache
def world() -> Prepared:
    """Return an area of 98 by 50 km, ten people in each cell; troops in its middle and by its eastern border."""
    events = [
        {
            "at": (x, 15),
            "deaths": 1.0,
            "deaths_civilians": 1.0,
            "year": year,
            "date": f"{year}-{month:02d}-15",
        }
        for year in range(2014, 2020)
        for month in (2, 3, 4, 5)
        for x in (20, 22, 80, 82, 84)
    ]
    parents = dict.fromkeys(DISTRICTS, "core") | {"top": "rest"}
    return make_basis(
        make_area(
            size=(0, 0, 98, 50),
            sites=make_sites({"base": (40, 15), "post": (88, 15)}),
            assets=make_assets({"base": FULL, "post": FULL}),
            roads=make_roads({"road": [(0, 15), (98, 15)]}),
            regions=make_units(REGIONS, dict.fromkeys(REGIONS, "country")),
            districts=make_units(DISTRICTS, parents),
            incidents=make_incidents(events),
        )
    )


def asked() -> Any:
    """Return the review of the area as it stands."""
    return review(world(), TODAY)


@pytest.mark.slow
def test_less_than_half_inside_is_outside_and_half_is_not():
    area = world().area
    assert {*area.regions_outside, *area.districts_outside} == OUT


def test_every_figure_of_them_is_unknown_and_of_the_others_known():
    figures = asked().figures
    numbers = figures.drop(columns=["level", "unit_id", "name", "month"])
    out = figures["unit_id"].isin(OUT)
    assert numbers[out].isna().all(axis=None)
    assert numbers[~out][["people", "demand", "FF", "MF"]].notna().all(axis=None)


def test_the_whole_counts_their_cells_and_says_how_many_so_that_rows_add_up():
    figures = asked().figures.query("month == 1")
    people = {level: own["people"].sum() for level, own in figures.groupby("level")}
    assert people["area"] == world().area.grid.n_cells * 10
    said = [dict(each.values) for each in caveats(world(), asked()) if each.code == "units_outside"]
    told_of = {each["names"]: each["people"] for each in said}
    of_rim = told_of.pop("Rim")
    assert people["region"] + of_rim == pytest.approx(people["area"], abs=1)
    assert people["cercle"] + sum(told_of.values()) == pytest.approx(people["area"], abs=1)


def test_an_objective_counts_what_lies_inside_unless_all_of_it_is_outside():
    prepared = make_basis(
        world().area,
        make_objective("both", ("core", "rim"), weight=0.5),
        make_objective("rim", ("rim",), weight=0.5),
    )
    own = review(prepared, TODAY).figures.query("level == 'objective' and month == 1").set_index("unit_id")
    assert own.at["both", "people"] > prepared.area.grid.n_cells * 10 * 30 / 50
    assert np.isnan(own.at["rim", "people"])


def objective_outside(weight: float = 0.5) -> Prepared:
    """Return the area with an objective of which every region lies mostly outside, and another."""
    inside = make_objective("inside", ("core",), weight=1 - weight)
    return make_basis(world().area, inside, make_objective("beyond", ("rim",), weight=weight))


def over_objectives(prepared: Prepared) -> Any:
    """Return the first row over all objectives in the document of a review."""
    router = router_of(prepared)
    result = review(prepared, TODAY)
    return review_document(findings(prepared, router, result), [1]).over_objectives[0]


def test_over_objectives_is_not_known_with_one_outside_and_says_why():
    row = over_objectives(objective_outside())
    assert (row.FF, row.MF) == (None, None)
    assert set(row.reasons.values()) == {OUTSIDE_AREA}


def test_an_objective_without_weight_leaves_what_all_come_to_known():
    row = over_objectives(objective_outside(weight=0.0))
    assert row.FF is not None


def test_nothing_is_raised_over_objectives_of_which_one_is_not_known():
    with pytest.raises(OptionError, match=r"all lie mostly outside the area's outline: 'beyond'"):
        figure_named(objective_outside(), "mission", OBJECTIVES)


def test_an_objective_outside_cannot_be_raised():
    with pytest.raises(OptionError, match="'beyond' lies mostly outside"):
        figure_named(objective_outside(), "mission", "beyond")


def test_a_figure_over_objectives_outside_is_not_weighed_whoever_asks():
    with pytest.raises(OptionError, match="'beyond'"):
        need_parts(objective_outside(), AimFigure(Indicator.MISSION, Level.OBJECTIVE), Measure.BLEND)


def test_what_all_objectives_come_to_can_be_raised_where_the_one_outside_has_no_weight():
    assert figure_named(objective_outside(weight=0.0), "mission", OBJECTIVES).unit_id == ""


def _numbers(value: object, unit: str = "", key: str = "") -> Iterator[tuple[str, str, object]]:
    """Yield every number that a document gives of one of the units outside, and the reasons beside them."""
    if isinstance(value, dict):
        unit = str(value.get("unit_id", value.get("area_id", unit)))
        for name, inner in value.items():
            yield from _numbers(inner, unit, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _numbers(inner, unit, key)
    elif unit in OUT and isinstance(value, int | float) and not isinstance(value, bool):
        yield unit, key, value


def _reasons(value: object, unit: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        unit = str(value.get("unit_id", value.get("area_id", unit)))
        if unit in OUT:
            yield from value.get("reasons", {}).values()
        for inner in value.values():
            yield from _reasons(inner, unit)
    elif isinstance(value, list):
        for inner in value:
            yield from _reasons(inner, unit)


@cache
def documents() -> dict[str, Any]:
    """Return every document that lists units."""
    prepared, router = world(), router_of(world())
    plan = review(prepared, PLAN)
    found = findings(prepared, router, plan, asked())
    patterns = find_patterns(prepared.area)
    about = (prepared.area, prepared.method, patterns)
    drawn = sureness(prepared, router, {"today": TODAY}, Measure.BLEND)
    return {
        "review": review_document(found, range(1, 13)),
        "sites": sites_document(prepared, router, asked(), (), measure=Measure.BLEND, open_share=0.9),
        "evidence": evidence_document(
            prepared, gather(prepared, router), fragility(prepared, TODAY, router), ()
        ),
        "calendar": calendar_document(*about, "cercle"),
        "calendar of regions": calendar_document(*about, "region"),
        "hotspots": hotspots_document(*about),
        "sure": sure_document(prepared, drawn, {"today": TODAY}, (), measure=Measure.BLEND),
    }


LISTING = ("review", "sites", "evidence", "calendar", "calendar of regions", "sure")


@pytest.mark.parametrize("name", LISTING)
@pytest.mark.slow
def test_no_document_gives_a_number_of_them(name):
    written = json.loads(to_json(documents()[name]))
    assert {each[1:] for each in _numbers(written) if each[1] != "month"} == set()


@pytest.mark.parametrize("name", LISTING)
def test_every_document_says_why(name):
    assert {*_reasons(json.loads(to_json(documents()[name])))} == {OUTSIDE_AREA}


@pytest.mark.slow
def test_a_brief_as_json_gives_no_number_of_them_and_says_why():
    written = json.loads(json_of(brief_of(world(), PLAN), "AAAA"))
    assert {each[1:] for each in _numbers(written) if each[1] != "month"} == set()
    assert {*_reasons(written)} == {OUTSIDE}


def _printed(show: Callable[[PrintableConsole, Language], None], code: str = "en") -> list[str]:
    screen = PrintableConsole(file=io.StringIO(), width=100)
    show(screen, Language.of_area(code, world().area.unit_words))
    return screen.file.getvalue().splitlines()


def with_a_hotspot() -> Any:
    """Return the document of hotspots with a cell in a unit mostly outside, and one in another."""
    here = HotspotRow(
        cell=0, lon=0.0, lat=0.0, cercle="Less", cercle_outside=True, count=5, z=4.0, p=0.01, q=0.01,
        by_people=False, by_people_share=0.0, pattern=HotspotClass.NONE,
    )  # fmt: skip
    return replace(
        documents()["hotspots"], hotspots=(here, replace(here, cercle="Half", cercle_outside=False))
    )


SHOWN = {
    "year": lambda screen, lang: show_year(screen, documents()["review"], world().area.seasons, lang),
    "months": lambda screen, lang: show_months(screen, documents()["review"], lang, each=True),
    "remoteness": lambda screen, lang: show_remoteness(screen, documents()["review"], lang),
    "sites": lambda screen, lang: show_sites(screen, documents()["sites"], lang),
    "evidence": lambda screen, lang: show_evidence(screen, documents()["evidence"], lang),
    "hotspots": lambda screen, lang: show_hotspots(screen, with_a_hotspot(), lang),
    "calendar": lambda screen, lang: show_calendar(screen, documents()["calendar"], lang),
}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.slow
def test_the_terminal_names_the_reason_beside_them_and_no_number(name):
    lines = _printed(SHOWN[name])
    own = [line for line in lines if line.lstrip("- ").startswith(tuple(NAMES))]
    assert own
    assert not any(character.isdigit() for line in own for character in line)
    assert "outside" in " ".join(" ".join(lines).split())


def test_hotspots_that_no_row_counts_are_counted_below():
    lines = _printed(SHOWN["hotspots"])
    assert "which no row counts: 1 cell." in " ".join(lines)


@pytest.mark.slow
def test_the_calendar_tests_none_of_them_and_counts_their_incidents_as_in_none():
    found = find_patterns(world().area)
    answers = {each.area_id: each.answer for each in found.findings}
    assert answers["less"] is answers["nowhere"] is Answer.OUTSIDE
    assert answers["left"] is Answer.RETURNS
    calendar = found.districts.calendar
    left_out = {each.omission: each.count for each in calendar.left_out}
    assert calendar.n_used + sum(left_out.values()) == len(world().area.incidents)
    assert hottest_unit(found, world().districts) not in OUT


@cache
def reckoned() -> Reckoning:
    """Return what is reckoned for a brief of the whole area."""
    return reckon(brief_of(world(), PLAN), lambda _: None)


@pytest.mark.slow
@pytest.mark.parametrize("focus", ["", "region:core"])
@pytest.mark.parametrize("part", [region, footprints, returns])
def test_a_brief_lists_them_without_numbers_and_with_the_reason(focus, part):
    chapter = part(Telling(brief_of(world(), PLAN, focus=focus), reckoned()))
    tables = [block for block in chapter.blocks if isinstance(block, TextTable)]
    own = [row for table in tables for row in table.rows if row[0].startswith(tuple(NAMES))]
    assert any("outside" in " ".join(row) for row in own)
    assert not any(character.isdigit() for row in own for cell in row for character in cell)
    for chart in (block for block in chapter.blocks if isinstance(block, BarChart)):
        at = [place for place, name in enumerate(chart.categories) if "mostly outside" in name]
        assert at
        assert all(np.isnan(series.shares[place]) for series in chart.series for place in at)


@pytest.mark.slow
def test_spreadsheets_of_a_brief_leave_their_cells_empty_and_note_why():
    brief = brief_of(world(), PLAN)
    for table in tables_of(brief, ()):
        keys = [column.key for column in table.columns]
        if "unit_id" not in keys:
            continue
        own = [dict(zip(keys, row, strict=True)) for row in table.rows if row[keys.index("unit_id")] in OUT]
        assert own
        for row in own:
            shares = {column.key for column in table.columns if column.share}
            assert {row[key] for key in shares} == {None}
            assert OUTSIDE in row["note"]


def test_the_living_map_counts_no_cell_for_them():
    prepared = world()
    own = model(prepared, router_of(prepared), PLAN, "blend", range(len(prepared.units.frame)))
    out = prepared.units.outside
    assert (own.unit_need[out] == 0).all()
    assert (own.unit_need[~out] > 0).all()
    assert np.isnan(own.figures((False,) * len(own.switches)).force[out]).all()


def test_what_hangs_on_a_site_is_not_known_of_them():
    found = hanging(world(), router_of(world()), asked().stations, asked().laydown.roads)
    for unit in found.units:
        values = [*(each.now for each in unit.figures), *(each.one for each in unit.depths)]
        assert np.isnan(values).all() == unit.outside == (unit.unit_id in OUT)
        assert not (unit.outside and any(each.site_id for each in unit.figures))


def test_the_ring_names_them_without_people_or_killings():
    closing = Scenario("Closing", (CloseSite("base"),))
    ring = watch_ring(world(), router_of(world()), asked(), review(world(), closing))
    own = {each.unit_id: each for each in ring.units if each.unit_id in OUT}
    assert own
    for each in own.values():
        assert each.outside
        assert np.isnan([each.people, each.killings]).all()


def test_nothing_of_them_can_be_raised_and_no_gate_stands_on_them():
    with pytest.raises(OptionError, match="'Rim' lies mostly outside"):
        figure_named(world(), "mission", "Rim")
    aim = Aim(((),))
    needed = figures_needed(world(), aim, Limits(donor_drop=0.1))
    assert {each.unit_id for each in needed} == {"core", "rest"}


@pytest.mark.parametrize("view", [View.DIVERGENCE, View.DEMAND, View.MISSION])
def test_a_map_by_unit_leaves_them_without_a_class(view):
    shown = unit_picture(
        world(), asked(), Asked(view=view, month=1, measure=Measure.BLEND), Precision.PUBLIC, Language("en")
    )
    area = world().area
    less, half = (int(shown.classes[cell_of(area, 80, y)]) for y in (15, 25))
    assert less != half
    assert less == NO_DATA_CLASS or shown.colours[less] == palette((NO_DATA,))[0]


def test_the_desk_says_why_in_the_sentence_and_at_the_seat():
    area = world().area
    assert [looks_outside(area, key) for key in ("region:rim", "cercle:less", "cercle:half", "")] == [
        True,
        True,
        False,
        False,
    ]
    months = footprint_months(asked(), focus_of(area, "cercle:less"), frozenset())
    assert np.isnan([*months.values()]).all()
    finding = MonthFinding(where="Less", month=3, force=np.nan, mission=np.nan, rows=(), outside=True)
    assert sentence(finding, Language("en")) == (
        "Less, March: not known, for it lies mostly outside the outline of this area."
    )
    level = focus_of(area, "cercle:less").level
    rows = seat_rows(asked(), asked(), (level, tuple(DISTRICTS)), 3, frozenset())
    marks = {each["id"]: each for each in seat_marks(area, level, rows, Language("en"), None)}
    assert marks["less"]["words"] == "not known: mostly outside"
    assert "force" not in marks["less"]
    assert "force" in marks["half"]


def test_strict_maps_of_incidents_withhold_them_and_the_sum_stays():
    shown = incident_cells(world().area, Precision.STRICT)
    told_of = {each.of.place for each in shown.counts}
    assert not any(place.endswith(("less", "nowhere")) for place in told_of)
    assert sum(number for *_, number in shown.points) + (shown.withheld or 0) == len(world().area.incidents)


def test_no_unit_of_the_bundled_case_lies_mostly_outside():
    area = bundled_area()
    assert not area.regions_outside
    assert not area.districts_outside


def test_the_ranking_of_units_leaves_them_out_and_says_how_many_incidents_so():
    record = foresight(world())
    inside = len(DISTRICTS) - len(OUT & DISTRICTS.keys())
    assert record.n_units == inside
    assert dict(record.left_out)[NO_UNIT] == 3 * 4 * 6  # 80, 82 and 84 km east, in four months of six years
    assert {each.events.sum() for each in record.years} == {2 * 4}
