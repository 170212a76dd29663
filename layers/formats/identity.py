"""Identifiers: made from content where a provider gives none, told apart where it repeats them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from layers.area import Dropped
from layers.errors import LayerError
from layers.formats.reading import Reading
from layers.incidents import REVISED, REVISIONS_MAX, too_often
from layers.sentences import Sentence, say


def content_ids(frame: pd.DataFrame, prefix: str) -> pd.Series:
    """
    Return an identifier for each row, made from its content alone, whatever the row order.

    Rows with equal content are numbered -2, -3 …: they cannot be told apart, so neither
    can their identifiers be mistaken.
    """
    ids = _lines(frame).map(lambda line: f"{prefix}-{hashlib.sha256(line.encode()).hexdigest()[:12]}")
    return numbered(ids)


def numbered(ids: pd.Series) -> pd.Series:
    """Return `ids` with -2, -3 … put to the second, third … of each that is repeated."""
    nth = ids.groupby(ids).cumcount() + 1
    return ids.where(nth == 1, ids + "-" + nth.astype(str))


def told_apart(reading: Reading, identifier: str, *, layer: str) -> Reading:
    """
    Make identifiers unique.

    Returns
    -------
    Reading
        Rows given twice alike are dropped and counted; rows that share an identifier
        and differ are numbered in the order of their content, and a note says so.
    """
    lines = _lines(reading.frame)
    twice = lines.duplicated()
    single = reading.keeping(~twice, layer=layer, reason=say("given twice alike"))
    order = lines[~twice].sort_values(kind="stable").index
    before = single.frame[identifier]
    ids = numbered(before.loc[order]).reindex(before.index)
    shared = int((ids != before).sum())
    if not shared:
        return single
    note = f"{shared} rows share their {identifier} with another and were numbered"
    return replace(single, frame=single.frame.assign(**{identifier: ids}), notes=(*single.notes, note))


def latest_of_each(
    reading: Reading, identifier: str, *, layer: str, stamp: pd.Series | None = None
) -> Reading:
    """
    Return a reading with one row for each identifier, the provider's last word on it.

    Parameters
    ----------
    reading
        Rows as read.
    identifier
        Column of the provider's own identifiers.
    layer
        What the rows are called.
    stamp
        When each row was written, on the index of the frame; without it the later row is the
        later word.

    Raises
    ------
    LayerError
        If an identifier stands more than `REVISIONS_MAX` times: then it identifies nothing.
    """
    frame = reading.frame
    shared = frame[identifier].value_counts()
    if shared.max() > REVISIONS_MAX:
        raise LayerError([too_often(layer, identifier, str(shared.index[0]), int(shared.iloc[0]))])
    order = frame.index if stamp is None else stamp.sort_values(kind="stable").index
    older = frame[identifier].loc[order].duplicated(keep="last").reindex(frame.index)
    return reading.keeping(~older, layer=layer, reason=REVISED)


def dropped_columns(file: str, why: Sentence, columns: list[str]) -> tuple[Dropped, ...]:
    """Return the statement that `columns` were left out, none if there are none."""
    return (
        (Dropped(file, say("{why}: {columns}", why=why, columns=", ".join(columns)), 0),) if columns else ()
    )


def _lines(frame: pd.DataFrame) -> pd.Series:
    """Return each row's content as one text."""
    text = pd.DataFrame(frame).copy()
    if isinstance(frame, gpd.GeoDataFrame):
        text[frame.geometry.name] = frame.geometry.to_wkt()
    first, *others = (text[column].astype(str) for column in text.columns)
    return first.str.cat(pd.concat(others, axis="columns"), sep="\x1f", na_rep="")
