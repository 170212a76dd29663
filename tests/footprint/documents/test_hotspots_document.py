"""The document of hotspots: three answers, every incident accounted for, and two questions kept apart."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest

from footprint.cli.violence_tables import show_hotspots
from footprint.documents.json import to_json
from footprint.documents.violence import hotspots_document
from footprint.language import Language
from footprint.method import default_method
from footprint.violence import Question
from tests.worlds import bundled_area, find_patterns, make_area, make_assets, make_incidents, make_sites

pytestmark = pytest.mark.slow


@cache
def document(**asked):
    question = Question(**asked)
    return hotspots_document(bundled_area(), default_method(), find_patterns(bundled_area(), question))


def of_few():
    area = make_area(
        sites=make_sites({"mill": (10, 10)}),
        assets=make_assets({}),
        incidents=make_incidents([{"at": (20, 20), "year": 2018}] * 3),
    )
    return hotspots_document(area, default_method(), find_patterns(area))


class Screen:
    """A terminal that keeps what is printed."""

    def __init__(self):
        self.lines = []

    def print(self, *parts, **_):
        self.lines += [str(part) for part in parts]


def printed(made, code="en"):
    screen = Screen()
    show_hotspots(screen, made, Language.of_area(code, bundled_area().unit_words))
    return screen.lines


@pytest.mark.parametrize("asked", [{}, {"whole_record": True}, {"raw_counts": True}, {"first_year": 2016}])
def test_used_and_left_out_are_all_incidents_in_every_part(asked):
    made = document(**asked)
    for part in (made.incidents, made.patterns.incidents, made.excess.incidents):
        assert part.used + sum(each.count for each in part.excluded) == len(bundled_area().incidents)
        assert len({each.reason for each in part.excluded}) == len(part.excluded)


def test_the_period_is_that_of_the_hotspots():
    assert (str(document().period.first), str(document().period.last)) == ("2016-07-01", "2019-06-30")
    assert str(document(whole_record=True).period.first) == "2014-01-01"
    assert (document().settings.tested, document(raw_counts=True).settings.tested) == (
        "log(1 + count)",
        "count",
    )


def test_found_is_said_in_both_languages_and_the_power_was_not_asked_for():
    result = document().result
    assert result.verdict == "found"
    assert result.sentence.en.startswith(f"Hotspots found: {len(document().hotspots):,} cells")
    assert result.sentence.fr.startswith("Points chauds trouvés")
    assert result.power is None
    assert result.reasons == {"power": "asked only where nothing stands out"}
    assert result.by_people_cells == sum(row.by_people for row in document().hotspots)
    assert 0 < result.largest_share < result.largest_share_counts < 1


def test_too_few_is_not_the_same_as_none():
    made = of_few()
    assert (made.result.verdict, made.result.causes, made.hotspots) == ("cannot_tell", ("too_few",), ())
    assert made.result.reasons["power"] == "too_few"
    assert made.excess.verdict == "cannot_tell"
    assert made.excess.smallest_p is None
    assert "smallest_p" in made.excess.reasons
    assert not made.patterns.classed
    said = json.loads(to_json(made))
    assert said["result"]["power"] is None
    lines = printed(made)
    assert "Cannot tell: 3 precisely placed incidents, and below 20 nothing can be told." in lines
    assert any(line.startswith("No classes over the years") for line in lines)


def test_none_stands_out_is_a_third_answer():
    made = document()
    calm = replace(made.result, verdict="none_stands_out", sentence=replace(made.result.sentence, en="None."))
    assert "None." in printed(replace(made, result=calm, hotspots=()))


def test_the_terminal_tells_classes_circles_and_what_the_largest_hold():
    lines = printed(document(), "fr")
    assert any(line.startswith("Les cinq plus grandes mailles portent") for line in lines)
    assert any("cercles contiennent plus d’incidents" in line for line in lines)
    assert any(line.startswith("Classes sur 3 pas annuels") for line in lines)


def test_circles_have_a_ratio_over_one_and_do_not_need_hotspots():
    circles = document().excess.circles
    assert circles
    for row in circles:
        assert row.ratio == pytest.approx(row.count / row.expected, rel=0.01)
        assert row.ratio > 1
        assert row.p <= document().excess.p_max


def test_steps_say_what_they_hold():
    steps = document().patterns.steps
    assert [str(step.last) for step in steps] == ["2017-06-30", "2018-06-30", "2019-06-30"]
    assert all(step.kept for step in steps)
    assert steps[-1].used == document().incidents.used
    assert not document().patterns.trends
    assert document(pooled_steps=True).patterns.pooled
