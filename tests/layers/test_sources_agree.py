"""Bundled and published case, where they state the same fact, agree, or say where they do not."""

from __future__ import annotations

from datetime import date

import pytest

from layers.assemble.catalogue import read_catalogue
from layers.differences import Difference, read_differences
from layers.errors import LayerError
from layers.formats.geopko import UNITS, read_geopko, read_geopko_years
from tests.worlds import CATALOGUES, bundled_area

SAME_SITE = {"mopti_sevare": "mopti"}
"""Identifier made from the provider's name -> the bundled one."""
OURS_ALONE = "unpol_team"
"""Kind that the bundled case assumes at every office, whatever the maps draw."""


@pytest.fixture(scope="module")
def published(real_source):
    """Kinds of asset by site on the last map before the bundled frame date."""
    sites, assets = read_geopko(
        real_source / "bases/geo_pko_v2.1_minusma_2014_2020.csv",
        date(2019, 6, 30),
        read_catalogue(CATALOGUES / "mali.toml").spelling,
    )
    still = set(sites.frame["site_id"][sites.frame["open_to"].isna()])
    rows = assets.frame[assets.frame["site_id"].isin(still)]
    return {
        (SAME_SITE.get(site, site), kind) for site, kind in zip(rows["site_id"], rows["kind"], strict=True)
    }


def test_bundled_and_published_case_differ_where_the_folder_says_they_do(published):
    area = bundled_area()
    kinds = set(UNITS) - {OURS_ALONE}
    here = {
        (site, kind)
        for site, kind in zip(area.assets["site_id"], area.assets["kind"], strict=True)
        if kind in kinds
    }
    there = {pair for pair in published if pair[1] in kinds}
    stated = {(each.site_id, each.kind): (each.here, each.elsewhere) for each in area.differences}
    assert stated == {pair: (pair in here, pair in there) for pair in here ^ there}


@pytest.mark.parametrize("kind", ["helicopter", "surgery"])
def test_they_agree_on_helicopters_and_surgery(published, kind):
    area = bundled_area()
    here = set(area.assets["site_id"][area.assets["kind"] == kind])
    assert here == {site for site, other in published if other == kind}
    assert not [each for each in area.differences if each.kind == kind]


def test_the_yearly_table_of_the_same_authors_has_helicopters_at_the_same_sites(real_source, published):
    _, assets = read_geopko_years(
        real_source / "bases/geo_pko_v2.3_FrontMap_minusma.csv",
        date(2019, 6, 30),
        read_catalogue(CATALOGUES / "mali.toml").spelling,
    )
    rows = assets.frame
    assert set(rows["site_id"][rows["kind"] == "helicopter"]) >= {
        site for site, kind in published if kind == "helicopter"
    }


def test_a_folder_states_its_differences_in_plain_words(tmp_path):
    head = "site_id,kind,here,elsewhere,source\n"
    assert read_differences(tmp_path) == ()
    (tmp_path / "differences.csv").write_text(head + "gao,surgery,yes,no,Maps\n", encoding="utf-8")
    assert read_differences(tmp_path) == (
        Difference("gao", "surgery", here=True, elsewhere=False, source="Maps"),
    )
    (tmp_path / "differences.csv").write_text(head + "gao,surgery,perhaps,no,Maps\n", encoding="utf-8")
    with pytest.raises(LayerError, match="column 'here', row 2: 'perhaps' is neither yes nor no"):
        read_differences(tmp_path)
