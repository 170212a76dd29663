"""Compare: two reviews side by side, who gains, who loses, and what it asks of escorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.coverage.stations import Station
from footprint.errors import FootprintError
from footprint.indicators.figures import MEASURES
from footprint.indicators.levels import Delivery, mission
from footprint.indicators.units import Level
from footprint.review import EQUAL, Review
from layers.months import months_in
from layers.seasons import Season

KEYS = ["level", "unit_id", "name"]
CLOSE = 1e-9
"""Differences this small are rounding, not change [share]."""


class Side(IntEnum):
    """Which of two reviews reaches a cell."""

    BOTH = 0
    ONLY_FIRST = 1
    ONLY_SECOND = 2
    NEITHER = 3


def differences(first: Review, second: Review) -> pd.DataFrame:
    """
    Return how every figure changes from the first review to the second.

    Returns
    -------
    DataFrame
        One row per unit and month: `level`, `unit_id`, `name`, `month`, and second minus
        first for each share of `footprint.indicators.figures.figures`; NaN where either has none.

    Raises
    ------
    FootprintError
        If the reviews are not of the same units, as those of one basis are.
    """
    _check_units(first, second)
    before, after = (review.figures.set_index([*KEYS, "month"]) for review in (first, second))
    shares = [name for name in before.columns if name not in {"people", "demand"}]
    return (after[shares] - before[shares]).reset_index()


def _check_units(first: Review, second: Review) -> None:
    keys = [*KEYS, "month"]
    if not first.figures[keys].equals(second.figures[keys]):
        raise FootprintError("the reviews are of different areas or objectives; compare reviews of one basis")


def by_season(first: Review, second: Review, seasons: Sequence[Season]) -> pd.DataFrame:
    """
    Return the footprints of both reviews by season, the mean of the year beside the worst season.

    Returns
    -------
    DataFrame
        One row per unit, measure of `MEASURES` and period: `level`, `unit_id`, `name`,
        `measure`, `period` (a season's identifier, "mean" or "worst"), `first`, `second` and
        `change` [share of the unit's demand]. The worst season may be another in each.

    Raises
    ------
    FootprintError
        If the reviews are not of the same units.
    """
    _check_units(first, second)
    return _beside(first.figures, second.figures, MEASURES, seasons)


def _beside(
    first: pd.DataFrame, second: pd.DataFrame, measures: Sequence[str], seasons: Sequence[Season]
) -> pd.DataFrame:
    """Return `measures` of two tables of figures over the same units by season, and their change."""
    sides = {"first": periods(first, measures, seasons), "second": periods(second, measures, seasons)}
    stacked = {name: wide.stack() for name, wide in sides.items()}
    frame = pd.DataFrame(stacked).rename_axis(index=[*KEYS, "measure", "period"]).reset_index()
    return frame.assign(change=frame["second"] - frame["first"])


def periods(figures: pd.DataFrame, measures: Sequence[str], seasons: Sequence[Season]) -> pd.DataFrame:
    """
    Return measures by season, with the mean of the year and the worst season.

    Parameters
    ----------
    figures
        Rows of `footprint.indicators.figures.figures`.
    measures
        Columns of it, for which the lowest season is the worst.
    seasons
        Named groups of months.

    Returns
    -------
    DataFrame
        Indexed by `level`, `unit_id`, `name` and `measure`, in the order of `figures`; one
        column per season, then "mean" and "worst". NaN if any month has none.
    """
    long = figures.melt(id_vars=[*KEYS, "month"], value_vars=list(measures), var_name="measure")
    wide = long.pivot(index=[*KEYS, "measure"], columns="month", values="value")
    units = figures.drop_duplicates(KEYS)[KEYS].itertuples(index=False, name=None)
    wide = wide.reindex(
        pd.MultiIndex.from_tuples([(*unit, measure) for unit in units for measure in measures])
    )
    found = pd.DataFrame(
        {
            season.season_id: wide[list(months_in(season.months))].mean(axis="columns", skipna=False)
            for season in seasons
        }
    )
    worst = found.min(axis="columns", skipna=False)
    return found.assign(mean=wide.mean(axis="columns", skipna=False), worst=worst)


@dataclass(frozen=True, slots=True)
class Shift:
    """How one unit fares under the second review."""

    level: Level
    unit_id: str
    name: str
    mean: float
    """Change of its mean over the year [share of its demand]."""
    worst: float
    """Change of its worst season [share of its demand]."""
    people: float
    """People who live in it [persons]."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Who gains and who loses; a unit that does both, by season, stands among the losers."""

    gains: tuple[Shift, ...]
    """Largest gain first."""
    losses: tuple[Shift, ...]
    """Largest loss first."""
    unchanged: int


def balance(
    first: Review,
    second: Review,
    seasons: Sequence[Season],
    *,
    measure: str = "MF",
    level: Level = Level.DISTRICT,
) -> Balance:
    """
    Say who gains and who loses from the first review to the second.

    Parameters
    ----------
    first, second
        Reviews of one basis.
    seasons
        Named groups of months.
    measure
        One of `MEASURES`.
    level
        Which units are looked at.

    Returns
    -------
    Balance
        Units without demand are left out. Ties go by identifier.
    """
    frame = by_season(first, second, seasons)
    own = frame[(frame["level"] == level) & (frame["measure"] == measure)]
    units = first.figures[first.figures["level"] == level].drop_duplicates("unit_id")
    people = dict(zip(units["unit_id"], units["people"].tolist(), strict=True))
    own = own[own["change"].notna()]
    mean, worst = (own.loc[own["period"] == period].set_index("unit_id") for period in ("mean", "worst"))
    both = zip(mean.index, mean["name"], mean["change"].tolist(), worst["change"].tolist(), strict=True)
    shifts = [
        Shift(level, str(unit), str(name), change, at_worst, people[unit])
        for unit, name, change, at_worst in both
    ]
    losses = [shift for shift in shifts if min(shift.mean, shift.worst) < -CLOSE]
    gains = [shift for shift in shifts if shift not in losses and max(shift.mean, shift.worst) > CLOSE]
    return Balance(
        gains=tuple(sorted(gains, key=lambda shift: (-shift.mean, shift.unit_id))),
        losses=tuple(sorted(losses, key=lambda shift: (min(shift.mean, shift.worst), shift.unit_id))),
        unchanged=len(shifts) - len(gains) - len(losses),
    )


@dataclass(frozen=True, slots=True)
class EquityFlag:
    """A region whose worst season drops while the area's mean rises."""

    measure: str
    unit_id: str
    name: str
    before: float
    """Its worst season in the first review [share of its demand]."""
    after: float
    area_gain: float
    """Rise of the area's mean [share of demand]."""


def equity_flags(
    first: Review, second: Review, seasons: Sequence[Season], *, drop: float, measure: str = "MF"
) -> tuple[EquityFlag, ...]:
    """
    Flag a gain on average that some region pays for.

    Parameters
    ----------
    first, second
        Reviews of one basis.
    seasons
        Named groups of months.
    drop
        A region's worst season may fall by this much [share], inclusive, unflagged.
    measure
        One of `MEASURES`.

    Returns
    -------
    tuple of EquityFlag
        Largest drop first; none where the area's mean does not rise.
    """
    _check_units(first, second)
    wanted = first.figures["level"].isin([Level.AREA, Level.REGION]).to_numpy()
    own = _beside(first.figures[wanted], second.figures[wanted], (measure,), seasons)
    area_gain = float(own.loc[(own["level"] == Level.AREA) & (own["period"] == "mean"), "change"].iloc[0])
    if not area_gain > CLOSE:
        return ()
    worst = own[(own["level"] == Level.REGION) & (own["period"] == "worst")]
    fallen = worst[worst["change"] < -drop - CLOSE].sort_values(["change", "unit_id"])
    unit_ids, names, before, after = (
        fallen[name].tolist() for name in ("unit_id", "name", "first", "second")
    )
    rows = zip(unit_ids, names, before, after, strict=True)
    return tuple(EquityFlag(measure, *row, area_gain) for row in rows)


def level_of(delivery: Delivery, measure: str, tier_weights: Sequence[float] = EQUAL) -> NDArray[np.float32]:
    """
    Return one measure in every cell and month [0-1], shape (12, n_cells).

    Parameters
    ----------
    delivery
        What can be delivered.
    measure
        One of `MEASURES`.
    tier_weights
        Weights of the tiers in "MF".

    Raises
    ------
    FootprintError
        If there is no such measure.
    """
    match measure:
        case "FF":
            return delivery.force
        case "MF":
            return mission(delivery.tiers, tier_weights)
        case "B1" | "B2" | "B3":
            return np.asarray(delivery.tiers[int(measure[1]) - 1], dtype=np.float32)
        case "FF0":
            return delivery.circle.astype(np.float32)
        case _:
            raise FootprintError(f"there is no measure {measure!r}; there are: {', '.join(MEASURES)}")


def sides(
    first: Delivery,
    second: Delivery,
    *,
    measure: str,
    threshold: float,
    tier_weights: Sequence[float] = EQUAL,
) -> NDArray[np.uint8]:
    """
    Return which of two reviews reaches each cell, as `Side`, shape (12, n_cells).

    Parameters
    ----------
    first, second
        What each can deliver.
    measure
        One of `MEASURES`.
    threshold
        Level from which a cell counts as reached, inclusive.
    tier_weights
        Weights of the tiers in "MF".
    """
    one, two = (level_of(each, measure, tier_weights) >= np.float32(threshold) for each in (first, second))
    return np.where(
        one, np.where(two, Side.BOTH, Side.ONLY_FIRST), np.where(two, Side.ONLY_SECOND, Side.NEITHER)
    ).astype(np.uint8)


def escort_days(review: Review) -> pd.DataFrame:
    """
    Return the escort days of each site and month.

    Returns
    -------
    DataFrame
        `site_id`, `name`, `month`, `asked_days`, `given_days` and `capacity_days` [days/month];
        months in which a site is closed have no row.
    """
    names = _names(review.stations)
    rows = [
        (site_id, names[site_id], month, escort.asked_days, escort.given_days, escort.capacity_days)
        for month, by_site in enumerate(review.escorts, start=1)
        for site_id, escort in by_site.items()
    ]
    columns = ["site_id", "name", "month", "asked_days", "given_days", "capacity_days"]
    return pd.DataFrame(rows, columns=columns).sort_values(["site_id", "month"], ignore_index=True)


def escort_changes(first: Review, second: Review) -> pd.DataFrame:
    """
    Return how escort days change from the first review to the second.

    Returns
    -------
    DataFrame
        `site_id`, `name`, `month`, `first_days`, `second_days`, `change_days` given
        [days/month] and `unmet_days`, asked for in the second and not given. A site that is
        closed in a month gives none.
    """
    names = _names(first.stations) | _names(second.stations)
    keys = ["site_id", "month"]
    before, after = (escort_days(review).set_index(keys) for review in (first, second))
    joined = pd.concat(
        {
            "first_days": before["given_days"],
            "second_days": after["given_days"],
            "unmet_days": after["asked_days"] - after["given_days"],
        },
        axis="columns",
    )
    joined = joined.fillna(0.0).sort_index().reset_index()
    joined.insert(1, "name", joined["site_id"].map(names))
    return joined.assign(change_days=joined["second_days"] - joined["first_days"])


def _names(stations: Sequence[Station]) -> dict[str, str]:
    return {post.site_id: post.name for post in stations}
