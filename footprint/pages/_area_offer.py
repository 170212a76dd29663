"""One sheet of a file: what would be taken and how, on a map and in tables; corrected, taken or left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from footprint.cli.look_table import report_line, where_line
from footprint.language import Language
from footprint.pages import _area_ask, _area_mapping, _say
from footprint.pages._say import plain
from footprint.views.intake import layer_name, ledger_words, on_page
from footprint.views.intake_map import area_picture
from footprint.views.words import CONFIDENCE_LABELS
from layers.characters import printable
from layers.foreign.seen import ColumnContent
from layers.formats.registry import READERS
from layers.intake.answers import NOT_STATED, NOTHING, answer_fault
from layers.intake.fields import TARGETS
from layers.intake.known import known_file
from layers.intake.offer import Offer
from layers.intake.preview import first_cells, is_hidden
from layers.intake.tray import BroughtFile, SheetSaid
from layers.sites import Confidence

_ROWS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What is known of the area that a sheet comes into."""

    units: tuple[Any, ...]
    """Shapes of its units."""
    before: Mapping[str, tuple[str, ...]]
    """Files that each layer was brought by."""


def sheet(
    file: BroughtFile, offer: Offer, saying: SheetSaid, around: Surroundings, language: Language
) -> None:
    """Show what would be taken of a sheet; a sheet that is taken is one line."""
    text = language.text
    name = f"{file.file_id}_{offer.place}"
    if saying.is_taken:
        _taken(name, offer, saying, language)
        return
    likely = offer.sheet.likely[0]
    looks = text(
        "looks like {what}: {why}", what=likely.title.said(language), why=likely.reason.said(language)
    )
    if len(file.offers) > 1:
        _say.named(offer.sheet.name, looks)
    else:
        _say.sentence(looks)
    if offer.is_nothing:
        _nothing(name, offer, saying, language)
        return
    known, _ = known_file(offer.provider)
    if known is not None and file.is_ready(offer, saying):
        # Of many files most are of known providers: what they are takes a line, the rest whoever looks.
        _say.caption(_ready_words(offer, language))
        for each in known.remarks:
            _say.caption(each.said(language))
        _before(file, offer, saying, around, language)
        with st.expander(text("What is taken of it: map, ledger, first rows"), key=f"see_{name}"):
            _shown(name, file, offer, saying, around, language)
    else:
        _shown(name, file, offer, saying, around, language)
        if any(each.key == "layer" for each in offer.questions):
            # What else there is to ask hangs on the layer.
            return
        _before(file, offer, saying, around, language)
    _bad_rows(name, file, offer, saying, language)
    _take(name, file, offer, saying, language)


def _ready_words(offer: Offer, language: Language) -> str:
    """Return for which layer a sheet would be taken, of how many rows, and what the ledger says of it."""
    text, layer = language.text, language.text(layer_name(offer.layer))
    trust = text("trust: {confidence}", confidence=text(CONFIDENCE_LABELS[offer.ledger["confidence"]]))
    parts = [text("for the layer: {layer}", layer=layer)]
    if offer.sheet.cells is None:
        parts.append(text("rows of the file: {n}", n=language.number(offer.sheet.rows)))
    return " · ".join([*parts, ledger_words(offer.ledger.get("origin", ""), language), trust])


def _shown(
    name: str,
    file: BroughtFile,
    offer: Offer,
    saying: SheetSaid,
    around: Surroundings,
    language: Language,
) -> None:
    """Show where rows of a sheet lie, what is known and asked of it, and what the ledger will say."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _map(file, offer, around, language)
    with right:
        _layer(name, offer, saying, language)
        _facts(file, offer, saying, language)
        if any(each.key == "layer" for each in offer.questions):
            return
        _area_ask.questions(name, offer, saying, language)
    _ledger(name, offer, saying, language)
    _tables(name, file, offer, saying, language)


def _nothing(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Say why nothing of a sheet is taken, and let it be taken for a layer all the same where that can be."""
    text = language.text
    why = "" if offer.why_nothing is None else on_page(offer.why_nothing).said(language)
    _say.caption(text("Nothing of it is taken: {why}", why=why))
    known, _ = known_file(offer.provider)
    if saying.stated.get("layer") == NOTHING:
        if st.button(text("Take it after all"), key=f"after_{name}"):
            saying.put("layer", None)
            st.rerun()
    elif known is None and offer.sheet.rows:
        _layer(name, offer, saying, language)
        _say.caption(text("Choose a layer to say which of its columns hold places and other things."))


def _taken(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Show a sheet that is taken, in a line."""
    text = language.text
    with st.container(horizontal=True, vertical_alignment="center"):
        _say.success(taken_words(offer, language), icon=":material/check:")
        if st.button(text("Look again"), key=f"again_{name}"):
            saying.is_taken = False
            st.rerun()


def taken_words(offer: Offer, language: Language) -> str:
    """Return for which layer a sheet is taken, and how many rows of it."""
    text, layer = language.text, language.text(layer_name(offer.layer))
    if offer.sheet.cells is not None:
        return text("{sheet}, taken for: {layer}", sheet=offer.sheet.name, layer=layer)
    name = offer.sheet.name
    if offer.taken is None:
        # What a provider's reader makes of them is known once the area is built.
        n = language.number(offer.sheet.rows)
        return text("{sheet}, taken for: {layer}, rows of the file: {n}", sheet=name, layer=layer, n=n)
    n = language.number(offer.taken.taken)
    return text("{sheet}, taken for: {layer}, rows: {n}", sheet=name, layer=layer, n=n)


def _map(file: BroughtFile, offer: Offer, around: Surroundings, language: Language) -> None:
    """Show where its rows would lie; of sensitive places never."""
    text, number = language.text, language.number
    if is_hidden(offer):
        _say.info(
            text(
                "It may hold schools, clinics, wells, markets or places of displaced people. "
                "They are for checks alone: counted, and never drawn, listed or exported. Rows: {n}",
                n=number(offer.sheet.rows),
            )
        )
        return
    sample = file.samples.get(offer.place)
    if sample is None or not sample.shapes:
        _say.caption(text("None of its rows has a place that could be drawn."))
        return
    if offer.sheet.cells is not None:
        words = text("Extent of the raster")
    elif len(sample.shapes) < sample.placed:
        words = text("{n} of {all} rows are drawn", n=number(len(sample.shapes)), all=number(sample.placed))
    else:
        words = language.plural("{n} row is drawn", "{n} rows are drawn", sample.placed)
        if offer.taken is not None and offer.taken.taken < sample.placed:
            words = text("{rows}, those too that cannot be taken", rows=words)
    st.html(area_picture(around.units, sample.shapes, words, language))


def _layer(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask for which layer it is taken; what it looks like most stands first."""
    text = language.text
    question = next((each for each in offer.questions if each.key == "layer"), None)
    known, _ = known_file(offer.provider)
    if known is not None:
        layers = dict.fromkeys([offer.layer, *known.layers, NOTHING])
    elif offer.sheet.cells is not None:
        layers = dict.fromkeys([offer.layer, NOTHING])
    else:
        likely = question.choices if question is not None else ()
        layers = dict.fromkeys([*likely, offer.layer, *TARGETS, NOTHING])
    options = list(layers)
    chosen = st.selectbox(
        text("Taken for the layer"),
        options,
        index=None if question is not None else options.index(offer.layer),
        placeholder=text("Say which"),
        format_func=lambda each: printable(text(layer_name(each))),
        key=f"layer_{name}_{saying.version}",
    )
    if question is not None and not offer.sheet.likely[0].decided:
        why = offer.sheet.likely[0].reason.said(language)
        _say.caption(text("What it looks like is told by this alone: {why}. So a person says it.", why=why))
    if chosen is not None and (question is not None or chosen != offer.layer):
        saying.put("layer", str(chosen))
        if offer.is_nothing:
            # As for every list whose file says neither.
            for key in ("ledger.date", "ledger.licence"):
                saying.stated.setdefault(key, NOT_STATED)
        st.rerun()


def _facts(file: BroughtFile, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Say where its places are, what was done in reading it, what is refused and what is not used."""
    text, number = language.text, language.number
    # What the file alone does not tell of places, a person may have said meanwhile.
    is_said = any(key.startswith("content.") for key in saying.stated)
    lines = [] if is_said else [where_line(offer.sheet, language)]
    if saying.edition_of:
        lines.append(
            text("It is taken as {file} was, whose next edition it looks like.", file=saying.edition_of)
        )
    if offer.mapping is None:
        lines.append(text("Read as: {reader}", reader=text(READERS[offer.reader].title)))
    lines += [each.said(language) for each in file.remarks[offer.place]]
    refused = [each for each in offer.sheet.columns if each.content is ColumnContent.REFUSED]
    for reason in dict.fromkeys(each.reason.said(language) for each in refused):
        names = ", ".join(each.name for each in refused if each.reason.said(language) == reason)
        lines.append(text("refused, never taken ({reason}): {columns}", reason=reason, columns=names))
    if offer.taken is not None:
        left = sum(each.count for each in offer.taken.left_out)
        lines.append(
            text(
                "Rows {rows}: taken {taken}, cannot be taken {bad}, left out as said {left}",
                rows=number(offer.taken.rows),
                taken=number(offer.taken.taken),
                bad=number(file.reported(offer)),
                left=number(left),
            )
        )
        lines += [on_page(each).said(language) for each in offer.taken.notes]
    _say.items(line for line in lines if line)


def _before(
    file: BroughtFile, offer: Offer, saying: SheetSaid, around: Surroundings, language: Language
) -> None:
    """Ask whether what was brought for the layer before gives way."""
    earlier = around.before.get(offer.layer, ())
    if not earlier:
        return
    text, files = language.text, ", ".join(dict.fromkeys(map(printable, earlier)))
    name = f"{file.file_id}_{offer.place}"
    words = text("It takes the place of: {files}", files=files)
    # Names of files may break behind a low line, so that they are not cut.
    replaces = st.checkbox(
        plain(words.replace("_", "_\u200b")), value=saying.replaces, key=f"replaces_{name}_{saying.version}"
    )
    if replaces != saying.replaces:
        saying.replaces = replaces
        saying.version += 1
        st.rerun()
    if file.stands_beside(offer, saying):
        _say.caption(text("This layer is made of one file: the new one cannot stand beside it."))


def _ledger(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Ask what the ledger says of the file: provider and licence are known of known kinds."""
    text = language.text
    if any(each.key.startswith("ledger.") for each in offer.questions):
        _ledger_fields(name, offer, saying, language)
        return
    kept = [
        ledger_words(offer.ledger.get(key, ""), language) for key in ("title", "origin", "date", "licence")
    ]
    trust = text("trust: {confidence}", confidence=text(CONFIDENCE_LABELS[offer.ledger["confidence"]]))
    _say.caption(text("For the ledger: {what}", what=" · ".join([*filter(None, kept), trust])))
    with st.expander(text("Correct what the ledger says"), key=f"ledger_{name}"):
        _ledger_fields(name, offer, saying, language)


def _ledger_fields(name: str, offer: Offer, saying: SheetSaid, language: Language) -> None:
    text = language.text
    labels = {
        "title": text("Title"),
        "origin": text("Who made it"),
        "date": text("As of"),
        "licence": text("Licence"),
    }
    columns = st.columns(5)
    for (key, label), column in zip(labels.items(), columns, strict=False):
        before = offer.ledger.get(key, "")
        shown = ledger_words(before, language)
        # What is shown is in the reader's language, and so a field of its own in each.
        field = f"ledger_{name}_{key}_{before}_{language.code}"
        typed = column.text_input(plain(label), value=shown, key=field).strip()
        if typed == shown:
            continue
        stated = NOT_STATED if typed == text(NOT_STATED) else typed
        if (fault := answer_fault(f"ledger.{key}", stated)) is not None:
            _say.error(fault.said(language))
            continue
        saying.put(f"ledger.{key}", stated or None)
        st.rerun()
    trusted = [str(each) for each in Confidence]
    before = offer.ledger.get("confidence", "")
    chosen = columns[4].selectbox(
        text("How far to trust it"),
        trusted,
        index=trusted.index(before) if before in trusted else None,
        placeholder=text("Say which"),
        format_func=lambda each: printable(text(CONFIDENCE_LABELS[each])),
        key=f"ledger_{name}_confidence_{before}",
    )
    if chosen is not None and chosen != before:
        saying.put("ledger.confidence", str(chosen))
        st.rerun()


def _tables(name: str, file: BroughtFile, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Show how columns and words are taken, and the first rows."""
    text = language.text
    if offer.mapping is not None:
        with st.expander(text("How its columns are taken"), key=f"columns_{name}"):
            _area_mapping.columns(name, offer, saying, language)
        words = file.words.get(offer.place, {})
        open_words = any(each.key.startswith("word.") for each in offer.questions)
        if words:
            with st.expander(text("What its words mean"), expanded=open_words, key=f"words_{name}"):
                _area_mapping.words(name, offer, saying, words, language)
    if file.looked is None or is_hidden(offer) or not offer.sheet.columns:
        return
    with st.expander(text("Its first rows"), key=f"rows_{name}"):
        names, rows = first_cells(file.looked, offer, _ROWS)
        frame = pd.DataFrame(rows, columns=[printable(each) for each in names])
        _say.table([{str(key): value for key, value in row.items()} for row in frame.to_dict("records")])


def _bad_rows(name: str, file: BroughtFile, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Name the rows that cannot be taken, and ask whether they are left out."""
    text, count = language.text, file.reported(offer)
    reports = offer.sheet.reports if offer.taken is None else offer.taken.reports
    if not count:
        if reports:
            _say.caption(
                text("Odd at first sight; what is left out in reading is said once the area is built:")
            )
            _say.items(report_line(each, language) for each in reports)
        return
    _say.warning(
        language.plural("{n} row cannot be taken", "{n} rows cannot be taken", count), icon=":material/rule:"
    )
    _say.items(report_line(each, language) for each in reports)
    words = language.plural(
        "{file}: leave {n} row out, and take the others",
        "{file}: leave {n} rows out, and take the others",
        count,
        file=called(file, offer),
    )
    leaves = st.checkbox(plain(words.replace("_", "_\u200b")), value=saying.leaves_out, key=f"leaves_{name}")
    if leaves != saying.leaves_out:
        saying.leaves_out = leaves
        saying.version += 1
        st.rerun()


def called(file: BroughtFile, offer: Offer) -> str:
    """Return the name of a file, with the sheet where it has several."""
    sheet = offer.sheet.name if len(file.offers) > 1 else ""
    return printable(" · ".join(filter(None, (file.called, sheet))))


def _take(name: str, file: BroughtFile, offer: Offer, saying: SheetSaid, language: Language) -> None:
    """Let the sheet be taken once nothing is open."""
    text, ready = language.text, file.is_ready(offer, saying)
    left, right = st.columns([1, 2], vertical_alignment="center")
    with left:
        if st.button(
            text("Take it"), type="primary", icon=":material/check:", key=f"take_{name}", disabled=not ready
        ):
            saying.is_taken = True
            st.rerun()
    with right:
        if offer.questions:
            asks = [_area_ask.asks(each, language) for each in offer.questions[:3]]
            more = len(offer.questions) - len(asks)
            if more > 0:
                asks.append(language.plural("and {n} question more", "and {n} questions more", more))
            _say.caption(text("Still open: {what}", what=" · ".join(asks)))
