"""The app as Streamlit's own tester runs it: without a browser, one new reader each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]

Start = Callable[..., AppTest]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Start:
    """Return a way to start the app on an area, by default the bundled case, and run it once."""

    def started(area: Path | None = None) -> AppTest:
        monkeypatch.setattr(sys, "argv", ["app.py", *([str(area)] if area else [])])
        # Streamlit's tester finds a script beside the test's own file unless the path is absolute.
        return AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run()

    return started
