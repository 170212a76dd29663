"""Laws of the store: undo and redo return the same plans, whatever was done."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
)
from footprint.workshop import (
    NOTHING_ID,
    AddPlan,
    ArchivePlan,
    AssignOffice,
    Baseline,
    CopyPlan,
    DeskError,
    PlacePlan,
    Plan,
    Redo,
    RedrawPlan,
    RemovePlan,
    RenamePlan,
    SetNumbers,
    Store,
    Undo,
    dumps,
    loads,
)
from footprint.workshop.plans import tidied
from tests.footprint.workshop.conftest import TEAM, plan

pytestmark = pytest.mark.slow

NAMES = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20).map(tidied)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=20).map(tidied)
MONTHS = st.integers(1, 4095)
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
CHANGES = st.lists(
    st.one_of(
        st.builds(OpenSite, TEXTS, TEXTS, LON, LAT, months=MONTHS),
        st.builds(CloseSite, TEXTS, MONTHS),
        st.builds(MoveSite, TEXTS, LON, LAT),
        st.builds(AddAssets, TEXTS, TEXTS, st.integers(1, 1000)),
        st.builds(RemoveAssets, TEXTS, TEXTS, st.integers(1, 1000)),
        st.builds(RetaskAssets, TEXTS, TEXTS, st.floats(0, 1)),
        st.builds(CloseRoad, TEXTS, MONTHS),
        st.builds(RepairRoad, TEXTS),
        st.builds(RateRoad, TEXTS, st.booleans()),
    ),
    max_size=4,
).map(tuple)
NUMBERS = st.sampled_from([(), (("travel.convoy_cap_kmh", 30.0),)])
PLANS = st.builds(
    lambda name, changes, office, numbers: Plan(
        Scenario(name, changes), Baseline("square", "d1"), office, numbers
    ),
    NAMES,
    CHANGES,
    TEXTS,
    NUMBERS,
)
WHICH = st.integers(0, 9)
ACTS = st.one_of(
    PLANS.map(lambda made: lambda _id: AddPlan(made)),
    NAMES.map(lambda name: lambda own: RenamePlan(own, name)),
    CHANGES.map(lambda changes: lambda own: RedrawPlan(own, changes)),
    NUMBERS.map(lambda numbers: lambda own: SetNumbers(own, numbers)),
    TEXTS.map(lambda office: lambda own: AssignOffice(own, office)),
    st.integers(-1, 5).map(lambda place: lambda own: PlacePlan(own, place)),
    st.booleans().map(lambda aside: lambda own: ArchivePlan(own, aside)),
    st.just(RemovePlan),
    st.just(CopyPlan),
    st.just(lambda _own: Undo()),
    st.just(lambda _own: Redo()),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(ACTS, WHICH), max_size=12))
def test_undo_and_redo_return_the_same_plans(acts):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.store"
        with Store(path) as store:
            token, entry = store.new_desk("square")
            # What a person with a stack of sheets would have: those before, and those undone.
            past, future = [], []
            desk = store.desk(entry)
            for make, which in acts:
                own = desk.rows[which % len(desk.rows)].plan_id
                act = make(own)
                try:
                    after = store.act(entry, act, on=desk.version)
                except DeskError:
                    assert store.desk(entry) == desk
                    continue
                if isinstance(act, Undo):
                    future.append(desk.plans)
                    assert after.plans == past.pop()
                elif isinstance(act, Redo):
                    past.append(desk.plans)
                    assert after.plans == future.pop()
                else:
                    past, future = [*past, desk.plans], []
                desk = after
                assert (bool(desk.undoes), bool(desk.redoes)) == (bool(past), bool(future))
                assert desk.rows[0].plan_id == NOTHING_ID
                assert desk.rows[0].plan.scenario.changes == ()
                assert len({row.plan.name.casefold() for row in desk.plans}) == len(desk.plans)
        with Store(path) as store:
            assert store.desk(store.enter(token)) == desk
            for before in reversed(past):
                desk = store.act(entry, Undo(), on=desk.version)
                assert desk.plans == before


@settings(max_examples=200)
@given(PLANS)
def test_a_plan_comes_back_from_its_file_as_it_was(made):
    assert loads(dumps(made), file="plan.json") == made


def test_a_plan_keeps_what_its_file_said_of_itself():
    sent = dumps(plan("North", *TEAM), provenance={"identifier": "abc", "version": "1"})
    back = loads(sent, file="plan.json")
    assert back.origin == {"provenance": {"identifier": "abc", "version": "1"}}
    again = loads(dumps(back, provenance={"identifier": "def"}), file="plan.json")
    assert again.origin["origin"]["provenance"]["identifier"] == "abc"
