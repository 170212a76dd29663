"""An exported map is one file that asks for nothing and says what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from footprint.language import Language
from footprint.views.assets import PACKAGED, packaged_text, served
from footprint.views.basemap import basemap_json
from footprint.views.export import Sheet, standalone_html
from footprint.views.maps import CellLayer, MapContent, MapSite, SiteState, base_map, overlays
from footprint.views.palette import coverage_legend, palette
from footprint.views.raster import mercator_frame, paint

EVIL = "<img src=x onerror=alert(1)> ${alert(2)} {{7*7}} {% x %} `b` \\ </script><script>alert(3)</script>"
FR = Language("fr")


def sheet(**changes):
    given = {
        "title": EVIL,
        "classification": "CONFIDENTIEL",
        "disclaimer": "Frontières indicatives",
        "data_notice": EVIL,
    }
    return Sheet(**{**given, **changes})


@pytest.fixture
def exported(country, grid):
    """A map with a picture, two sites and names that try to run."""
    picture = mercator_frame(grid)
    png = paint(picture, (grid.x_m > 0).astype("uint8"), palette(["#12665F", "#F2AE3D"]))
    content = MapContent(
        cells=(CellLayer(png, picture.bounds),),
        sites=(MapSite("a", "Gao", -0.045, 16.272), MapSite("b", EVIL, -1, 18, SiteState.PROPOSED, EVIL)),
        flood_month=10,
        focus=("region0",),
        legend=coverage_legend(FR, (EVIL,)),
        ribbon="Données inventées",
        notice=EVIL,
        stamp=3,
    )
    country.places.loc["place0", "name"] = EVIL
    country.places.loc["place3", "name"] = EVIL
    made = base_map(PACKAGED, picture.bounds, basemap=basemap_json(country))
    overlays(content, FR).add_to(made)
    return standalone_html(made, sheet(), FR)


def test_it_names_no_other_file(exported):
    assert "package:" not in exported
    page = re.sub("<script>.*?</script>", "", exported, flags=re.DOTALL)
    assert not re.search(r"""(src|href)=["'](?!data:)""", page)
    assert not re.search(r"url\((?!['\"]?(data:|#))", page)


def test_it_is_marked_above_and_below_and_says_what_it_must(exported):
    assert exported.count("CONFIDENTIEL") == 2
    assert "Frontières indicatives" in exported
    assert '<html lang="fr">' in exported


def test_nothing_it_was_told_runs(exported):
    assert "<img src=x" not in exported
    assert "<script>alert" not in exported
    assert ">49<" not in exported


def test_without_a_classification_there_is_no_export(country, grid):
    made = base_map(PACKAGED, mercator_frame(grid).bounds, basemap=basemap_json(country))
    with pytest.raises(ValueError, match="classification"):
        standalone_html(made, sheet(classification=" "), FR)


def test_a_script_from_elsewhere_is_refused(country, grid):
    elsewhere = served("https://cdn/", "j/", "c/")
    made = base_map(elsewhere, mercator_frame(grid).bounds, basemap=basemap_json(country))
    with pytest.raises(ValueError, match="no packaged file"):
        standalone_html(made, sheet(), FR)


def test_served_addresses_change_with_what_they_serve():
    assert re.fullmatch(r"l/leaflet\.js\?[0-9a-f]{12}", served("l/", "j/", "c/").leaflet_js)
    assert "Footprint" in packaged_text(PACKAGED.client_js)


@pytest.mark.browser
def test_it_opens_from_a_file_with_the_network_blocked(exported, tmp_path: Path, browser: Browser):
    file = tmp_path / "map.html"
    file.write_text(exported, encoding="utf-8")
    asked, troubles = [], []
    with browser.new_context(viewport={"width": 1200, "height": 800}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.goto(file.as_uri())
        page.wait_for_function("window.__drawn === 3", timeout=15_000)
        assert page.locator(".fp-site").count() == 2
        assert page.locator(".fp-site").nth(1).get_attribute("title") == EVIL
        assert page.title() == EVIL
        assert page.locator(".fp-legend").inner_text().count("alert(1)") == 1
    assert troubles == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
