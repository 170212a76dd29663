"""The method: its numbers are those it says, edits are checked, and equal numbers have one digest."""

from __future__ import annotations

import math

import pytest

from footprint.errors import MethodError
from footprint.method import Changed, Component, default_method
from layers.sites import SiteKind

METHOD = default_method()


@pytest.mark.parametrize(
    ("name", "component", "minutes", "air_minutes", "availability"),
    [
        ("PATROL", "military", (60, 180), None, 0.35),
        ("QRF_GROUND", "military", (90, 240), None, 0.6),
        ("QRF_AIR", "military", None, (60, 120), 0.6),
        ("CASEVAC", "support", None, None, 1),
        ("FPU", "police", (60, 150), None, 0.6),
        ("UNPOL", "police", (30, 90), None, 0.6),
        ("CIVIL_AFFAIRS", "civilian", (90, 240), (60, 120), 0.5),
        ("JPT", "civilian", (90, 240), (60, 120), 0.5),
        ("GOOD_OFFICES", "civilian", (90, 240), (60, 120), 0.5),
        ("CLA", "civilian", (30, 90), None, 0.8),
        ("HUMAN_RIGHTS", "civilian", (120, 360), None, 0.5),
        ("STABILISATION", "civilian", (90, 240), None, 0.5),
        ("ISR_TACTICAL", "military", None, None, 0.5),
        ("ISR_MALE", "military", None, None, 0.5),
    ],
)
def test_capabilities_carry_the_stated_limits(name, component, minutes, air_minutes, availability):
    capability = METHOD.capabilities[name]
    limits = [
        (each.full, each.zero) if each else None for each in (capability.minutes, capability.air_minutes)
    ]
    assert limits == [minutes, air_minutes]
    assert (capability.component, capability.availability) == (component, availability)


def test_patrols_alone_fade_with_distance_and_surveillance_alone_has_a_radius():
    distances = {name: (c.km.full, c.km.zero) for name, c in METHOD.capabilities.items() if c.km}
    assert distances == {"PATROL": (30, 60)}
    radii = {name: c.radius_km for name, c in METHOD.capabilities.items() if c.radius_km is not None}
    assert radii == {"ISR_TACTICAL": 70, "ISR_MALE": 350}


def test_only_four_civilian_kinds_and_human_rights_ask_for_escort():
    escorted = {name for name, capability in METHOD.capabilities.items() if capability.escorted}
    assert escorted == {"CIVIL_AFFAIRS", "JPT", "GOOD_OFFICES", "HUMAN_RIGHTS", "STABILISATION"}


def test_travel_numbers_are_the_stated_ones():
    travel = METHOD.travel
    assert dict(travel.free_flow_kmh) == {
        "trunk": 80, "primary": 70, "secondary": 60, "tertiary": 50,
        "unclassified": 40, "residential": 30, "track": 20, "path": 10,
    }  # fmt: skip
    assert (travel.unpaved_factor, dict(travel.smoothness_factor)) == (
        0.7,
        {"bad": 0.6, "very_bad": 0.5, "horrible": 0.4},
    )
    assert dict(travel.rains_factor) == {"paved": 0.9, "unpaved": 0.6, "track": 0.4}
    assert (travel.patrol_factor, travel.patrol_cap_kmh) == (0.5, 40)
    assert (travel.convoy_factor, travel.convoy_cap_kmh, travel.searched_cap_kmh) == (0.35, 25, 8)
    assert (travel.helicopter_kmh, travel.helicopter_notice_min, travel.pick_up_min) == (200, 30, 15)
    assert (
        travel.boat_kmh,
        travel.vehicle_dry_kmh,
        travel.vehicle_wet_kmh,
        travel.foot_dry_kmh,
        travel.foot_wet_kmh,
    ) == (
        12,
        8,
        4,
        4,
        3,
    )


def test_every_number_says_what_it_is_and_where_it_comes_from():
    for parameter in METHOD.parameters:
        assert all((parameter.label, parameter.unit, parameter.source, parameter.group, parameter.effect)), (
            parameter
        )
        assert parameter.minimum <= parameter.default <= parameter.maximum, parameter
        assert parameter.judgement == parameter.source.startswith("Judgement"), parameter


def test_what_packages_capabilities_and_bundles_name_is_there():
    for package in METHOD.packages.values():
        assert package.site_kind in list(SiteKind)
        assert {kind for kind, _ in package.assets} <= METHOD.assets.keys()
        assert all(count >= 1 for _, count in package.assets)
    for capability in METHOD.capabilities.values():
        assert {*capability.assets, capability.needs, capability.relay} - {""} <= METHOD.assets.keys()
    assert set(Component) == {kind.component for kind in METHOD.assets.values()}


def test_the_force_footprint_is_military_alone():
    for group in METHOD.bundles["FORCE"].groups:
        assert {METHOD.capabilities[name].component for name in group} == {Component.MILITARY}


def test_an_edit_changes_its_number_and_the_digest_and_going_back_changes_both_back():
    edited = METHOD.edited({"capability.PATROL.zero_min": 200})
    assert edited.capabilities["PATROL"].minutes.zero == 200
    changed = Changed(path="capability.PATROL.zero_min", old=180.0, new=200.0, unit="min")
    assert edited.changes == (changed,)
    assert edited.digest != METHOD.digest
    back = edited.edited({"capability.PATROL.zero_min": 180})
    assert (back.changes, back.digest) == ((), METHOD.digest)
    assert METHOD.capabilities["PATROL"].minutes.zero == 180


def test_edits_add_up_in_any_order():
    one, other = {"travel.boat_kmh": 10.0}, {"demand.people_share": 0.3}
    assert METHOD.edited(one).edited(other).digest == METHOD.edited(other).edited(one).digest


def test_every_wrong_edit_is_named_at_once():
    with pytest.raises(MethodError) as caught:
        METHOD.edited({"travel.camel.speed": 5, "travel.boat_kmh": 1000, "demand.people_share": math.nan})
    for word in (
        "travel.camel.speed",
        "travel.boat_kmh is 1000 km/h",
        "from 1 to 60",
        "demand.people_share is nan",
    ):
        assert word in str(caught.value)


@pytest.mark.parametrize("zero", [30, 60])
def test_effect_must_end_after_it_begins_to_fall(zero):
    with pytest.raises(
        MethodError, match=rf"capability.PATROL.zero_min is {zero}; it must be above full_min, 60"
    ):
        METHOD.edited({"capability.PATROL.zero_min": zero})


def test_limits_of_each_number_are_allowed():
    for parameter in METHOD.parameters:
        if parameter.parameter_id.rsplit(".", 1)[1] in {"value", "speed", "cap", "factor", "availability"}:
            for value in (parameter.minimum, parameter.maximum):
                METHOD.edited({parameter.parameter_id: value})
