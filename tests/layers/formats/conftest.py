"""Files typed by hand for quirks, and the folder of real files where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.assemble.catalogue import read_catalogue
from layers.months import months_mask
from tests.worlds import CATALOGUES


@pytest.fixture(scope="session")
def mali():
    """Return the catalogue that the real files are read by."""
    return read_catalogue(CATALOGUES / "mali.toml")


@pytest.fixture
def typed(tmp_path):
    """Return a function that writes a small file, its lines joined, and gives its path."""

    def write(*lines: str, name: str = "typed.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def in_schema():
    """Return a function that checks a reading as a loader would, and gives it keyed, months read."""

    def check(reading, schema):
        promised = schema.to_schema()
        frame = reading.frame
        for column in {"months", "closed_months", "navigable_months"} & set(frame.columns):
            frame = frame.assign(**{column: frame[column].map(months_mask)})
        return promised.validate(frame.set_index(promised.index.name), lazy=True)

    return check
