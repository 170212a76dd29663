"""Files into an area: dropped, looked at in a process apart, offered sheet by sheet, taken or left."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from footprint.language import Language
from footprint.pages import _area_offer, _jobs, _kept, _own, _say, _session
from footprint.pages._say import plain
from footprint.serving.options import LARGEST_BROUGHT_MB
from footprint.views.charts import words_table
from footprint.views.intake import faults_on_page, layer_name, on_page
from footprint.views.words import CONFIDENCE_LABELS
from layers.characters import printable
from layers.errors import LayerError
from layers.intake.area import AreaChange
from layers.intake.offer import Offer
from layers.intake.preview import outline_of
from layers.intake.tray import BroughtFile, Tray, all_ready
from layers.sentences import Sentence
from layers.sites import Confidence

_SEVERAL = 2
"""Sheets from which on something is asked once for all."""


def panel(area: Path, language: Language) -> None:
    """Take files in, show what would be taken of each, and build the area with what is."""
    text, tray = language.text, _own.tray(area)
    _say.subheader(text("Bring files, as you have them"))
    _drop(tray, language)
    _built(language)
    for file in list(tray.files):
        if file.looked is None and file.fault is None:
            _wait(tray, file, language)
        elif file.is_stale:
            _jobs.ended(
                f"offer_{file.file_id}",
                text("Reading the rows"),
                _reading(tray, file),
                language,
            )
    if not tray.files:
        return
    _for_all(tray, language)
    ready = all_ready(tray.files)
    words = language.plural(
        "Take the {n} that needs no answer, and build",
        "Take the {n} that need no answer, and build",
        len(ready),
    )
    if ready and st.button(
        plain(words),
        icon=":material/done_all:",
        key="take_all",
    ):
        for each in ready:
            each.is_taken = True
        _session.keep("build_now", True)
        st.rerun()
    units, before = outline_of(area), tray.brought_before()
    for file in list(tray.files):
        _file(tray, file, _area_offer.Surroundings(units, before), language)
    _build(tray, language)


def _for_all(tray: Tray, language: Language) -> None:
    """Ask once who made the files that do not say so, and how far they are trusted."""
    text = language.text
    silent = [
        (offer, saying)
        for file in tray.files
        for offer, saying in zip(file.offers, file.sheets, strict=False)
        if _lacking(offer)
    ]
    if len(silent) < _SEVERAL:
        return
    lacking = {key for offer, _ in silent for key in _lacking(offer)}
    with st.container(border=True, key="for_all"):
        _say.sentence(
            language.plural(
                "{n} list does not say who made it or how far to trust it.",
                "{n} lists do not say who made them or how far to trust them: once for all here, or below.",
                len(silent),
            )
        )
        left, right = st.columns(2)
        made, trust = "", None
        if "ledger.origin" in lacking:
            made = left.text_input(plain(text("Who made them")), key=f"all_origin_{len(silent)}").strip()
        if "ledger.confidence" in lacking:
            trust = right.selectbox(
                plain(text("How far to trust them")),
                [str(each) for each in Confidence],
                index=None,
                placeholder=text("Say which"),
                format_func=lambda each: printable(text(CONFIDENCE_LABELS[each])),
                key=f"all_confidence_{len(silent)}",
            )
    given = {key: words for key, words in (("ledger.origin", made), ("ledger.confidence", trust)) if words}
    changes = [(saying, key) for offer, saying in silent for key in _lacking(offer) if key in given]
    for saying, key in changes:
        saying.put(key, str(given[key]))
    if changes:
        st.rerun()


def _lacking(offer: Offer) -> set[str]:
    return {each.key for each in offer.questions} & {"ledger.origin", "ledger.confidence"}


def _drop(tray: Tray, language: Language) -> None:
    """Ask for files; what arrives is laid down and looked at, and the field is empty again."""
    text, round_ = language.text, int(str(_session.kept("drops", 0)))
    _say.caption(
        text(
            "Excel, CSV, GeoPackage, GeoJSON, zipped Shapefile, KML, GPX, GeoTIFF, .osm.pbf; "
            "up to {n} MB each. "
            "Each is read in a process apart, and nothing is taken before you agree. "
            "Names of persons, telephones, ethnicity and religion are never read.",
            n=LARGEST_BROUGHT_MB,
        )
    )
    dropped = st.file_uploader(
        text("Files"),
        accept_multiple_files=True,
        max_upload_size=LARGEST_BROUGHT_MB,
        key=f"drop_{round_}",
        label_visibility="collapsed",
    )
    if dropped:
        for file in dropped:
            laid = tray.lay(file.name, file)
            _jobs.begin(f"look_{laid.file_id}", _looking(tray, laid))
        _session.keep("drops", round_ + 1)
        _session.keep("built", None)
        st.rerun()


def _looking(tray: Tray, file: BroughtFile) -> _jobs.Work[None]:
    return lambda progress: tray.look(file, progress)


def _reading(tray: Tray, file: BroughtFile) -> _jobs.Work[None]:
    return lambda _: tray.offer(file)


def _wait(tray: Tray, file: BroughtFile, language: Language) -> None:
    words = language.text("Looking at {file}", file=printable(file.called))
    _jobs.ended(f"look_{file.file_id}", words, _looking(tray, file), language)


def _file(tray: Tray, file: BroughtFile, around: _area_offer.Surroundings, language: Language) -> None:
    """Show one file: why it was refused, or what would be taken of each of its sheets."""
    text = language.text
    taken = [offer for offer, saying in zip(file.offers, file.sheets, strict=False) if saying.is_taken]
    if taken and len(taken) == len(file.offers):
        _whole(file, language)
        return
    with st.container(border=True, key=f"file_{file.file_id}"):
        seen = file.looked.seen if file.looked is not None else None
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            _say.named(file.called, seen.title.said(language) if seen is not None else text("refused"))
            _leave(tray, file, language)
        if file.fault is not None:
            _say.faults(faults_on_page(file.fault, language))
        if seen is not None:
            for each in seen.remarks:
                _say.caption(each.said(language))
        for offer, saying in zip(file.offers, file.sheets, strict=False):
            _area_offer.sheet(file, offer, saying, around, language)


def _whole(file: BroughtFile, language: Language) -> None:
    """Show a file of which every sheet is taken, in a line."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"file_{file.file_id}"):
        words = "; ".join(_area_offer.taken_words(each, language) for each in file.offers)
        _say.success(words, icon=":material/check:")
        if st.button(language.text("Look again"), key=f"again_{file.file_id}"):
            for saying in file.sheets:
                saying.is_taken = False
            st.rerun()


def _leave(tray: Tray, file: BroughtFile, language: Language) -> None:
    if st.button(
        language.text("Leave it"),
        help=language.text("The file is not taken, and goes from this page."),
        icon=":material/close:",
        key=f"leave_{file.file_id}",
    ):
        tray.drop(file)
        st.rerun()


def _build(tray: Tray, language: Language) -> None:
    """Offer to build the area with what is taken, unless a file waits for another."""
    text, taken, waiting = language.text, tray.taken(), tray.waiting()
    if not taken:
        _say.info(text("Take what is right; the area is built with it then."))
        return
    layers = language.listing(dict.fromkeys(text(layer_name(each.layer)) for each in taken))
    for each in waiting:
        _say.warning(
            text(
                "It waits for another file: {what}. Bring that one too, or “Look again” and leave this one.",
                what=on_page(each).said(language),
            )
        )
    twice = tray.twice()
    if twice:
        names = language.listing(text(layer_name(each)) for each in twice)
        _say.warning(text("Several files are taken for one layer that one makes: {layer}", layer=names))
    _say.caption(text("Taken so far: {layers}", layers=layers))
    stuck = bool(waiting or twice)
    goes_on = bool(_session.kept("build_now")) and not stuck
    _session.keep("build_now", None)
    pressed = st.button(
        text("Build the area"),
        type="primary",
        icon=":material/construction:",
        key="build_area",
        disabled=stuck,
    )
    # Of this tray: what another page builds of the same area is without its files.
    key = f"build_{tray.tray_id}"
    if not (pressed or goes_on or _jobs.is_begun(key)):
        return
    try:
        change = _jobs.ended(key, text("Building the area"), tray.taken_into, language)
    except LayerError as error:
        _say.error(text("The area stays as it was:"))
        _say.faults(faults_on_page(error, language))
        return
    _kept.forget_areas()
    _session.keep("built", change)
    st.rerun()


def _spoken(words: str, language: Language) -> str:
    return words.said(language) if isinstance(words, Sentence) else language.text(words)


def _built(language: Language) -> None:
    """Say what became of the area when it was built last."""
    text, number, change = language.text, language.number, _session.kept("built")
    if not isinstance(change, AreaChange):
        return
    _say.success(text("The area is built."), icon=":material/check_circle:")
    st.html(
        words_table(
            [
                {
                    text("Layer"): text(layer_name(each.layer)),
                    text("Rows"): number(each.rows),
                    text("New"): number(each.new),
                    text("Changed"): number(each.changed),
                    text("Gone"): number(each.vanished),
                    text("As before"): number(each.same),
                }
                for each in change.changes
            ]
        )
    )
    dropped = [
        text(
            "{layer}: {n} rows, {why}",
            layer=text(layer_name(each.layer)),
            n=number(each.rows),
            why=_spoken(each.reason, language),
        )
        for each in change.dropped
        if each.rows
    ]
    if dropped:
        with st.expander(text("Left out when the area was built"), key="built_dropped"):
            _say.items(dropped)
    _say.items(dict.fromkeys(on_page(each).said(language) for each in change.notes))
