"""Rows: a list is taken row by row as its mapping says; every row is taken, left out as said, or reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from layers.characters import printable
from layers.foreign.placed import without_cells
from layers.foreign.points import NowhereError
from layers.foreign.seen import ColumnSeen, Likely, RowReport, SheetSeen
from layers.foreign.sheets import ForeignRow
from layers.formats.forbidden import plain, slug
from layers.formats.identity import content_ids, numbered
from layers.incidents import DatePrecision
from layers.intake.fields import TARGETS
from layers.intake.ground import in_degrees
from layers.intake.held import AreaHeld
from layers.intake.identifiers import shared_notes, unique_ids
from layers.intake.mapping import IntakeMapping, not_counted
from layers.intake.record import MONTH_ALONE, RowTaking, UnfitCellError
from layers.sentences import Sentence, say

_LISTED = 50
_VALUES = 20
"""Values of a column that are named with the rows they cannot be taken of."""
_MORE = say("as the rows named before, with other values")
_PLATOON = frozenset({"platoon", "platoons", "section", "sections", "pl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """What the ledger says of a list, as far as its rows keep it."""

    title: str
    confidence: str
    invented: bool


@dataclass(frozen=True, slots=True, eq=False)
class TakenRows:
    """What a list gives a layer."""

    frame: pd.DataFrame
    """In the layer's columns, days and months as text, as layer files have them; a GeoDataFrame in longitude
    and latitude where the layer has places."""
    assets: pd.DataFrame | None
    """What a list of sites counts at each, in the columns of assets; None where it counts none."""
    notes: tuple[Sentence, ...]
    """What was done with shapes."""
    reports: tuple[RowReport, ...]
    """Rows that cannot be taken, by reason."""
    left_out: tuple[RowReport, ...]
    """Rows that a person left out by their words."""
    rows: int
    """Rows of the list: those taken, reported and left out."""
    not_taken: Mapping[str, int] = field(default_factory=dict)
    """How many rows that are reported or left out go by an identifier; "" for those that have none."""

    @property
    def taken(self) -> int:
        """Rows that are taken."""
        return self.rows - sum(each.count for each in (*self.reports, *self.left_out))


@dataclass(slots=True)
class _RowTally:
    """Rows by reason: those of one value together, and beyond so many values those of one kind."""

    first: dict[tuple[str, str], Sentence] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _values: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, problem: Sentence, column: str, row: int) -> None:
        key, kind = (str(problem), column), (problem.template, column)
        if key not in self.first and self._values[kind] >= _VALUES:
            # A value of one row is never shown as that of another.
            problem, key = _MORE, (f"{problem.template} …", column)
        elif key not in self.first:
            self._values[kind] += 1
        self.first.setdefault(key, problem)
        self.counts[key] += 1
        listed = self.rows.setdefault(key, [])
        if len(listed) < _LISTED:
            listed.append(row)

    def made(self) -> tuple[RowReport, ...]:
        return tuple(
            RowReport(problem=self.first[key], column=key[1], rows=tuple(rows), count=self.counts[key])
            for key, rows in self.rows.items()
        )


def take(
    mapping: IntakeMapping,
    sheet: SheetSeen,
    rows: Iterable[ForeignRow],
    source: RowSource,
    area: AreaHeld,
) -> TakenRows:
    """
    Return the rows of a list in a layer's columns.

    Parameters
    ----------
    mapping
        Which column is which field.
    sheet
        The list's columns and reference system.
    rows
        All of its rows.
    source
        What the ledger says of the list.
    area
        What rows are held against.

    Notes
    -----
    Rows = taken + reported + left out, always. A row with one bad cell is reported whole.
    """
    columns = mapping.adjusted(sheet.columns)
    where = None if sheet.shapes or not mapping.target.shapes else mapping.placing(sheet.columns)
    shapes_in = mapping.shapes_in(sheet) if sheet.shapes else None
    taking = RowTaking(mapping, columns, where, area, None if shapes_in is None else in_degrees(shapes_in))
    bad, left = _RowTally(), _RowTally()
    made: list[dict[str, object]] = []
    shapes: list[object] = []
    counted: list[dict[str, int]] = []
    numbers: list[int] = []
    not_taken: Counter[str] = Counter()
    count = 0
    for row in rows:
        count += 1
        try:
            record, shape = taking.read(row)
            assets = taking.assets(row)
        except UnfitCellError as error:
            (left if error.left else bad).add(error.problem, error.column, row.number)
            not_taken[_known_as(mapping, columns, row)] += 1
        except NowhereError as error:
            bad.add(error.problem, error.column, row.number)
            not_taken[_known_as(mapping, columns, row)] += 1
        else:
            made.append(record)
            shapes.append(shape)
            counted.append(assets)
            numbers.append(row.number)
    frame, notes = _known_apart(
        _completed(
            _framed(mapping, sheet, made, shapes), mapping, source, [MONTH_ALONE in each for each in made]
        ),
        mapping,
        sheet,
        numbers,
    )
    counts = _counts(frame, counted, source) if mapping.assets else None
    inside = taking.points_inside
    if inside:
        notes.append(say("Areas taken by a point inside them: {n}.", n=inside))
    if taking.read_as:
        read = ", ".join(f"{cell!r} → {value}" for cell, value in taking.read_as.items())
        notes.append(say("Counts with words beside them are read as numbers: {read}.", read=read))
    notes += taking.read_otherwise()
    notes += not_counted(mapping, sheet)
    notes += taking.not_taken.not_taken()
    notes += _of_police(mapping)
    reports, left_out = bad.made(), left.made()
    if not _may_be_shown(mapping, sheet):
        reports, left_out = without_cells(reports), without_cells(left_out)
    return TakenRows(frame, counts, tuple(notes), reports, left_out, count, not_taken)


def _of_police(mapping: IntakeMapping) -> list[Sentence]:
    """Say that what counts formed police is taken as platoons, where its column does not say so."""
    column = mapping.assets.get("fpu_platoon", "")
    if not column or _PLATOON & set(plain(column).split()):
        return []
    return [_AS_PLATOONS.having(column=repr(column))]


_AS_PLATOONS = say(
    "{column} is taken as platoons of formed police, and a unit has several. If it counts units,"
    " write platoons into the file, or leave the column out: asset.fpu_platoon= (empty)."
)


def _known_as(mapping: IntakeMapping, columns: Sequence[ColumnSeen], row: ForeignRow) -> str:
    """Return the identifier of a row that cannot be taken, "" where it would be made of all it holds."""
    names = [each.name for each in columns]
    key, named = mapping.columns.get(mapping.target.key), mapping.columns.get("name")
    if key is not None:
        return printable(row.cells[names.index(key)].strip())
    return slug(row.cells[names.index(named)]) if named is not None and mapping.layer in _NAMED else ""


def _framed(
    mapping: IntakeMapping, sheet: SheetSeen, made: list[dict[str, object]], shapes: list[object]
) -> pd.DataFrame:
    fields = {each.name: [record.get(each.name) for record in made] for each in mapping.target.fields}
    if not mapping.target.shapes:
        return pd.DataFrame(fields)
    crs = mapping.shapes_in(sheet) if sheet.shapes else None
    placed = gpd.GeoSeries(shapes, crs=crs or CRS.from_epsg(4326)).to_crs("EPSG:4326")
    made_of: pd.DataFrame = gpd.GeoDataFrame(fields, geometry=placed.to_numpy(), crs="EPSG:4326")
    return made_of


def _counts(sites: pd.DataFrame, counted: list[dict[str, int]], source: RowSource) -> pd.DataFrame:
    """Return what is counted at each site in the columns of assets."""
    rows = [
        {
            "asset_id": f"{site}_{kind}",
            "site_id": site,
            "kind": kind,
            "count": count,
            "availability": "",
            "notice_min": "",
            "mission_share": "",
            "is_least": "false",
            "confidence": source.confidence,
            "source": source.title,
        }
        for site, assets in zip(sites["site_id"], counted, strict=True)
        for kind, count in assets.items()
    ]
    names = [each.name for each in TARGETS["assets"].fields]
    return pd.DataFrame(rows, columns=names)


_OF_LEDGER = ("source", "provider", "confidence", "invented")
"""Columns that say what the ledger says, where the list has none of its own."""


def _completed(
    frame: pd.DataFrame, mapping: IntakeMapping, source: RowSource, months_alone: Sequence[bool]
) -> pd.DataFrame:
    """Return the rows with what is made of the rest: identifiers, years, sources."""
    key = mapping.target.key
    stands = {
        "source": source.title,
        "provider": source.title,
        "confidence": source.confidence,
        "invented": "true" if source.invented else "false",
        "parent_id": "",
    }
    made = [
        name
        for name in stands
        if name in frame and name not in mapping.columns and name not in mapping.stated
    ]
    for name in made:
        frame[name] = stands[name]
    if mapping.layer == "incidents":
        frame = _dated(frame, months_alone)
    if key not in mapping.columns:
        # What the ledger says of the edition tells no row from another, nor from itself in the next one.
        frame[key] = _identifiers(frame.drop(columns=[key, *made]), mapping.layer)
    return frame


def _known_apart(
    frame: pd.DataFrame, mapping: IntakeMapping, sheet: SheetSeen, numbers: list[int]
) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return the rows with identifiers that no two rows share which differ, and what is to be said of it."""
    key, notes = mapping.target.key, list[Sentence]()
    column = mapping.columns.get(key)
    ids = frame[key].astype(str)
    bare = ids == ""
    if bare.any():
        stands = [name for name in _OF_LEDGER if name in frame and name not in mapping.columns]
        given = _identifiers(frame.drop(columns=[key, *stands]), mapping.layer)
        ids = ids.where(~bare, given)
        rows = ", ".join(str(n) for n, empty in zip(numbers, bare, strict=True) if empty)
        notes.append(_NO_ID.having(column=repr(column), rows=rows))
    if column is None and mapping.layer in _NAMED:
        # What is made of names was numbered in making: the names say which rows share one.
        called = frame["name"].map(lambda name: slug(str(name)))
        if not called.astype(bool).all():
            return frame, notes
        notes += shared_notes(list(called), list(ids), numbers, None, shown=_may_be_shown(mapping, sheet))
        return frame.assign(**{key: ids}), notes
    made = unique_ids(frame.assign(**{key: ids}), key)
    notes += shared_notes(list(ids), list(made), numbers, column, shown=_may_be_shown(mapping, sheet))
    return frame.assign(**{key: made}), notes


def _may_be_shown(mapping: IntakeMapping, sheet: SheetSeen) -> bool:
    """Tell whether cells may be shown: none of a list that is of places for checks alone."""
    first = sheet.likely[0]
    return mapping.layer != "sensitive" and not (first.decided and first.layer is Likely.SENSITIVE)


_NO_ID = say("Rows without an identifier in {column}, known by what they hold instead: {rows}.")


def _dated(frame: pd.DataFrame, months_alone: Sequence[bool]) -> pd.DataFrame:
    """Return incidents with the year of their day, and whether the day, its month or the year is known."""
    days, years = frame["date"], frame["year"]
    year = [str(day)[:4] if day else stated for day, stated in zip(days, years, strict=True)]
    spans = [
        DatePrecision.MONTH if alone else DatePrecision.DAY if day else DatePrecision.YEAR
        for day, alone in zip(days, months_alone, strict=True)
    ]
    return frame.assign(year=year, date_precision=list(map(str, spans)))


_NAMED = frozenset({"sites", "places", "airfields", "regions", "districts", "country"})
"""Layers whose rows are known by their names."""


def _identifiers(frame: pd.DataFrame, layer: str) -> pd.Series:
    """Return identifiers made of names where a layer has them, else of the whole row's content."""
    if layer == "assets":
        return numbered(frame["site_id"].astype(str) + "_" + frame["kind"].astype(str))
    if layer in _NAMED and len(frame) and frame["name"].map(lambda name: bool(slug(str(name)))).all():
        return numbered(frame["name"].map(lambda name: slug(str(name))))
    return content_ids(frame, layer.rstrip("s"))
