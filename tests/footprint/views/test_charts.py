"""Small pictures say their numbers in text too, and run nothing."""

from __future__ import annotations

import base64
import re
from math import nan

import pytest

from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.views.charts import ChangeRow, change_table, month_strip, tier_bars
from footprint.views.heatmap import CalendarRow, SquareState, calendar_heatmap

EN, FR = Language("en"), Language("fr")
EVIL = "<script>alert(1)</script>${x}"
SHARES = [0.4, 0.4, 0.4, 0.4, 0.4, 0.3, 0.2, 0.2, 0.3, 0.35, 0.4, nan]


def test_a_strip_says_every_month_and_marks_the_worst():
    strip = month_strip(SHARES, EN, chosen=10, title="Mission")
    label = re.search('aria-label="([^"]*)"', strip)[1]
    assert label.count(";") == 11
    assert "December not known" in label
    assert strip.count("▾20") == 2
    assert ">35<" in strip, "the chosen month shows its value"


def test_a_strip_without_differences_marks_no_month():
    assert "▾" not in month_strip([0.4] * 12, EN, chosen=1, title="x")
    assert "▾" not in month_strip([nan] * 12, EN, chosen=1, title="x")


def test_a_strip_has_twelve_months():
    with pytest.raises(ValueError, match="2 months"):
        month_strip([0.1, 0.2], EN, chosen=1, title="x")


def test_bars_show_the_scenario_and_its_change():
    html = tier_bars(
        {Indicator.FORCE: 0.38, Indicator.MISSION: 0.166}, {Indicator.FORCE: 0.41, Indicator.MISSION: 0.2}, FR
    )
    assert [text for text in ("41,0\u00a0%", "+3,0\u00a0pt", "+3,4\u00a0pt") if text not in html] == []
    assert html.count("<tr") == 3


def test_bars_of_the_baseline_alone_show_no_change():
    html = tier_bars({Indicator.FORCE: 0.38, Indicator.TIER_2: nan}, None, EN)
    assert "pt" not in re.sub("<[^>]*>", "", html).replace("footprint", "").replace("Footprint", "")
    assert "not known" in html


def test_gains_go_right_and_losses_left_on_one_scale():
    html = change_table([ChangeRow("A", 0.1, 0.3), ChangeRow("B", 0.3, 0.2)], EN, title="t", unit="Cercle")
    pieces = re.findall(r"left:([\d.]+)%;top:0;width:([\d.]+)%", html)
    assert pieces == [("50.00", "50.00"), ("25.00", "25.00")]
    assert "+20.0\u00a0pt" in html
    assert "-10.0\u00a0pt" in html


def test_a_change_from_the_unknown_is_no_change():
    html = change_table([ChangeRow("A", nan, 0.3)], EN, title="t", unit="Cercle")
    assert "width:0.00%" in html
    assert "not known" in html


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
        month_strip(SHARES, EN, chosen=1, title=EVIL),
        change_table([ChangeRow(EVIL, 0.1, 0.2)], EN, title=EVIL, unit=EVIL),
        drawing(calendar_heatmap([row(EVIL)], [2018, 2019, 2017], EN, title=EVIL)),
        calendar_heatmap([row(EVIL, (1,), significant=True)], [2018, 2019, 2017], EN, title=EVIL),
    )
    for picture in pictures:
        assert "<script" not in picture
        assert "${" not in picture
