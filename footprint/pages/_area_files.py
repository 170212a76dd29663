"""Files into an area: dropped, looked at in a process apart, offered sheet by sheet, taken or left."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from footprint.language import Language
from footprint.pages import _area_built, _area_offer, _jobs, _kept, _own, _say, _session
from footprint.pages._say import plain
from footprint.serving.options import LARGEST_BROUGHT_MB
from footprint.views.intake import faults_on_page, layer_name, on_page
from footprint.views.words import CONFIDENCE_LABELS
from layers.characters import printable
from layers.errors import LayerError
from layers.intake.offer import Offer
from layers.intake.preview import outline_of
from layers.intake.tray import BroughtFile, Tray, all_ready
from layers.sites import Confidence

_SEVERAL = 2
"""Sheets from which on something is asked once for all."""


def panel(area: Path, language: Language) -> None:
    """Take files in, show what would be taken of each, and build the area with what is."""
    text, tray = language.text, _own.tray(area)
    _say.subheader(text("Bring files, as you have them"))
    _drop(tray, language)
    _area_built.told(language)
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
    if tray.files:
        _offered(tray, language)
    _build(tray, language)


def _offered(tray: Tray, language: Language) -> None:
    """Show what would be taken of the files: first what needs no answer, last what gives nothing."""
    text = language.text
    _for_all(tray, language)
    _other_outline(tray, language)
    _waiting(tray, language)
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
    around = _area_offer.Surroundings(outline_of(tray.area), tray.brought_before())
    useless = [file for file in tray.files if _gives_nothing(file)]
    for file in list(tray.files):
        if file not in useless:
            _file(tray, file, around, language)
    if useless:
        title = text("Nothing of it is taken: {files}", files=", ".join(file.called for file in useless))
        with st.expander(plain(_breaking(title)), key="of_no_use"):
            for file in useless:
                _file(tray, file, around, language)


def _other_outline(tray: Tray, language: Language) -> None:
    """Say that counts inside and outside are of the outline that stands, where a file brings another."""
    begun = not {"country", "regions"} & tray.brought_before().keys()
    bring = [
        file.called
        for file in tray.files
        if any(each.layer == "country" or (begun and each.layer == "regions") for each in file.offers)
    ]
    others = sum(bool(file.offers) and not _gives_nothing(file) for file in tray.files) - len(bring)
    if bring and others:
        words = language.text(
            "Counts inside and outside the outline are by the one that stands now. {file} may bring another: "
            "once the area is built with it, some more or fewer lie inside.",
            file=", ".join(bring),
        )
        _say.caption(_breaking(words))


def _gives_nothing(file: BroughtFile) -> bool:
    """Tell whether nothing of a file is taken as it stands, for each of its sheets says why."""
    return bool(file.offers) and all(each.is_nothing for each in file.offers)


def _waiting(tray: Tray, language: Language) -> None:
    """Say which sheets wait for an answer, for they may stand far below."""
    open_ = [
        _area_offer.called(file, offer)
        for file in tray.files
        for offer, saying in zip(file.offers, file.sheets, strict=False)
        if not offer.is_nothing and not saying.is_taken and not file.is_ready(offer, saying)
    ]
    if open_:
        words = language.plural(
            "{n} sheet waits for an answer below: {files}",
            "{n} sheets wait for an answer below: {files}",
            len(open_),
            files=", ".join(open_),
        )
        _say.sentence(_breaking(words))


def _breaking(words: str) -> str:
    """Let names of files break behind a low line, so that they are not cut."""
    return words.replace("_", "_\u200b")


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
    # Of this tray: what another page builds of the same area is without its files.
    text, key = language.text, f"build_{tray.tray_id}"
    goes_on = bool(_session.kept("build_now"))
    _session.keep("build_now", None)
    if not _jobs.is_begun(key):
        if not tray.taken():
            if tray.files:
                _say.info(text("Take what is right; the area is built with it then."))
            return
        if not _agreed(tray, language, goes_on=goes_on):
            return
        # Once it is built, files of which something was taken are gone.
        _session.keep("leaving", _area_built.leaving(tray))
    try:
        change = _jobs.ended(key, text("Building the area"), tray.taken_into, language)
    except LayerError as error:
        _say.error(text("The area stays as it was:"))
        _say.faults(faults_on_page(error, language))
        return
    _kept.forget_areas()
    leaving = _session.kept("leaving")
    if not isinstance(leaving, _area_built.Leaving):
        leaving = _area_built.Leaving()
    _session.keep("built", _area_built.BuiltArea(change, leaving))
    st.rerun()


def _agreed(tray: Tray, language: Language, *, goes_on: bool) -> bool:
    """Show what is taken and what it waits for; tell whether the area is to be built with it now."""
    text, waiting, twice = language.text, tray.waiting(), tray.twice()
    for each in waiting:
        _say.warning(
            text(
                "It waits for another file: {what}. Bring that one too, or “Look again” and leave this one.",
                what=on_page(each).said(language),
            )
        )
    if twice:
        names = language.listing(text(layer_name(each)) for each in twice)
        _say.warning(text("Several files are taken for one layer that one makes: {layer}", layer=names))
    layers = language.listing(dict.fromkeys(text(layer_name(each.layer)) for each in tray.taken()))
    _say.caption(text("Taken so far: {layers}", layers=layers))
    stuck = bool(waiting or twice)
    pressed = st.button(
        text("Build the area"),
        type="primary",
        icon=":material/construction:",
        key="build_area",
        disabled=stuck,
    )
    return pressed or (goes_on and not stuck)
