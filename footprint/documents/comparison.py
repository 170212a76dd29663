"""Comparison: what changes from one review to another, as a part of a document."""

from __future__ import annotations

from footprint.access.watched import Watched
from footprint.compare import by_season, differences, equity, escort_changes
from footprint.documents.columns import COLUMNS
from footprint.documents.layout.review import (
    Comparison,
    EquityRow,
    EscortChangeRow,
    MonthChangeRow,
    PeriodChangeRow,
)
from footprint.documents.layout.watch import EquityUntoldRow
from footprint.documents.rows import rows_of
from footprint.documents.watch import response_part, watch_part
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import CLOSE, KEYS
from footprint.prepared import Prepared
from footprint.review import Review


def comparison(
    prepared: Prepared, first: Review, second: Review, beside: Watched | None = None
) -> Comparison:
    """
    Return what changes from the first review to the second.

    Parameters
    ----------
    prepared
        What both rest on.
    first, second
        Before and after.
    beside
        What stands beside the plan; None where nobody asked.

    Returns
    -------
    Comparison
        Scenarios compared, months in which anything changes, changes of units by season
        and by month (units without any change are left out), equity flags, escort days, and what may be
        pushed away or responded to.
    """
    seasons, drop = prepared.area.seasons, prepared.method.reporting.equity_drop
    changes = differences(first, second)[[*KEYS, "month", *Indicator]]
    moved = changes[(changes[list(Indicator)].abs() > CLOSE).any(axis="columns")]
    season = by_season(first, second, seasons)
    escorts = escort_changes(first, second)
    paid = [
        equity(first, second, seasons, drop=drop, indicator=each)
        for each in (Indicator.FORCE, Indicator.MISSION)
    ]
    told = escorts["first_days"].isna() != escorts["second_days"].isna()
    return Comparison(
        first=first.scenario.scenario_id,
        second=second.scenario.scenario_id,
        months_changed=tuple(sorted(int(month) for month in moved["month"].unique())),
        by_period=rows_of(PeriodChangeRow, season[season["change"].abs() > CLOSE]),
        by_month=rows_of(MonthChangeRow, moved),
        equity_flags=tuple(
            EquityRow(
                measure=flag.indicator,
                unit_id=flag.unit_id,
                name=flag.name,
                worst_before=round(flag.before, COLUMNS["worst"].digits),
                worst_after=round(flag.after, COLUMNS["worst"].digits),
                area_gain=round(flag.area_gain, COLUMNS["mean"].digits),
            )
            for each in paid
            for flag in each.flags
        ),
        equity_cannot_tell=tuple(
            EquityUntoldRow(measure=each.indicator, unit_id=unit_id, name=name)
            for each in paid
            for unit_id, name in each.cannot_tell
        ),
        equity_drop=drop,
        escorts=rows_of(
            EscortChangeRow,
            escorts[(escorts["change_days"].abs() > CLOSE) | (escorts["unmet_days"] > CLOSE) | told],
        ),
        watch=None if beside is None else watch_part(prepared, beside.ring),
        response=None if beside is None else response_part(prepared, beside),
    )
