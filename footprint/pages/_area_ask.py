"""What is open about a sheet, as plain fields: where rows are, orders, units, fields that must be said."""

from __future__ import annotations

import streamlit as st

from footprint.language import Language
from footprint.pages import _area_answered, _area_place, _say
from footprint.pages._area_words import OF_WORDS, labels_of, word_labels
from footprint.pages._say import plain
from footprint.views.intake import choice_words, example_of, on_page
from layers.characters import printable
from layers.column_words import COLUMNS
from layers.errors import NOTHING_TO_DO
from layers.foreign.seen import ColumnContent
from layers.formats.options import UnfitError, navigable
from layers.formats.registry import READERS
from layers.intake.answers import OpenQuestion
from layers.intake.fields import Absent, Form
from layers.intake.offer import Offer, navigable_tables
from layers.intake.tray import SheetSaid


def questions(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask what is open, but for the layer, words and the ledger, which have fields of their own."""
    open_keys = {each.key for each in offer.questions}
    for question in offer.questions:
        group = question.key.partition(".")[0]
        if question.key == "content.…":
            _area_place.columns(name, offer, saying, language)
        elif group in {"column", "value"}:
            _field(name, question, offer, saying, language)
        elif group not in {"layer", "word", "ledger"}:
            _question(name, question, offer, saying, language)
    for key in list(saying.stated):
        # What was answered stays to be corrected: rows may show that it will not do.
        group, _, field = key.partition(".")
        wanted = None if offer.mapping is None else offer.mapping.target.field(field)
        if group == "value" and wanted is not None and wanted.absent is Absent.ASKED and key not in open_keys:
            choices = wanted.words or (("true", "false") if wanted.form is Form.TRUTH else ())
            _field(name, OpenQuestion(key=key, asks=NOTHING_TO_DO, choices=choices), offer, saying, language)
    _boats(name, offer, saying, language)
    _area_answered.answered(name, offer, saying, language)


def _boats(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask on which rivers boats pass, of files that are read with that stated."""
    if offer.reader not in READERS or "navigable" not in READERS[offer.reader].options:
        return
    text, key = language.text, "option.navigable"
    before = saying.stated.get(key, "")
    typed = st.text_input(
        text("Rivers on which boats pass, with their months"),
        value=before,
        placeholder="Sobat=7-12; Bahr el Jebel=all",
        help=text(
            "Rivers by their names in the file, parted by semicolons. Empty: not stated, so none carries any."
        ),
        key=f"boats_{name}_{saying.version}",
    ).strip()
    if typed == before:
        return
    try:
        navigable(navigable_tables(typed))
    except UnfitError as error:
        _say.error(f"{error.problem.said(language)}. {text(example_of(Form.MONTHS))}")
        return
    saying.put(key, typed or None)
    st.rerun()


def _question(name: str, question: OpenQuestion, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask a question with choices, or with a text; a question that stays open was answered badly."""
    text, key = language.text, f"ask_{name}_{question.key}"
    before = saying.stated.get(question.key, "")
    _say.sentence(on_page(question.asks).said(language))
    if not question.choices:
        typed = st.text_input(text("Answer"), value=before, key=key, label_visibility="collapsed").strip()
        if typed and typed != before:
            saying.put(question.key, typed)
            st.rerun()
        if before:
            _say.error(text("{value} will not do here. Write it another way.", value=repr(before)))
        return
    if question.suggested:
        hint = _choice(question.key, question.suggested, offer, language)
        _say.caption(text("Its name hints at: {what}", what=hint))
    chosen = st.radio(
        text("Answer"),
        question.choices,
        index=None,
        format_func=lambda each: plain(_choice(question.key, each, offer, language)),
        horizontal=True,
        key=key,
        label_visibility="collapsed",
    )
    if chosen is not None and chosen != before:
        saying.put(question.key, str(chosen))
        st.rerun()


def _choice(key: str, word: str, offer: Offer, language: Language) -> str:
    """Return an answer in the reader's words."""
    group, _, field = key.partition(".")
    labels = word_labels(offer.layer, field, language) if group in OF_WORDS else {}
    return labels.get(word) or choice_words(key, word, language)


def _field(name: str, question: OpenQuestion, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask of a field that must be said which column it is, or what holds for all rows."""
    text = language.text
    field = question.key.partition(".")[2]
    said = saying.stated.get(f"value.{field}", "")
    is_value = question.key.startswith("value.")
    choices = labels_of(question.choices if is_value else (), offer.layer, field, language)
    meaning = text("One of: {words}.", words=choices) if choices else _meaning(offer.layer, field, language)
    meant = word_labels(offer.layer, field, language).get(said, said)
    if question.asks or not said:
        _say.sentence(text("{field} must be said. {meaning}", field=field, meaning=meaning))
    else:
        _say.sentence(
            text("{field} for all rows: {value}. {meaning}", field=field, value=meant, meaning=meaning)
        )
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
    value: str | None = None
    if not question.key.startswith("column."):
        key = f"value_{name}_{field}_{saying.version}"
        with right:
            value = _for_all_rows(question, said, key, offer, language)
    if column is not None:
        saying.put(f"column.{field}", str(column))
        st.rerun()
    elif value and value != said:
        saying.put(f"value.{field}", str(value))
        st.rerun()


def _for_all_rows(
    question: OpenQuestion, before: str, key: str, offer: Offer, language: Language
) -> str | None:
    """Ask what holds for all rows of a field: one of its words, or a text whose form is shown."""
    text = language.text
    field = question.key.partition(".")[2]
    if question.choices:
        labels = word_labels(offer.layer, field, language)
        chosen = st.selectbox(
            text("Or for all rows"),
            question.choices,
            index=question.choices.index(before) if before in question.choices else None,
            placeholder=text("Say which"),
            format_func=lambda word: labels.get(str(word), str(word)),
            key=key,
        )
        return None if chosen is None else str(chosen)
    wanted = None if offer.mapping is None else offer.mapping.target.field(field)
    form = text(example_of(wanted.form)) if wanted is not None and example_of(wanted.form) else ""
    label = text("Or for all rows, {form}", form=form) if form else text("Or for all rows")
    return st.text_input(plain(label), value=before, key=key).strip()


def _meaning(layer: str, field: str, language: Language) -> str:
    """Return what a field of a layer holds."""
    words = COLUMNS.get(f"{layer}.{field}") or COLUMNS.get(field)
    return "" if words is None else words.said(language)


def asks(question: OpenQuestion, language: Language) -> str:
    """Return a question as the fields of the page answer it."""
    text = language.text
    group, _, field = question.key.partition(".")
    if group in {"column", "value"}:
        return text("{field}: which column, or what holds for all rows?", field=field)
    if group == "content":
        return text("Nothing decided says where its rows are. Which columns do?")
    return on_page(question.asks).said(language)
