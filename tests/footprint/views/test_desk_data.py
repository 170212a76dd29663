"""What the desk's own components show: numbers as they are, and nothing where nothing is known."""

from __future__ import annotations

import json
from math import nan

import pandas as pd
import pytest

from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.proposals.form import Proposal, ProposalKind, Provided, WhatAndWhen
from footprint.scenario import RemoveAssets, Scenario
from footprint.views.colours import DIFFERENCES, FAINT_CHANGES, NO_CHANGE, PAPER, SQUARE_INK
from footprint.views.desk_data import heat_data, package_data, strip_data
from tests.worlds import SEASONS, make_area, make_assets, make_basis, make_sites

EN = Language("en")
FORCE, MISSION = Indicator.FORCE, Indicator.MISSION


def months(force, mission):
    return {FORCE: force, MISSION: mission}


def test_a_strip_gives_twelve_months_and_marks_the_worst_season():
    now = months([0.5] * 9 + [0.2, 0.2, 0.5], [0.05] * 12)
    data = strip_data(now, now, 10, SEASONS, EN)
    assert data["worst"] == [10, 11]
    assert data["force_words"][0] == "50"
    assert data["mission_words"][0] == "5.0"
    assert data["spoken"][9] == "October: troops 20.0\u00a0%, mission 5.0\u00a0%"
    json.dumps(data, allow_nan=False)


def test_what_is_not_known_is_no_bar_and_no_nought():
    now = months([0.5] * 12, [nan] * 12)
    data = strip_data(now, now, 1, SEASONS, EN)
    assert data["mission"] == [None] * 12
    assert data["mission_words"] == ["?"] * 12
    assert "not known" in data["spoken"][0]
    assert data["worst"] == [], "months alike have no worst"
    assert strip_data(months([nan] * 12, [nan] * 12), now, 1, SEASONS, EN)["worst"] == []


def changes(**by_unit):
    rows = [
        {"level": "cercle", "unit_id": unit, "name": unit.title(), "month": month, "MF": value}
        for unit, values in by_unit.items()
        for month, value in enumerate(values, start=1)
    ]
    return pd.DataFrame(rows)


def test_the_largest_change_comes_first_and_the_smallest_not_at_all():
    table = changes(little=[0.0004] * 12, less=[0.0] * 11 + [-0.3], more=[0.02] * 12)
    data = heat_data(table, MISSION, 12, EN)
    assert [row["name"] for row in data["rows"]] == ["Less", "More"]
    assert data["rows"][0]["words"] == [""] * 11 + ["-30"]
    assert data["rows"][0]["colours"][-1] == DIFFERENCES[0]
    assert data["rows"][1]["colours"][0] == DIFFERENCES[4]
    assert data["rows"][1]["spoken"][0] == "More, January: +2.0\u00a0pt"
    assert heat_data(changes(nothing=[0.0] * 12), MISSION, 1, EN) is None


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("change", [-0.3, -0.1, -0.02, -0.001, 0.0, 0.001, 0.02, 0.1, 0.3])
def test_every_number_on_a_square_can_be_read(change):
    row = heat_data(changes(unit=[change] * 11 + [0.5]), MISSION, 1, EN)["rows"][0]
    light, dark = sorted((luminance(row["colours"][0]), luminance(row["inks"][0])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert row["colours"][0] in {*DIFFERENCES, *FAINT_CHANGES.values(), NO_CHANGE}
    assert row["inks"][0] in {PAPER, SQUARE_INK}


@pytest.fixture
def prepared():
    sites = make_sites({"gao": (2.5, 2.5), "ber": (50, 2.5)})
    return make_basis(
        make_area(
            sites=sites, assets=make_assets({"gao": {"infantry_company": 3}, "ber": {"infantry_company": 1}})
        )
    )


@pytest.mark.slow
def test_donors_are_sites_that_have_as_many_left(prepared):
    proposal = Proposal(
        name="Koro",
        what=WhatAndWhen(
            kind=ProposalKind.OPEN,
            package=(Provided(kind="infantry_company", count=2, donor="gao"),),
        ),
    )
    own = RemoveAssets("gao", "infantry_company", 2)
    row = package_data(prepared, Scenario("plan", (own,)), proposal, EN)["rows"][0]
    assert row["donors"] == [["", "choose …"], ["new", "new posts"], ["gao", "Gao · 3"]]
    others = RemoveAssets("gao", "infantry_company", 1)
    row = package_data(prepared, Scenario("plan", (own, others)), proposal, EN)["rows"][0]
    assert ["gao", "Gao · 2"] in row["donors"], "what the plan takes for others is not there to give"
    more = RemoveAssets("gao", "infantry_company", 2)
    row = package_data(prepared, Scenario("plan", (own, more)), proposal, EN)["rows"][0]
    assert [site for site, _ in row["donors"]] == ["", "new"]
