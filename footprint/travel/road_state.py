"""What does a scenario change on the roads: closed, repaired, searched?"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from footprint.errors import ScenarioError
from layers.months import ALL_MONTHS, in_month
from layers.roads import Smoothness, Surface
from layers.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from footprint.travel.roads import RoadTable


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadState:
    """
    Changes to roads, as a value in canonical order: equal changes are equal and hash alike.

    A closure set by a scenario wins over a repair; the last rating of a road counts.

    Examples
    --------
    >>> RoadState().close("r2", 0b1).close("r1", 0b1) == RoadState().close("r1", 0b1).close("r2", 0b1)
    True
    """

    closed: tuple[tuple[str, int], ...] = ()
    """Roads shut and in which months, bit m-1 for m."""
    repaired: tuple[str, ...] = ()
    """Roads made paved and good, with their own closures lifted."""
    raised: tuple[str, ...] = ()
    """Roads put on a dyke, passable in flood."""
    rated: tuple[str, ...] = ()
    """Roads rated for search."""
    unrated: tuple[str, ...] = ()
    """Roads no longer rated for search."""
    all_rated: bool | None = None
    """Every road is rated for search, or none; None for what the data say. Single ratings come on top."""

    reopened: tuple[str, ...] = ()
    """Roads whose own closures are lifted, and nothing else."""
    lowered: tuple[str, ...] = ()
    """Roads taken off their dykes: their parts under water are shut in the water's months."""
    undisturbed: bool = False
    """Every road open, as if nothing was ever closed or repaired: who asks for escorts reckons by it."""
    _hash: int = field(init=False, repr=False, compare=False, default=0)
    """Reckoned once: states are keys of everything that is searched."""

    def __post_init__(self) -> None:
        """Put every field in canonical order."""
        masks: dict[str, int] = {}
        for road_id, months in self.closed:
            masks[road_id] = masks.get(road_id, 0) | months
        closed = tuple((road_id, masks[road_id]) for road_id in sorted(masks) if masks[road_id])
        object.__setattr__(self, "closed", closed)
        for name in ("repaired", "raised", "rated", "unrated", "reopened", "lowered"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        own = tuple(getattr(self, each.name) for each in fields(self) if each.compare)
        object.__setattr__(self, "_hash", hash(own))

    def __hash__(self) -> int:
        """Return what equal states have alike."""
        return self._hash

    @property
    def has_loss(self) -> bool:
        """Whether it shuts anything."""
        return bool(self.closed or self.lowered)

    def without_loss(self) -> RoadState:
        """Return this state without what only shuts roads: its closures, and dykes taken away."""
        return replace(self, closed=(), lowered=())

    def shut(self, roads: RoadTable, month: int) -> NDArray[np.bool_]:
        """Return which rows of `roads` these closures shut in a month (1-12)."""
        return self._rows(roads, (road_id for road_id, months in self.closed if in_month(months, month)))

    def off_dyke(self, roads: RoadTable) -> NDArray[np.bool_]:
        """Return which rows of `roads` are taken off their dykes."""
        return self._rows(roads, self.lowered)

    def lost(self, roads: RoadTable, month: int = 0) -> NDArray[np.bool_]:
        """Return of which rows of `roads` any part may be shut in a month (1-12), or in any if it is 0."""
        shut = (road_id for road_id, months in self.closed if not month or in_month(months, month))
        return self._rows(roads, (*shut, *self.lowered))

    @property
    def rated_by_itself(self) -> tuple[str, ...]:
        """Roads whose own rating is stated here."""
        return (*self.rated, *self.unrated)

    def rated_as_given(self) -> RoadState:
        """Return this state with no road's own rating stated."""
        return replace(self, rated=(), unrated=())

    def without_ratings(self) -> RoadState:
        """Return this state as those go by it whom ratings do not slow down."""
        return replace(self, rated=(), unrated=(), all_rated=None)

    def undisturb(self) -> RoadState:
        """Return these ratings on roads that nobody closes or repairs."""
        return RoadState(rated=self.rated, unrated=self.unrated, all_rated=self.all_rated, undisturbed=True)

    def close(self, road_id: str, months: int = ALL_MONTHS) -> RoadState:
        """Return this state with `road_id` shut in `months` as well (bit m-1 for m)."""
        return replace(self, closed=(*self.closed, (road_id, months)))

    def repair(self, road_id: str, *, raise_it: bool = False) -> RoadState:
        """Return this state with `road_id` paved, good and open, and on a dyke if `raise_it`."""
        raised = (*self.raised, road_id) if raise_it else self.raised
        return replace(self, repaired=(*self.repaired, road_id), raised=raised)

    def reopen(self, road_id: str) -> RoadState:
        """Return this state without the closures that the data give `road_id`."""
        return replace(self, reopened=(*self.reopened, road_id))

    def lower(self, road_id: str) -> RoadState:
        """Return this state with `road_id` off its dyke."""
        return replace(self, lowered=(*self.lowered, road_id))

    def rate(self, road_id: str, *, rated: bool = True) -> RoadState:
        """Return this state with `road_id` rated for search, or no longer."""
        on, off = (set(named) - {road_id} for named in (self.rated, self.unrated))
        (on if rated else off).add(road_id)
        return replace(self, rated=tuple(on), unrated=tuple(off))

    def apply(self, roads: RoadTable) -> RoadTable:
        """
        Return `roads` with these changes.

        Raises
        ------
        ScenarioError
            If a road is not in `roads`; the message names every one.
        """
        if self == RoadState():
            return roads
        repaired, raised = self._rows(roads, self.repaired), self._rows(roads, self.raised)
        start = roads.search_rated if self.all_rated is None else np.full(len(roads.road_id), self.all_rated)
        search_rated = start | self._rows(roads, self.rated)
        freed = repaired | self._rows(roads, self.reopened) | self.undisturbed
        closed_months = np.where(freed, 0, roads.closed_months).astype(np.uint16)
        self._rows(roads, (road_id for road_id, _ in self.closed))
        for road_id, months in self.closed:
            closed_months[np.searchsorted(roads.road_id, road_id)] |= months
        return replace(
            roads,
            surface=np.where(repaired, Surface.PAVED.value, roads.surface),
            smoothness=np.where(repaired, Smoothness.GOOD.value, roads.smoothness),
            raised=(roads.raised | raised) & ~self._rows(roads, self.lowered),
            search_rated=search_rated & ~self._rows(roads, self.unrated),
            closed_months=closed_months,
        )

    @staticmethod
    def _rows(roads: RoadTable, road_ids: Iterable[str]) -> NDArray[np.bool_]:
        """Return which rows of `roads` are named, shape (n_roads,)."""
        wanted = sorted(road_ids)
        missing = sorted(set(wanted) - set(roads.road_id.tolist())) if wanted else []
        if missing:
            raise ScenarioError(say("no such road: {roads}", roads=", ".join(map(repr, missing))))
        return np.isin(roads.road_id, wanted) if wanted else np.zeros(len(roads.road_id), bool)
