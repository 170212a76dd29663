"""Guide to the columns of an area's layers, as a document and as a page of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from footprint.documents.layout import FORMAT
from footprint.documents.layout.area_columns import (
    AllowedWordRow,
    AreaColumnsDocument,
    LayerColumnRow,
    LayerColumnsRow,
)
from footprint.language import Language, msgid
from footprint.method import Method
from layers.column_guide import FORMS, CellForm, GuideColumn, LayerGuide, column_guide
from layers.sentences import Sentence

_ABOUT = msgid(
    "What the tables and map layers of an area folder hold. A table is CSV in UTF-8, separated by commas, "
    "or by semicolons with a decimal comma; shapes are GeoJSON or GeoPackage. Further columns are left out. "
    "Names of persons, ethnicity, religion and affiliation are never read."
)


def layer_guides(method: Method) -> tuple[LayerGuide, ...]:
    """Return the guide to every layer; kinds of asset are those of the method."""
    return column_guide({kind: Sentence(each.label) for kind, each in method.assets.items()})


def area_columns_document(guides: Iterable[LayerGuide], language: Language) -> AreaColumnsDocument:
    """Return the guide as a document in a language."""
    return AreaColumnsDocument(
        format=FORMAT,
        kind="footprint-area-columns",
        language=language.code,
        layers=tuple(
            LayerColumnsRow(
                layer=each.layer,
                file=each.file,
                title=each.title.said(language),
                needed=each.needed,
                columns=tuple(_column(own, language) for own in each.columns),
            )
            for each in guides
        ),
    )


def _column(own: GuideColumn, language: Language) -> LayerColumnRow:
    return LayerColumnRow(
        column=own.name,
        form=str(own.form),
        needed=own.needed,
        least=own.least,
        most=own.most,
        meaning=own.meaning.said(language),
        words=tuple(
            AllowedWordRow(word=word.name, meaning=word.meaning.said(language)) for word in own.words
        ),
        example=own.example,
    )


def layer_need(needed: bool, language: Language) -> str:  # noqa: FBT001  one truth, one sentence
    """Say whether a review can be made without a layer."""
    if needed:
        return language.text("No review without it.")
    return language.text("May be missing: it is then not known, rather than none, and results say so.")


def column_rule(own: LayerColumnRow, language: Language) -> str:
    """Say how a cell of a column is written, in which range, and whether it may be empty."""
    form = FORMS[CellForm(own.form)].said(language)
    least, most = (None if bound is None else language.number(bound) for bound in (own.least, own.most))
    if least is not None and most is not None:
        form += ", " + language.text("{least} to {most}", least=least, most=most)
    elif least is not None:
        form += ", " + language.text("{least} or more", least=least)
    return form if own.needed else form + "; " + language.text("may be empty")


def area_columns_page(document: AreaColumnsDocument, language: Language) -> str:
    """Return the guide as a page in Markdown."""
    text = language.text
    heads = (text("Column"), text("How it is written"), text("What it holds"), text("Example"))
    parts = [f"# {text('Columns of the layers')}\n\n{text(_ABOUT)}\n"]
    for layer in document.layers:
        rows = [
            f"| `{own.column}` | {column_rule(own, language)} | {own.meaning} "
            f"| {own.example and f'`{own.example}`'} |"
            for own in layer.columns
        ]
        table = [f"| {' | '.join(heads)} |", "|---|---|---|---|", *rows]
        need = layer_need(layer.needed, language)
        parts.append(
            "\n".join([f"## `{layer.file}`\n", f"{layer.title}. {need}\n", *table, "", *_words(layer)])
        )
    return "\n".join(parts)


def _words(layer: LayerColumnsRow) -> Iterator[str]:
    for own in layer.columns:
        if own.words:
            yield (
                f"`{own.column}`: " + "; ".join(f"`{each.word}` {each.meaning}" for each in own.words) + ".\n"
            )
