"""The steps of a proposal's form: each field as it is asked for, written down as soon as it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import streamlit as st

from footprint.language import Language
from footprint.pages import _say, _session
from footprint.pages._say import plain
from footprint.proposals.form import Ask, ask_of
from footprint.proposals.reading import without_none
from footprint.views.form_words import answers, named_answers
from layers.characters import printable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Edit = Callable[[Callable[[Any], Any]], None]
"""
Takes what makes of a value, as it is by then, what it is to be.

Never the value itself: what was drawn an act ago may be older than what was written since.
"""


def part(
    value: DataclassInstance, key: str, edit: Edit, language: Language, skip: frozenset[str] = frozenset()
) -> None:
    """
    Ask for every field of a part of the form.

    Parameters
    ----------
    value
        The part as it stands.
    key
        Begins the keys of its widgets.
    edit
        Called with a change of the part, once a field is changed.
    language
        Of the labels.
    skip
        Fields that are asked for elsewhere.
    """
    hints = get_type_hints(type(value))
    for own in fields(value):
        if own.name in skip:
            continue
        hint, now, inner = without_none(hints[own.name]), getattr(value, own.name), _within(edit, own.name)
        if is_dataclass(hint):
            _say.caption(_label(own, language))
            part(now, f"{key}.{own.name}", inner, language)
        elif get_origin(hint) is tuple and is_dataclass(get_args(hint)[0]):
            _blocks(own, now, get_args(hint)[0], f"{key}.{own.name}", inner, language)
        else:
            _field(own, hint, now, f"{key}.{own.name}", inner, language)


def _within(edit: Edit, name: str) -> Edit:
    """Return an edit of one field of what another edit changes."""
    return lambda change: edit(lambda whole: replace(whole, **{name: change(getattr(whole, name))}))


def _entry(edit: Edit, number: int) -> Edit:
    """Return an edit of one entry of a list; one that is gone by then stays gone."""
    return lambda change: edit(
        lambda entries: tuple(change(each) if at == number else each for at, each in enumerate(entries))
    )


def _blocks(
    own: Field[Any],
    now: tuple[Any, ...],
    kind: Callable[[], object],
    key: str,
    edit: Edit,
    language: Language,
) -> None:
    """Ask for each entry of a list, and for one more."""
    text = language.text
    _say.caption(_label(own, language))
    for number, entry in enumerate(now):
        with st.expander(plain(text("{number}.", number=number + 1))):
            part(entry, f"{key}.{number}", _entry(edit, number), language)
            st.button(
                text("Take it out"), key=f"{key}.{number}.drop", on_click=_dropping(edit, number, entry)
            )
    st.button(
        text("Add one"),
        key=f"{key}.add",
        icon=":material/add:",
        on_click=lambda: edit(lambda entries: (*entries, kind())),
    )


def _dropping(edit: Edit, number: int, entry: object) -> Callable[[], None]:
    """Return a callback that takes an entry out, if it still stands where it was drawn."""
    return lambda: edit(
        lambda entries: tuple(each for at, each in enumerate(entries) if at != number or each != entry)
    )


def _field(own: Field[Any], hint: Any, now: Any, key: str, edit: Edit, language: Language) -> None:  # noqa: ANN401  a field of any type
    """Ask for one answer; an empty one is not known."""
    ask, text = ask_of(own), language.text
    label = plain(_label(own, language))

    def changed() -> None:
        written = _session.widget_value(key)
        if hint is date and written and _day(written, ask.form) is None:
            why = (
                text("{value} is no month; write it like 2019-10.", value=repr(written))
                if ask.form == "month"
                else text("{value} is no date; write it like 2019-05-14.", value=repr(written))
            )
            _session.say(why)
            return
        edit(lambda _: _read(written, hint, ask.form))

    offered = _offered(hint, ask, now, language)
    if offered:
        _session.preset(key, now or None if ask.names else now)
        st.selectbox(
            label,
            list(offered),
            format_func=lambda each: printable(offered[each]),
            placeholder=text("not stated"),
            key=key,
            on_change=changed,
        )
    elif hint in {int, float} and not ask.form:
        kind = int if hint is int else float
        low, high = (None if end is None else kind(end) for end in (ask.at_least, ask.at_most))
        _session.preset(key, None if now is None else kind(now))
        st.number_input(
            label,
            low,
            high,
            value=None,
            step=kind(1),
            key=key,
            placeholder=text("not stated"),
            on_change=changed,
        )
    elif ask.long or get_origin(hint) is tuple:
        _session.preset(key, "\n".join(now) if isinstance(now, tuple) else now)
        st.text_area(label, key=key, height=80, on_change=changed)
    else:
        _session.preset(key, _written(now, ask.form) if isinstance(now, date) else now)
        st.text_input(label, key=key, on_change=changed)


def _offered(hint: Any, ask: Ask, now: object, language: Language) -> Mapping[object, str]:  # noqa: ANN401  a field of any type
    """Return the answers among which a field is chosen, in words; none where it is written freely."""
    if hint is bool:
        return {True: language.text("yes"), False: language.text("no")}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return answers(hint, now, language)
    if ask.names:
        named = named_answers(_session.prepared(), language)[ask.names]
        # What a file brought that this area does not have stays; the checks say so.
        return {**named, now: str(now)} if now and now not in named else named
    return {}


def _read(value: object, hint: object, form: str) -> object:
    """Return what a widget holds as the form holds it."""
    if get_origin(hint) is tuple:
        return tuple(line for line in _lines(value) if line)
    if hint is date:
        return _day(value, form)
    if hint is str:
        return "\n".join(_lines(value)).strip()
    return value


def _lines(written: object) -> list[str]:
    """Return the lines of what was typed or pasted, tabs and what steers a screen made spaces or left out."""
    return [printable(line.replace("\t", " ")).strip() for line in str(written or "").splitlines()]


def _day(written: object, form: str) -> date | None:
    """Return a day written like 2019-05-14, or the first of a month like 2019-10; None for anything else."""
    try:
        return date.fromisoformat(f"{written}-01" if form == "month" else str(written))
    except ValueError:
        return None


def _written(day: date, form: str) -> str:
    return day.isoformat()[:7] if form == "month" else day.isoformat()


def _label(own: Field[Any], language: Language) -> str:
    about = language.text(ask_of(own).about)
    return about[:1].upper() + about[1:]
