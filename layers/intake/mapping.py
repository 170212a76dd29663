"""
A mapping: which column of a list is which field of a layer, and what its words mean.

It is guessed from what the columns hold and are called, shown, corrected by a person, and kept for the
next edition of the same list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pyproj import CRS

from layers.foreign.cells import NOTHING
from layers.foreign.points import Placing, in_order
from layers.foreign.reference import system
from layers.foreign.seen import ColumnContent, ColumnSeen, DegreeBounds, SheetSeen
from layers.formats.forbidden import plain
from layers.intake.fields import TARGETS, Form, IntakeField, Target
from layers.intake.ground import places_of, read_reference
from layers.intake.words import TAGS, allowed_word, asset_kind, column_names
from layers.sentences import Sentence, say

_FITS: dict[Form, frozenset[ColumnContent]] = {
    Form.DAY: frozenset({ColumnContent.DATE}),
    Form.NUMBER: frozenset({ColumnContent.NUMBER, ColumnContent.YEAR}),
    Form.WHOLE: frozenset({ColumnContent.NUMBER, ColumnContent.YEAR}),
}
"""What a column must hold to be taken for a field of a form; other forms take any text."""

_OPEN = frozenset({"open_from", "open_to"})
"""Days of which the year alone is taken as well, and said."""
_COUNTING = frozenset(
    {ColumnContent.NUMBER, ColumnContent.YEAR, ColumnContent.TEXT, ColumnContent.IDENTIFIER}
)
"""What a column that counts an asset may hold: "2 coys" is read, and said."""
_NEVER = frozenset({ColumnContent.REFUSED, ColumnContent.EMPTY, ColumnContent.OUTLINE})
_OTHER_AXIS = {
    ColumnContent.LATITUDE: ColumnContent.LONGITUDE,
    ColumnContent.LONGITUDE: ColumnContent.LATITUDE,
}
_PLACES = frozenset({ColumnContent.LATITUDE, ColumnContent.LONGITUDE, ColumnContent.POSITION, ColumnContent.UTM, ColumnContent.EASTING, ColumnContent.NORTHING, ColumnContent.ZONE, ColumnContent.DEGREES})  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeMapping:
    """How a list is taken for a layer."""

    layer: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of the list, by field of the layer."""
    stated: Mapping[str, str] = field(default_factory=dict)
    """What holds for all rows, by field, as a person wrote it."""
    assets: Mapping[str, str] = field(default_factory=dict)
    """Of a list of sites, the column that counts an asset, by kind of asset."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field, the word of the layer for a cell of the list; "" leaves those rows out."""
    contents: Mapping[str, str] = field(default_factory=dict)
    """What columns hold, where a person said otherwise than was guessed: "latitude", "longitude" …"""
    day_first: bool | None = None
    """Order of day and month, where a person said it; else the file's own."""
    commas_part_thousands: bool | None = None
    """What commas do in numbers of columns that do not say it themselves, where a person said it."""
    points_part_thousands: bool | None = None
    """The same of points."""
    longitude_first: bool | None = None
    reference: str = ""
    """Reference system as a person stated it, for shapes or eastings and northings that state none."""
    is_swapped: bool = False
    """Whether a person said that latitude and longitude stand under each other's names."""

    @property
    def target(self) -> Target:
        """The layer's fields."""
        return TARGETS[self.layer]

    @property
    def _dated(self) -> frozenset[str]:
        """Columns that are read as days, whatever they were taken for."""
        days = {each.name for each in self.target.fields if each.form is Form.DAY}
        return frozenset(column for name, column in self.columns.items() if name in days)

    def placing(self, columns: Sequence[ColumnSeen]) -> Placing | None:
        """Return how the rows of a list say where they are, None if no columns do."""
        return places_of(self.adjusted(columns), self.reference)

    def shapes_in(self, sheet: SheetSeen) -> CRS | None:
        """Return the reference system of a sheet's shapes: its own, else as stated; None without both."""
        own = system(sheet.stated_reference)
        return own if own is not None else read_reference(self.reference) if self.reference else None

    def adjusted(self, columns: Sequence[ColumnSeen]) -> tuple[ColumnSeen, ...]:
        """Return the columns as a person corrected what they hold."""
        made = []
        for each in columns:
            if each.content is not ColumnContent.REFUSED and each.name in self.contents:
                each = replace(each, content=ColumnContent(self.contents[each.name]), decided=True)  # noqa: PLW2901
            dated = each.content is ColumnContent.DATE or each.name in self._dated
            if dated and each.day_first is None and self.day_first is not None:
                each = replace(each, day_first=self.day_first, decided=True)  # noqa: PLW2901
            if each.content is ColumnContent.NUMBER:
                each = self._parted(each)  # noqa: PLW2901
            if each.content is ColumnContent.POSITION and self.longitude_first is not None:
                each = replace(each, longitude_first=self.longitude_first, decided=True)  # noqa: PLW2901
            elif each.content is ColumnContent.POSITION and self.is_swapped:
                # Which of a pair stands first may be told by the area or by a name: a person knows better.
                each = replace(each, longitude_first=not each.longitude_first, decided=True)  # noqa: PLW2901
            if self.is_swapped:
                each = replace(each, content=_OTHER_AXIS.get(each.content, each.content))  # noqa: PLW2901
            made.append(each)
        return (
            tuple(made)
            if self.longitude_first is None
            else in_order(made, longitude_first=self.longitude_first)
        )

    def _parted(self, column: ColumnSeen) -> ColumnSeen:
        """Return a column of numbers with what a person said of its commas and points, where it is silent."""
        own = column.commas_part_thousands, column.points_part_thousands
        said = self.commas_part_thousands, self.points_part_thousands
        commas, points = (word if mark is None else mark for mark, word in zip(own, said, strict=True))
        return replace(column, commas_part_thousands=commas, points_part_thousands=points)


def guessed_mapping(sheet: SheetSeen, layer: str) -> IntakeMapping:
    """
    Return which columns of a sheet are taken for which fields of a layer, by their names, tags and content.

    Words of cells are not looked at here: `layers.intake.row_words.known_words` does, with the rows at hand.
    """
    target, used, columns = TARGETS[layer], set[str](), dict[str, str]()
    # Names that say a field outright come first, for every field: "Morts civils" begins as "morts" does.
    for look in (_called, _begun):
        for wanted in target.fields:
            free = [each for each in sheet.columns if each.name not in used and _fits(wanted, each)]
            chosen = None if wanted.name in columns else look(wanted, layer, free)
            if chosen is not None:
                columns[wanted.name] = chosen
                used.add(chosen)
    free = [
        each
        for each in sheet.columns
        if each.name not in used and (each.is_lost or each.content in _COUNTING)
    ]
    kinds = {kind: each.name for each in free if (kind := asset_kind(each.name)) is not None}
    first, stated = sheet.likely[0], dict[str, str]()
    if layer == first.layer.value and first.kind:
        # Whatever a ministry calls its kinds of places of care, they are places of care.
        columns.pop("kind", None)
        stated["kind"] = first.kind
    counted = kinds if layer == "sites" else {}
    return IntakeMapping(layer=layer, columns=columns, stated=stated, assets=counted)


def _called(wanted: IntakeField, layer: str, able: Sequence[ColumnSeen]) -> str | None:
    """Return the column that is tagged or called as a field is, None if none is."""
    for tag in TAGS.get(wanted.name, ()):
        for each in able:
            if each.tag.replace(" ", "").lower() == tag:
                return each.name
    keys = {each.name: _key(each) for each in able}
    names = column_names(layer, wanted.name)
    return next((column for name in names for column, key in keys.items() if key == name), None)


def _begun(wanted: IntakeField, layer: str, able: Sequence[ColumnSeen]) -> str | None:
    """Return the column whose name begins as a field is called: "Type de base" begins as "type" does."""
    keys = {each.name: _key(each) for each in able}
    names = column_names(layer, wanted.name)
    return next(
        (column for name in names for column, key in keys.items() if key.startswith(f"{name}_")), None
    )


def _key(column: ColumnSeen) -> str:
    return plain(column.name).replace(" ", "_")


def _fits(wanted: IntakeField, column: ColumnSeen) -> bool:
    if column.is_lost:
        # By its name alone: left aside, a site that was closed would stand open. Its rows are reported.
        return True
    if column.content in _NEVER or column.content in _PLACES:
        return False
    if column.content is ColumnContent.YEAR and wanted.name in _OPEN:
        return True
    needed = _FITS.get(wanted.form)
    return needed is None or column.content in needed


def corrected(
    mapping: IntakeMapping,
    *,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    assets: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
    contents: Mapping[str, str] | None = None,
) -> IntakeMapping:
    """
    Return a mapping with a person's corrections; an empty column takes the guess away.

    A field for which a value is given is no longer read from a column.
    """
    kept = {**mapping.columns, **(columns or {})}
    given = {**mapping.stated, **(values or {})}
    for name in columns or {}:
        given.pop(name, None)
    kept = {name: column for name, column in kept.items() if column and name not in (values or {})}
    meant = {name: {**mapping.words.get(name, {}), **(words or {}).get(name, {})} for name in {*mapping.words, *(words or {})}}  # fmt: skip  # noqa: E501
    counted = {kind: column for kind, column in {**mapping.assets, **(assets or {})}.items() if column}
    return replace(
        mapping,
        columns=kept,
        stated=given,
        assets=counted,
        words=meant,
        contents={**mapping.contents, **(contents or {})},
    )


def meaning(mapping: IntakeMapping, wanted: IntakeField, cell: str) -> str | None:
    """Return the word that a cell means, "" if its rows are left out, None where nothing says it."""
    stated = mapping.words.get(wanted.name, {})
    if cell in stated:
        return stated[cell]
    word = allowed_word(mapping.layer, wanted.name, cell, wanted.words)
    # What is said of empty cells holds however nothing is written.
    return stated.get("") if word is None and cell.lower() in NOTHING else word


def without_cells(mapping: IntakeMapping) -> frozenset[str]:
    """Return the fields of which it is said what empty cells mean, though no cell is read as one of words."""
    words = {each.name for each in mapping.target.fields if each.form is Form.WORD}
    read = {*mapping.stated, *(name for name in mapping.columns if name in words)}
    return frozenset(name for name, told in mapping.words.items() if "" in told and name not in read)


def as_answered(mapping: IntakeMapping, sheet: SheetSeen) -> SheetSeen:
    """Return a sheet with its places turned round where a person says so against the order that was read."""
    pairs = zip(sheet.columns, mapping.adjusted(sheet.columns), strict=True)
    turned = [own for own, said in pairs if own.longitude_first is not said.longitude_first]
    gone = {own.reason for own in turned if own.reason in sheet.remarks}
    if not gone:
        return sheet
    kept = (each for each in sheet.remarks if each not in gone and each.template != IN_BOX)
    return replace(sheet, remarks=tuple(kept), extent=_turned(sheet.extent))


IN_BOX = "Places in the area: {n} of {all}."
"""What looking at a file alone says of where its places lie."""


def _turned(seen: DegreeBounds | None) -> DegreeBounds | None:
    """Return bounds with latitude and longitude changed over."""
    if seen is None:
        return None
    return DegreeBounds(west=seen.south, south=seen.west, east=seen.north, north=seen.east)


def mapping_table(mapping: IntakeMapping) -> dict[str, Any]:
    """Return a mapping as a table of TOML, without what it leaves open."""
    said = {
        "columns": dict(mapping.columns),
        "stated": dict(mapping.stated),
        "assets": dict(mapping.assets),
        "words": {name: dict(words) for name, words in mapping.words.items()},
        "contents": dict(mapping.contents),
    }
    orders = {
        name: getattr(mapping, name)
        for name in ("day_first", "commas_part_thousands", "points_part_thousands", "longitude_first")
        if getattr(mapping, name) is not None
    }
    if mapping.is_swapped:
        orders["is_swapped"] = True
    if mapping.reference:
        orders["reference"] = mapping.reference
    return {"layer": mapping.layer, **{name: table for name, table in said.items() if table}, **orders}


_NOT_COUNTED = say(
    "Columns of numbers that are not taken: {columns}. Where one counts assets, say which: asset.KIND=COLUMN,"
    " or choose it beside the kind."
)


def not_counted(mapping: IntakeMapping, sheet: SheetSeen) -> tuple[Sentence, ...]:
    """Say which columns of numbers nothing is read from, beside others that count assets."""
    placing = mapping.placing(sheet.columns)
    used = {*mapping.columns.values(), *mapping.assets.values(), *(placing.columns if placing else ())}
    unused = [
        each.name
        for each in mapping.adjusted(sheet.columns)
        if each.content is ColumnContent.NUMBER and each.name not in used
    ]
    told = _NOT_COUNTED.having(columns=", ".join(map(repr, unused)))
    return (told,) if mapping.assets and unused else ()
