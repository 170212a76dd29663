"""One area with both readings of it side by side, each reckoned once."""

from functools import cache, cached_property
from types import SimpleNamespace

import numpy as np
from pyproj import Transformer

from tests.second import acts
from tests.second.need import need
from tests.second.numbers import numbers
from tests.second.ways import Ways, flown_km, in_month


class Case:
    """
    The product's prepared area and answer, and what this reading makes of its layers and graph.

    Of the answer this reading takes one thing as data: the legs by which sites join the graph.
    """

    def __init__(self, prepared, answer, changed=None):
        self.prepared, self.area, self.answer = prepared, prepared.area, answer
        self.numbers = changed or numbers()
        self.joined = {post.site_id: post.connector for post in answer.stations}

    @cached_property
    def need(self):
        shares = (self.prepared.districts.shares, self.prepared.regions.shares)
        return need(self.area, shares, self.numbers.demand)

    @cached_property
    def ways(self):
        return Ways(self.prepared.network, self.area.roads, self.numbers)

    @cached_property
    def people(self):
        return np.nan_to_num(self.area.population.people)

    def day_min(self, month):
        """Return daylight at each cell [min]."""
        grid = self.area.grid
        to_degrees = Transformer.from_crs(grid.crs, grid.crs.geodetic_crs, always_xy=True)
        return acts.daylight_min(to_degrees.transform(grid.x_m, grid.y_m)[1], month)

    @cache  # noqa: B019 - a case lives as long as the run
    def flown(self, site_id):
        point = self.area.sites.geometry[site_id]
        return flown_km(self.area.grid, point.x, point.y)

    def sites(self, month, times=None):
        """
        Return the sites open in a month, with their ways and what escorts take from them.

        `times(site_id, profile, month, **how)` gives minutes to every cell; None is this reading's own.
        """
        if times is None:
            return self._sites_by_own_times(month)
        return self._sites(month, times, lambda site_id: self._rated_share(site_id, times))

    @cache  # noqa: B019 - a case lives as long as the run
    def _sites_by_own_times(self, month):
        return self._sites(month, self._own_times, self._own_rated_share)

    def _own_times(self, site_id, *asked, **how):
        return self.ways.cells(self.joined[site_id], *asked, **how)

    def _sites(self, month, times, rated_share):
        found = []
        for site_id, months in self.area.sites["months"].sort_index().items():
            if not in_month(months, month):
                continue
            own = self.area.assets[self.area.assets["site_id"] == site_id]
            site = SimpleNamespace(
                site_id=site_id,
                assets=list(own.sort_index().itertuples()),
                flown_km=self.flown(site_id),
                minutes=_asking(times, site_id, month),
            )
            site.taken = acts.escort(
                site, self.numbers.capabilities, self.numbers.tasking, rated_share(site_id)
            )
            found.append(site)
        return found

    def _rated_share(self, site_id, times):
        """Return what share escorts are asked for, whatever the month: on the undisturbed network in its driest."""
        dry, tasking = self.prepared.network.driest_month, self.numbers.tasking
        ways = [times(site_id, "convoy", dry, unrated_only=free, undisturbed=True) for free in (False, True)]
        return acts.rated_share(*ways, self.people, tasking.escort_reach_min)

    @cache  # noqa: B019 - a case lives as long as the run
    def _own_rated_share(self, site_id):
        return self._rated_share(site_id, self._own_times)

    def chances(self, month, times=None):
        return acts.chances(self.sites(month, times), self.numbers, self.day_min(month))

    @cache  # noqa: B019 - a case lives as long as the run
    def levels(self, month):
        """Return F, its ground part and the tiers, all of this reading."""
        return acts.footprints(self.chances(month))

    def unit_figures(self, month, units, demand, tier_weights=(1 / 3, 1 / 3, 1 / 3)):
        """Return FF and MF of units (shares × cells); NaN without need."""
        levels = self.levels(month)
        mission = np.tensordot(tier_weights, levels.tiers, 1)
        whole = units @ demand
        with np.errstate(invalid="ignore"):
            return tuple((units @ (demand * each)) / whole for each in (levels.force, mission))


def _asking(times, site_id, month):
    return lambda profile, **how: times(site_id, profile, month, **how)
