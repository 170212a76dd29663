"""What became of an area that was built: rows by layer, what was left out, sheets that were not taken."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from footprint.language import Language
from footprint.pages import _area_offer, _say, _session
from footprint.views.charts import words_table
from footprint.views.intake import layer_name, on_page
from layers.intake.area import AreaChange
from layers.intake.tray import Tray
from layers.sentences import Sentence

_SHOWN = 6
"""Sheets that are named where some were not taken."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is known of files only until the area is built with them, for they go then."""

    rasters: tuple[str, ...] = ()
    """Layers that are taken from cells, which have no rows to count."""
    left: tuple[str, ...] = ()
    """Sheets that are not taken of files of which others are."""


@dataclass(frozen=True, slots=True)
class BuiltArea:
    """What there is to say once an area is built."""

    change: AreaChange
    leaving: Leaving


def leaving(tray: Tray) -> Leaving:
    """Return what must be kept of the files on a tray before the area is built with those taken."""
    going = [file for file in tray.files if any(each.is_taken for each in file.sheets)]
    left = [
        _area_offer.called(file, offer)
        for file in going
        for offer, saying in zip(file.offers, file.sheets, strict=False)
        if not saying.is_taken
    ]
    rasters = dict.fromkeys(each.layer for each in tray.taken() if each.sheet.cells is not None)
    return Leaving(tuple(rasters), tuple(left))


def told(language: Language) -> None:
    """Say what became of the area when it was built last."""
    text, built = language.text, _session.kept("built")
    if not isinstance(built, BuiltArea):
        return
    _say.success(text("The area is built."), icon=":material/check_circle:")
    st.html(words_table(_rows(built, language)))
    _left(built.leaving.left, language)
    dropped = [
        text(
            "{layer}: {n} rows, {why}",
            layer=text(layer_name(each.layer)),
            n=language.number(each.rows),
            why=_spoken(each.reason, language),
        )
        for each in built.change.dropped
        if each.rows
    ]
    if dropped:
        with st.expander(text("Left out when the area was built"), key="built_dropped"):
            _say.items(dropped)
    _say.items(dict.fromkeys(on_page(each).said(language) for each in built.change.notes))


def _rows(built: BuiltArea, language: Language) -> list[dict[str, str]]:
    """Return a row for each layer that was touched."""
    text, number = language.text, language.number
    counted = [
        {
            text("Layer"): text(layer_name(each.layer)),
            text("Rows"): number(each.rows),
            text("New"): number(each.new),
            text("Changed"): number(each.changed),
            text("Gone"): number(each.vanished),
            text("As before"): number(each.same),
        }
        for each in built.change.changes
    ]
    cells = [
        {
            text("Layer"): text(layer_name(layer)),
            text("Rows"): text("cells"),
            **{text(label): "" for label in ("New", "Changed", "Gone", "As before")},
        }
        for layer in built.leaving.rasters
    ]
    return [*cells, *counted]


def _left(sheets: tuple[str, ...], language: Language) -> None:
    """Say which sheets went with their files without being taken."""
    if not sheets:
        return
    names = list(sheets[:_SHOWN])
    if len(sheets) > _SHOWN:
        names.append(language.text("{n} more", n=language.number(len(sheets) - _SHOWN)))
    _say.warning(
        language.plural(
            "{n} sheet was not taken: {names}. Its file is gone from this page: bring it again to take it.",
            "{n} sheets were not taken: {names}. Their files are gone from this page: bring them again to "
            "take them.",
            len(sheets),
            names=language.listing(names),
        ),
        icon=":material/draft:",
    )


def _spoken(words: str, language: Language) -> str:
    return words.said(language) if isinstance(words, Sentence) else language.text(words)
