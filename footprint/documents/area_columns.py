"""Guide to the columns of an area's layers, as a document."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.documents.layout import FORMAT
from footprint.documents.layout.area_columns import (
    AllowedWordRow,
    AreaColumnsDocument,
    LayerColumnRow,
    LayerColumnsRow,
)
from footprint.language import Language
from footprint.method import Method
from layers.column_guide import FORMS, CellForm, GuideColumn, column_guide


def area_columns_document(
    method: Method, language: Language, layer: str | None = None
) -> AreaColumnsDocument:
    """
    Return the guide as a document in a language.

    Parameters
    ----------
    method
        Whose kinds of asset may stand in the table of assets.
    language
        Of titles and meanings.
    layer
        One layer alone; None for all.
    """
    kinds = {kind: language.text(each.label) for kind, each in method.assets.items()}
    guides = [each for each in column_guide(tuple(kinds)) if layer in {None, each.layer}]
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
                columns=tuple(_column(own, kinds, language) for own in each.columns),
            )
            for each in guides
        ),
    )


def _column(own: GuideColumn, kinds: Mapping[str, str], language: Language) -> LayerColumnRow:
    return LayerColumnRow(
        column=own.name,
        form=str(own.form),
        needed=own.needed,
        least=own.least,
        most=own.most,
        meaning=own.meaning.said(language),
        words=tuple(
            AllowedWordRow(
                word=word.name,
                meaning=kinds[word.name] if word.meaning is None else word.meaning.said(language),
            )
            for word in own.words
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
    return form if own.needed else language.text("{form}; may be empty", form=form)
