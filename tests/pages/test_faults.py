"""Faults become messages: a broken area a table of its faults, an impossible wish a sentence."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from footprint.scenario import CloseSite
from tests.pages.conftest import Start
from tests.pages.test_pages import chosen, in_language, maps

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


def test_a_site_outside_the_area_is_refused_and_leaves_the_scenario(start: Start) -> None:
    app = start()
    app.session_state["choices"] = replace(chosen(app), mode="propose")
    app.session_state["mode"] = "propose"
    app.run()
    kept = chosen(app).scenario
    next(box for box in app.number_input if box.label.startswith("Longitude")).set_value(20.0)
    next(button for button in app.button if button.label == "Propose here").click().run()
    assert not app.exception
    assert "outside the area" in app.warning[0].value
    assert chosen(app).scenario == kept


def test_a_scenario_of_another_baseline_is_refused_with_its_reason(start: Start) -> None:
    app = start()
    app.session_state["choices"] = replace(
        chosen(app), scenario=chosen(app).scenario.then(CloseSite("atlantis"))
    )
    app.run()
    assert not app.exception
    assert "atlantis" in " ".join(error.value for error in app.error)


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
