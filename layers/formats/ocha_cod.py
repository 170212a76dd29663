"""OCHA Common Operational Datasets: administrative boundaries (COD-AB) and populated places."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataSourceError

from layers.errors import Fault, LayerError
from layers.formats.columns import guarded
from layers.formats.delimited import Inspection, missing_columns, read_table
from layers.formats.identity import content_ids, told_apart
from layers.formats.normal import one_sheet, sheet_shapes
from layers.formats.reading import Reading
from layers.formats.spelling import AS_GIVEN, Spelling, spelled
from layers.geojson import refuse_linked_crs
from layers.places import PlaceKind
from layers.sentences import say

PLACE_KIND = {
    "1": PlaceKind.CAPITAL,
    "2": PlaceKind.REGION_SEAT,
    "3": PlaceKind.DISTRICT_SEAT,
    "4": PlaceKind.TOWN,
    "5": PlaceKind.VILLAGE,
}
"""`popPlaceCl`: capital, seat of admin 1, of admin 2, of admin 3, other."""


def read_cod_boundaries(path: Path, level: int, spelling: Spelling = AS_GIVEN) -> Reading:
    """
    Read the units of one level from a COD-AB file.

    Parameters
    ----------
    path
        GeoPackage with one layer for each level, its name containing "adm0", "adm1" …
    level
        0 for the country, 1 for regions, 2 for districts, 3 for what is below.
    spelling
        How names are written here.

    Returns
    -------
    Reading
        Columns of `Boundaries`; identifiers are p-codes; spelling put right.

    Raises
    ------
    LayerError
        If there is no such layer, columns lack, or p-codes are empty or repeated.
    """
    raw = _layer(path, level)
    raw, dropped = guarded(raw, path.name)
    name, code = (_column(raw, level, what) for what in ("name", "pcod"))
    parent = _column(raw, level - 1, "pcod") if level else None
    lacking = [
        f"admin{n}{what}"
        for found, n, what in (
            (name, level, "Name"),
            (code, level, "Pcode"),
            (parent if level else "", level - 1, "Pcode"),
        )
        if found is None
    ]
    if lacking or name is None or code is None:
        raise LayerError(missing_columns(path.name, lacking))
    frame = gpd.GeoDataFrame(
        {
            "unit_id": _text(raw[code]),
            "name": spelled(_text(raw[name]), spelling),
            "parent_id": _text(raw[parent]) if parent else "",
            "approximate": False,
        },
        geometry=raw.geometry.to_crs("EPSG:4326"),
    )
    faults = _faults(frame, path.name, code)
    if faults:
        raise LayerError(faults)
    return Reading(frame.sort_values("unit_id", ignore_index=True), dropped, _notes(raw, level))


def read_cod_places(path: Path, spelling: Spelling = AS_GIVEN) -> Reading:
    """
    Read populated places from a COD table.

    Returns
    -------
    Reading
        Columns of `Places`; `people` is empty throughout, since the table states none.
        A place without a p-code gets an identifier made from its content.

    Raises
    ------
    LayerError
        With every fault found.
    """
    table = read_table(
        path,
        required=("featureNam", "pcode", "popPlaceCl", "longitude", "latitude"),
        degrees=("longitude", "latitude"),
    )
    look = Inspection(table)
    codes = look.text("pcode")
    uncoded = codes == ""
    made = content_ids(table.frame[["featureNam", "longitude", "latitude"]], "place")
    frame = gpd.GeoDataFrame(
        {
            "place_id": codes.mask(uncoded, made),
            "name": spelled(look.text("featureNam"), spelling),
            "kind": look.codes("popPlaceCl", PLACE_KIND).astype(str),
            "people": float("nan"),
        },
        geometry=look.points("longitude", "latitude"),
    )
    look.finish()
    notes = (f"{int(uncoded.sum())} places without a p-code",) if uncoded.any() else ()
    return told_apart(Reading(frame, table.dropped, notes), "place_id", layer="places")


def read_cod_outline(path: Path, level: int, *, unit_id: str, name: str) -> Reading:
    """
    Read the country's outline as the union of its units, where the file has no level 0.

    Parameters
    ----------
    path
        As for `read_cod_boundaries`.
    level
        Level of the units joined.
    unit_id, name
        P-code and name of the country.

    Returns
    -------
    Reading
        Columns of `Boundaries`, one row. Where levels disagree about what belongs to the
        country, the level chosen decides.

    Raises
    ------
    LayerError
        As `read_cod_boundaries`.
    """
    units = read_cod_boundaries(path, level)
    outline = gpd.GeoDataFrame(
        {"unit_id": [unit_id], "name": [name], "parent_id": [""], "approximate": [False]},
        geometry=[units.shapes.union_all()],
        crs=units.shapes.crs,
    )
    note = f"the outline is the union of the units of level {level}"
    return Reading(outline, units.dropped, (*units.notes, note))


def _layer(path: Path, level: int) -> gpd.GeoDataFrame:
    """Return the layer of one level as it is."""
    problem = say("{n} layers are named after level {level} (adm{level}), of {names}", level=str(level))
    if path.is_dir():
        return sheet_shapes(one_sheet(path, lambda name: _is_level(name, level), problem))
    refuse_linked_crs(path)
    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except DataSourceError as error:
        raise LayerError(
            [Fault(path.name, say("it is no vector file"), say("Bring a GeoPackage"))]
        ) from error
    found = [name for name in names if _is_level(name, level)]
    if len(found) != 1:
        filled = problem.having(n=len(found), names=", ".join(names))
        raise LayerError([Fault(path.name, filled, say("One layer for each level is needed"))])
    return gpd.read_file(path, layer=found[0])


def _is_level(name: str, level: int) -> bool:
    """Tell whether a layer is named after a level of units."""
    return re.search(rf"adm(in)?_?{level}(?!\d)", name.lower()) is not None


def _column(raw: pd.DataFrame, level: int, what: str) -> str | None:
    """Return the column with a level's name or p-code, in the old or the new style of COD files."""
    old = rf"admin{level}{what}e?"
    new = rf"adm{level}_(pcode)" if what == "pcod" else rf"adm{level}_(fr|en|name)"
    return next((str(c) for c in raw.columns if re.fullmatch(f"{old}|{new}", str(c).lower())), None)


def _text(column: pd.Series) -> pd.Series:
    """Return a column as trimmed text, "" where it is empty."""
    return column.astype(str).where(column.notna(), "").str.strip()


def _faults(frame: gpd.GeoDataFrame, file: str, code: str) -> list[Fault]:
    """Return a fault for empty and for repeated p-codes and for missing shapes."""
    units = frame["unit_id"]
    checks = (
        (units == "", say("{cell} is empty"), say("Give every unit its p-code")),
        (
            (units != "") & units.duplicated(),
            say("{cell} is given to two units"),
            say("Give every unit its own p-code"),
        ),
        (
            frame.geometry.isna() | frame.geometry.is_empty,
            say("{cell} has no shape"),
            say("Draw the unit or remove it"),
        ),
    )
    return [
        Fault(
            file,
            what.having(cell=repr(units[bad].iloc[0])),
            remedy,
            code,
            int(bad.to_numpy().argmax()) + 2,
            int(bad.sum()),
        )
        for bad, what, remedy in checks
        if bad.any()
    ]


def _notes(raw: pd.DataFrame, level: int) -> tuple[str, ...]:
    """Say as of when the units are valid."""
    column = next((c for c in raw.columns if str(c).lower() == "validon"), None)
    if column is None:
        return ()
    days = sorted({str(day)[:10] for day in raw[column].dropna()})
    return (f"units of level {level} as valid on {', '.join(days)}",)
