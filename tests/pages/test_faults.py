"""Faults become messages: a broken area a table of its faults, an impossible wish a sentence."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from footprint.pages._choices import Drawer
from footprint.scenario import CloseSite
from tests.pages.conftest import Start, desk_with
from tests.pages.test_pages import chosen, drawer, in_language, maps

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

HOSTILE = "<img src=x onerror=alert(1)>${1+1}{{7*7}}`</script>"


@pytest.fixture
def copied(bundled_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the bundled case that a test may spoil."""
    return Path(shutil.copytree(bundled_folder, tmp_path / "area"))


def test_a_broken_area_shows_all_its_faults_and_no_traceback(start: Start, copied: Path) -> None:
    sites = pd.read_csv(copied / "sites.csv", dtype=str, keep_default_na=False)
    sites.loc[0, "kind"] = "castle"
    sites.loc[1, "lat"] = "north"
    sites.to_csv(copied / "sites.csv", index=False)
    app = start(copied)
    assert not app.exception
    assert "cannot be used" in app.error[0].value
    faults = app.dataframe[0].value
    assert len(faults) >= 1
    assert {"File", "Column", "Row", "Problem", "Remedy"} <= set(faults.columns)
    assert "sites.csv" in str(faults["File"].tolist())


def test_a_broken_area_is_refused_in_french_too(start: Start, copied: Path) -> None:
    (copied / "roads.geojson").unlink()
    app = in_language("fr", start(copied))
    assert not app.exception
    assert "roads.geojson" in str(app.dataframe[0].value.to_dict())


def test_a_folder_that_is_not_there_is_a_message(start: Start, tmp_path: Path) -> None:
    app = start(tmp_path / "nowhere")
    assert not app.exception
    assert app.error


def test_a_place_outside_the_area_is_said_to_be(start: Start) -> None:
    app = start()
    app.session_state["choices"] = replace(chosen(app), at=(20.0, 14.0), drawer=Drawer.PLACE)
    app.run()
    assert not app.exception
    assert "This point lies outside the area." in drawer(app)
    assert chosen(app).scenario.changes == ()


def test_a_plan_that_cannot_be_made_here_is_a_message(start: Start, store: Path) -> None:
    token = desk_with(store, ("Sunken", (CloseSite("atlantis"),)))
    app = start(desk=token)
    (row,) = chosen(app).desk.plans
    app.session_state["choices"] = replace(chosen(app), active=row.plan_id, drawer=Drawer.PLANS)
    app.run()
    assert not app.exception
    assert not app.error
    assert "It cannot be made on this area: There is no site atlantis" in drawer(app)
    assert chosen(app).scenario.changes == (), "the desk shows the sites as they stand"


def test_hostile_names_reach_the_map_as_text(start: Start, copied: Path) -> None:
    for file in ("sites.csv", "places.csv"):
        rows = pd.read_csv(copied / file, dtype=str, keep_default_na=False)
        rows["name"] = [f"{HOSTILE} {number}" for number in range(len(rows))]
        rows.to_csv(copied / file, index=False)
    app = start(copied)
    assert not app.exception
    (arguments,) = maps(app)
    for part in ("script", "feature_group", "html"):
        written = str(arguments[part] or "")
        for harmful in ("<img", "${1+1}", "{{7*7}}", "</script>"):
            assert harmful not in written, f"{harmful} in {part}"
        assert "49" not in written or "{{" not in written
    assert all("<img" not in str(block.value) for block in app.get("html"))
