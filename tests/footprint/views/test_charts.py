"""Small pictures say their numbers in text too, and run nothing."""

from __future__ import annotations

import base64
import re
from math import nan

from footprint.language import Language
from footprint.views.heatmap import CalendarRow, SquareState, calendar_heatmap

EN, FR = Language("en"), Language("fr")
EVIL = "<script>alert(1)</script>${x}"
SHARES = [0.4, 0.4, 0.4, 0.4, 0.4, 0.3, 0.2, 0.2, 0.3, 0.35, 0.4, nan]


def drawing(html):
    return base64.b64decode(re.search('base64,([^"]*)', html)[1]).decode()


def row(name, window=(), *, significant=False):
    states = tuple((SquareState.HIT, SquareState.QUIET, SquareState.TOO_FEW) for _ in range(12))
    return CalendarRow(name, states, window, significant=significant, note="9 events")


def test_a_calendar_has_a_square_for_each_year_of_each_month():
    svg = drawing(calendar_heatmap([row("Koro", significant=True)], [2016, 2017, 2018], EN, title="t"))
    paths = re.findall('<path d="([^"]*)"', svg)
    assert [path.count("M") for path in paths] == [12, 12, 12]


def test_only_a_row_in_which_nothing_stands_out_is_hatched():
    rows = [row("Koro", significant=True), row("Bla")]
    svg = drawing(calendar_heatmap(rows, [2016, 2017, 2018], EN, title="t"))
    assert svg.count('stroke-opacity="0.5"') == 1
    assert svg.index("Bla") < svg.index("stroke-opacity")


def test_a_window_over_the_new_year_is_framed_in_two_parts():
    svg = drawing(
        calendar_heatmap([row("Koro", (10, 11, 12, 1), significant=True)], [2016, 2017, 2018], EN, title="t")
    )
    assert svg.count('fill="none"') == 2


def test_a_window_that_is_not_significant_is_dashed_and_not_spoken_of():
    html = calendar_heatmap([row("Koro", (4, 5))], [2016, 2017, 2018], EN, title="t")
    assert "stroke-dasharray" in drawing(html)
    assert "Koro" not in re.search('alt="([^"]*)"', html)[1]


def test_a_calendar_of_nothing_is_nothing():
    assert calendar_heatmap([], [2018], EN, title="t") == ""


def test_names_are_escaped_in_every_picture():
    pictures = (
        drawing(calendar_heatmap([row(EVIL)], [2018, 2019, 2017], EN, title=EVIL)),
        calendar_heatmap([row(EVIL, (1,), significant=True)], [2018, 2019, 2017], EN, title=EVIL),
    )
    for picture in pictures:
        assert "<script" not in picture
        assert "${" not in picture
