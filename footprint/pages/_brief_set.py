"""A set that is made on the page: a look before, the making with its steps, and one download."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field, replace

import streamlit as st

from footprint.briefing.make import packed, preview_of, release_sets
from footprint.briefing.recipe import dumps_recipe
from footprint.briefing.sheet_files import plain_letters
from footprint.briefing.small_print import not_drawn
from footprint.errors import FootprintError
from footprint.language import Language
from footprint.pages import _say, _session
from footprint.pages._brief_ask import BriefingAsked
from footprint.pages._say import plain
from footprint.releases.log import ReleaseLog

_SET = "made_set"


@dataclass(frozen=True, slots=True)
class _Made:
    """The set made last, as one file."""

    about: tuple[object, ...]
    """What it was made of."""
    name: str
    archive: bytes = field(repr=False)
    rows: tuple[tuple[str, str, int], ...]
    """Name, code and bytes of each file."""


def offer(asked: BriefingAsked, language: Language) -> bool:
    """Make the set on request, then offer it; tell whether the main sheet is to be looked at."""
    text = language.text
    wanted = asked.recipe
    nothing = not (wanted.languages and wanted.products and wanted.pages and wanted.formats)
    if nothing:
        _say.info(text("Choose at least one language, product, paper and file."))
    going = st.button(
        plain(text("Make the set")),
        type="primary",
        icon=":material/print:",
        key="brief_go",
        disabled=nothing,
        width="stretch",
    )
    if going:
        _make(asked, language)
    made = _session.kept(_SET)
    if isinstance(made, _Made):
        if made.about != _about(asked):
            _say.info(text("What is asked has changed since: this set is of before."))
        st.download_button(
            plain(text("Download the set")),
            made.archive,
            made.name,
            "application/zip",
            type="primary" if made.about == _about(asked) else "secondary",
            icon=":material/download:",
            key="brief_download",
            width="stretch",
        )
    with st.container(horizontal=True):
        looked = st.button(plain(text("Look at the sheet")), icon=":material/visibility:", key="brief_look")
        st.download_button(
            plain(text("Keep as a recipe")),
            dumps_recipe(replace(asked.recipe, revision=None)),
            "recipe.toml",
            "application/toml",
            icon=":material/receipt_long:",
            key="brief_recipe",
        )
    return looked


def show(asked: BriefingAsked, language: Language, *, looked: bool) -> None:
    """Show the main sheet where that was asked for, and what the set made last consists of."""
    text = language.text
    if looked:
        with st.spinner(plain(text("drawing"))):
            picture, alternative = preview_of(asked.brief, asked.recipe)
        st.image(picture, caption=plain(alternative), width="stretch")
    made = _session.kept(_SET)
    if isinstance(made, _Made):
        header = (text("File"), text("Code"), text("Kilobytes"))
        _say.table(
            [
                dict(zip(header, (name, code, f"{language.number(size / 1000)}"), strict=True))
                for name, code, size in made.rows
            ]
        )
        for words in not_drawn(asked.brief, language):
            _say.caption(words)


def _make(asked: BriefingAsked, language: Language) -> None:
    place = st.empty()

    def step(words: str) -> None:
        with place.container():
            _say.caption(words)

    try:
        with st.spinner(plain(language.text("Making the set"))):
            sets = release_sets(ReleaseLog.of_user(), asked.brief, asked.recipe, step)
    except FootprintError as error:
        _say.faults(error.said(language))
        return
    place.empty()
    rows = tuple(
        (f"{code}/{name}", own.codes[name], len(file.content))
        for code, own in sets.items()
        for name, file in own.files.items()
    )
    name = f"{plain_letters(asked.recipe.number)}_r{asked.brief.revision}.zip"
    _session.keep(_SET, _Made(_about(asked), name, _zipped(packed(sets, asked.recipe)), rows))


def _about(asked: BriefingAsked) -> tuple[object, ...]:
    # The revision is the next one's by then.
    recipe = replace(asked.recipe, revision=None)
    return (recipe, asked.brief.shown.provenance.identifier, len(asked.brief.plans))


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
