"""Compare: two reviews side by side, who gains, who loses, and what it asks of escorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from footprint.coverage.stations import Station
from footprint.errors import FootprintError
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import CLOSE, KEYS, SeasonMonths, by_period
from footprint.indicators.units import Level
from footprint.review import Review
from layers.sentences import say

SMALL = 0.0005
"""Changes that would print as 0.0 are not listed [share]."""


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
        If the reviews are not of the same units, as those of one prepared area are.
    """
    _check_units(first, second)
    before, after = (review.at_least.set_index([*KEYS, "month"]) for review in (first, second))
    shares = [name for name in before.columns if name not in {"people", "demand"}]
    return (after[shares] - before[shares]).reset_index()


def _check_units(first: Review, second: Review) -> None:
    keys = [*KEYS, "month"]
    if not first.figures[keys].equals(second.figures[keys]):
        raise FootprintError(
            say("the reviews are of different areas or objectives; compare reviews of one area")
        )


def by_season(
    first: Review,
    second: Review,
    seasons: Sequence[SeasonMonths],
    indicators: Sequence[Indicator] = tuple(Indicator),
) -> pd.DataFrame:
    """
    Return the footprints of both reviews by season, the mean of the year beside the worst season.

    Returns
    -------
    DataFrame
        One row per unit, indicator and period: `level`, `unit_id`, `name`, `measure` (the
        indicator), `period` (a season's identifier, "mean" or "worst"), `first`, `second` and
        `change` [share of the unit's demand]. The worst season may be another in each.

    Raises
    ------
    FootprintError
        If the reviews are not of the same units.
    """
    _check_units(first, second)
    return _beside(first.at_least, second.at_least, indicators, seasons)


def _beside(
    first: pd.DataFrame,
    second: pd.DataFrame,
    indicators: Sequence[Indicator],
    seasons: Sequence[SeasonMonths],
) -> pd.DataFrame:
    """Return `indicators` of two tables of figures over the same units by season, and their change."""
    keys, periods = [*KEYS, "measure"], [*(each.season_id for each in seasons), "mean", "worst"]
    before, after = (by_period(figures, indicators, seasons) for figures in (first, second))
    frame = before.loc[before.index.repeat(len(periods)), keys].reset_index(drop=True)
    frame["period"] = periods * len(before)
    frame["first"], frame["second"] = before[periods].to_numpy().ravel(), after[periods].to_numpy().ravel()
    return frame.assign(change=frame["second"] - frame["first"])


def worst_seasons(
    first: Review, second: Review, seasons: Sequence[SeasonMonths], indicator: Indicator
) -> pd.DataFrame:
    """
    Return the worst season of each region in both reviews, by what is there at least.

    Returns
    -------
    DataFrame
        One row per region: `unit_id`, `name`, `first`, `second` and `change` [share of the region's demand],
        NaN where it has none, and `known`, whether that is all there is in both.

    Raises
    ------
    FootprintError
        If the reviews are not of the same units.
    """
    _check_units(first, second)
    wanted = (first.figures["level"] == Level.REGION).to_numpy()
    own, told = (
        _beside(one[wanted], other[wanted], (indicator,), seasons)
        for one, other in ((first.at_least, second.at_least), (first.figures, second.figures))
    )
    is_worst = (own["period"] == "worst").to_numpy()
    known = told.loc[is_worst, "change"].notna().to_numpy()
    return own.loc[is_worst, ["unit_id", "name", "first", "second", "change"]].assign(known=known)


@dataclass(frozen=True, slots=True)
class EquityFlag:
    """A region whose worst season drops while the area's mean rises."""

    indicator: Indicator
    unit_id: str
    name: str
    before: float
    """Its worst season in the first review [share of its demand]."""
    after: float
    area_gain: float
    """Rise of the area's mean [share of demand]."""


@dataclass(frozen=True, slots=True)
class Equity:
    """Whether some region pays for a gain on average, and of which regions nobody can tell."""

    indicator: Indicator
    drop: float
    """A region's worst season may fall by this much unflagged [share]."""
    area_gain: float
    """Change of the area's mean [share of demand]; NaN where it has no demand."""
    flags: tuple[EquityFlag, ...]
    """Largest drop first; none where the area's mean does not rise."""
    cannot_tell: tuple[tuple[str, str], ...]
    """
    Identifier and name of each region that is not flagged and of whose worst season nobody can tell whether
    it falls as far: it has no demand, or the data name nobody for a part of what counts.
    """


def equity(
    first: Review,
    second: Review,
    seasons: Sequence[SeasonMonths],
    *,
    drop: float,
    indicator: Indicator = Indicator.MISSION,
) -> Equity:
    """
    Tell whether a gain on average is paid for by some region.

    Parameters
    ----------
    first, second
        Reviews of one prepared area.
    seasons
        Named groups of months.
    drop
        A region's worst season may fall by this much [share], inclusive, unflagged.
    indicator
        What is looked at.

    Returns
    -------
    Equity
        By what is there at least: where the data name nobody for a part of it, flags say what those named
        take away, and the other regions are among those of which nobody can tell.
    """
    _check_units(first, second)
    wanted = (first.figures["level"] == Level.AREA).to_numpy()
    area = _beside(first.at_least[wanted], second.at_least[wanted], (indicator,), seasons)
    area_gain = float(area.loc[area["period"] == "mean", "change"].iloc[0])
    worst = worst_seasons(first, second, seasons, indicator)
    rises = area_gain > CLOSE
    fallen = worst[(worst["change"] < -drop - CLOSE) & rises].sort_values(["change", "unit_id"])
    ids, names, before, after = (fallen[name].tolist() for name in ("unit_id", "name", "first", "second"))
    hidden = worst[~worst["known"] & ~worst["unit_id"].isin(fallen["unit_id"])].sort_values("unit_id")
    return Equity(
        indicator=indicator,
        drop=drop,
        area_gain=area_gain,
        flags=tuple(
            EquityFlag(indicator, *row, area_gain) for row in zip(ids, names, before, after, strict=True)
        ),
        cannot_tell=tuple(zip(hidden["unit_id"].tolist(), hidden["name"].tolist(), strict=True)),
    )


def equity_flags(
    first: Review,
    second: Review,
    seasons: Sequence[SeasonMonths],
    *,
    drop: float,
    indicator: Indicator = Indicator.MISSION,
) -> tuple[EquityFlag, ...]:
    """Return the flags of `equity` alone."""
    return equity(first, second, seasons, drop=drop, indicator=indicator).flags


def escort_days(review: Review) -> pd.DataFrame:
    """
    Return the escort days of each site and month.

    Returns
    -------
    DataFrame
        `site_id`, `name`, `month`, `asked_days`, `given_days` and `capacity_days` [days/month];
        months in which a site is closed have no row. Where the data name no team that asks for
        escorts, days asked and given are NaN, but for teams that a scenario adds; where they name no
        company, so is what a site can give, but for companies that a scenario adds.
    """
    names = _names(review.stations)
    rows = [
        (site_id, names[site_id], month, escort.asked_days, escort.given_days, escort.capacity_days)
        for month, by_site in enumerate(review.escorts, start=1)
        for site_id, escort in by_site.items()
    ]
    columns = ["site_id", "name", "month", "asked_days", "given_days", "capacity_days"]
    found = pd.DataFrame(rows, columns=columns).sort_values(["site_id", "month"], ignore_index=True)
    if not review.escorts_known:
        unsaid = found["asked_days"] == 0
        found.loc[unsaid, ["asked_days", "given_days"]] = float("nan")
    if not review.companies_known:
        unsaid = found["capacity_days"] == 0
        found.loc[unsaid, "capacity_days"] = float("nan")
        found.loc[unsaid & (found["asked_days"] != 0), "given_days"] = float("nan")
    return found


def busiest_escort_days(review: Review) -> pd.Series[float]:
    """Return the escort days asked of each site in its busiest month [days/month], by `site_id`."""
    return escort_days(review).groupby("site_id")["asked_days"].max()


def escort_changes(first: Review, second: Review) -> pd.DataFrame:
    """
    Return how escort days change from the first review to the second.

    Returns
    -------
    DataFrame
        `site_id`, `name`, `month`, `first_days`, `second_days`, `change_days` given
        [days/month] and `unmet_days`, asked for in the second and not given. A site that is
        closed in a month gives none. What is not known is NaN, and what a scenario changes there is
        what it adds.
    """
    names = _names(first.stations) | _names(second.stations)
    keys = ["site_id", "month"]
    days = ["asked_days", "given_days"]
    before, after = (escort_days(review).set_index(keys)[days] for review in (first, second))
    # Only what is closed gives none: NaN where it is open is not known, and stays so.
    either = before.index.union(after.index)
    before, after = (own.reindex(either, fill_value=0.0) for own in (before, after))
    joined = pd.DataFrame(
        {
            "first_days": before["given_days"],
            "second_days": after["given_days"],
            "unmet_days": after["asked_days"] - after["given_days"],
        }
    ).reset_index()
    joined.insert(1, "name", joined["site_id"].map(names))
    return joined.assign(change_days=joined["second_days"] - joined["first_days"].fillna(0.0))


def _names(stations: Sequence[Station]) -> dict[str, str]:
    return {post.site_id: post.name for post in stations}
