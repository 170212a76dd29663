"""What one site's assets can do, worked by hand on a row of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from footprint.coverage.capabilities import (
    Approach,
    Effect,
    Escort,
    Holding,
    decay,
    escort,
    site_effects,
)
from footprint.method import Decay, default_method

INF = np.inf
CAPABILITIES = default_method().capabilities
NOTICE_MIN = default_method().travel.helicopter_notice_min
ESCORT_DAYS = default_method().reporting.escort_days
UNTOUCHED = Escort(asked_days=0.0, given_days=0.0, capacity_days=30.0)
"""Nothing taken from the companies, every escort given."""


@dataclass(frozen=True)
class Way:
    """A route as a search returns it."""

    cells: NDArray[np.int32]
    minutes: NDArray[np.float32]
    km: NDArray[np.float32]
    rated_km: NDArray[np.float32]


def combined(effects: Iterable[Effect], n_cells: int) -> NDArray[np.float32]:
    """Return the chance that at least one of the sites' effects is there, per cell [0-1]."""
    miss = np.ones(n_cells, dtype=np.float32)
    for effect in effects:
        miss[effect.cells] *= effect.miss
    return np.float32(1) - miss


def soonest(effects: Iterable[Effect], n_cells: int) -> NDArray[np.float32]:
    """Return the soonest arrival of any of the sites' effects, per cell [min]; inf for none."""
    arrival = np.full(n_cells, np.inf, dtype=np.float32)
    for effect in effects:
        arrival[effect.cells] = np.minimum(arrival[effect.cells], effect.arrival_min)
    return arrival


def way(
    minutes: Sequence[float], *, km: Sequence[float] | None = None, rated: Sequence[float] | None = None
) -> Way:
    """Return a way to cells 0, 1, ... in the given minutes, all at once if no length is given; inf is no way."""
    times = np.array(minutes, np.float32)
    there = np.flatnonzero(np.isfinite(times))
    lengths, rated_km = (
        np.zeros(len(there), np.float32) if given is None else np.array(given, np.float32)[there]
        for given in (km, rated)
    )
    return Way(there.astype(np.int32), times[there], lengths, rated_km)


def approach(
    routes: Mapping[str, Way] | None = None, *, flight: Sequence[float] | None = None, n_cells: int = 4
) -> Approach:
    """Return ways by road or boat, and flight minutes; the straight distance is 10/3 km a flight minute."""
    flight_min = np.array([1e6] * n_cells if flight is None else flight, np.float32)
    return Approach(routes or {}, flight_min, flight_min * np.float32(10 / 3))


def chances(
    name: str, holdings: Sequence[Holding], ways: Approach, *, taken: Escort = UNTOUCHED
) -> list[float]:
    """Return the chance of one capability in every cell; zeros where the site lacks it."""
    effects = _effects(holdings, ways, taken)
    found = [effects[name]] if name in effects else []
    return combined(found, len(ways.flight_min)).tolist()


def arrivals(
    name: str, holdings: Sequence[Holding], ways: Approach, *, taken: Escort = UNTOUCHED
) -> list[float]:
    effects = _effects(holdings, ways, taken)
    return soonest([effects[name]] if name in effects else [], len(ways.flight_min)).tolist()


def _effects(holdings: Sequence[Holding], ways: Approach, taken: Escort) -> dict[str, Effect]:
    return site_effects(holdings, ways, CAPABILITIES, helicopter_notice_min=NOTICE_MIN, taken=taken)


@pytest.mark.parametrize(
    ("minutes", "left"),
    [(0, 1), (59.9, 1), (60, 1), (60.6, 0.995), (120, 0.5), (179.4, 0.005), (180, 0), (180.1, 0), (INF, 0)],
)
def test_effect_is_full_up_to_one_limit_and_nothing_from_the_other(minutes, left):
    assert decay(np.array([minutes], np.float32), Decay(full=60, zero=180)).tolist() == pytest.approx(
        [left], abs=1e-5
    )


@pytest.mark.parametrize(
    ("name", "kind", "profile", "full", "zero", "availability"),
    [
        ("PATROL", "infantry_company", "patrol", 60, 180, 0.35),
        ("QRF_GROUND", "infantry_company", "convoy", 90, 240, 0.6),
        ("FPU", "fpu_platoon", "patrol", 60, 150, 0.6),
        ("UNPOL", "unpol_team", "convoy", 30, 90, 0.6),
        ("CIVIL_AFFAIRS", "civil_affairs_team", "convoy", 90, 240, 0.5),
        ("JPT", "joint_protection_team", "convoy", 90, 240, 0.5),
        ("GOOD_OFFICES", "good_offices_team", "convoy", 90, 240, 0.5),
        ("CLA", "community_liaison", "civil", 30, 90, 0.8),
        ("HUMAN_RIGHTS", "human_rights_team", "convoy", 120, 360, 0.5),
        ("STABILISATION", "stabilisation_team", "convoy", 90, 240, 0.5),
        ("PARTNER", "partner_programme", "civil", 90, 240, 0.5),
    ],
)
def test_one_asset_gives_its_availability_half_of_it_half_way_and_nothing_at_the_end(
    name, kind, profile, full, zero, availability
):
    """Cells at the full limit, half way, at the zero limit, and with no way at all."""
    ways = approach({profile: way([full, (full + zero) / 2, zero, INF])})
    assert chances(name, [Holding(kind, 1)], ways) == pytest.approx(
        [availability, availability / 2, 0, 0], abs=1e-6
    )


def test_patrols_take_the_weaker_of_time_and_distance():
    """
    Cell     0      1       2       3
    time    60 min 120 min  60 min 120 min     full to 60, none from 180
    way     30 km   30 km   45 km   57 km      full to 30, none from  60
    left     1      1/2     1/2     1/10
    """
    ways = approach({"patrol": way([60, 120, 60, 120], km=[30, 30, 45, 57])})
    expected = [0.35, 0.175, 0.175, 0.035]
    assert chances("PATROL", [Holding("infantry_company", 1)], ways) == pytest.approx(expected, abs=1e-6)


def test_several_assets_miss_only_if_all_miss():
    ways = approach({"patrol": way([60, 120, 180, INF])})
    three = chances("PATROL", [Holding("infantry_company", 3)], ways)
    assert three == pytest.approx([1 - 0.65**3, 1 - 0.825**3, 0, 0], abs=1e-6)


def test_rows_of_one_kind_join_like_assets_of_one_row():
    ways = approach({"patrol": way([60, 120, 180, INF])})
    split = [Holding("infantry_company", 1), Holding("infantry_company", 2)]
    whole = [Holding("infantry_company", 3)]
    assert chances("PATROL", split, ways) == pytest.approx(chances("PATROL", whole, ways), abs=1e-6)


def test_two_sites_miss_only_if_both_miss():
    near = Effect(
        np.array([0, 1], np.int32), np.array([0.5, 0.8], np.float32), np.array([10, 20], np.float32)
    )
    far = Effect(np.array([1, 2], np.int32), np.array([0.5, 0.9], np.float32), np.array([15, 40], np.float32))
    assert combined([near, far], 4).tolist() == pytest.approx([0.5, 0.6, 0.1, 0], abs=1e-6)
    assert soonest([near, far], 4).tolist() == [10, 15, 40, INF]


def test_without_effects_nobody_comes():
    assert combined([], 3).tolist() == [0, 0, 0]
    assert soonest([], 3).tolist() == [INF] * 3


def test_a_site_without_assets_does_nothing():
    assert _effects([], approach({"patrol": way([0, 0, 0, 0])}), UNTOUCHED) == {}


def test_troops_fly_only_with_a_helicopter_at_their_own_site():
    """Flights of 30, 60, 90 min and a little less than 90, after 30 min of notice: full to 60, none from 120."""
    ways = approach(flight=[30, 60, 90, 89.4])
    assert chances("QRF_AIR", [Holding("infantry_company", 1)], ways) == [0, 0, 0, 0]
    assert chances("QRF_AIR", [Holding("helicopter", 1)], ways) == [0, 0, 0, 0]
    together = [Holding("helicopter", 1), Holding("infantry_company", 1)]
    assert chances("QRF_AIR", together, ways) == pytest.approx([0.5, 0.25, 0, 0.005], abs=1e-5)
    assert arrivals("QRF_AIR", together, ways) == pytest.approx([60, 90, 120, 119.4], abs=1e-4)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CIVIL_AFFAIRS", "civil_affairs_team"),
        ("JPT", "joint_protection_team"),
        ("GOOD_OFFICES", "good_offices_team"),
    ],
)
def test_civilian_teams_take_the_better_of_road_and_air_if_there_is_a_helicopter(name, kind):
    """
    Cell            0     1     2     3
    by road        90   165   240    no way      full to 90, none from 240
    by air, all in 90    60   119.4   90         full to 60, none from 120
    """
    ways = approach({"convoy": way([90, 165, 240, INF])}, flight=[60, 30, 89.4, 60])
    by_road = [0.5, 0.25, 0, 0]
    assert chances(name, [Holding(kind, 1)], ways) == pytest.approx(by_road, abs=1e-6)
    flown = chances(name, [Holding(kind, 1), Holding("helicopter", 1)], ways)
    assert flown == pytest.approx([0.5, 0.5, 0.005, 0.25], abs=1e-5)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CLA", "community_liaison"),
        ("HUMAN_RIGHTS", "human_rights_team"),
        ("UNPOL", "unpol_team"),
        ("FPU", "fpu_platoon"),
        ("STABILISATION", "stabilisation_team"),
    ],
)
def test_others_never_fly(name, kind):
    ways = approach(flight=[0, 0, 0, 0])
    assert chances(name, [Holding(kind, 1), Holding("helicopter", 1)], ways) == [0, 0, 0, 0]


def test_teams_go_by_boat_where_that_is_better():
    ways = approach({"civil": way([30, 90, INF, INF]), "boat": way([90, 30, 60, INF])})
    assert chances("CLA", [Holding("community_liaison", 1)], ways) == pytest.approx(
        [0.8, 0.8, 0.4, 0], abs=1e-6
    )


def test_troops_never_go_by_boat():
    ways = approach({"boat": way([0, 0, 0, 0])})
    for name in ("PATROL", "QRF_GROUND"):
        assert chances(name, [Holding("infantry_company", 1)], ways) == [0, 0, 0, 0]


def test_notice_comes_on_top_of_the_way():
    ways = approach({"convoy": way([60, 135, 210, INF])})
    late = [Holding("infantry_company", 1, notice_min=30)]
    assert chances("QRF_GROUND", late, ways) == pytest.approx([0.6, 0.3, 0, 0], abs=1e-6)
    assert arrivals("QRF_GROUND", late, ways) == [90, 165, 240, INF]


def test_a_flight_leaves_when_both_crew_and_team_are_ready():
    ways = approach(flight=[0, 15, 30, 60])
    slow = [Holding("helicopter", 1), Holding("infantry_company", 1, notice_min=60)]
    assert arrivals("QRF_AIR", slow, ways) == pytest.approx([60, 75, 90, 120])
    quick = [Holding("helicopter", 1), Holding("infantry_company", 1, notice_min=10)]
    assert arrivals("QRF_AIR", quick, ways) == pytest.approx([30, 45, 60, 90])


def test_a_helicopter_s_own_notice_stands_in_for_the_default():
    ways = approach(flight=[0, 15, 30, 59.4])
    late = [Holding("helicopter", 1, notice_min=60), Holding("infantry_company", 1)]
    assert arrivals("QRF_AIR", late, ways) == pytest.approx([60, 75, 90, 119.4])


def test_of_several_helicopters_the_first_ready_flies():
    ways = approach(flight=[0, 15, 30, 60])
    two = [
        Holding("helicopter", 1, notice_min=60),
        Holding("helicopter", 1, notice_min=45),
        Holding("infantry_company", 1),
    ]
    assert arrivals("QRF_AIR", two, ways) == pytest.approx([45, 60, 75, 105])


@pytest.mark.parametrize("availability", [0.0, 0.2, 1.0])
def test_a_stated_availability_stands_in_for_the_default(availability):
    ways = approach({"patrol": way([60, 120, 180, INF]), "convoy": way([90, 165, 240, INF])})
    stated = [Holding("infantry_company", 1, availability=availability)]
    expected = [availability, availability / 2, 0, 0]
    assert chances("PATROL", stated, ways) == pytest.approx(expected, abs=1e-6)
    assert chances("QRF_GROUND", stated, ways) == pytest.approx(expected, abs=1e-6)


def test_surveillance_counts_by_the_mission_s_share_within_its_radius_only():
    """Straight distances of 0, 70 (just inside), 70.01 and 349 km."""
    ways = approach(flight=[0, 20.9999, 21.003, 104.7])
    for share, tactical in ((0.0, 0.0), (0.3, 0.15), (1.0, 0.5), (None, 0.5)):
        one = [Holding("isr_tactical", 1, mission_share=share)]
        assert chances("ISR_TACTICAL", one, ways) == pytest.approx([tactical, tactical, 0, 0], abs=1e-6)
    far = [Holding("isr_male", 2, mission_share=0.2)]
    assert chances("ISR_MALE", far, ways) == pytest.approx([0.19] * 4, abs=1e-6)
    assert arrivals("ISR_MALE", far, ways) == [INF] * 4


def test_a_share_of_tasking_matters_to_surveillance_only():
    ways = approach({"patrol": way([60, 60, 60, 60])})
    assert chances("PATROL", [Holding("infantry_company", 1, mission_share=0.0)], ways) == pytest.approx(
        [0.35] * 4
    )


RATED = approach({
    "convoy": way([30, 60, 90, 90], rated=[0, 0, 5, 20]),
    "patrol": way([30, 60, 60, 60], km=[10, 20, 30, 30]),
})  # fmt: skip
"""Four cells by convoy: two over safe road, two over a road that is searched, all within full effect."""


def test_civilians_on_rated_roads_take_company_days():
    """One team, half of whose cells lie behind a searched road: 8 days x 1/2 of 30 company days."""
    taken = escort(
        [Holding("civil_affairs_team", 1), Holding("infantry_company", 1)],
        RATED,
        CAPABILITIES,
        days=ESCORT_DAYS,
    )
    assert (taken.asked_days, taken.given_days, taken.capacity_days) == (4, 4, 30)
    assert (taken.escorted, taken.patrol_left) == pytest.approx((1, 26 / 30))


def test_every_escorted_team_asks_and_liaison_does_not():
    teams = [
        Holding("civil_affairs_team", 2),
        Holding("human_rights_team", 1),
        Holding("stabilisation_team", 3),
        Holding("community_liaison", 9),
        Holding("unpol_team", 9),
    ]
    assert escort(teams, RATED, CAPABILITIES, days=ESCORT_DAYS).asked_days == pytest.approx(6 * 4)


def test_a_company_gives_no_more_days_than_it_has():
    """Ten teams ask for 40 days; one company has 30: three quarters of the escorts, no patrol left."""
    holdings = [Holding("civil_affairs_team", 10), Holding("infantry_company", 1)]
    taken = escort(holdings, RATED, CAPABILITIES, days=ESCORT_DAYS)
    assert (taken.given_days, taken.escorted, taken.patrol_left) == pytest.approx((30, 0.75, 0))
    assert chances("PATROL", holdings, RATED, taken=taken) == [0, 0, 0, 0]
    by_team = [1 - 0.5**10] * 2 + [1 - 0.625**10] * 2
    assert chances("CIVIL_AFFAIRS", holdings, RATED, taken=taken) == pytest.approx(by_team, abs=1e-6)


def test_escorts_come_off_patrol_and_both_reactions():
    ways = approach(
        {"convoy": way([30, 60, 90, 90], rated=[0, 0, 5, 20]), "patrol": way([30, 60, 60, 60])},
        flight=[30] * 4,
    )
    holdings = [Holding("civil_affairs_team", 1), Holding("infantry_company", 1), Holding("helicopter", 1)]
    taken = escort(holdings, ways, CAPABILITIES, days=ESCORT_DAYS)
    for name, availability in (("PATROL", 0.35), ("QRF_GROUND", 0.6), ("QRF_AIR", 0.5)):
        found = chances(name, holdings, ways, taken=taken)
        assert found == pytest.approx([availability * 26 / 30] * 4, abs=1e-6)


def test_without_a_company_escorted_teams_stay_off_rated_roads():
    holdings = [Holding("civil_affairs_team", 1)]
    taken = escort(holdings, RATED, CAPABILITIES, days=ESCORT_DAYS)
    assert (taken.asked_days, taken.given_days, taken.escorted) == (4, 0, 0)
    assert chances("CIVIL_AFFAIRS", holdings, RATED, taken=taken) == [0.5, 0.5, 0, 0]
    assert arrivals("CIVIL_AFFAIRS", holdings, RATED, taken=taken) == [30, 60, INF, INF]


def test_without_a_company_escorted_teams_may_still_fly_there():
    ways = Approach(RATED.routes, np.full(4, 30, np.float32), np.full(4, 100, np.float32))
    holdings = [Holding("civil_affairs_team", 1), Holding("helicopter", 1)]
    taken = escort(holdings, ways, CAPABILITIES, days=ESCORT_DAYS)
    assert chances("CIVIL_AFFAIRS", holdings, ways, taken=taken) == [0.5] * 4


def test_liaison_lives_there_and_needs_no_escort():
    ways = approach({"civil": way([0, 30, 30, 30], rated=[0, 5, 5, 5])})
    assert chances("CLA", [Holding("community_liaison", 1)], ways) == pytest.approx([0.8] * 4)


def test_cells_out_of_reach_ask_for_no_escort():
    """The searched road leads only to a cell four hours away, where nothing is left of the effect."""
    ways = approach({"convoy": way([30, 60, 90, 240], rated=[0, 0, 0, 20])})
    assert escort([Holding("civil_affairs_team", 1)], ways, CAPABILITIES, days=ESCORT_DAYS).asked_days == 0


def test_a_site_without_civilians_or_ways_gives_no_escort():
    assert escort([Holding("infantry_company", 1)], RATED, CAPABILITIES, days=ESCORT_DAYS).patrol_left == 1
    nowhere = escort([Holding("civil_affairs_team", 1)], approach(), CAPABILITIES, days=ESCORT_DAYS)
    assert (nowhere.asked_days, nowhere.escorted, nowhere.patrol_left) == (0, 1, 1)
