"""What is open about a sheet, as plain fields: where rows are, orders, units, fields that must be said."""

from __future__ import annotations

import streamlit as st

from footprint.documents.area_columns import area_columns_document
from footprint.language import Language
from footprint.method import default_method
from footprint.pages import _say
from footprint.pages._say import plain
from footprint.views.intake import CHOICES
from layers.characters import printable
from layers.column_words import COLUMNS
from layers.foreign.seen import ColumnContent
from layers.intake.answers import OpenQuestion
from layers.intake.offer import Offer
from layers.intake.tray import SheetSaid


def questions(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask what is open, but for the layer, words and the ledger, which have fields of their own."""
    for question in offer.questions:
        group = question.key.partition(".")[0]
        if question.key == "content.…":
            _place_columns(name, offer, saying, language)
        elif group in {"option", "order", "first", "commas"}:
            _question(name, question, saying, language)
        elif group in {"column", "value"}:
            _field(name, question, offer, saying, language)


def _question(name: str, question: OpenQuestion, saying: SheetSaid, language: Language) -> None:
    text, key = language.text, f"ask_{name}_{question.key}"
    _say.sentence(question.asks.said(language))
    if not question.choices:
        typed = st.text_input(text("Answer"), key=key, label_visibility="collapsed")
        if typed.strip():
            saying.put(question.key, typed.strip())
            st.rerun()
        return
    if question.suggested:
        _say.caption(text("Its name hints at: {what}", what=_choice(question.suggested, language)))
    chosen = st.radio(
        text("Answer"),
        question.choices,
        index=None,
        format_func=lambda each: plain(_choice(each, language)),
        horizontal=True,
        key=key,
        label_visibility="collapsed",
    )
    if chosen is not None:
        saying.put(question.key, str(chosen))
        st.rerun()


def _choice(word: str, language: Language) -> str:
    """Return an answer in the reader's words."""
    return language.text(CHOICES[word]) if word in CHOICES else word


def _field(name: str, question: OpenQuestion, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask of a field that must be said which column it is, or what holds for all rows."""
    text = language.text
    field = question.key.partition(".")[2]
    meaning = COLUMNS[field].said(language) if field in COLUMNS else ""
    _say.sentence(text("{field} must be said. {meaning}", field=field, meaning=meaning))
    left, right = st.columns(2)
    names = [each.name for each in offer.sheet.columns if each.content is not ColumnContent.REFUSED]
    column = left.selectbox(
        text("Column of the file"),
        names,
        index=None,
        placeholder=text("Say which"),
        format_func=printable,
        key=f"column_{name}_{field}_{saying.version}",
    )
    if question.key.startswith("column."):
        value = None
    elif question.choices:
        meanings = _meanings(field, offer, language)
        value = right.selectbox(
            text("Or for all rows"),
            question.choices,
            index=None,
            placeholder=text("Say which"),
            format_func=lambda word: printable(meanings.get(str(word), str(word))),
            key=f"value_{name}_{field}_{saying.version}",
        )
    else:
        value = right.text_input(
            text("Or for all rows"), key=f"value_{name}_{field}_{saying.version}"
        ).strip()
    if column is not None:
        saying.put(f"column.{field}", str(column))
        st.rerun()
    elif value:
        saying.put(f"value.{field}", str(value))
        st.rerun()


def _meanings(field: str, offer: Offer, language: Language) -> dict[str, str]:
    """Return each allowed word of a field with what it means."""
    guide = area_columns_document(default_method(), language, offer.layer)
    words = (own.words for layer in guide.layers for own in layer.columns if own.column == field)
    return {
        each.word: f"{each.word}: {each.meaning}" if each.meaning else each.word
        for allowed in words
        for each in allowed
    }


def _place_columns(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask which columns say where a row is."""
    text = language.text
    _say.sentence(text("Nothing decided says where its rows are. Which columns do?"))
    columns = [each.name for each in offer.sheet.columns if each.content is not ColumnContent.REFUSED]
    places = st.columns(2)
    labels = {ColumnContent.LATITUDE: text("Latitude"), ColumnContent.LONGITUDE: text("Longitude")}
    chosen = {
        content: place.selectbox(
            plain(labels[content]), columns, index=None, format_func=printable, key=f"place_{name}_{content}"
        )
        for content, place in zip(labels, places, strict=True)
    }
    if all(chosen.values()) and len(set(chosen.values())) == len(chosen):
        for content, column in chosen.items():
            saying.put(f"content.{column}", str(content))
        st.rerun()


def asks(question: OpenQuestion, language: Language) -> str:
    """Return a question as the fields of the page answer it."""
    text = language.text
    group, _, field = question.key.partition(".")
    if group in {"column", "value"}:
        return text("{field}: which column, or what holds for all rows?", field=field)
    if group == "content":
        return text("Nothing decided says where its rows are. Which columns do?")
    return question.asks.said(language)
