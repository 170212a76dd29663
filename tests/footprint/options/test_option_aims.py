"""Aim and floors in words: what they name, and every fault of what is not there."""

from __future__ import annotations

import pytest

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.options.asking import AREA, OBJECTIVES, RAISED, AskedFigure, aim_of, figure_named, floors_of
from footprint.options.choices import OptionError
from footprint.options.pack import AimFigure
from tests.footprint.options.tiny import basis

NAMES = {
    OBJECTIVES: AimFigure(Indicator.MISSION, Level.OBJECTIVE),
    AREA: AimFigure(Indicator.MISSION, Level.AREA),
    "near": AimFigure(Indicator.MISSION, Level.OBJECTIVE, "near"),
    "left": AimFigure(Indicator.MISSION, Level.REGION, "left"),
    "Left": AimFigure(Indicator.MISSION, Level.REGION, "left"),
    "LEFT": AimFigure(Indicator.MISSION, Level.REGION, "left"),
}


@pytest.mark.parametrize("of", NAMES)
def test_a_figure_is_named_by_what_it_is_of(of):
    assert figure_named(basis(), "mission", of) == NAMES[of]


@pytest.mark.parametrize("what", RAISED)
def test_whatever_can_be_raised_can_be_named(what):
    assert figure_named(basis(), what, AREA).indicator is RAISED[what]


def test_what_cannot_be_raised_is_said_with_what_can():
    with pytest.raises(OptionError, match="'speed' cannot be raised; what can: mission, force, tier-1"):
        figure_named(basis(), "speed", AREA)


def test_what_is_not_there_is_said_with_what_is():
    with pytest.raises(
        OptionError, match="there is no 'south'; there are: objectives, area, whole, near, Left"
    ):
        figure_named(basis(), "mission", "south")


def test_every_fault_of_an_aim_is_named_in_both_languages():
    with pytest.raises(OptionError) as caught:
        aim_of(basis(), [[AskedFigure("speed")], [AskedFigure("mission", "south")]], 1.5)
    english, french = str(caught.value), caught.value.said(Language("fr"))
    for words in ("'speed' cannot be raised", "no 'south'", "a number from 0 to 1"):
        assert words in english
    assert "'speed'" in french
    assert "de 0 à 1" in french


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_mean_alone_and_the_worst_season_alone_can_be_asked_for(share):
    ((goal,),) = aim_of(basis(), [[AskedFigure("mission")]], share).priorities
    assert goal.mean_share == share


def test_stages_are_priorities_in_their_order():
    aim = aim_of(basis(), [[AskedFigure("mission")], [AskedFigure("force", AREA)]], 0.5)
    assert [[goal.figure.indicator for goal in stage] for stage in aim.priorities] == [
        [Indicator.MISSION],
        [Indicator.FORCE],
    ]


def test_a_figure_of_two_stages_is_reckoned_once():
    aim = aim_of(basis(), [[AskedFigure("mission")], [AskedFigure("mission"), AskedFigure("force")]], 0.5)
    assert len(aim.figures()) == 2


def test_floors_are_under_the_mission_footprint():
    (floor,) = floors_of(basis(), [("left", 0.05)])
    assert (floor.figure, floor.least) == (AimFigure(Indicator.MISSION, Level.REGION, "left"), 0.05)


def test_every_unit_of_floors_that_is_not_there_is_named():
    with pytest.raises(OptionError) as caught:
        floors_of(basis(), [("north", 0.1), ("south", 0.1)])
    assert "'north'" in str(caught.value)
    assert "'south'" in str(caught.value)


@pytest.mark.parametrize("least", [-0.1, 1.5, float("nan")])
def test_a_floor_is_a_share(least):
    with pytest.raises(OptionError, match="a floor is a number from 0 to 1"):
        floors_of(basis(), [("left", least)])
