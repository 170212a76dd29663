"""Where rows are: a person says which columns hold it, and how, where a file does not tell."""

from __future__ import annotations

import streamlit as st

from footprint.language import Language, msgid
from footprint.pages import _say
from footprint.pages._say import plain
from layers.characters import printable
from layers.foreign.seen import ColumnContent
from layers.intake.offer import Offer
from layers.intake.tray import SheetSaid

_WAYS = {
    "two": (
        msgid("latitude and longitude, in two columns"),
        (ColumnContent.LATITUDE, ColumnContent.LONGITUDE),
    ),
    "one": (msgid("latitude and longitude, in one column"), (ColumnContent.POSITION,)),
    "utm3": (
        msgid("UTM: easting, northing and zone, in three columns"),
        (ColumnContent.EASTING, ColumnContent.NORTHING, ColumnContent.ZONE),
    ),
    "utm2": (
        msgid("UTM: easting and northing in two columns, one zone for all rows"),
        (ColumnContent.EASTING, ColumnContent.NORTHING),
    ),
    "utm1": (msgid("UTM: zone, easting and northing, in one column"), (ColumnContent.UTM,)),
    "mgrs": (msgid("MGRS: squares, in one column"), (ColumnContent.MGRS,)),
}
"""How a row can say where it is, and what its columns then hold."""
_LABELS = {
    ColumnContent.LATITUDE: msgid("Latitude"),
    ColumnContent.LONGITUDE: msgid("Longitude"),
    ColumnContent.POSITION: msgid("Latitude and longitude"),
    ColumnContent.EASTING: msgid("Easting"),
    ColumnContent.NORTHING: msgid("Northing"),
    ColumnContent.ZONE: msgid("Zone, such as 36N"),
    ColumnContent.UTM: msgid("Zone, easting and northing"),
    ColumnContent.MGRS: msgid("Square"),
}


def columns(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask how a row says where it is, and which columns hold that."""
    text = language.text
    _say.sentence(text("Nothing decided says where its rows are. How do they say it, and in which columns?"))
    way = st.selectbox(
        text("A row says where it is by"),
        list(_WAYS),
        format_func=lambda each: plain(text(_WAYS[each][0])),
        key=f"way_{name}",
    )
    wanted = _WAYS[str(way)][1]
    names = [each.name for each in offer.sheet.columns if each.content is not ColumnContent.REFUSED]
    chosen = {
        content: place.selectbox(
            plain(text(_LABELS[content])),
            names,
            index=None,
            placeholder=text("Say which"),
            format_func=printable,
            key=f"place_{name}_{content}",
        )
        for content, place in zip(wanted, st.columns(len(wanted)), strict=True)
    }
    zone = ""
    if way == "utm2":
        label = text("Zone or reference system of all rows, such as UTM 36N or EPSG:32636")
        zone = st.text_input(plain(label), key=f"zone_{name}").strip()
        if not zone:
            return
    held = [column for column in chosen.values() if column is not None]
    if len(set(held)) < len(held):
        _say.error(text("One column cannot be both."))
    elif len(held) == len(wanted):
        stated = _stated(chosen, offer) | ({"reference": zone} if zone else {})
        # What was said already and leaves it open is asked again, not said again.
        if stated.items() - saying.stated.items():
            for key, words in stated.items():
                saying.put(key, words)
            st.rerun()
        _say.error(text("These columns do not say where rows are. Choose others."))


def _stated(chosen: dict[ColumnContent, str | None], offer: Offer) -> dict[str, str]:
    """Return what each column holds; others that were taken for the same hold something else."""
    others = {
        f"content.{each.name}": str(ColumnContent.TEXT)
        for each in offer.sheet.columns
        if each.content in _PLACING and each.name not in chosen.values()
    }
    return others | {f"content.{column}": str(content) for content, column in chosen.items()}


_PLACING = frozenset({*_LABELS, ColumnContent.DEGREES})
