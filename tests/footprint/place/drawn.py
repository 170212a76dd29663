"""Worlds small enough to draw, and questions about their places."""

from __future__ import annotations

from footprint.place.closing import Closing, changes_of, closing
from footprint.place.explain import Place, explain
from footprint.place.finding import at_cell
from footprint.prepared import Prepared
from footprint.review import Review, review
from footprint.scenario import Scenario
from footprint.travel.router import Router
from tests.worlds import cell_of, make_area, make_assets, make_basis, make_roads, make_sites

FULL = {
    "infantry_company": 1,
    "helicopter": 1,
    "surgery": 1,
    "fpu_platoon": 1,
    "civil_affairs_team": 1,
    "community_liaison": 1,
    "human_rights_team": 1,
    "stabilisation_team": 1,
}
AWAY = {"surgery": 1}
"""What makes a site that holds nobody who matters."""


class World:
    """A world, its review, and questions about its places [km]."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared: Prepared = prepared
        self.router: Router = prepared.router()
        self.result: Review = review(prepared, Scenario("today"), self.router)

    def at(self, x_km: float, y_km: float, month: int = 1) -> Place:
        spotted = at_cell(self.prepared, cell_of(self.prepared.area, x_km, y_km))
        return explain(self.prepared, self.router, self.result, spotted, month)

    def tier(self, place: Place, number: int, donor: str = "") -> Closing:
        tier = place.tiers[number - 1]
        return closing(self.prepared, self.router, self.result, place, tier, donor=donor)

    def force(self, place: Place, donor: str = "") -> Closing:
        return closing(self.prepared, self.router, self.result, place, place.force, donor=donor)

    def force_with(self, place: Place, found: Closing) -> float:
        """Return Force in a review of the whole area with what would lift it."""
        assert found.addition is not None
        plan = Scenario("closed", changes_of(self.prepared, place, found.addition))
        after = review(self.prepared, plan, self.router)
        return float(after.delivery.force[place.month - 1, place.spotted.cell])

    def level_with(self, place: Place, number: int, found: Closing) -> float:
        """Return the tier's level in a review of the whole area with what would close it."""
        assert found.addition is not None
        plan = Scenario("closed", changes_of(self.prepared, place, found.addition))
        after = review(self.prepared, plan, self.router)
        return float(after.delivery.tiers[number - 1, place.month - 1, place.spotted.cell])


def world(held, *, sites=None, months=None, road=((2.5, 22.5), (97.5, 22.5)), **more) -> World:
    """
    Return a world with a paved road from west to east, 95 km long.

    base ======== road ======== (97.5)
    """
    columns = more.pop("columns", {})
    area = make_area(
        sites=make_sites(sites or {"base": (2.5, 22.5)}, months),
        assets=make_assets(held),
        roads=make_roads({"road": road}, **columns),
        **more,
    )
    return World(make_basis(area))
