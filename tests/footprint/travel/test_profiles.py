import pytest

from footprint.travel.profiles import Profile, off_road_kmh, road_kmh, street_kmh
from footprint.travel.roads import road_network
from tests.footprint.travel.grounds import TRAVEL
from tests.worlds import make_roads


def table(**facts):
    """Return the table of one road."""
    return road_network(
        make_roads({"r": [(0, 0), (1, 0)]}, **{name: {"r": value} for name, value in facts.items()})
    ).table


@pytest.mark.parametrize(
    ("profile", "facts", "rains", "kmh"),
    [
        (Profile.CIVIL, {}, False, 80),
        (Profile.CIVIL, {}, True, 72),
        (Profile.CIVIL, {"road_class": "track", "surface": "unpaved"}, False, 14),
        (Profile.CIVIL, {"road_class": "track", "surface": "unpaved"}, True, 5.6),
        (Profile.CIVIL, {"road_class": "tertiary", "surface": "unknown"}, True, 50 * 0.7 * 0.6),
        (Profile.CIVIL, {"smoothness": "horrible"}, False, 32),
        (Profile.CIVIL, {"search_rated": True}, False, 80),
        (Profile.PATROL, {}, False, 40),
        (Profile.PATROL, {"road_class": "secondary"}, False, 30),
        (Profile.PATROL, {"search_rated": True}, False, 8),
        (Profile.CONVOY, {}, False, 25),
        (Profile.CONVOY, {"road_class": "primary"}, False, 24.5),
        (Profile.CONVOY, {"search_rated": True}, True, 8),
        (Profile.SEARCHED, {}, False, 8),
        # no road is slower than the ground beside it: 8 km/h x 0.6 by convoy, a walker's 4 in the rains
        (Profile.SEARCHED, {"road_class": "path", "surface": "unpaved"}, False, 4.8),
        (Profile.PATROL, {"road_class": "path", "surface": "unpaved"}, True, 3.2),
        (Profile.CIVIL, {"road_class": "path", "surface": "unpaved"}, True, 4),
        # the smaller of the factors of surface and smoothness, not their product
        (
            Profile.CIVIL,
            {"road_class": "tertiary", "surface": "unpaved", "smoothness": "bad"},
            False,
            50 * 0.6,
        ),
        (Profile.CIVIL, {"surface": "unpaved", "smoothness": "good"}, False, 80 * 0.7),
        (Profile.FOOT, {}, False, 4),
        (Profile.FOOT, {"search_rated": True}, True, 3),
        (Profile.CIVIL, {"crossing": "ferry"}, False, 6),
    ],
)
@pytest.mark.slow
def test_speed_on_a_road(profile, facts, rains, kmh):
    assert road_kmh(table(**facts), profile, TRAVEL, rains=rains)[0] == pytest.approx(kmh)


@pytest.mark.parametrize(
    ("profile", "dry", "wet"),
    [
        ("civil", 8, 4),
        ("patrol", 6.4, 3.2),
        ("convoy", 4.8, 3),  # never slower than on foot
        ("searched", 4.8, 3),
        ("foot", 4, 3),
        ("boat", 4, 3),
    ],
)
def test_speed_across_country(profile, dry, wet):
    speeds = [off_road_kmh(Profile(profile), TRAVEL, rains=rains) for rains in (False, True)]
    assert speeds == pytest.approx([dry, wet])


def test_the_last_street_is_unpaved_and_residential():
    assert street_kmh(Profile.CIVIL, TRAVEL, rains=False) == pytest.approx(21)
    assert street_kmh(Profile.PATROL, TRAVEL, rains=True) == pytest.approx(30 * 0.7 * 0.6 * 0.5)
    assert street_kmh(Profile.SEARCHED, TRAVEL, rains=False) == pytest.approx(30 * 0.7 * 0.35)


def test_a_helicopter_has_no_speed_on_the_network():
    with pytest.raises(ValueError, match="helicopter"):
        off_road_kmh(Profile.HELICOPTER, TRAVEL, rains=False)
