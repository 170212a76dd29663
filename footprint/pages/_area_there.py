"""What an area has of each layer, what a review still needs, and how to bring it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from footprint.documents.area_columns import area_columns_document, column_rule
from footprint.language import Language, msgid
from footprint.method import default_method
from footprint.pages import _kept, _say
from footprint.shipped import outlines
from footprint.views.charts import words_table
from footprint.views.intake import faults_on_page, layer_name, ledger_words
from footprint.views.intake_map import area_picture
from layers.characters import printable
from layers.countries import disputed_places
from layers.errors import LayerError
from layers.intake.preview import outline_of
from layers.intake.standing import HowKnown, LayerStanding, empty_tables

_HOW = {
    HowKnown.IMPORTED: msgid("brought"),
    HowKnown.BY_HAND: msgid("by hand"),
    HowKnown.UNKNOWN: msgid("not known"),
}
_BRING = {
    "population": msgid("People: a raster of people or of their density, such as WorldPop’s GeoTIFF."),
    "sites": msgid("Sites: the mission’s list in Excel or CSV with coordinates, or Geo-PKO."),
    "assets": msgid("Assets: what each site holds; Geo-PKO brings them, else fill in the empty table."),
    "roads": msgid("Roads: OpenStreetMap, a ministry’s shapefile, or any lines."),
}


def is_whole(area: Path) -> bool:
    """Tell whether an area has all that a review cannot do without."""
    try:
        return not _missing(_kept.standing_of(str(area), _kept.stamp(area)))
    except LayerError:
        return False


def _missing(layers: tuple[LayerStanding, ...]) -> list[str]:
    return [each.layer for each in layers if each.is_needed and each.how is HowKnown.UNKNOWN]


def review(area: Path, language: Language) -> None:
    """Say whether a review can be made, or what must be there before."""
    text = language.text
    _say.subheader(text("What is there, and what is missing"))
    try:
        missing = _missing(_kept.standing_of(str(area), _kept.stamp(area)))
    except LayerError as error:
        _say.faults(faults_on_page(error, language))
        return
    if missing:
        _say.warning(
            text(
                "Before a review can be made there must be: {layers}.",
                layers=language.listing(text(layer_name(each)) for each in missing),
            ),
            icon=":material/pending:",
        )
        _say.items(text(_BRING[each]) for each in missing)
    else:
        _say.success(text("A review can be made: open the area on the desk."), icon=":material/check_circle:")


def panel(area: Path, language: Language) -> None:
    """List the area's layers, and what columns its tables have."""
    text = language.text
    try:
        layers = _kept.standing_of(str(area), _kept.stamp(area))
    except LayerError:
        # It is said above, with every fault.
        return
    st.html(words_table([_row(each, language) for each in layers]))
    _say.caption(text("A layer that is not known counts as not known, never as none."))
    _outline(area, layers, language)
    _columns(language)


def _outline(area: Path, layers: tuple[LayerStanding, ...], language: Language) -> None:
    """Draw the outline, and say whose it is and on which side of it disputed areas lie."""
    text, units = language.text, outline_of(area)
    st.html(area_picture(units, (), text("The outline and its units"), language))
    titles = {each.layer: ledger_words(each.title, language) for each in layers}
    _say.caption(
        text(
            "Outline: {outline}. Units of the first level: {regions}; of the second: {districts}.",
            outline=titles.get("country", ""),
            regions=titles.get("regions", ""),
            districts=titles.get("districts", ""),
        )
    )
    sides = disputed_places(outlines(), units) if units else ()
    for is_inside, template in (
        (True, msgid("Inside this outline, though their status is not settled: {places}.")),
        (False, msgid("Outside this outline, though their status is not settled: {places}.")),
    ):
        places = [place.name(language.code) for place, inside in sides if inside is is_inside]
        if places:
            _say.caption(text(template, places=language.listing(places)))
    if sides:
        _say.caption(text("No disputed line is drawn: the files hold none."))


def _row(each: LayerStanding, language: Language) -> dict[str, str]:
    text = language.text
    unknown = each.how is HowKnown.UNKNOWN
    known = (ledger_words(each.title, language), ledger_words(each.date, language))
    return {
        text("Layer"): text(layer_name(each.layer)),
        # Unbroken, so that a row stays one line.
        text("How"): text(_HOW[each.how]).replace(" ", "\u00a0"),
        text("Rows"): "" if each.rows is None or unknown else language.number(each.rows),
        # One column, for the panel is narrow; names of files may break behind a low line.
        f"{text('What it is')} · {text('As of')}": " · ".join(filter(None, known)).replace("_", "_\u200b"),
    }


def _columns(language: Language) -> None:
    """Say what stands in the table of each layer, and hand out empty ones."""
    text = language.text
    with st.expander(text("Tables to fill in by hand, and what their columns hold"), key="column_guide"):
        document = area_columns_document(default_method(), language)
        tables = {each.file: [own.column for own in each.columns] for each in document.layers}
        st.download_button(
            text("Empty tables (zip)"),
            empty_tables(tables),
            "footprint-tables.zip",
            "application/zip",
            icon=":material/download:",
            on_click="ignore",
            key="empty_tables",
        )
        _say.caption(text("Filled in, they are brought like any other file."))
        by_layer = {each.layer: each for each in document.layers}
        chosen = st.selectbox(
            text("Layer"),
            list(by_layer),
            format_func=lambda each: printable(by_layer[each].title),
            key="guide_layer",
        )
        guide = by_layer[str(chosen)]
        _say.table(
            [
                {
                    text("Column"): own.column,
                    text("How it is written"): column_rule(own, language),
                    text("What it holds"): own.meaning,
                }
                for own in guide.columns
            ]
        )
        for own in guide.columns:
            if own.words:
                meanings = "; ".join(f"{each.word}: {each.meaning}" for each in own.words)
                _say.caption(f"{own.column} = {meanings}")
