"""What was answered of a sheet: it stays to be seen, folded, and is asked anew where a person says so."""

from __future__ import annotations

import streamlit as st

from footprint.language import Language
from footprint.pages import _say
from footprint.pages._area_words import OF_WORDS, word_labels
from footprint.views.intake import answered_words
from layers.intake.fields import Absent
from layers.intake.offer import Offer
from layers.intake.tray import SheetSaid

_PLACED = "content."
"""How keys begin that say what a column holds: together they say where rows are."""


def answered(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """List what was answered and no field shows, each to be changed."""
    lines = _lines(offer, saying, language)
    if not lines:
        return
    title = language.text("Answered: {what}", what=" · ".join(words for words, _ in lines))
    with st.expander(_say.plain(title), key=f"answered_{name}"):
        for at, (words, keys) in enumerate(lines):
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            ):
                _say.sentence(words)
                if st.button(language.text("Change"), key=f"change_{name}_{at}_{keys[0]}"):
                    for key in keys:
                        saying.put(key, None)
                    st.rerun()


def _lines(offer: Offer, saying: SheetSaid, language: Language) -> list[tuple[str, list[str]]]:
    """Return what was answered in words, and the keys of each answer."""
    is_open = {each.key for each in offer.questions}
    own = {
        key: stated
        for key, stated in saying.stated.items()
        if key not in is_open and not _has_a_field(key, offer)
    }
    placed = [key for key in own if key.startswith(_PLACED)]
    said = {
        key: answered_words(key, _meant(key, stated, offer, language), language)
        for key, stated in own.items()
    }
    lines = [(words, [key]) for key, words in said.items() if words and key not in placed]
    where = [said[key] for key in placed]
    if any(where):
        lines.insert(0, ("; ".join(filter(None, where)), placed))
    return lines


def _meant(key: str, stated: str, offer: Offer, language: Language) -> str:
    """Return a word of a field as people say it, any other answer as it is."""
    group, _, name = key.partition(".")
    if group not in OF_WORDS:
        return stated
    return word_labels(offer.layer, name, language).get(stated, stated)


def _has_a_field(key: str, offer: Offer) -> bool:
    """Tell whether an answer stands in a field of its own, where it is changed."""
    group, _, name = key.partition(".")
    if group != "value":
        return group in {"layer", "word", "ledger"} or key == "option.navigable"
    wanted = None if offer.mapping is None else offer.mapping.target.field(name)
    return wanted is not None and wanted.absent is Absent.ASKED
