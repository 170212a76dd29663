"""Preview: where the rows of a sheet would lie, and what its words mean, before anything of it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS

from layers.errors import LayerError
from layers.foreign.isolation import Looked
from layers.foreign.points import NowhereError, placing
from layers.foreign.reference import system
from layers.foreign.seen import ColumnContent, SheetSeen
from layers.foreign.sheets import ForeignRow
from layers.intake.ground import in_degrees
from layers.intake.mapping import IN_BOX, IntakeMapping, meaning
from layers.intake.offer import Offer
from layers.intake.row_words import cells_of_words
from layers.intake.shown import COORDINATES, is_concealed, is_surely_sensitive, unspeaking
from layers.manifest import read_manifest
from layers.sentences import Sentence, say
from layers.tables import read_table

MOST_SHAPES = 3_000
"""Shapes of a sheet that are drawn; of more, every so-manieth."""
_MOST_WORDS = 40
_LOOKED_AT = 500
"""Rows among which those are sought that may be shown."""
_SENSITIVE = "sensitive"
_COARSE_DEGREES = 0.005
"""How far lines and edges of polygons may stray in a picture of a country."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShapeSample:
    """Where rows of a sheet would lie."""

    shapes: tuple[Any, ...]
    """Points, lines and polygons in longitude and latitude [degrees]."""
    placed: int
    """Rows that have a place, drawn or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWord:
    """One word of a list's column, and which word of the layer it is taken for."""

    cell: str
    rows: int
    meant: str | None
    """"" leaves its rows out; None: nothing says it."""


def is_hidden(offer: Offer) -> bool:
    """
    Tell whether a sheet may hold places that are for checks alone: counted, and never shown.

    One that could be such a list, or another, is hidden until a person says that it is another.
    """
    is_open = any(each.key == "layer" for each in offer.questions)
    may_be = offer.sheet.is_sensitive and (is_open or is_surely_sensitive(offer.sheet))
    return may_be or offer.layer == _SENSITIVE


def may_ask_words(offer: Offer) -> bool:
    """Tell whether words of a sheet are asked about: of one that may be sensitive once its layer is said."""
    return not is_hidden(offer) or not any(each.key == "layer" for each in offer.questions)


def shape_sample(looked: Looked, offer: Offer) -> ShapeSample:
    """
    Return where the rows of a sheet would lie.

    Parameters
    ----------
    looked
        The file, as long as it is open.
    offer
        Of one of its sheets.

    Returns
    -------
    ShapeSample
        Of sensitive places nothing, and nothing where it is not decided where rows are; of a raster
        its extent.
    """
    if is_hidden(offer):
        return ShapeSample(shapes=(), placed=0)
    if offer.sheet.is_sensitive:
        # Its layer was said, and may be wrong: a row that speaks of such a place is not drawn.
        shapes = list(_located(offer, unspeaking(looked.rows(offer.place))))
    elif offer.taken is not None:
        shapes = list(offer.taken.frame.geometry)
    elif offer.sheet.cells is not None and offer.sheet.extent is not None:
        box = offer.sheet.extent
        shapes = [shapely.box(box.west, box.south, box.east, box.north)]
    else:
        shapes = list(_located(offer, looked.rows(offer.place)))
    step = max(1, -(-len(shapes) // MOST_SHAPES))
    kept = [_coarse(each) for each in shapes[::step] if each is not None and not each.is_empty]
    return ShapeSample(shapes=tuple(kept), placed=len(shapes))


def remarks_on(
    looked: Looked,
    offer: Offer,
    outline: Any | None,  # noqa: ANN401  shapely is not typed
) -> tuple[Sentence, ...]:
    """
    Return what there is to say of a sheet, with how many of its places lie inside an area's outline.

    Parameters
    ----------
    looked
        The file, as long as it is open.
    offer
        Of one of its sheets.
    outline
        Of the area, in longitude and latitude [degrees]; None where none reads.
    """
    said = offer.sheet.remarks
    if outline is None or offer.is_nothing or offer.layer in _NOT_CUT or offer.sheet.cells is not None:
        return said
    if offer.taken is not None and "geometry" in offer.taken.frame:
        places = list(offer.taken.frame["geometry"])
    else:
        places = list(_located(offer, looked.rows(offer.place)))
    shapes = np.array([each for each in places if each is not None], dtype=object)
    if not len(shapes):
        return said
    shapely.prepare(outline)
    inside = int(shapely.intersects(outline, shapes).sum())
    # It tests a box around the area, which says less than the outline does.
    others = tuple(each for each in said if each.template != IN_BOX)
    told = _INSIDE.having(n=inside, total=len(shapes))
    cut, out = _CUT.get(offer.layer), len(shapes) - inside
    return (*others, told, cut.having(n=out)) if cut is not None and out else (*others, told)


_INSIDE = say("Places inside the area's outline: {n} of {total}.")
_CUT = {
    **dict.fromkeys(("airfields", "sensitive"), say("Left out for lying outside it: {n}.")),
    **dict.fromkeys(
        ("sites", "incidents"), say("Outside it: {n}; those more than a cell away are left out.")
    ),
    **dict.fromkeys(("rivers", "lakes"), say("Outside it: {n}; those more than 20 km away are left out.")),
}
"""What becomes of what lies outside, by layer, as `layers.assemble.collect` does it."""
_NOT_CUT = frozenset({"country", "regions", "districts"})


def _coarse(shape: Any) -> Any:  # noqa: ANN401  shapely is not typed
    return shape if shape.geom_type == "Point" else shapely.simplify(shape, _COARSE_DEGREES)


def _located(offer: Offer, rows: Iterable[ForeignRow]) -> Iterator[Any]:
    """Yield the places of rows that have one."""
    sheet = offer.sheet
    if sheet.shapes:
        known = system(sheet.stated_reference) if offer.mapping is None else offer.mapping.shapes_in(sheet)
        yield from _drawn(known, rows)
        return
    where = placing(sheet.columns) if offer.mapping is None else offer.mapping.placing(sheet.columns)
    if where is None:
        return
    for row in rows:
        if row.problem is None:
            try:
                yield shapely.Point(*where.locate(row.cells))
            except NowhereError:
                # The sheet's own report names such rows.
                continue


def _drawn(known: CRS | None, rows: Iterable[ForeignRow]) -> Iterator[Any]:
    if known is None:
        return
    moved = in_degrees(known)
    for row in rows:
        if row.problem is None and row.shape is not None:
            yield shapely.transform(shapely.from_wkb(row.shape), moved)


def first_cells(
    looked: Looked, offer: Offer, count: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """
    Return the names of a sheet's columns and the cells of its first rows; none of sensitive places.

    Refused and empty columns are not among them; of a list that looked like one of sensitive places neither
    are coordinates, nor rows that speak of such places.
    """
    aside = {ColumnContent.REFUSED, ColumnContent.EMPTY}
    looked_so = offer.sheet.is_sensitive
    aside |= COORDINATES if looked_so else set()
    columns = offer.sheet.columns if offer.mapping is None else offer.mapping.adjusted(offer.sheet.columns)
    shown = [n for n, each in enumerate(columns) if each.content not in aside]
    names = tuple(offer.sheet.columns[n].name for n in shown)
    if is_hidden(offer):
        return names, ()
    rows = looked.first_rows(offer.place, _LOOKED_AT if looked_so else count)
    rows = tuple(islice(unspeaking(rows), count)) if looked_so else rows
    return names, tuple(tuple(row.cells[n] for n in shown) for row in rows)


def cell_words(
    mapping: IntakeMapping, sheet: SheetSeen, rows: Iterable[ForeignRow]
) -> dict[str, tuple[CellWord, ...]]:
    """
    Return by field what each word of its column is taken for, the commonest first.

    Those of which nothing says what they mean are all there, of the others the commonest; none that is
    not to be repeated.
    """
    made = {}
    for name, cells in cells_of_words(mapping, sheet, rows).items():
        wanted = mapping.target.field(name)
        if wanted is not None:
            words = [
                CellWord(cell=cell, rows=n, meant=meaning(mapping, wanted, cell))
                for cell, n in cells.most_common()
                if not is_concealed(mapping, sheet, name, cell)
            ]
            common = {each.cell for each in words[:_MOST_WORDS]}
            made[name] = tuple(each for each in words if each.meant is None or each.cell in common)
    return made


def outline_of(area: Path) -> tuple[Any, ...]:
    """Return the shapes of an area's first-level units [degrees], none where they do not read."""
    try:
        files = read_manifest(area).files
        frame = read_table(area / files.get("regions", files["country"])).frame
    except (LayerError, KeyError):
        # What is wrong with the folder is said where it is opened; here there is nothing to draw.
        return ()
    return tuple(frame["geometry"]) if "geometry" in frame else ()
