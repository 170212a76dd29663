"""What questions about sensitive places give away: attacked by whoever asks as cleverly as can be."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from shapely import Point

from footprint.errors import InquiryError
from footprint.proposals import inquiries
from footprint.proposals.gates import Nearness
from footprint.proposals.inquiries import BUDGET, PERIOD, Inquiry, InquiryLog, apart, open_kinds, square_of
from layers.sensitive import BUFFERS_M, SensitiveKind, SensitivePlaces
from tests.worlds import frame

pytestmark = pytest.mark.slow

NOW = datetime(2019, 6, 30, 12, tzinfo=UTC)
WELL, CAMP = SensitiveKind.WELL, SensitiveKind.IDP_SITE


def places(*points, kind=WELL):
    """Return sensitive places of one kind at points [m]."""
    rows = {"place_id": [f"s{number}" for number in range(len(points))], "kind": [str(kind)] * len(points)}
    return SensitivePlaces(frame(rows, "place_id", [Point(*point) for point in points]))


@pytest.fixture
def log(tmp_path):
    return InquiryLog(tmp_path / "data" / "inquiries.jsonl")


def ask(log, there, x_m, y_m, *, asker="planner", now=NOW, area_id="world"):
    return log.ask(there, area_id, Point(x_m, y_m), asker=asker, now=now)


# -- the attack --------------------------------------------------------------------------------


def candidates(side_m, step_m):
    """Return places a hunter thinks possible: all within a square around the origin."""
    axis = np.arange(-side_m, side_m, step_m) + step_m / 2
    return np.array(list(product(axis, axis)))


def near_square(points, column, row, kind):
    """Tell which points would make the answer for a square "yes"."""
    west, south = 1000 * column, 1000 * row
    dx = np.maximum(np.maximum(west - points[:, 0], points[:, 0] - west - 1000), 0)
    dy = np.maximum(np.maximum(south - points[:, 1], points[:, 1] - south - 1000), 0)
    return np.hypot(dx, dy) <= BUFFERS_M[kind]


def hunt(log, place, kind, *, side_m, step_m, questions):
    """
    Return the places left after asking so as to halve what is left each time, budget or not.

    Of all squares that still get an answer the hunter takes the one that splits best; he knows all rules.
    """
    there, left = places(place, kind=kind), candidates(side_m, step_m)
    reach = int(side_m // 1000) + 6
    squares = list(product(range(-reach, reach), repeat=2))
    asked: list[Inquiry] = []
    for _ in range(questions):
        best = None
        for column, row in squares:
            if log is not None and kind not in open_kinds(
                "hunter", "world", Point(1000 * column + 1, 1000 * row + 1), asked, NOW
            ):
                continue
            split = near_square(left, column, row, kind).mean()
            if 0 < split < 1 and (best is None or abs(split - 0.5) < best[0]):
                best = (abs(split - 0.5), column, row)
        if best is None:
            return left
        _, column, row = best
        point = Point(1000 * column + 1, 1000 * row + 1)
        if log is None:
            answer = there.any_near(point, kind)
        else:
            said = log.ask(there, "world", point, asker="hunter", now=NOW)[kind]
            assert said in {Nearness.YES, Nearness.NO}
            answer = said is Nearness.YES
            asked.append(Inquiry("hunter", NOW, "world", column, row, (kind,)))
        mask = near_square(left, column, row, kind)
        left = left[mask == answer]
    return left


def extent_km(points):
    """Return the larger side of the box around points [km]."""
    return float(np.ptp(points, axis=0).max()) / 1000


SPOTS = [(130.0, 260.0), (-1490.0, 770.0), (2210.0, -1930.0), (-40.0, -2960.0)]


@pytest.mark.parametrize("place", SPOTS)
def test_bisection_without_rules_finds_a_place(place):
    left = hunt(None, place, WELL, side_m=6000, step_m=200, questions=28)
    assert extent_km(left) < 1.1


@pytest.mark.parametrize("place", SPOTS)
def test_bisection_within_the_rules_leaves_three_kilometres_around_a_well(tmp_path, place):
    log = InquiryLog(tmp_path / "data" / "inquiries.jsonl")
    left = hunt(log, place, WELL, side_m=6000, step_m=200, questions=28)
    area_km2 = len(left) * 0.2**2
    # A "yes" leaves 1 + 4 + π = 8.1 km², 3 km across; without one he knows less still.
    assert extent_km(left) >= 2.8
    assert area_km2 >= 7.9


@pytest.mark.parametrize("place", SPOTS[:2])
def test_bisection_within_the_rules_leaves_eleven_kilometres_around_a_camp(tmp_path, place):
    log = InquiryLog(tmp_path / "data" / "inquiries.jsonl")
    left = hunt(log, place, CAMP, side_m=12_000, step_m=500, questions=28)
    assert extent_km(left) >= 10
    assert len(left) * 0.5**2 >= 90


@pytest.mark.parametrize("kind", SensitiveKind)
def test_no_place_is_near_two_squares_that_both_get_an_answer(kind):
    """Why no cleverness helps: regions of "yes" do not meet, so no two answers cut each other."""
    first = (0, 0)
    span = range(-apart(kind), apart(kind) + 1)
    for column, row in product(span, span):
        if max(abs(column), abs(row)) < apart(kind):
            continue
        gap = [max(abs(offset) - 1, 0) * 1000 for offset in (column, row)]
        assert np.hypot(*gap) > 2 * BUFFERS_M[kind], (first, column, row)


def test_however_it_is_asked_no_region_is_smaller_than_one_answer(log):
    """Ten thousand questions at random: what is answered is a set of squares far apart."""
    there, drawn = places((500.0, 500.0)), np.random.default_rng(0)
    answered = []
    for number in range(2000):
        x_m, y_m = drawn.uniform(-30_000, 30_000, 2)
        later = NOW + number * PERIOD
        if open_kinds("planner", "world", Point(x_m, y_m), answered, later):
            kinds = open_kinds("planner", "world", Point(x_m, y_m), answered, later)
            answered.append(Inquiry("planner", later, "world", *square_of(Point(x_m, y_m)), kinds))
    for kind in (WELL, CAMP):
        squares = {(each.column, each.row) for each in answered if kind in each.kinds}
        for a, b in product(squares, squares):
            assert a == b or max(abs(a[0] - b[0]), abs(a[1] - b[1])) >= apart(kind)
    assert there.count() == 1
    assert log.path.exists() is False


# -- the rules ---------------------------------------------------------------------------------


def test_the_same_square_is_answered_again_and_costs_nothing(log):
    there = places((500.0, 500.0))
    for _ in range(2 * BUDGET):
        assert ask(log, there, 100, 100)[WELL] is Nearness.YES
    assert ask(log, there, 900, 900)[WELL] is Nearness.YES


def test_another_square_nearby_is_not_answered_whatever_lies_there(log):
    for there in (places((500.0, 500.0)), places((90_000.0, 500.0))):
        own = InquiryLog(log.path.with_name(f"{there.any_near(Point(0, 0), WELL)}.jsonl"))
        ask(own, there, 100, 100)
        assert ask(own, there, 1100, 100)[WELL] is Nearness.NOT_ANSWERED
        assert ask(own, there, 3999, 100)[WELL] is Nearness.NOT_ANSWERED
        assert ask(own, there, 4001, 100)[WELL] is Nearness.NO
        assert ask(own, there, 4001, 100)[CAMP] is Nearness.NOT_ANSWERED


def test_the_budget_is_twelve_squares_in_thirty_days(log):
    there = places((500.0, 500.0))
    for number in range(BUDGET):
        assert ask(log, there, 20_000 * number, 0)[WELL] is not Nearness.NOT_ANSWERED
    spent = ask(log, there, -20_000, 0)
    assert set(spent.values()) == {Nearness.NOT_ANSWERED}
    assert ask(log, there, 0, 0)[WELL] is Nearness.YES
    assert ask(log, there, -20_000, 0, now=NOW + PERIOD)[WELL] is Nearness.NO


def test_what_was_asked_nearby_is_remembered_beyond_the_period(log):
    there = places((500.0, 500.0))
    ask(log, there, 0, 0)
    assert ask(log, there, 2000, 0, now=NOW + 20 * PERIOD)[WELL] is Nearness.NOT_ANSWERED


def test_each_person_has_a_budget_and_no_sign_makes_another_person(log):
    there = places((500.0, 500.0))
    ask(log, there, 0, 0)
    assert ask(log, there, 2000, 0, asker="colleague")[WELL] is Nearness.NO
    assert ask(log, there, 2000, 0, asker="planner\u200f")[WELL] is Nearness.NOT_ANSWERED


def test_kinds_nobody_knows_are_not_known_rather_than_no(log):
    assert ask(log, places((500.0, 500.0)), 0, 0)[SensitiveKind.SCHOOL] is Nearness.NOT_KNOWN
    assert set(ask(log, SensitivePlaces(None), 50_000, 0).values()) == {Nearness.NOT_KNOWN}


# -- the log -----------------------------------------------------------------------------------


def test_the_log_says_who_asked_when_and_where_and_nothing_of_the_place(log):
    ask(log, places((512.0, 534.0)), 100, 100)
    ask(log, places((90_000.0, 0.0)), 100, 40_100)
    lines = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]
    assert [line.keys() for line in lines] == [{"asker", "asked_at", "area_id", "column", "row", "kinds"}] * 2
    yes, no = ({key: line[key] for key in ("asker", "kinds", "area_id")} for line in lines)
    assert yes == no
    assert "512" not in log.path.read_text(encoding="utf-8")
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_no_answer_without_a_log(log, monkeypatch):
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inquiries.os, "write", full)
    with pytest.raises(InquiryError, match="nothing is answered"):
        ask(log, places((500.0, 500.0)), 0, 0)


@pytest.mark.parametrize("content", ['{"asker": "planner"', "[]\n", '{"asker": "a", "kinds": 1}\n', "\udcff"])
def test_a_damaged_log_answers_nothing(log, content):
    log.path.parent.mkdir(mode=0o700)
    log.path.write_bytes(content.encode("utf-8", "surrogateescape"))
    log.path.chmod(0o600)
    with pytest.raises(InquiryError, match="one question a line"):
        ask(log, places((500.0, 500.0)), 0, 0)


def test_a_log_that_others_may_read_or_that_is_a_link_is_refused(log, tmp_path):
    log.path.parent.mkdir(mode=0o700)
    log.path.touch(mode=0o644)
    log.path.chmod(0o644)
    with pytest.raises(InquiryError):
        ask(log, places((500.0, 500.0)), 0, 0)
    log.path.unlink()
    (tmp_path / "elsewhere").touch()
    log.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InquiryError):
        ask(log, places((500.0, 500.0)), 0, 0)


def test_those_who_ask_at_once_get_no_more(log):
    """Twenty at once for squares beside each other: one is answered."""
    there = places((500.0, 500.0))
    with ThreadPoolExecutor(20) as pool:
        got = list(
            pool.map(
                lambda step: ask(log, there, 1000.0 * (step % 3), 1000.0 * (step // 3 % 3))[WELL], range(20)
            )
        )
    answered = {step % 9 for step, each in enumerate(got) if each is not Nearness.NOT_ANSWERED}
    assert len(answered) == 1


def test_nobody_asks_but_through_the_log():
    root = Path(inquiries.__file__).parents[1]
    asking = [path.name for path in root.rglob("*.py") if ".any_near(" in path.read_text(encoding="utf-8")]
    assert asking == ["inquiries.py"]


def test_a_budget_survives_a_clock_set_back(log):
    there = places((500.0, 500.0))
    for number in range(BUDGET):
        ask(log, there, 20_000 * number, 0)
    assert set(ask(log, there, -20_000, 0, now=NOW - timedelta(days=1)).values()) == {Nearness.NOT_ANSWERED}
