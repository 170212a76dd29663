"""Taking a map away: what the reader gets, what the log says, and what happens without a safe key."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from footprint.disclosure import KEY_FILE
from footprint.scenario import MoveSite, Scenario
from tests.pages.conftest import Start, desk_with

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

PLAN = Scenario("plan", (MoveSite("gao", -0.0425, 16.2775),))


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """Return every file offered; what is kept on the machine is kept in the test's folder."""
    offered: list[dict[str, Any]] = []

    def offer(label: str, data: Callable[[], str], file_name: str, _mime: str, **_: Any) -> bool:
        offered.append({"label": label, "data": data, "name": file_name})
        return False

    monkeypatch.setattr(st, "download_button", offer)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return offered


def asked_for(start: Start, store: Path) -> AppTest:
    """Draw on a plan that moves a site, and say what an export asks for."""
    app = start(desk=desk_with(store, (PLAN.name, PLAN.changes)))
    (row,) = app.session_state["choices"].desk.plans
    app.session_state["choices"] = replace(app.session_state["choices"], active=row.plan_id)
    app.run()
    for key, words in (("purpose", "briefing"), ("audience", "leadership"), ("releaser", "chief of plans")):
        app.text_input(key=f"export_{key}").set_value(words)
    return app.run()


def maps(offered: list[dict[str, Any]]) -> dict[str, Any]:
    return [each for each in offered if each["name"].endswith(".html")][-1]


def logged(tmp_path: Path) -> list[dict[str, Any]]:
    """Return the log of releases."""
    log = tmp_path / "state" / "footprint" / "releases.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [json.loads(line) for line in lines]


def test_a_public_map_and_its_log_line_say_the_same_and_hold_no_plain_identifier(
    start: Start, store: Path, handed: list[dict[str, Any]], tmp_path: Path
) -> None:
    app = asked_for(start, store)
    assert not app.exception
    assert any("the map shows each cercle as a whole" in str(each.value) for each in app.caption)
    file = maps(handed)
    assert logged(tmp_path) == []  # what nobody takes does not leave
    html = file["data"]()
    begun, sealed = logged(tmp_path)
    assert (begun["purpose"], begun["profile"]) == ("briefing", "public")
    assert begun["run"] in file["name"]
    assert f"scenario {json.loads(begun['provenance'])['scenario_id']}" in html
    assert sealed["files"][file["name"]]["code"] in html
    assert PLAN.scenario_id not in file["name"] + html + json.dumps(begun)


def test_without_a_log_that_holds_no_map_is_handed_over_and_the_reader_is_told(
    start: Start, store: Path, handed: list[dict[str, Any]], tmp_path: Path
) -> None:
    log = tmp_path / "state" / "footprint" / "releases.jsonl"
    log.parent.mkdir(parents=True, mode=0o700)
    log.write_bytes(b"{}\n")
    log.chmod(0o600)
    app = asked_for(start, store)
    assert [str(error.value) for error in app.error if "log of releases does not hold" in str(error.value)]
    assert not [each for each in handed if each["name"].endswith(".html")]


def test_without_a_safe_key_no_public_map_is_handed_over_and_the_reader_is_told(
    start: Start, store: Path, handed: list[dict[str, Any]], tmp_path: Path
) -> None:
    key = tmp_path / "data" / "footprint" / KEY_FILE
    key.parent.mkdir(parents=True, mode=0o700)
    key.write_bytes(b"k" * 32)
    key.chmod(0o644)
    app = asked_for(start, store)
    assert [str(error.value) for error in app.error if "other users may read or write it" in str(error.value)]
    assert not [each for each in handed if each["name"].endswith(".html")]
