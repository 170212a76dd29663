"""Column guide: what each layer's table holds, which cells may be empty, which words are allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandera.pandas as pa

from layers.assemble.plans import usual_file
from layers.column_words import COLUMNS, TITLES, WORDS
from layers.conform import MONTH_COLUMNS
from layers.population import RasterUnit
from layers.registry import LAYERS
from layers.sentences import Sentence, say


class CellForm(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    WORD = "word"
    NUMBER = "number"
    WHOLE_NUMBER = "whole_number"
    DAY = "day"
    MONTHS = "months"
    TRUTH = "truth"
    SHAPE = "shape"
    RASTER = "raster"


FORMS: dict[CellForm, Sentence] = {
    CellForm.TEXT: say("text"),
    CellForm.WORD: say("one of the words"),
    CellForm.NUMBER: say("number, with a decimal point"),
    CellForm.WHOLE_NUMBER: say("whole number"),
    CellForm.DAY: say("day, as 2019-06-30"),
    CellForm.MONTHS: say("months, as 9-12, 10-1, 1,3 or all"),
    CellForm.TRUTH: say("true or false"),
    CellForm.SHAPE: say("shape of a map layer"),
    CellForm.RASTER: say("cells of a raster"),
}

_SHAPES = {
    "roads": "LineString",
    "rivers": "LineString",
    "lakes": "Polygon",
    "flood_zones": "Polygon",
    "country": "Polygon",
    "regions": "Polygon",
    "districts": "Polygon",
}
_EXAMPLES = {
    CellForm.NUMBER: "12.5",
    CellForm.WHOLE_NUMBER: "2",
    CellForm.DAY: "2019-06-30",
    CellForm.MONTHS: "10-1",
    CellForm.TRUTH: "false",
}
_REFERENCES = {("assets", "site_id"), ("districts", "parent_id")}
"""Texts that must name a row of another table."""

_DEGREES = {"lon": 180.0, "lat": 90.0}


@dataclass(frozen=True, slots=True)
class GuideWord:
    """A word that may stand in a cell."""

    name: str
    meaning: Sentence | None
    """None for a kind of asset: the method says what it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideColumn:
    """One column."""

    name: str
    form: CellForm
    needed: bool
    """Whether every cell must be filled."""
    meaning: Sentence
    least: float | None = None
    """Smallest number allowed, None where there is none."""
    most: float | None = None
    words: tuple[GuideWord, ...] = ()
    """All that are allowed; of kinds of asset those that the method knows."""
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerGuide:
    """One layer."""

    layer: str
    file: str
    """Usual name of its file."""
    title: Sentence
    needed: bool
    """Whether no review can be made without it; of others that lack, results say that they are not known."""
    columns: tuple[GuideColumn, ...]


def column_guide(assets: Sequence[str]) -> tuple[LayerGuide, ...]:
    """
    Return the guide to every layer, in the order of `area.toml`, derived from the schemas that read them.

    Parameters
    ----------
    assets
        Kinds of asset that the method knows.
    """
    return (*(_layer(name, assets) for name in LAYERS), _population())


def _layer(name: str, assets: Sequence[str]) -> LayerGuide:
    promised = LAYERS[name].schema.to_schema()
    parts = [(promised.index.name, promised.index), *promised.columns.items()]
    columns = [_column(name, column, own, assets) for column, own in parts if column != "geometry"]
    if name in _SHAPES:
        shape = GuideColumn(
            name="geometry",
            form=CellForm.SHAPE,
            needed=True,
            meaning=COLUMNS["geometry"],
            words=(GuideWord(_SHAPES[name], say("kind of shape")),),
        )
        columns.append(shape)
    elif "geometry" in promised.columns:
        columns += [_degrees(axis) for axis in ("lon", "lat")]
    return LayerGuide(
        layer=name,
        file=usual_file(name),
        title=TITLES[name],
        needed=LAYERS[name].empty is None,
        columns=tuple(columns),
    )


def _column(layer: str, name: str, promise: pa.Column | pa.Index, assets: Sequence[str]) -> GuideColumn:
    statistics: dict[str, Any] = {}
    for check in promise.checks:
        statistics |= check.statistics
    form = _form(name, str(promise.dtype), statistics)
    words = tuple(GuideWord(str(word), WORDS[word]) for word in statistics.get("allowed_values", ()))
    if (layer, name) == ("assets", "kind"):
        words = tuple(GuideWord(kind, None) for kind in assets)
    of_months = form is CellForm.MONTHS
    key = isinstance(promise, pa.Index)
    needed_texts = {*_REFERENCES, ("assets", "kind")}
    free = form is CellForm.TEXT and not key and (layer, name) not in needed_texts
    bound = statistics.get("min_value")
    return GuideColumn(
        name=name,
        form=form,
        needed=not (promise.nullable or promise.default is not None or free or (of_months and bound == 0)),
        meaning=COLUMNS.get(f"{layer}.{name}", COLUMNS[name]) if not key else COLUMNS[name],
        least=None if of_months or bound is None else float(bound),
        most=None if of_months or "max_value" not in statistics else float(statistics["max_value"]),
        words=words,
        example=words[0].name if words else _EXAMPLES.get(form, ""),
    )


def _form(name: str, kind: str, statistics: Mapping[str, Any]) -> CellForm:
    if name in MONTH_COLUMNS:
        return CellForm.MONTHS
    if "allowed_values" in statistics:
        return CellForm.WORD
    forms = {
        "datetime": CellForm.DAY,
        "bool": CellForm.TRUTH,
        "int": CellForm.WHOLE_NUMBER,
        "float": CellForm.NUMBER,
    }
    return next((form for start, form in forms.items() if kind.startswith(start)), CellForm.TEXT)


def _degrees(axis: str) -> GuideColumn:
    most = _DEGREES[axis]
    return GuideColumn(
        name=axis,
        form=CellForm.NUMBER,
        needed=True,
        meaning=COLUMNS[axis],
        least=-most,
        most=most,
        example="12.5",
    )


def _population() -> LayerGuide:
    """Return the guide to the raster, of which unit and year are stated beside it."""
    words = (
        GuideWord(str(RasterUnit.COUNT), say("people in each cell of the raster")),
        GuideWord(str(RasterUnit.DENSITY), say("people for each square kilometre")),
    )
    cells = GuideColumn(
        name="band 1",
        form=CellForm.RASTER,
        needed=False,
        meaning=say("People; no data is not known, not 0."),
        least=0.0,
    )
    unit = GuideColumn(
        name="unit",
        form=CellForm.WORD,
        needed=True,
        meaning=say("What its values count; said in area.toml."),
        words=words,
        example=words[0].name,
    )
    year = GuideColumn(
        name="year",
        form=CellForm.WHOLE_NUMBER,
        needed=True,
        meaning=say("Year it is of; said in area.toml."),
        example="2019",
    )
    return LayerGuide(
        layer="population",
        file=usual_file("population"),
        title=TITLES["population"],
        needed=True,
        columns=(cells, unit, year),
    )
