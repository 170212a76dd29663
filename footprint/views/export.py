"""Write a map as one file that opens anywhere, with no internet."""

from __future__ import annotations

import re
from dataclasses import dataclass

import folium

from footprint.language import Language
from footprint.views.assets import packaged_text, sheet_style
from footprint.views.colours import PAPER, WORDS
from footprint.views.escaping import escape, tag

_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"\s*/>')
_CLOSING_TAG = re.compile(r"</(script|style)", re.IGNORECASE)
_IMAGE = re.compile(r"url\((?!['\"]?(?:data:|#))[^)]*\)")

_NORTH = (
    '<svg width="22" height="30" viewBox="0 0 22 30">'
    f'<path d="M11 1 19 28 11 22 3 28Z" fill="{WORDS}" stroke="{PAPER}" stroke-width="1.4"/></svg><br>N'
)
_MAP_DIV = re.compile(r'<div class="folium-map" id="[^"]*" ></div>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The words around an exported map."""

    title: str
    subtitle: str = ""
    """Area, month, scenario and frame date."""
    classification: str
    """Marking above and below: a map without one does not leave the tool."""
    data_notice: str = ""
    """What of the data is invented or uncertain."""
    disclaimer: str
    """What the boundaries do not mean."""
    lines: tuple[str, ...] = ()
    """Further small print: purpose, releaser, date made, hash of the run."""


def standalone_html(made: folium.Map, sheet: Sheet, language: Language) -> str:
    """
    Write a map as one HTML file with everything inside.

    Parameters
    ----------
    made
        A map from `maps.base_map` with `assets.PACKAGED` and the basemap's text, with
        its overlays added.
    sheet
        Title, marking and small print.
    language
        Language of the file.

    Returns
    -------
    str
        HTML that asks for nothing beyond itself.

    Raises
    ------
    ValueError
        If the map names a script or style that is not packaged, or the sheet has no
        classification.
    """
    if not sheet.classification.strip():
        raise ValueError("an exported map needs a classification")
    html = made.get_root().render()
    html = _SCRIPT.sub(lambda found: tag("script", _closed(packaged_text(found[1]))), html)
    html = _STYLE.sub(lambda found: tag("style", _closed(_without_images(packaged_text(found[1])))), html)
    # In pieces, for the values in them are not to be searched or filled again.
    before, map_div, after = _around(html, _MAP_DIV)
    before = before.replace("<html>", f'<html lang="{language.code}">', 1)
    before = before.replace("</head>", f"<title>{escape(sheet.title)}</title></head>", 1)
    return before + _head(sheet) + map_div + _foot(sheet) + after


def _around(html: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    found = pattern.search(html)
    if found is None:
        raise ValueError("there is no map in the page")
    return html[: found.start()], found[0], html[found.end() :]


def _head(sheet: Sheet) -> str:
    words = tag("h1", escape(sheet.title)) + tag("p", escape(sheet.subtitle))
    north = tag("div", _NORTH, class_="sheet-north", aria_hidden="true")
    return (
        sheet_style()
        + _marking(sheet)
        + tag("header", words, class_="sheet-head")
        + f'<div class="sheet-map">{north}'
    )


def _foot(sheet: Sheet) -> str:
    notice = ""
    if sheet.data_notice:
        notice = tag("p", tag("span", escape(sheet.data_notice), class_="sheet-notice"))
    plain = "".join(tag("p", escape(line)) for line in (sheet.disclaimer, *sheet.lines) if line)
    return "</div>" + tag("footer", notice, plain, class_="sheet-foot") + _marking(sheet)


def _marking(sheet: Sheet) -> str:
    return tag("div", escape(sheet.classification), class_="sheet-marking")


def _without_images(style: str) -> str:
    """Return a style without its pictures: Leaflet's are for controls that these maps do not have."""
    return _IMAGE.sub("none", style)


def _closed(text: str) -> str:
    """Return the text of a script or style so that it cannot close its own element."""
    return _CLOSING_TAG.sub(r"<\\/\1", text)
