"""Large tables: what makes them quick changes nothing of what is seen."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layers.foreign import assess as assessing
from layers.foreign import limits
from layers.foreign.assess import assess, written_rows
from layers.foreign.delimited import read_delimited
from layers.foreign.placed import far_from
from layers.foreign.profile import every_reading, features
from layers.foreign.seen import SheetSeen

pytestmark = pytest.mark.slow

PIECES = [
    "14", "4.25", "-", "+", "e5", "°", "'", "N", "W", "deg", "30P", " ", ", ", "/", "2019", "May", "août", "12:30", "Z",
    "POINT(", "zone", "(", ")", "a@b.org", "00223", "43000", "Old Ford", "x", "th", ":", "m", "mE", "412345", "1612345",
]  # fmt: skip


@settings(max_examples=400)
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.text(max_size=12)))
@example("+22370000000")
@example("43000.5")
@example("14degN, 4degW")
@example("1e999")
def test_the_short_way_reads_a_cell_as_all_readings_do(text):
    assert features(text) == every_reading(text)


def table(rows: int, odd: int) -> str:
    """Return a table whose last rows say other things than its first; `odd` says which."""
    chance = random.Random(odd)  # noqa: S311  no secret hangs on it
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(["id", "name", "date", "lat", "lon", "phone"])
    for n in range(rows):
        late = n > rows // 2
        day = "31/05/2019" if odd == 1 and late else "nonsense" if odd == 2 and late else "2019-05-31"
        y, x = (
            ("", "") if odd == 3 and n % 7 == 0 else (f"{14 + chance.random():.4f}", f"{-4 + n / rows:.4f}")
        )
        if odd == 4 and late:
            y = f"{100 + chance.random():.4f}"
        name = "Total" if n % 50 == 49 else "" if odd == 5 and late else f"Place {n}"
        writer.writerow([n, name, day, y, x, "+223 70 00 00 00"])
    return sink.getvalue()


def seen(tmp_path: Path, text: str, **how: object) -> SheetSeen:
    path = tmp_path / "brought"
    path.write_text(text)
    (sheet,) = read_delimited(path, "a.csv").sheets
    return assess(sheet, "a.csv", tmp_path / "rows", (-4.0, 13.0, -3.8, 16.0), **how)


@pytest.mark.parametrize("odd", range(6))
def test_columns_told_early_place_rows_as_all_rows_together_do(odd, tmp_path, monkeypatch):
    whole = seen(tmp_path, table(300, odd))
    monkeypatch.setattr(assessing, "_BLOCK", 20)
    monkeypatch.setattr(assessing, "_EARLY", 100)
    assert seen(tmp_path, table(300, odd)) == whole
    assert whole.rows == 300 == whole.read + whole.reported


def test_rows_far_from_the_area_are_counted_and_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FEW_ROWS", 100)
    all_rows = seen(tmp_path, table(300, 3))
    everyone = [row.cells for row in written_rows(tmp_path / "rows")]
    near = seen(tmp_path, table(300, 3), only_near=True)
    kept = [row.cells for row in written_rows(tmp_path / "rows")]
    far = [cells for cells in everyone if cells[4] and float(cells[4]) > -3.3]
    assert (near.outside, near.rows, near.reported) == (len(far), all_rows.rows, all_rows.reported)
    assert kept == [cells for cells in everyone if cells not in far]
    assert f"Rows outside the area, counted and left out: {len(far)}." in map(str, near.remarks)


@pytest.mark.parametrize(
    ("place", "far"),
    [((179.0, 0.0), False), ((-179.0, 0.0), False), ((0.0, 0.0), True), ((178.0, 9.0), True)],
)
def test_an_area_across_the_antimeridian_has_rows_on_both_sides(place, far):
    assert far_from((*place, *place), (178.0, -5.0, -178.0, 5.0)) is far
