"""Assets under changes: plain rows while a scenario is applied, one frame at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import assert_never

import pandas as pd

from footprint.errors import ScenarioError
from footprint.scenario.changes import MOST_ASSETS, OF_THE_PLAN, AddAssets, RemoveAssets, RetaskAssets
from layers.sentences import say
from layers.sites import Confidence


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `layers.sites.Assets`, without its identifier."""

    site_id: str
    kind: str
    count: int
    availability: float
    notice_min: float
    mission_share: float
    is_least: bool
    confidence: str
    source: str


_COLUMNS = [column.name for column in fields(Row)]

Rows = Mapping[str, Row]
"""Assets by identifier. A frame rebuilt at every change costs more than all the searches of a what-if."""


def rows_of(assets: pd.DataFrame) -> dict[str, Row]:
    """Return the rows of an assets frame, by identifier."""
    columns = (assets[name].tolist() for name in _COLUMNS)
    return {asset_id: Row(*row) for asset_id, *row in zip(assets.index.tolist(), *columns, strict=True)}


def frame_of(rows: Rows, like: pd.DataFrame) -> pd.DataFrame:
    """Return rows as a frame of the columns and kinds of `like`, sorted by identifier."""
    ids = sorted(rows)
    values = [[getattr(rows[asset_id], name) for name in _COLUMNS] for asset_id in ids]
    frame = pd.DataFrame(values, columns=_COLUMNS)
    frame.index = pd.Index(ids, name=like.index.name, dtype=like.index.dtype)
    return frame[list(like.columns)].astype(like.dtypes.to_dict())


def changed(rows: Rows, change: AddAssets | RemoveAssets | RetaskAssets, baseline: Rows) -> dict[str, Row]:
    """
    Return `rows` after one change.

    Parameters
    ----------
    rows
        Assets as they stand.
    change
        What to do; its site and kind are known to be there.
    baseline
        Assets of the area, which scenarios' own identifiers must not clash with.

    Raises
    ------
    ScenarioError
        If there are not so many, or too many.
    """
    here = [
        asset_id for asset_id, row in rows.items() if (row.site_id, row.kind) == (change.site_id, change.kind)
    ]
    match change:
        case AddAssets():
            return _with_more(rows, change, baseline)
        case RemoveAssets():
            return _with_fewer(rows, change, here, baseline)
        case RetaskAssets(mission_share=share):
            if not here or not 0 <= share <= 1:
                raise ScenarioError(
                    say(
                        "site {site} has no {kind}, or {share} is no share from 0 to 1",
                        site=repr(change.site_id),
                        kind=repr(change.kind),
                        share=str(share),
                    )
                )
            return {**rows, **{asset_id: replace(rows[asset_id], mission_share=share) for asset_id in here}}
        case _:
            assert_never(change)


def _with_more(rows: Rows, change: AddAssets, baseline: Rows) -> dict[str, Row]:
    if not 1 <= change.count <= MOST_ASSETS:
        raise ScenarioError(
            say("{value} is no number of assets from 1 to {most}", value=str(change.count), most=MOST_ASSETS)
        )
    asset_id = f"{change.site_id}+{change.kind}"
    while asset_id in baseline:
        asset_id += "+"
    nan = float("nan")
    fresh = Row(change.site_id, change.kind, 0, nan, nan, nan, False, str(Confidence.ASSUMED), OF_THE_PLAN)
    row = rows.get(asset_id, fresh)
    if row.count + change.count > MOST_ASSETS:
        raise ScenarioError(
            say(
                "site {site} would have more than {most} of {kind}",
                site=repr(change.site_id),
                most=MOST_ASSETS,
                kind=repr(change.kind),
            )
        )
    return {**rows, asset_id: replace(row, count=row.count + change.count)}


def _with_fewer(rows: Rows, change: RemoveAssets, here: list[str], baseline: Rows) -> dict[str, Row]:
    held = sum(rows[asset_id].count for asset_id in here)
    if not 1 <= change.count <= held:
        raise ScenarioError(
            say(
                "site {site} has {n} of {kind}, not {wanted}",
                site=repr(change.site_id),
                n=held,
                kind=repr(change.kind),
                wanted=change.count,
            )
        )
    left, to_go = dict(rows), change.count
    # What a scenario added goes before what was there, the last first.
    for asset_id in sorted(here, key=lambda each: (each not in baseline, each), reverse=True):
        gone = min(to_go, rows[asset_id].count)
        to_go -= gone
        if gone == rows[asset_id].count:
            del left[asset_id]
        elif gone:
            left[asset_id] = replace(rows[asset_id], count=rows[asset_id].count - gone)
    return left
