"""Tags of OpenStreetMap lines, whatever program made columns of them: one text for each row and key."""

from __future__ import annotations

import re
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from layers.characters import printable
from layers.formats.forbidden import slug
from layers.formats.osm_keys import KEYS

_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*"((?:[^"\\]|\\.)*)"')
"""One tag of GDAL's column `other_tags`."""

_OTHERS = "other_tags"
_DBF_CHARACTERS = 10
"""Characters that a shapefile keeps of a column's name."""
_LEAST_TO_GUESS = 7
"""Characters of a cut-off name that can mean one key alone."""

PROBE = ("highway", "fclass", "route", _OTHERS)
"""Columns of which lines of roads have one."""


@dataclass(frozen=True, slots=True, eq=False)
class OsmTags:
    """Tags of each row."""

    columns: dict[str, pd.Series]
    """By key of OpenStreetMap, trimmed text, "" where nothing is stated; keys that no row has are absent."""
    index: pd.Index
    geofabrik: bool
    """Whether the columns are those of Geofabrik's extracts."""
    unclear: tuple[str, ...] = ()
    """Columns whose names are cut off so that they may be any of several keys; they are not read."""

    def text(self, key: str) -> pd.Series:
        """Return a tag as it is written, "" where nothing is stated."""
        empty = pd.Series("", index=self.index, dtype=object)
        return self.columns.get(key, empty)

    def word(self, key: str) -> pd.Series:
        """Return a tag in small letters."""
        return self.text(key).str.lower()

    def taking(self, rows: pd.Series) -> OsmTags:
        """Return the tags of the rows where `rows` is true."""
        kept = {key: column[rows] for key, column in self.columns.items()}
        return OsmTags(kept, self.index[rows], self.geofabrik, self.unclear)


def osm_tags(raw: gpd.GeoDataFrame) -> OsmTags:
    """
    Return the tags of rows.

    Parameters
    ----------
    raw
        Columns of any of: tags by their own keys ("name:en"), by keys with "_" for ":", cut to ten characters
        as shapefiles cut them, Geofabrik's, or GDAL's with further tags in `other_tags`.
    """
    known = {slug(key): key for key in KEYS}
    columns: dict[str, pd.Series] = {}
    unclear: list[str] = []
    for name in raw.columns:
        if name == raw.geometry.name:
            continue
        fit = [known[slug(str(name))]] if slug(str(name)) in known else _cut_off(str(name))
        unclear += [str(name)] if len(fit) > 1 else []
        key = fit[0] if len(fit) == 1 else ""
        if key and key not in columns:
            columns[key] = _text(raw[name])
    if _OTHERS in raw.columns:
        for key, column in _others(_text(raw[_OTHERS])).items():
            own = columns.get(key)
            columns[key] = column if own is None else own.where(own != "", column)
    return OsmTags(
        columns, raw.index, geofabrik="fclass" in columns and "highway" not in columns, unclear=tuple(unclear)
    )


def _cut_off(name: str) -> list[str]:
    """
    Return the keys that a shapefile would cut to this name.

    Of a key and its longer forms ("motor_vehicle:conditional") it is the key: the others are numbered.
    """
    if not _LEAST_TO_GUESS <= len(name) <= _DBF_CHARACTERS:
        return []
    fit = [key for key in KEYS if len(key) > _DBF_CHARACTERS and slug(key)[: len(name)] == slug(name)]
    shortest = min(fit, key=len, default="")
    return [shortest] if fit and all(key.startswith(shortest) for key in fit) else fit


def _text(column: pd.Series) -> pd.Series:
    """Return cells as printable text; whole numbers without decimals."""
    if pd.api.types.is_float_dtype(column):
        column = column.map(
            lambda value: int(value) if pd.notna(value) and float(value).is_integer() else value
        )
    codes, words = pd.factorize(column.astype(object), use_na_sentinel=True)
    written = pd.Series([*(printable(str(word)).strip() for word in words), ""], dtype=object)
    return pd.Series(written.to_numpy()[codes], index=column.index, dtype=object)


def _others(cells: pd.Series) -> dict[str, pd.Series]:
    """Return the tags in GDAL's `other_tags`, by key."""
    wanted = set(KEYS)
    columns: dict[str, dict[object, str]] = {}
    for row, cell in cells[cells != ""].items():
        for key, value in _HSTORE.findall(cell):
            if key in wanted:
                columns.setdefault(key, {})[row] = value.replace('\\"', '"').replace("\\\\", "\\").strip()
    return {
        key: pd.Series(values, dtype=object).reindex(cells.index, fill_value="")
        for key, values in columns.items()
    }
