"""What one site's assets can do, worked by hand on a row of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from footprint.coverage.capabilities import Aircraft, Effect, decay, site_effects
from footprint.coverage.escorts import Escort, escort_of, rated_share
from footprint.coverage.holdings import Approach, Day, Holding
from footprint.method import Decay, default_method

INF = np.inf
CAPABILITIES = default_method().capabilities
AIRCRAFT = Aircraft(
    default_method().tasking.helicopter_availability, default_method().travel.helicopter_notice_min
)
ESCORT_DAYS = default_method().tasking.escort_days
UNTOUCHED = Escort(asked_days=0.0, given_days=0.0, capacity_days=30.0)
"""Nothing taken from the companies, every escort given."""


@dataclass(frozen=True)
class Way:
    """A route as a search returns it."""

    cells: NDArray[np.int32]
    minutes: NDArray[np.float32]


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


def way(minutes: Sequence[float]) -> Way:
    """Return a way to cells 0, 1, ... in the given minutes; inf is no way."""
    times = np.array(minutes, np.float32)
    there = np.flatnonzero(np.isfinite(times))
    return Way(there.astype(np.int32), times[there])


def approach(
    routes: Mapping[str, Way] | None = None,
    *,
    unrated: Mapping[str, Way] | None = None,
    flight: Sequence[float] | None = None,
    km: Sequence[float] | None = None,
    day: Day | None = None,
) -> Approach:
    """Return ways by road or boat to four cells, and flights; the straight distance is 10/3 km a flight minute."""
    flight_min = np.array([1e6] * 4 if flight is None else flight, np.float32)
    straight_km = flight_min * np.float32(10 / 3) if flight is not None else np.zeros(4, np.float32)
    if km is not None:
        straight_km = np.array(km, np.float32)
    return Approach(routes or {}, flight_min, straight_km, unrated or {}, day)


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
    return site_effects(holdings, ways, CAPABILITIES, aircraft=AIRCRAFT, taken=taken)


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
    away    30 km   30 km   45 km   57 km      full to 30, none from  60, in a straight line
    left     1      1/2     1/2     1/10
    """
    ways = approach({"patrol": way([60, 120, 60, 120])}, km=[30, 30, 45, 57])
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
    # one company is ready 0.6 of the time, one helicopter half of it
    assert chances("QRF_AIR", together, ways) == pytest.approx([0.3, 0.15, 0, 0.003], abs=1e-5)
    assert arrivals("QRF_AIR", together, ways) == pytest.approx([60, 90, INF, 119.4], abs=1e-4)


def test_five_companies_with_one_helicopter_are_one_lift():
    """And a second helicopter is more than four more companies."""
    ways = approach(flight=[30] * 4)
    one, five, two = (
        chances("QRF_AIR", [Holding("helicopter", planes), Holding("infantry_company", troops)], ways)[0]
        for planes, troops in ((1, 1), (1, 5), (2, 1))
    )
    assert (one, five, two) == pytest.approx((0.3, 0.5 * (1 - 0.4**5), 0.75 * 0.6), abs=1e-6)
    assert five < 0.5


@pytest.mark.parametrize(("stated", "lift"), [(0.0, 0.0), (0.2, 0.2 * 0.6), (1.0, 0.6)])
def test_a_helicopter_s_stated_availability_acts(stated, lift):
    ways = approach(flight=[30] * 4)
    own = [Holding("helicopter", 1, availability=stated), Holding("infantry_company", 1)]
    assert chances("QRF_AIR", own, ways) == pytest.approx([lift] * 4, abs=1e-6)
    assert arrivals("QRF_AIR", own, ways) == [60 if lift else INF] * 4


def test_whoever_waits_for_more_aircraft_goes_if_that_is_likelier():
    """One helicopter after 30 minutes at 0.1, another after 60 at 0.9: near, waiting pays; far, it does not."""
    ways = approach(flight=[0, 30, 60, 88])
    fleet = [
        Holding("helicopter", 1, availability=0.1, notice_min=30),
        Holding("helicopter", 1, availability=0.9, notice_min=60),
        Holding("infantry_company", 1),
    ]
    reach = [(1, 1), (1, 0.5), (0.5, 0), (2 / 60, 0)]
    expected = [0.6 * max(0.1 * soon, 0.91 * late) for soon, late in reach]
    assert chances("QRF_AIR", fleet, ways) == pytest.approx(expected, abs=1e-6)


def day_of(minutes: float, stay_min: float = 120.0) -> Day:
    return Day(np.full(4, minutes, np.float32), stay_min)


def test_who_cannot_be_back_before_dark_does_not_go():
    """Way of 60, 90, 120 minutes; there and back with two hours on site: 240, 300, 360."""
    ways = {"convoy": way([60, 90, 120, INF])}
    troops = [Holding("infantry_company", 1)]
    by_day = approach(ways, day=day_of(300))
    assert chances("QRF_GROUND", troops, by_day) == pytest.approx([0.6, 0.6, 0, 0], abs=1e-6)
    late = [Holding("infantry_company", 1, notice_min=30)]
    # the notice is waited once: 270, 330
    assert chances("QRF_GROUND", late, by_day)[1] == 0
    assert chances("QRF_GROUND", late, approach(ways, day=day_of(330)))[1] > 0


def test_who_may_stay_overnight_needs_daylight_for_the_way_there_alone():
    ways = approach({"convoy": way([60, 120, 200, INF])}, day=day_of(120))
    found = chances("HUMAN_RIGHTS", [Holding("human_rights_team", 1)], ways)
    assert found == pytest.approx([0.5, 0.5, 0, 0], abs=1e-6)


def test_flights_must_be_back_before_dark_too():
    ways = approach(flight=[30] * 4, day=day_of(200))
    together = [Holding("helicopter", 1), Holding("infantry_company", 1)]
    # 30 of notice, 30 there, two hours, 30 back
    assert chances("QRF_AIR", together, ways) == [0, 0, 0, 0]
    assert chances("QRF_AIR", together, approach(flight=[30] * 4, day=day_of(210)))[0] > 0


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
    by air, all in 90    60   119.4   90         full to 60, none from 120; half of the time there is an aircraft
    """
    ways = approach({"convoy": way([90, 165, 240, INF])}, flight=[60, 30, 89.4, 60])
    by_road = [0.5, 0.25, 0, 0]
    assert chances(name, [Holding(kind, 1)], ways) == pytest.approx(by_road, abs=1e-6)
    flown = chances(name, [Holding(kind, 1), Holding("helicopter", 1)], ways)
    assert flown == pytest.approx([0.5, 0.25, 0.0025, 0.125], abs=1e-5)


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
    assert arrivals("QRF_AIR", slow, ways) == pytest.approx([60, 75, 90, INF])
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


RATED = approach(
    {"convoy": way([30, 60, 90, 90]), "patrol": way([30, 60, 60, 60])},
    unrated={"convoy": way([30, 60, 165, INF]), "patrol": way([30, 60, 60, 60])},
)
"""Four cells by convoy: two over safe ground; one that a safe way reaches late; one that none reaches."""


def escort(holdings: Sequence[Holding], share: float = 0.5) -> Escort:
    """Return escorts where a share of the people live behind rated ground."""
    return escort_of(holdings, CAPABILITIES, ESCORT_DAYS * share)


def test_a_team_asks_by_the_people_behind_rated_ground():
    """People 100, 100, 200, 400 at 30, 60, 90, 240 minutes; the third and fourth are quicker over rated ground."""
    people = np.array([100.0, 100, 200, 400])
    quickest, unrated = way([30, 60, 90, 240]), way([30, 60, 165, INF])
    assert rated_share(quickest, unrated, people, 240) == pytest.approx(600 / 800)
    # the fourth is out of reach, one minute less
    assert rated_share(quickest, unrated, people, 239) == pytest.approx(200 / 400)
    # a tie goes to the safe way
    assert rated_share(quickest, way([30, 60, 90, 240]), people, 240) == 0
    # where nobody lives, cells count
    assert rated_share(quickest, unrated, np.zeros(4), 240) == pytest.approx(0.5)
    assert rated_share(way([INF] * 4), way([INF] * 4), people, 240) == 0


def test_civilians_on_rated_ground_take_company_days():
    """One team, half of whose people live behind searched ground: 8 days x 1/2 of 30 company days."""
    taken = escort([Holding("civil_affairs_team", 1), Holding("infantry_company", 1)])
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
    assert escort(teams).asked_days == pytest.approx(6 * 4)


def test_a_company_gives_no_more_days_than_it_has():
    """
    Ten teams ask for 40 days; one company has 30: three quarters of the escorts, no patrol left.

    The third cell is reached late without one, at half the effect; the fourth not at all.
    """
    holdings = [Holding("civil_affairs_team", 10), Holding("infantry_company", 1)]
    taken = escort(holdings)
    assert (taken.given_days, taken.escorted, taken.patrol_left) == pytest.approx((30, 0.75, 0))
    assert chances("PATROL", holdings, RATED, taken=taken) == [0, 0, 0, 0]
    each = [0.5, 0.5, 0.5 * max(0.75, 0.5), 0.5 * 0.75]
    by_team = [1 - (1 - chance) ** 10 for chance in each]
    assert chances("CIVIL_AFFAIRS", holdings, RATED, taken=taken) == pytest.approx(by_team, abs=1e-6)


def test_escorts_come_off_patrol_and_reaction_by_road_and_consume_no_lift():
    ways = approach(
        {"convoy": way([30, 60, 90, 90]), "patrol": way([30, 60, 60, 60])}, flight=[30] * 4, km=[0] * 4
    )
    holdings = [Holding("civil_affairs_team", 1), Holding("infantry_company", 1), Holding("helicopter", 1)]
    taken = escort(holdings)
    left = 26 / 30
    for name, chance in (("PATROL", 0.35 * left), ("QRF_GROUND", 0.6 * left), ("QRF_AIR", 0.5 * 0.6)):
        assert chances(name, holdings, ways, taken=taken) == pytest.approx([chance] * 4, abs=1e-6)


def test_without_a_company_escorted_teams_stay_off_rated_ground():
    holdings = [Holding("civil_affairs_team", 1)]
    taken = escort(holdings)
    assert (taken.asked_days, taken.given_days, taken.escorted) == (4, 0, 0)
    assert chances("CIVIL_AFFAIRS", holdings, RATED, taken=taken) == pytest.approx([0.5, 0.5, 0.25, 0])
    assert arrivals("CIVIL_AFFAIRS", holdings, RATED, taken=taken) == [30, 60, 165, INF]


def test_without_a_company_escorted_teams_may_still_fly_there():
    ways = approach(RATED.routes, unrated=RATED.unrated, flight=[30] * 4)
    holdings = [Holding("civil_affairs_team", 1), Holding("helicopter", 2)]
    found = chances("CIVIL_AFFAIRS", holdings, ways, taken=escort(holdings))
    assert found == pytest.approx([0.5, 0.5, 0.375, 0.375], abs=1e-6)


def test_liaison_lives_there_and_needs_no_escort():
    ways = approach({"civil": way([0, 30, 30, 30])}, unrated={"civil": way([0, INF, INF, INF])})
    taken = Escort(asked_days=8.0, given_days=0.0, capacity_days=0.0)
    found = chances("CLA", [Holding("community_liaison", 1)], ways, taken=taken)
    assert found == pytest.approx([0.8] * 4)


def test_a_site_without_civilians_gives_no_escort():
    assert escort([Holding("infantry_company", 1)]).patrol_left == 1
    nowhere = escort([Holding("civil_affairs_team", 1)], share=0.0)
    assert (nowhere.asked_days, nowhere.escorted, nowhere.patrol_left) == (0, 1, 1)
