"""Foresight: year by year, which places and months would each rule have named, and what fell there next?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.demand import MONTHS, Ground, demand_surface, estimate_kappa, threat
from footprint.demand.weights import only_year
from footprint.evidence.foresight_cells import CellForesight, CellNeed, OnCells
from footprint.evidence.rules import MONTHLY, PER_HEAD, RankingRule, named
from footprint.method import Method
from footprint.objectives import Measure
from footprint.prepared import Prepared, ground_of
from footprint.violence.counted import counted_incidents
from footprint.violence.question import UNIT
from footprint.violence.seasonality.calendar import MonthSpan, quietest_month, unit_calendar
from footprint.violence.seasonality.profile import SeasonalProfile, seasonal_profile

TOO_COARSE = "placed no better than in its first-level unit"
NO_MONTH = "only the year known"
NO_UNIT = "in no second-level unit, or in one mostly outside the area"

Counts = NDArray[np.float64]
"""One number per cercle and month, shape (n_districts, 12); (n_districts, 1) where no month is known."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgedYear:
    """One year: what happened, and how much of it lay where each rule had named."""

    year: int
    events: NDArray[np.float64] = field(repr=False)
    """Incidents by cercle, shape (n_districts,)."""
    caught: Mapping[RankingRule, NDArray[np.float64]] = field(repr=False)
    """Of these, where the rule had named; a tie at the edge is shared, shape (n_districts,)."""

    @property
    def n_events(self) -> int:
        """Incidents of the year."""
        return int(self.events.sum())

    def share(self, rule: RankingRule) -> float:
        """Return the share of the year's incidents where the rule had named [0-1]; NaN in a year of none."""
        return float(self.caught[rule].sum() / self.events.sum()) if self.n_events else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Foresight:
    """Every rule on every year that had a year before it, the earliest first."""

    years: tuple[JudgedYear, ...]
    by_month: bool
    """Whether places and months are named; False names places alone, where most dates are years."""
    n_units: int
    """Cercles."""
    rules: tuple[RankingRule, ...]
    left_out: tuple[tuple[str, int], ...]
    """Incidents of the whole record that take no part, by reason."""
    cells: CellForesight
    """The same on cells: told, and not judged."""

    @property
    def n_events(self) -> int:
        """Incidents of all years judged."""
        return sum(each.n_events for each in self.years)

    def pooled(self, rule: RankingRule) -> float:
        """Return the share of all judged incidents where the rule had named [0-1]; NaN without any."""
        total = self.n_events
        return float(sum(each.caught[rule].sum() for each in self.years) / total) if total else float("nan")


def foresight(prepared: Prepared) -> Foresight:
    """
    Try rules on each whole year: what would each have named by the end of the year before?

    Parameters
    ----------
    prepared
        Area and method.

    Returns
    -------
    Foresight
        Each rule ranks cercles and months and names the same share of them (`evidence.named_share`).
        A score shared by several at the edge is named in part, as if drawn by lot.

    Notes
    -----
    A rule sees nothing of the year it is judged by: the pull of thin data and each cercle's calendar are
    estimated anew before every year. People are those of the area's raster throughout. Incidents
    placed in their cercle or better take part; where most dates are years alone, cercles are
    ranked without months. Cells are ranked without months and judged by incidents placed exactly; cells with
    equal scores share what is left to name. That is told beside it, and decides nothing.
    """
    area, numbers = prepared.area, prepared.method.evidence
    ground = ground_of(area, prepared.regions, prepared.districts)
    record = _record(area.districts, counted_incidents(area.incidents).incidents.sort_index(), ground)
    frame = area.frame_date
    last = frame.year if (frame.month, frame.day) == (12, 31) else frame.year - 1
    begun = int(record.year.min()) if len(record.year) else last
    judged, on_cells = [], OnCells(record.known, ground)
    for year in range(max(begun + 1, last - numbers.rule_years_max + 1), last + 1):
        need = _need_before(prepared.method, record, year)
        judged.append(
            _judged(year, _scores(prepared.method, record, year, need), record, numbers.named_share)
        )
        on_cells.add(year, need.cells, numbers.named_share)
    return Foresight(
        years=tuple(judged),
        by_month=record.by_month,
        n_units=int(record.inside.sum()),
        rules=tuple(rule for rule in RankingRule if record.by_month or rule not in MONTHLY),
        left_out=record.left_out,
        cells=on_cells.found(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Record:
    """Incidents that count, and of those that take part: year, cercle and month."""

    districts: gpd.GeoDataFrame
    known: gpd.GeoDataFrame
    ground: Ground
    year: NDArray[np.int64]
    unit: NDArray[np.int64]
    column: NDArray[np.int64]
    by_month: bool
    left_out: tuple[tuple[str, int], ...]

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Cercles that are ranked: of one mostly outside the area only its border cells are known."""
        return ~self.ground.districts.outside

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.ground.districts.unit_ids), MONTHS if self.by_month else 1

    def counts(self, first: int, last: int) -> Counts:
        """Return incidents from a year to a year, both inclusive."""
        then = (self.year >= first) & (self.year <= last)
        flat = self.unit[then] * self.shape[1] + self.column[then]
        return (
            np.bincount(flat, minlength=self.shape[0] * self.shape[1]).reshape(self.shape).astype(np.float64)
        )


def _record(districts: gpd.GeoDataFrame, known: gpd.GeoDataFrame, ground: Ground) -> _Record:
    vague = only_year(known)
    by_month = bool(len(known)) and 2 * int(vague.sum()) < len(known)
    coarse = (known["geo_precision"] > UNIT).to_numpy(dtype=bool)
    unit = ground.district_at(known.geometry.x.to_numpy(), known.geometry.y.to_numpy())
    unit[(unit >= 0) & ground.districts.outside[unit]] = -1
    undated, nowhere = vague & by_month & ~coarse, (unit < 0) & ~coarse & ~(vague & by_month)
    used = ~(coarse | undated | nowhere)
    month = known["date"].dt.month.to_numpy(dtype=np.float64)[used] if by_month else np.ones(used.sum())
    reasons = ((TOO_COARSE, coarse), (NO_MONTH, undated), (NO_UNIT, nowhere))
    return _Record(
        districts=districts,
        known=known,
        ground=ground,
        year=known["year"].to_numpy(dtype=np.int64)[used],
        unit=unit[used],
        column=month.astype(np.int64) - 1,
        by_month=by_month,
        left_out=tuple((reason, int(hit.sum())) for reason, hit in reasons if hit.any()),
    )


def _scores(method: Method, record: _Record, year: int, need: _NeedBefore) -> dict[RankingRule, Counts]:
    """Return what each rule makes of the years before `year`."""
    shape = record.shape
    before, whole = record.counts(year - 1, year - 1), record.counts(0, year - 1)
    scores = {
        RankingRule.LAST_YEAR: _alike(before.sum(axis=1), shape),
        RankingRule.WHOLE_RECORD: _alike(whole.sum(axis=1), shape),
        RankingRule.PEOPLE: _alike(record.ground.district_thousands, shape),
        RankingRule.ALIKE: np.ones(shape),
    }
    if record.by_month:
        scores[RankingRule.SAME_MONTH] = before
    return scores | _need(method, record, need)


def _alike(by_unit: NDArray[np.float64], shape: tuple[int, int]) -> Counts:
    """Return the same score in every month."""
    return np.array(np.broadcast_to(by_unit[:, None], shape))


@dataclass(frozen=True, slots=True, eq=False)
class _NeedBefore:
    """The need as this tool would have reckoned it on the last day of a year."""

    day: date
    past: gpd.GeoDataFrame
    """Incidents until then."""
    cells: CellNeed


def _need_before(method: Method, record: _Record, year: int) -> _NeedBefore:
    """Return the need as it would have been reckoned on the last day of the year before `year`."""
    known, ground, day = record.known, record.ground, date(year - 1, 12, 31)
    past, numbers = known[(known["year"] < year).to_numpy()], method.demand
    spread = threat(past, ground, numbers=numbers, frame_date=day)
    kappa = estimate_kappa(past, ground, numbers=numbers, frame_date=day)
    surface = demand_surface(spread, ground, numbers=numbers, kappa=kappa)
    return _NeedBefore(
        day=day,
        past=past,
        cells=CellNeed(
            threat=surface.rate[0] * np.nan_to_num(ground.people),
            blend=surface.of(Measure.BLEND)[0].astype(np.float64),
        ),
    )


def _need(method: Method, record: _Record, need: _NeedBefore) -> dict[RankingRule, Counts]:
    """Return what the need of the year before makes of cercles, and of months by calendars."""
    ground, shares = record.ground, record.ground.districts.shares
    if not np.nan_to_num(ground.people).any():
        # Without people there is no rate per head: these rules are not known, and not "all alike".
        return dict.fromkeys(PER_HEAD, np.full(record.shape, np.nan))
    threatened = np.asarray(shares @ need.cells.threat)
    scores = {
        RankingRule.THREAT: _alike(threatened, record.shape),
        RankingRule.BLEND: _alike(np.asarray(shares @ need.cells.blend), record.shape),
    }
    if record.by_month:
        profile = _profile(method, record.districts, need.past, need.day)
        scores[RankingRule.CALENDAR] = threatened[:, None] * _in_order(profile.need, profile, ground)
        scores[RankingRule.EVERY_CALENDAR] = threatened[:, None] * _in_order(profile.share, profile, ground)
    return scores


def _profile(
    method: Method, districts: gpd.GeoDataFrame, past: gpd.GeoDataFrame, day: date
) -> SeasonalProfile:
    placed = past[past["geo_precision"] <= UNIT]
    begun = int(placed["year"].min()) if len(placed) else day.year
    span = MonthSpan(first=date(begun, 1, 1), last=day, first_month=quietest_month(placed))
    return seasonal_profile(
        unit_calendar(placed, districts, span), method.violence.seasonality, n_resamples=0
    )


def _in_order(months: Counts, profile: SeasonalProfile, ground: Ground) -> Counts:
    """Return a profile's rows in the order of the ground's cercles."""
    return pd.DataFrame(months, index=profile.area_ids).loc[list(ground.districts.unit_ids)].to_numpy()


def _judged(year: int, scores: Mapping[RankingRule, Counts], record: _Record, share: float) -> JudgedYear:
    events = record.counts(year, year)[record.inside]
    caught = {
        rule: (named(score[record.inside], share) * events).sum(axis=1) for rule, score in scores.items()
    }
    return JudgedYear(year, events.sum(axis=1), caught)
