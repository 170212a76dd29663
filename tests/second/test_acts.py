"""(2) Capabilities and escorts given the product's times, then all of it by this reading, cell by cell."""

import numpy as np
import pytest

from footprint.coverage.delivery import group_chances
from footprint.coverage.station_effects import station_effects
from footprint.indicators.levels import divergence
from footprint.travel.profiles import Profile
from tests.second import acts
from tests.second.compare import largest
from tests.worlds import router_of

pytestmark = pytest.mark.slow

MONTHS = (3, 7, 10)
"""A dry month, one of rain, and one of flood and harvest."""
GIVEN_TIMES = 2e-5
"""Single precision, and flights along two formulas of the ellipsoid that differ by metres."""
OWN_TIMES = 5e-4
"""Times differ by hundredths of a minute where the zone's outline is drawn with more corners."""


def given(case):
    """Return the product's own times, to be read by this reading's capabilities."""
    router, roads = router_of(case.prepared), case.answer.laydown.roads
    n_cells = case.area.grid.n_cells

    def times(site_id, profile, month, *, unrated_only=False, undisturbed=False):
        state = roads.undisturb() if undisturbed else roads
        return (
            router.route(case.joined[site_id], Profile(profile), month, state, unrated_only=unrated_only)
            .dense(n_cells)
            .astype(np.float64)
        )

    return times


def theirs(case, month):
    router, answer = router_of(case.prepared), case.answer
    effects = station_effects(case.prepared, router, answer.stations, answer.laydown.roads)
    rows = group_chances(case.prepared.method, router, effects, effects.groups.group(month))
    return dict(zip(effects.capabilities, rows, strict=True))


@pytest.mark.parametrize("month", MONTHS)
def test_capabilities_agree_given_times(case, month, capsys):
    mine, product = case.chances(month, given(case)), theirs(case, month)
    assert mine.keys() == product.keys()
    apart = {name: largest(f"{month} {name}", mine[name], product[name], capsys) for name in mine}
    assert max(apart.values()) < GIVEN_TIMES


@pytest.mark.parametrize("month", MONTHS)
def test_escorts_agree(case, month, capsys):
    found = {site.site_id: site.taken for site in case.sites(month)}
    product = case.answer.escorts[month - 1]
    assert found.keys() == product.keys()
    for what, name in (("asked", "asked_days"), ("given", "given_days"), ("remains", "patrol_left")):
        mine = [getattr(found[site], what) for site in found]
        assert (
            largest(f"{month} escorts {what}", mine, [getattr(product[site], name) for site in found], capsys)
            < 1e-6
        )


@pytest.mark.parametrize("month", MONTHS)
def test_footprints_agree(case, month, capsys):
    mine, product = case.levels(month), case.answer.delivery
    pairs = [("F", mine.force, product.force), ("F ground", mine.ground, product.force_ground)]
    pairs += [(f"tier {n + 1}", mine.tiers[n], product.tiers[n]) for n in range(3)]
    apart = [largest(f"{month} {name}", a, b[month - 1], capsys) for name, a, b in pairs]
    assert max(apart) < OWN_TIMES


@pytest.mark.parametrize("month", MONTHS)
def test_classes_agree_but_on_the_edge(case, month, capsys):
    """Classes may differ only where a level lies within rounding of the threshold."""
    threshold = case.numbers.reporting.class_threshold
    mine, product = case.levels(month), case.answer.delivery
    other = divergence(product.force[month - 1], product.tiers[:, month - 1], threshold=threshold)
    apart = np.flatnonzero(acts.classes(mine, threshold) != other)
    edge = np.minimum(
        np.abs(mine.force - threshold), np.abs(np.maximum(mine.tiers[0], mine.tiers[2]) - threshold)
    )
    with capsys.disabled():
        print(f"{month} classes: {len(apart)} cells differ")
    assert (edge[apart] < OWN_TIMES).all()


@pytest.mark.parametrize("month", MONTHS)
def test_figures_of_units_agree(case, month, capsys):
    prepared, rows = case.prepared, case.answer.figures
    rows = rows[(rows["month"] == month) & (rows["level"] != "objective")]
    assert rows["unit_id"].tolist() == prepared.units.frame["unit_id"].tolist()
    force, mission = case.unit_figures(month, prepared.units.shares, case.need.blend)
    known = rows["MF"].notna().to_numpy()
    assert largest(f"{month} FF", force[rows["FF"].notna()], rows["FF"].dropna(), capsys) < 1e-5
    if known.any():
        assert largest(f"{month} MF", mission[known], rows["MF"].to_numpy()[known], capsys) < 1e-5


@pytest.mark.parametrize("month", MONTHS)
def test_figures_of_objectives_agree(case, month, capsys):
    prepared, rows = case.prepared, case.answer.figures
    rows = rows[(rows["month"] == month) & (rows["level"] == "objective")].set_index("unit_id")
    for each in prepared.objectives:
        inside = np.isin(case.area.regions.index, each.regions).astype(float)
        units = (inside @ prepared.regions.shares)[None]
        demand = getattr(case.need, str(each.measure))
        force, mission = case.unit_figures(month, units, demand, each.tier_weights)
        row = rows.loc[each.objective_id]
        assert largest(f"{month} FF {each.objective_id}", force, [row["FF"]], capsys) < 1e-5
        if not np.isnan(row["MF"]):
            assert largest(f"{month} MF {each.objective_id}", mission, [row["MF"]], capsys) < 1e-5
