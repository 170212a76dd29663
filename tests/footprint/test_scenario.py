"""Scenarios: what each change does, what is refused, and that the baseline stays the baseline."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.errors import FootprintError, ScenarioError
from footprint.method import default_method
from footprint.scenario import (
    AddAssets,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RemoveAssets,
    RepairRoad,
    RetaskAssets,
    Scenario,
    apply,
    dumps,
    load,
    loads,
)
from footprint.travel.roads import road_network
from layers.months import ALL_MONTHS, months_mask
from layers.sites import Assets, SiteKind, Sites
from tests.worlds import lonlat, make_area, make_assets, make_roads, make_sites

METHOD = default_method()
TODAY = Scenario("today")
POST = OpenSite("post", "Post", **lonlat(52.5, 22.5))


@pytest.fixture(scope="module")
def area():
    """
    Two sites on one road; a second road, rated for search, leads north.

                         far
                          :  rated
    camp ===== main ==== fork ===== main ===== mill      y = 22.5 km
    2.5                  52.5                  97.5
    """
    return make_area(
        sites=make_sites({"camp": (2.5, 22.5), "mill": (97.5, 22.5)}, {"mill": "10-3"}),
        assets=make_assets(
            {"camp": {"infantry_company": 3, "isr_tactical": 1}, "mill": {"community_liaison": 2}}
        ),
        roads=make_roads(
            {"main": [(2.5, 22.5), (52.5, 22.5), (97.5, 22.5)], "north": [(52.5, 22.5), (52.5, 47.5)]},
            search_rated={"north": True},
        ),
    )


@pytest.fixture
def locked(area):
    """The area; afterwards its frames must be what they were."""
    names = ("sites", "assets", "roads")
    before = {name: getattr(area, name).copy(deep=True) for name in names}
    yield area
    for name in names:
        pd.testing.assert_frame_equal(pd.DataFrame(getattr(area, name)), pd.DataFrame(before[name]))


def laydown(area, *changes):
    return apply(Scenario("plan", changes), area, METHOD)


def counts(found):
    """Return the number of each kind at each site."""
    return found.assets.groupby(["site_id", "kind"])["count"].sum().to_dict()


TODAY_COUNTS = {
    ("camp", "infantry_company"): 3,
    ("camp", "isr_tactical"): 1,
    ("mill", "community_liaison"): 2,
}


def rated(found, area):
    table = found.roads.apply(_table(area))
    return set(table.road_id[table.search_rated].tolist())


def closed(found, area):
    table = found.roads.apply(_table(area))
    return dict(zip(table.road_id.tolist(), table.closed_months.tolist(), strict=True))


def _table(area):
    return road_network(area.roads).table


@pytest.mark.slow
def test_no_change_leaves_the_baseline(locked):
    found = laydown(locked)
    assert counts(found) == TODAY_COUNTS
    assert found.sites.index.tolist() == ["camp", "mill"]


def test_opening_a_site_adds_it_where_and_when_it_says(locked):
    found = laydown(locked, replace(POST, kind=SiteKind.SEASONAL_TOB, months=months_mask("10-11")))
    row = found.sites.loc["post"]
    assert (row.geometry.x / 1000, row.geometry.y / 1000) == pytest.approx((52.5, 22.5), abs=1e-5)
    assert (row["name"], row["kind"], row["months"]) == ("Post", "seasonal_tob", months_mask("10-11"))
    assert row["confidence"] == "assumed"


def test_what_a_scenario_leaves_is_valid_under_the_layers_schemas(locked):
    found = laydown(locked, POST, AddAssets("post", "helicopter"), RemoveAssets("camp", "infantry_company"))
    pd.testing.assert_frame_equal(pd.DataFrame(Sites.validate(found.sites)), pd.DataFrame(found.sites))
    pd.testing.assert_frame_equal(Assets.validate(found.assets), found.assets)


def test_closing_a_site_takes_its_assets_along(locked):
    found = laydown(locked, CloseSite("mill"))
    assert found.sites.index.tolist() == ["camp"]
    assert counts(found) == {key: number for key, number in TODAY_COUNTS.items() if key[0] == "camp"}


def test_closing_a_site_for_some_months_leaves_the_others(locked):
    found = laydown(locked, CloseSite("camp", months_mask("6-9")), CloseSite("mill", months_mask("1-9")))
    assert found.sites["months"].to_dict() == {"camp": months_mask("10-5"), "mill": months_mask("10-12")}
    assert counts(found) == TODAY_COUNTS


def test_closing_a_site_in_all_its_months_closes_it(locked):
    assert laydown(locked, CloseSite("mill", months_mask("10-3"))).sites.index.tolist() == ["camp"]


def test_a_closed_site_can_be_opened_anew_without_its_old_assets(locked):
    found = laydown(locked, CloseSite("camp"), replace(POST, site_id="camp"))
    assert found.sites.at["camp", "name"] == "Post"
    assert ("camp", "infantry_company") not in counts(found)


def test_moving_a_site_takes_its_assets_along(locked):
    found = laydown(locked, MoveSite("camp", **lonlat(52.5, 27.5)))
    assert found.sites.geometry["camp"].y / 1000 == pytest.approx(27.5, abs=1e-5)
    assert counts(found) == TODAY_COUNTS


def test_assets_come_and_go(locked):
    found = laydown(
        locked,
        AddAssets("camp", "fpu_platoon", 2),
        AddAssets("camp", "fpu_platoon"),
        RemoveAssets("mill", "community_liaison"),
    )
    assert counts(found) == TODAY_COUNTS | {("camp", "fpu_platoon"): 3, ("mill", "community_liaison"): 1}


def test_added_assets_have_the_method_s_defaults_whatever_stands_there(area):
    """The camp's company is stated as half available; one that comes on top is not."""
    assets = area.assets.copy()
    assets.loc["camp:infantry_company", "availability"] = 0.1
    found = laydown(replace(area, assets=assets), AddAssets("camp", "infantry_company"))
    rows = found.assets[found.assets["kind"] == "infantry_company"].sort_values("count")
    assert rows["count"].tolist() == [1, 3]
    assert math.isnan(rows["availability"].iloc[0])
    assert rows["availability"].iloc[1] == 0.1


def test_added_assets_keep_their_site_even_if_a_file_uses_the_same_identifier(area):
    """A file may call an asset of the mill "camp+fpu_platoon"; adding to the camp must not add to the mill."""
    assets = area.assets.rename(index={"mill:community_liaison": "camp+fpu_platoon"})
    found = laydown(replace(area, assets=assets), AddAssets("camp", "fpu_platoon"))
    assert counts(found) == TODAY_COUNTS | {("camp", "fpu_platoon"): 1}


def test_added_then_taken_away_is_the_baseline(locked):
    found = laydown(
        locked, AddAssets("camp", "infantry_company", 2), RemoveAssets("camp", "infantry_company", 2)
    )
    pd.testing.assert_frame_equal(found.assets, locked.assets.sort_index())


def test_the_last_asset_can_go(locked):
    assert ("camp", "infantry_company") not in counts(
        laydown(locked, RemoveAssets("camp", "infantry_company", 3))
    )


def test_taking_away_runs_through_several_rows(locked):
    found = laydown(
        locked, AddAssets("camp", "infantry_company", 2), RemoveAssets("camp", "infantry_company", 4)
    )
    assert counts(found)["camp", "infantry_company"] == 1


def test_retasking_sets_the_share_of_one_kind_at_one_site(locked):
    shares = laydown(locked, RetaskAssets("camp", "isr_tactical", 0.3)).assets["mission_share"]
    assert shares["camp:isr_tactical"] == 0.3
    assert shares.drop("camp:isr_tactical").isna().all()


def test_roads_close_in_their_months_and_open_again_when_repaired(locked):
    found = laydown(locked, CloseRoad("main", months_mask("7-8")), CloseRoad("main", months_mask("9")))
    assert closed(found, locked) == {"main": months_mask("7-9"), "north": 0}


def test_repair_makes_a_road_good_paved_raised_and_open(area):
    bad = make_roads(
        {"main": [(2.5, 22.5), (97.5, 22.5)]},
        surface={"main": "unpaved"},
        smoothness={"main": "horrible"},
        closed_months={"main": months_mask("7-9")},
    )
    poor = replace(area, roads=bad)
    table = laydown(poor, RepairRoad("main")).roads.apply(_table(poor))
    assert (table.surface.tolist(), table.smoothness.tolist()) == (["paved"], ["good"])
    assert (table.raised.tolist(), table.closed_months.tolist()) == ([True], [0])


def test_one_road_or_every_road_can_be_rated(locked):
    assert rated(laydown(locked), locked) == {"north"}
    assert rated(laydown(locked, RateRoad("main")), locked) == {"main", "north"}
    assert rated(laydown(locked, RateRoad("north", rated=False)), locked) == set()
    assert rated(laydown(locked, RateRoad("*")), locked) == {"main", "north"}


def test_no_road_can_be_rated(locked):
    assert rated(laydown(locked, RateRoad("*", rated=False)), locked) == set()


def test_the_last_rating_of_a_road_counts(locked):
    assert rated(laydown(locked, RateRoad("*"), RateRoad("main", rated=False)), locked) == {"north"}
    assert rated(laydown(locked, RateRoad("main"), RateRoad("*", rated=False)), locked) == set()
    assert rated(laydown(locked, RateRoad("*", rated=False), RateRoad("main")), locked) == {"main"}


def test_changes_are_made_in_their_order(locked):
    add, take = AddAssets("mill", "infantry_company"), RemoveAssets("mill", "infantry_company")
    assert counts(laydown(locked, add, take)) == TODAY_COUNTS
    with pytest.raises(ScenarioError, match="change 1"):
        laydown(locked, take, add)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replace(POST, site_id="camp"), "site 'camp' is already there"),
        (replace(POST, lon=50.0), "outside the area"),
        (replace(POST, lat=-95.0), "outside the area"),
        (replace(POST, lon=math.nan), "outside the area"),
        (replace(POST, lon=math.inf), "outside the area"),
        (replace(POST, site_id=""), "identifier|site"),
        (replace(POST, months=0), "month"),
        (replace(POST, months=1 << 12), "month"),
        (replace(POST, months=-1), "month"),
        (CloseSite("nowhere"), "no site 'nowhere'"),
        (CloseSite("camp", 0), "month"),
        (CloseSite("camp", 1 << 12), "month"),
        (CloseSite("camp", -1), "month"),
        (MoveSite("nowhere", 0.0, 0.0), "no site 'nowhere'"),
        (MoveSite("camp", 0.0, 80.0), "outside the area"),
        (MoveSite("camp", math.nan, math.nan), "outside the area"),
        (AddAssets("nowhere", "helicopter"), "no site 'nowhere'"),
        (AddAssets("camp", "camel"), "no kind of asset 'camel'.*infantry_company"),
        (AddAssets("camp", "helicopter", 0), "0 is no number of assets"),
        (AddAssets("camp", "helicopter", -1), "-1 is no number of assets"),
        (AddAssets("camp", "helicopter", 10**9), "no number of assets"),
        (RemoveAssets("camp", "infantry_company", 4), "has 3 of 'infantry_company', not 4"),
        (RemoveAssets("camp", "infantry_company", 0), "not 0"),
        (RemoveAssets("camp", "fpu_platoon"), "has 0 of 'fpu_platoon', not 1"),
        (RemoveAssets("nowhere", "helicopter"), "no site 'nowhere'"),
        (RetaskAssets("camp", "isr_tactical", 1.5), "1.5 is no share"),
        (RetaskAssets("camp", "isr_tactical", math.nan), "nan is no share"),
        (RetaskAssets("mill", "isr_tactical", 0.5), "has no 'isr_tactical'"),
        (CloseRoad("nowhere"), "no road 'nowhere'"),
        (CloseRoad("main", 0), "month"),
        (CloseRoad("main", 1 << 12), "month"),
        (CloseRoad("main", 1 << 17), "month"),
        (CloseRoad("*"), r"no road '\*'"),
        (RepairRoad("nowhere"), "no road 'nowhere'"),
        (RateRoad("nowhere"), "no road 'nowhere'"),
    ],
)
@pytest.mark.slow
def test_a_change_that_makes_no_sense_is_named_with_its_number(locked, change, said):
    with pytest.raises(ScenarioError, match=rf"change 2 of 'plan': .*({said})"):
        laydown(locked, AddAssets("camp", "helicopter"), change)


def test_more_assets_than_a_site_may_have_are_refused(locked):
    """Counts run from 1 to 1000, in files and after any number of changes."""
    with pytest.raises(ScenarioError, match="1,000"):
        laydown(locked, AddAssets("camp", "helicopter", 1000), AddAssets("camp", "helicopter", 1))


def test_an_asset_kind_the_method_does_not_know_is_named(area):
    odd = replace(area, assets=area.assets.assign(kind="camel"))
    with pytest.raises(ScenarioError, match="camel"):
        laydown(odd)


def test_the_identifier_comes_from_the_changes_alone():
    plan = Scenario("one", (POST, CloseSite("camp")))
    assert replace(plan, name="other").scenario_id == plan.scenario_id
    assert replace(plan, changes=plan.changes[::-1]).scenario_id != plan.scenario_id
    assert plan.scenario_id != TODAY.scenario_id
    assert Scenario("x", (CloseSite("a"),)).scenario_id != Scenario("x", (CloseRoad("a"),)).scenario_id


def test_equal_scenarios_have_equal_identifiers():
    whole, point = (Scenario("x", (MoveSite("camp", lon, 14.0),)) for lon in (-4, -4.0))
    assert whole == point
    assert whole.scenario_id == point.scenario_id


EVERY_CHANGE = (
    replace(POST, name="Poste « été »", months=months_mask("10-11"), kind=SiteKind.SEASONAL_TOB),
    AddAssets("post", "infantry_company", 2),
    CloseSite("mill", months_mask("1")),
    MoveSite("camp", **lonlat(12.5, 22.5)),
    RemoveAssets("camp", "infantry_company", 1),
    RetaskAssets("camp", "isr_tactical", 1.0),
    CloseRoad("main", months_mask("8")),
    RepairRoad("north"),
    RateRoad("*", rated=True),
)


def test_a_file_brings_back_every_kind_of_change(area, tmp_path):
    plan = Scenario("Plan d'été", EVERY_CHANGE)
    saved = dumps(plan, area=area, provenance={"identifier": "0" * 16})
    (tmp_path / "plan.json").write_text(saved, encoding="utf-8")
    found = load(tmp_path / "plan.json", area=area)
    assert (found.scenario, found.stale) == (plan, False)
    assert found.scenario.scenario_id == plan.scenario_id
    assert [type(change) for change in found.scenario.changes] == [type(change) for change in EVERY_CHANGE]
    assert load(tmp_path / "plan.json", area=replace(area, digest="f" * 16)).stale


def test_what_a_file_leaves_out_has_its_default(area):
    said = file_of(area, {"change": "CloseSite", "site_id": "camp"})
    assert loads(said, area=area).scenario.changes == (CloseSite("camp", ALL_MONTHS),)


def file_of(area, *entries, **differs):
    """Return the text of a scenario file with these changes, as it came."""
    return json.dumps(
        json.loads(dumps(TODAY, area=area, provenance={})) | {"changes": list(entries)} | differs
    )


OPEN = {"change": "OpenSite", "site_id": "p", "name": "P", "lon": 1.0, "lat": 2.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no scenario file"),
        ("site_id;kind\n", "no scenario file"),
        ("[]", "no scenario file"),
        ("null", "no scenario file"),
        ("{}", "no scenario file"),
        ("\ufeff{}", "no scenario file"),
        ("[" * 100_000, "no scenario file"),
        ('{"format": ' + "9" * 5000 + "}", "no scenario file"),
    ],
)
def test_a_text_that_is_no_scenario_file_is_refused(area, text, said):
    with pytest.raises(ScenarioError, match=said):
        loads(text, area=area)


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        ({"format": 2}, "format 1"),
        ({"format": "1"}, "format 1"),
        ({"area_id": "atlantis"}, "'atlantis', this is 'world'"),
        ({"area_id": None}, "this is 'world'"),
        ({"changes": {}}, "no scenario file"),
        ({"changes": None}, "no scenario file"),
        ({"name": ["a", "b"]}, "name"),
    ],
)
def test_a_file_for_something_else_is_refused(area, differs, said):
    with pytest.raises(ScenarioError, match=said):
        loads(file_of(area, **differs), area=area)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("CloseSite", "no such kind of change"),
        (None, "no such kind of change"),
        ({}, "no such kind of change"),
        ({"change": "DropBomb"}, "no such kind of change.*OpenSite"),
        ({"change": None}, "no such kind of change"),
        ({"change": ["CloseSite"]}, "no such kind of change"),
        ({"change": {"a": 1}}, "no such kind of change"),
        ({"change": "CloseSite"}, "site_id"),
        ({"change": "CloseSite", "site_id": "camp", "why": "quiet"}, "no field why"),
        ({"change": "CloseSite", "site_id": 7}, "7"),
        ({"change": "CloseSite", "site_id": None}, "None"),
        ({"change": "CloseSite", "site_id": "camp", "months": "all"}, "'all'"),
        ({"change": "CloseSite", "site_id": "camp", "months": True}, "True"),
        ({"change": "CloseSite", "site_id": "camp", "months": 3.0}, "3.0"),
        ({"change": "AddAssets", "site_id": "camp", "kind": "helicopter", "count": True}, "True"),
        ({"change": "AddAssets", "site_id": "camp", "kind": "helicopter", "count": "2"}, "'2'"),
        ({"change": "RateRoad", "road_id": "main", "rated": 1}, "1"),
        ({"change": "RateRoad", "road_id": "main", "rated": "no"}, "'no'"),
        (
            {"change": "RetaskAssets", "site_id": "camp", "kind": "isr_tactical", "mission_share": True},
            "True",
        ),
        (OPEN | {"lon": "1.0"}, "'1.0'"),
        (OPEN | {"lon": [1.0]}, "1.0"),
        (OPEN | {"kind": "palace"}, "palace"),
        (OPEN | {"lon": 10**400}, "lon|number|float|0000"),
    ],
)
def test_a_hostile_change_is_refused_with_its_number(area, entry, said):
    good = {"change": "CloseRoad", "road_id": "main"}
    with pytest.raises(ScenarioError, match=rf"change 2: (?s:.*)({said})"):
        loads(file_of(area, good, entry), area=area)


@pytest.mark.parametrize(
    "entry",
    [
        OPEN | {"lon": math.nan},
        OPEN | {"lat": -math.inf},
        OPEN | {"lon": 181.0},
        OPEN | {"lat": 91.0},
        OPEN | {"months": 0},
        OPEN | {"months": 4096},
        OPEN | {"months": 10**30},
        {"change": "CloseRoad", "road_id": "main", "months": 10**30},
        {"change": "AddAssets", "site_id": "camp", "kind": "helicopter", "count": 10**30},
    ],
)
def test_numbers_out_of_range_are_refused_before_anything_is_reckoned(area, entry):
    with pytest.raises(ScenarioError):
        apply(loads(file_of(area, entry), area=area).scenario, area, METHOD)


def test_a_message_speaks_to_a_person_and_not_of_our_code(area):
    with pytest.raises(ScenarioError) as caught:
        loads(file_of(area, {"change": "CloseSite"}), area=area)
    assert "__init__" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused(area, tmp_path):
    (tmp_path / "photo.json").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(ScenarioError):
        load(tmp_path / "photo.json", area=area)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5000)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["camp", "main"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=3,
)
fields = ("site_id", "name", "lon", "lat", "kind", "months", "count", "mission_share", "road_id", "rated")
kinds = (
    "OpenSite",
    "CloseSite",
    "MoveSite",
    "AddAssets",
    "RemoveAssets",
    "RetaskAssets",
    "CloseRoad",
    "RepairRoad",
    "RateRoad",
)


@settings(max_examples=60)
@given(
    entry=st.dictionaries(st.sampled_from(fields), json_values, max_size=6),
    kind=st.sampled_from(kinds),
)
@pytest.mark.slow
def test_whatever_a_file_says_it_is_read_or_refused_and_never_breaks(area, entry, kind):
    try:
        apply(loads(file_of(area, entry | {"change": kind}), area=area).scenario, area, METHOD)
    except FootprintError as error:
        assert str(error)  # noqa: PT017 - either outcome is right


def test_a_file_saved_again_by_an_editor_that_adds_a_byte_order_mark_is_read(area, tmp_path):
    (tmp_path / "plan.json").write_text("\ufeff" + file_of(area, OPEN), encoding="utf-8")
    assert load(tmp_path / "plan.json", area=area).scenario.changes[0].site_id == "p"


def test_every_fault_of_a_file_is_named_at_once(area):
    text = file_of(
        area, {"change": "OpenBase"}, OPEN | {"months": "all", "colour": 1}, {"change": "CloseSite"}
    )
    with pytest.raises(ScenarioError) as caught:
        loads(text, area=area)
    assert [fault.split(":")[0] for fault in caught.value.sentences] == [
        "change 1",
        "change 2",
        "change 2",
        "change 3",
    ]


def test_every_fault_of_a_scenario_is_named_at_once_and_what_follows_from_one_is_not(area):
    """The site that cannot be opened is one fault, its team no other; the unknown road is the second."""
    changes = (
        OpenSite("p", "P", lon=0.0, lat=89.0, months=0),
        AddAssets("p", "helicopter"),
        CloseRoad("no road"),
        AddAssets("camp", "camel"),
    )
    with pytest.raises(ScenarioError) as caught:
        apply(Scenario("plan", changes), area, default_method())
    assert len(caught.value.sentences) == 4
    assert [fault[:8] for fault in caught.value.sentences] == ["change 1", "change 1", "change 3", "change 4"]
