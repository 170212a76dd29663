"""A map keeps its ground between answers, and runs nothing it is told."""

from __future__ import annotations

import json
import re

import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string

from footprint.language import Language
from footprint.views.assets import PACKAGED
from footprint.views.escaping import escape, script_json, tag
from footprint.views.maps import (
    CellLayer,
    Dot,
    MapContent,
    MapSite,
    SiteState,
    base_map,
    overlays,
)
from footprint.views.palette import Legend, LegendRow
from footprint.views.raster import Bounds

BOUNDS = Bounds(-12.2, 10.1, 4.3, 25.0)
EVIL = "<img src=x onerror=alert(1)> ${alert(2)} {{7*7}} {% x %} `b` \\ ' \" </script> #s9#"
EN, FR = Language("en"), Language("fr")


def ground():
    return base_map(PACKAGED, BOUNDS, basemap_url="../x/abc.json")


def scripts(content, language=EN):
    """Return what streamlit-folium sends for the ground and for what varies."""
    made = ground()
    made.get_root().render()
    made.render()
    base = _get_map_string(made)
    return base, _get_feature_group_string(overlays(content, language), made)


def sent(content, language=EN):
    """Return the content as the browser reads it."""
    _, script = scripts(content, language)
    written = re.search(r"Footprint\.show\(feature_group_feature_group_0, (.*)\);", script)[1]
    return json.loads(written)


FULL = MapContent(
    cells=(CellLayer(b"png", BOUNDS),),
    sites=(
        MapSite("s1", "Gao", -0.045, 16.272, detail="camp"),
        MapSite("s2", EVIL, 0, 17, SiteState.PROPOSED, EVIL),
    ),
    selected="s1",
    dots=(Dot(-3, 14, 4),),
    flood_month=10,
    focus=("ML05",),
    view=BOUNDS,
    sketch=((0, 1), (2, 3)),
    legend=Legend(EVIL, (LegendRow("#000000", EVIL),)),
    ribbon=EVIL,
    notice=EVIL,
    label=EVIL,
    stamp=7,
)


def test_the_ground_is_the_same_text_every_time_and_in_every_language():
    first, _ = scripts(MapContent(stamp=1), EN)
    second, _ = scripts(FULL, FR)
    assert first == second


def test_equal_content_is_the_same_text_and_other_content_another():
    assert scripts(FULL)[1] == scripts(FULL)[1]
    assert scripts(MapContent(stamp=1))[1] != scripts(MapContent(stamp=2))[1]


def test_the_ground_asks_for_the_given_files_alone():
    made = ground()
    assert [address for _, address in made.default_js] == [
        PACKAGED.leaflet_js,
        PACKAGED.jquery_js,
        PACKAGED.desk_js,
        PACKAGED.client_js,
    ]
    assert "http" not in made.get_root().render().replace("http-equiv", "")


def test_a_map_has_one_ground():
    with pytest.raises(ValueError, match="either"):
        base_map(PACKAGED, BOUNDS)
    with pytest.raises(ValueError, match="either"):
        base_map(PACKAGED, BOUNDS, basemap_url="x", basemap="{}")


def test_content_reaches_the_browser_unchanged():
    content = sent(FULL)
    assert content["sites"][1]["name"] == EVIL
    assert content["sites"][0] | {} == {
        "id": "s1",
        "name": "Gao",
        "lon": -0.045,
        "lat": 16.272,
        "state": "existing",
        "word": "Existing site",
        "detail": "camp",
    }
    assert content["cells"][0]["url"] == "data:image/png;base64,cG5n"
    assert content["cells"][0]["bounds"] == [[10.1, -12.2], [25.0, 4.3]]
    assert content["dots"] == [[-3, 14, 4]]
    assert (content["month"], content["focus"], content["stamp"]) == (10, ["ML05"], 7)


def test_no_mark_that_runs_reaches_a_script():
    _, script = scripts(FULL)
    for mark in ("<img", "</script", "{{", "{%", "${", "`b`", "'x'"):
        assert mark not in script


def test_the_key_names_what_is_on_the_map_and_nothing_else():
    assert [key["mark"] for key in sent(FULL)["keys"]] == ["existing", "proposed", "dots", "flood"]
    assert sent(MapContent())["keys"] == []


def test_words_are_in_the_language_asked_for():
    assert sent(FULL, FR)["keys"][3]["label"] == "Inondé en octobre"
    assert sent(FULL, FR)["words"]["zoom_in"] == "Zoom avant"
    assert sent(FULL, FR)["words"]["language"] == "fr"


def test_a_message_is_light():
    content = MapContent(sites=tuple(MapSite(f"s{i}", f"Site {i}", i / 10, 15) for i in range(40)))
    assert len(scripts(content)[1]) < 15_000


def test_script_json_is_json_of_the_same_value():
    value = {"a": [EVIL, None, 1.5, True], EVIL: "é\u2028"}
    assert json.loads(script_json(value)) == value


def test_script_json_takes_no_number_that_json_lacks():
    with pytest.raises(ValueError, match="JSON"):
        script_json(float("nan"))


def test_escaped_text_holds_no_mark_of_html_or_of_a_template():
    assert not set(escape(EVIL)) & set("<>\"'`$\\{")
    assert '"' not in tag("p", title=EVIL).removeprefix('<p title="').removesuffix('"></p>')
