"""Objectives: read from the area's folder, or refused with what is wrong."""

from __future__ import annotations

import pytest

from footprint.errors import ObjectiveError
from footprint.objectives import Measure, check_objectives, load_objectives
from tests.worlds import make_area, make_assets, make_basis, make_objective, make_sites

GOOD = """
[[objective]]
id = "centre"
name.en = "Centre"
name.fr = "Le Centre"
mandate = "invented"
regions = ["R1", "R2"]
weight = 1.0
decided = false
measure = "blend"
tier_weights = [0.5, 0.25, 0.25]
"""


def load(tmp_path, text):
    (tmp_path / "objectives.toml").write_text(text, encoding="utf-8")
    return load_objectives(tmp_path)


def test_an_objective_is_read_as_it_stands(tmp_path):
    (found,) = load(tmp_path, GOOD)
    assert (found.objective_id, found.regions, found.weight, found.decided) == (
        "centre",
        ("R1", "R2"),
        1.0,
        False,
    )
    assert (found.measure, found.tier_weights) == (Measure.BLEND, (0.5, 0.25, 0.25))
    assert (found.name("fr"), found.name("de")) == ("Le Centre", "Centre")


def test_the_bundled_objectives_are_halves_not_decided(bundled_folder):
    found = load_objectives(bundled_folder)
    assert [(objective.weight, objective.decided) for objective in found] == [(0.5, False), (0.5, False)]
    assert all(objective.mandate and dict(objective.names).keys() == {"en", "fr"} for objective in found)


def test_a_folder_without_the_file_says_so(tmp_path):
    with pytest.raises(ObjectiveError, match=r"no objectives\.toml"):
        load_objectives(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("[[objective", "[[objective]]", "objectives.toml"),
        ("", 'mandate = "invented"\n', "mandate"),
        ('measure = "votes"', 'measure = "blend"', "votes"),
        ("weight = 0.9", "weight = 1.0", "add up to 0.9"),
        ("weight = -1.0", "weight = 1.0", "from 0 to 1"),
        ("weight = nan", "weight = 1.0", "weight"),
        ('weight = "much"', "weight = 1.0", "much"),
        ("tier_weights = [0.5, 0.5]", "tier_weights = [0.5, 0.25, 0.25]", "unpack|weights"),
        ("tier_weights = [0.5, 0.5, 0.5]", "tier_weights = [0.5, 0.25, 0.25]", "tier weights"),
        ("tier_weights = [1.5, -0.25, -0.25]", "tier_weights = [0.5, 0.25, 0.25]", "tier weights"),
        ("tier_weights = [nan, 0.5, 0.5]", "tier_weights = [0.5, 0.25, 0.25]", "tier weights"),
        ('decided = "false"', "decided = false", "decided"),
        ('regions = "R1"', 'regions = ["R1", "R2"]', "regions"),
        ("regions = []", 'regions = ["R1", "R2"]', "region"),
        ('name = "Centre"', 'name.en = "Centre"\nname.fr = "Le Centre"', "name"),
        ('id = ""', 'id = "centre"', "id"),
    ],
)
def test_a_fault_is_refused_and_named(tmp_path, wrong, right, said):
    assert right in GOOD
    with pytest.raises(ObjectiveError, match=said):
        load(tmp_path, GOOD.replace(right, wrong))


def test_two_objectives_of_one_identifier_are_refused(tmp_path):
    half = GOOD.replace("weight = 1.0", "weight = 0.5")
    with pytest.raises(ObjectiveError, match="centre"):
        load(tmp_path, half + half)


@pytest.mark.parametrize("measure", list(Measure))
def test_an_objective_cannot_be_called_after_a_measure(measure):
    """Demand is kept by measure and by objective in one mapping; such a name would overwrite the measure."""
    with pytest.raises(ObjectiveError, match=str(measure)):
        check_objectives((make_objective(str(measure)),))


def test_no_objective_at_all_is_refused():
    with pytest.raises(ObjectiveError, match="add up to 0"):
        check_objectives(())


def test_every_wrong_weight_is_named_at_once():
    wrong = (
        make_objective("one", weight=0.7, tier_weights=(1.0, 1.0, 0.0)),
        make_objective("two", weight=0.7, tier_weights=(0.0, 0.0, 0.0)),
    )
    with pytest.raises(ObjectiveError) as caught:
        check_objectives(wrong)
    for word in ("one: tier weights", "two: tier weights", "add up to 1.4"):
        assert word in str(caught.value)


@pytest.mark.slow
def test_a_scope_that_is_not_there_is_named():
    area = make_area(sites=make_sites({}), assets=make_assets({}))
    with pytest.raises(ObjectiveError, match="whole: there is no region 'atlantis'"):
        make_basis(area, make_objective(regions=("region", "atlantis")))
