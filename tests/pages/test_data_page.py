"""The Data page names what was moved, what is odd, and where sources differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Start
from tests.pages.test_pages import in_language, on

CASES = Path(__file__).resolve().parents[1] / "cases"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


def _tables(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(table.value.to_dict("records")) for table in app.dataframe)


def test_a_site_beyond_the_outline_stands_there_with_its_distance(start: Start) -> None:
    shown = _tables(on("data", start(CASES / "site_beyond_simplified_coast")))
    assert "'Place': 'Port', 'Rows': '1', 'Distance, m': '219'" in shown


def test_what_is_odd_stands_there_in_french_too(start: Start) -> None:
    app = in_language("fr", on("data", start(CASES / "road_gap_65m")))
    assert any("sans la rejoindre" in warning.value and "(66 m)" in warning.value for warning in app.warning)


def test_where_sources_differ_from_the_bundled_case_stands_there(start: Start) -> None:
    app = on("data", start())
    assert not app.exception
    shown = " ".join(each.proto.body for each in app.get("html"))
    row = shown[shown.index("Kidal") :].split("</tr>")[0]
    assert row.index(">yes<") < row.index(">no<")
    heads = shown[: shown.index("Kidal")]
    assert heads.index(">Here<") < heads.index(">There<")
