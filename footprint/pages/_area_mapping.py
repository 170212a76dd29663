"""How a list is taken: which column is which field, what holds for all rows, what its words mean."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from footprint.language import Language
from footprint.method import default_method
from footprint.pages import _say
from footprint.pages._area_words import labels_of, word_labels
from footprint.views.intake import absent_words
from layers.column_words import COLUMNS
from layers.foreign.seen import ColumnContent
from layers.intake.fields import Absent, IntakeField
from layers.intake.mapping import IntakeMapping
from layers.intake.offer import Offer
from layers.intake.preview import CellWord
from layers.intake.tray import SheetSaid
from layers.intake.words import ASSET_KINDS


def columns(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Show each field of the layer with the column it is taken from, to be corrected."""
    text, mapping = language.text, offer.mapping
    if mapping is None:
        return
    given = mapping.stated
    names = [each.name for each in offer.sheet.columns if each.content not in _NEVER]
    rows = pd.DataFrame(
        [
            {
                "field": each.name,
                "column": mapping.columns.get(each.name, ""),
                "value": _worded(mapping, each, given.get(each.name, ""), language),
                "holds": COLUMNS[each.name].said(language) if each.name in COLUMNS else "",
                "stands": _stands(each, mapping, language),
            }
            for each in mapping.target.fields
        ]
    )
    edited = _say.editor(
        rows,
        f"map_{name}_{saying.version}",
        {
            "field": st.column_config.TextColumn(text("Field"), disabled=True),
            "column": st.column_config.SelectboxColumn(text("Column of the file"), options=["", *names]),
            "value": st.column_config.TextColumn(text("Or for all rows")),
            "stands": st.column_config.TextColumn(text("Otherwise"), disabled=True),
            "holds": st.column_config.TextColumn(text("What it holds"), disabled=True),
        },
    )
    changed = False
    for own, new in zip(rows.to_dict("records"), edited.fillna("").to_dict("records"), strict=True):
        if new["column"] != own["column"]:
            saying.put(f"column.{own['field']}", str(new["column"]))
            changed = True
        elif new["value"] != own["value"]:
            saying.put(f"value.{own['field']}", _coded(mapping, str(own["field"]), new["value"], language))
            changed = True
    used = {*mapping.columns.values(), *mapping.assets.values()}
    rest = [
        each.name
        for each in offer.sheet.columns
        if each.content not in _NEVER | _PLACING and each.name not in used
    ]
    if rest:
        _say.caption(text("not taken, nothing here needs it: {columns}", columns=", ".join(rest)))
    if mapping.layer == "sites":
        changed = _assets(name, mapping, names, saying, language) or changed
    if changed:
        st.rerun()


def _assets(
    name: str, mapping: IntakeMapping, names: list[str], saying: SheetSaid, language: Language
) -> bool:
    """Ask which columns of a list of sites count assets; tell whether something else is said now."""
    text = language.text
    _say.strong(text("Assets that its columns count at each site"))
    kinds = default_method().assets
    rows = pd.DataFrame(
        [
            {"kind": kind, "name": text(kinds[kind].label), "column": mapping.assets.get(kind, "")}
            for kind in ASSET_KINDS
            if kind in kinds
        ]
    )
    edited = _say.editor(
        rows,
        f"assets_{name}_{saying.version}",
        {
            "kind": None,
            "name": st.column_config.TextColumn(text("Asset"), disabled=True),
            "column": st.column_config.SelectboxColumn(text("Column of the file"), options=["", *names]),
        },
    )
    changes = {
        str(kind): str(new or "")
        for kind, old, new in zip(rows["kind"], rows["column"], edited["column"], strict=True)
        if (new or "") != old
    }
    for kind, column in changes.items():
        saying.put(f"asset.{kind}", column)
    return bool(changes)


_NEVER = frozenset({ColumnContent.REFUSED, ColumnContent.EMPTY})
_PLACING = frozenset(
    {
        ColumnContent.LATITUDE,
        ColumnContent.LONGITUDE,
        ColumnContent.POSITION,
        ColumnContent.UTM,
        ColumnContent.EASTING,
        ColumnContent.NORTHING,
        ColumnContent.ZONE,
    }
)
"""They say where a row is."""


def _stands(wanted: IntakeField, mapping: IntakeMapping, language: Language) -> str:
    """Return what stands for a field without a column or value, and which words are allowed."""
    text = language.text
    if wanted.name in {*mapping.columns, *mapping.stated}:
        words = ""
    elif wanted.absent is Absent.ASKED:
        words = text("must be said")
    else:
        stands = labels_of((wanted.stands,), mapping.layer, wanted.name, language)
        words = f"{text(absent_words(wanted))} {stands}".strip()
    labels = labels_of(wanted.words, mapping.layer, wanted.name, language)
    allowed = text("one of: {words}", words=labels) if labels else ""
    return "; ".join(filter(None, (words, allowed)))


def _worded(mapping: IntakeMapping, wanted: IntakeField, value: str, language: Language) -> str:
    """Return what holds for all rows of a field as people say it."""
    return labels_of((value,), mapping.layer, wanted.name, language)


def _coded(mapping: IntakeMapping, field: str, typed: object, language: Language) -> str | None:
    """Return what was typed for all rows of a field as its word, None for nothing."""
    written = str(typed).strip()
    codes = {label.casefold(): word for word, label in word_labels(mapping.layer, field, language).items()}
    return codes.get(written.casefold(), written) or None


def words(
    name: str, offer: Offer, saying: SheetSaid, meant: Mapping[str, tuple[CellWord, ...]], language: Language
) -> None:
    """Show what each word of a column is taken for, to be said or corrected."""
    text, mapping = language.text, offer.mapping
    if mapping is None:
        return
    leaves = text("leave these rows out")
    for field, cells in meant.items():
        wanted = mapping.target.field(field)
        if wanted is None:
            continue
        _say.strong(text("{field}, from the column {column}", field=field, column=mapping.columns[field]))
        rows = pd.DataFrame(
            [
                {
                    "cell": each.cell or text("(empty)"),
                    "rows": each.rows,
                    "meant": leaves if each.meant == "" else each.meant,
                }
                for each in cells
            ]
        )
        labels = word_labels(mapping.layer, field, language)
        edited = _say.editor(
            rows,
            f"words_{name}_{field}_{saying.version}",
            {
                "cell": st.column_config.TextColumn(text("In the file"), disabled=True),
                "rows": st.column_config.NumberColumn(text("Rows"), disabled=True),
                "meant": st.column_config.SelectboxColumn(
                    text("Taken for"),
                    options=[*wanted.words, leaves],
                    format_func=lambda word, labels=labels: labels.get(word, word),  # type: ignore[misc]
                ),
            },
        )
        before = [each.meant for each in cells]
        after = ["" if each == leaves else each for each in edited["meant"]]
        changes = {
            each.cell: str(new)
            for each, old, new in zip(cells, before, after, strict=True)
            if isinstance(new, str) and new != old
        }
        if changes:
            for cell, word in changes.items():
                saying.put(f"word.{field}.{cell}", word)
            st.rerun()
