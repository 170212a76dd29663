"""Notices: what is odd in units, cells and incidents is told with its names and numbers, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from footprint.caveats import caveats, of_the_files
from footprint.language import Language
from footprint.prepared import prepare
from footprint.scenario import Scenario
from layers.grid import make_grid
from layers.intake.titles import EARTH_TITLE
from layers.manifest import Source
from layers.unit_words import COMMON_WORDS
from tests.worlds import (
    METRES,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_sites,
    make_units,
    review,
)

pytestmark = pytest.mark.slow

ENGLISH, FRENCH = Language("en"), Language("fr")
WHOLE = (0, 0, 100, 50)


def world(**parts):
    return make_area(
        sites=make_sites({"camp": (2.5, 12.5)}),
        assets=make_assets({"camp": {"infantry_company": 1}}),
        **parts,
    )


def told(area, language=ENGLISH):
    prepared = make_basis(area)
    found = caveats(prepared, review(prepared, Scenario("today")))
    return {each.code: each.said(language) for each in found}


def test_units_that_part_the_area_are_no_notice():
    said = told(world(districts=make_units({"west": (0, 0, 52, 50), "east": (52, 0, 100, 50)})))
    assert not {"units_overlap", "cells_in_no_region", "cells_in_no_district", "coarse_cells"} & set(said)


def test_units_drawn_over_one_another_are_named_and_their_neighbours_are_not():
    cercles = make_units({"west": (0, 0, 50, 50), "east": (50, 0, 100, 50), "twin": (60, 10, 90, 40)})
    said = told(world(districts=cercles))["units_overlap"]
    assert said == "Units drawn over one another, whose people there are shared among them: East, Twin."


def test_people_that_no_unit_counts_are_told_with_their_cells():
    """The east of 200 cells has no region: forty cells with ten people each."""
    said = told(world(regions=make_units({"region": (0, 0, 80, 50)})))
    assert said["cells_in_no_region"] == (
        "Cells outside the regions, which count in the area alone: 40, with 400 people."
    )
    said = told(world(districts=make_units({"west": (0, 0, 95, 50)})), FRENCH)
    assert "10, avec 100 personnes" in said["cells_in_no_district"]


def test_incidents_where_nobody_lives_are_counted():
    here, there = {"at": (2.5, 12.5)}, {"at": (52.5, 12.5)}
    area = world(incidents=make_incidents([here, there, there]), people={(2.5, 12.5): 100.0})
    words = "where nobody lives by the population raster: counted for the people around"
    assert dict(make_basis(area).demand.threat.assumed)[words] == 2
    everywhere = world(incidents=make_incidents([here, there, there]))
    assert words not in dict(make_basis(everywhere).demand.threat.assumed)


@pytest.mark.parametrize(("cell_m", "size"), [(2_500, ""), (5_000, ""), (7_500, "7,500"), (10_000, "10,000")])
def test_cells_of_more_than_five_kilometres_are_told_with_their_size(cell_m, size):
    area = world()
    grid = make_grid(area.country.union_all(), METRES, cell_m=cell_m)
    said = {each.code: each.said(ENGLISH) for each in of_the_files(replace(area, grid=grid))}
    assert ("coarse_cells" in said) == bool(size)
    assert f"Cells of {size} m" in said.get("coarse_cells", "Cells of  m")


def test_so_many_cells_that_an_answer_takes_minutes_are_told():
    area = world()
    large = make_grid(area.country.union_all(), METRES, cell_m=100)
    said = {each.code: each.said(FRENCH) for each in of_the_files(replace(area, grid=large))}
    assert large.n_cells == 500_000
    assert said["many_cells"].startswith("500 000 mailles de 100 m\u00a0:".replace("500 000", "500\u202f000"))
    assert "many_cells" not in {each.code for each in of_the_files(area)}


def test_incidents_of_a_unit_without_people_go_over_its_land():
    """A cercle that lies within one cell, whose people all live on the other side of its border."""
    cercles = make_units({"rest": WHOLE, "corner": (95, 45, 97, 50)}, {"rest": "region", "corner": "region"})
    cercles.loc["rest", "geometry"] = cercles.geometry["rest"].difference(cercles.geometry["corner"])
    area = world(districts=cercles, incidents=make_incidents([{"at": (96, 48), "geo_precision": 3}]))
    number = cercles.index.get_loc("rest")
    cell = int(area.grid.cell_at(np.array([96_000.0]), np.array([48_000.0]))[0])
    people = sparse.coo_array(([10.0], ([number], [cell])), shape=(2, area.grid.n_cells)).tocsr()
    area = replace(area, population=replace(area.population, by_unit={"districts": people}))
    basis = make_basis(area)
    prepared = prepare(area, basis.method, basis.objectives)
    assert prepared.districts.shares.toarray()[:, cell].tolist() == [1, 0]
    assert prepared.districts.land.toarray()[:, cell] == pytest.approx([0.6, 0.4])
    threat = prepared.demand.threat
    assert (threat.used, threat.excluded) == (1, ())
    assert threat.by_district[cell] > 0
    assert threat.by_district[cell] == pytest.approx(threat.by_district.sum())


def test_counts_that_are_lower_bounds_are_told_beside_the_answer():
    plain = world()
    least = plain.assets.assign(is_least=True)
    assert "assets_at_least" not in told(plain)
    said = told(replace(plain, assets=least))["assets_at_least"]
    assert "a lower bound alone in 1 of 1 rows of assets" in said


def of_natural_earth(area):
    row = Source(
        "country.geojson", "country", f"Anywhere{EARTH_TITLE}", "Natural Earth", "", "", "no", "high", "", ""
    )
    return replace(area, sources=(row,))


def test_people_beyond_an_outline_for_small_scales_are_told_and_beyond_a_finer_one_are_not():
    area = world()
    area = replace(area, population=replace(area.population, beyond=290_464.4))
    assert "people_beyond" not in told(area)
    assert ": 290,464. Bring the boundaries" in told(of_natural_earth(area))["people_beyond"]


@pytest.mark.parametrize("beyond", [np.nan, 0.0])
def test_where_nobody_is_known_to_live_beyond_nothing_is_told(beyond):
    area = world()
    area = replace(area, population=replace(area.population, beyond=beyond))
    assert "people_beyond" not in told(of_natural_earth(area))


def test_units_of_the_second_level_that_are_those_of_the_first_again_are_told():
    same = {"west": (0, 0, 50, 50), "east": (50, 0, 100, 50)}
    one = world(regions=make_units(same), districts=make_units(same))
    assert "No smaller units than regions are known" in told(one)["one_level_of_units"]
    assert "one_level_of_units" not in told(world(regions=make_units(same)))


def test_an_area_of_one_level_calls_the_second_as_the_first():
    words = COMMON_WORDS.of_one_level()
    assert [words.word("district", code, 2) for code in ("en", "fr")] == ["regions", "régions"]
