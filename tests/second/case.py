"""One area with both readings of it side by side, each reckoned once."""

from functools import cached_property

from tests.second.need import need
from tests.second.numbers import numbers
from tests.second.ways import Ways


class Case:
    """The product's prepared area, and what this reading makes of its layers and graph."""

    def __init__(self, prepared):
        self.prepared, self.area, self.numbers = prepared, prepared.area, numbers()

    @cached_property
    def need(self):
        shares = (self.prepared.districts.shares, self.prepared.regions.shares)
        return need(self.area, shares, self.numbers.demand)

    @cached_property
    def ways(self):
        return Ways(self.prepared.network, self.area.roads, self.numbers)
