"""Find Leaflet, jQuery and the map's own script on this machine, with no internet."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path

import xstatic.pkg.jquery
import xstatic.pkg.leaflet

from footprint.language import Language
from footprint.views.colours import custom_properties
from footprint.views.escaping import tag

LEAFLET_FOLDER = Path(xstatic.pkg.leaflet.BASE_DIR)
JQUERY_FOLDER = Path(xstatic.pkg.jquery.BASE_DIR)
CLIENT_FOLDER = Path(__file__).parent / "client"


@dataclass(frozen=True, slots=True)
class MapAssets:
    """Address of each script and style a map needs, as the page that shows it finds them."""

    leaflet_js: str
    leaflet_css: str
    jquery_js: str
    desk_js: str
    client_js: str
    client_css: str


PACKAGED = MapAssets(
    leaflet_js="package:leaflet/leaflet.js",
    leaflet_css="package:leaflet/leaflet.css",
    jquery_js="package:jquery/jquery.min.js",
    desk_js="package:client/desk.js",
    client_js="package:client/footprint.js",
    client_css="package:client/footprint.css",
)
"""Names of the installed files, for a map to be written out with all of them inside."""

_FILES = MapAssets(
    leaflet_js=str(LEAFLET_FOLDER / "leaflet.js"),
    leaflet_css=str(LEAFLET_FOLDER / "leaflet.css"),
    jquery_js=str(JQUERY_FOLDER / "jquery.min.js"),
    desk_js=str(CLIENT_FOLDER / "desk.js"),
    client_js=str(CLIENT_FOLDER / "footprint.js"),
    client_css=str(CLIENT_FOLDER / "footprint.css"),
)


def served(leaflet_url: str, jquery_url: str, client_url: str) -> MapAssets:
    """Return the addresses below the three folders' own; each ends in a hash of what it names."""
    return MapAssets(
        leaflet_js=f"{leaflet_url}leaflet.js?{_hash(_FILES.leaflet_js)}",
        leaflet_css=f"{leaflet_url}leaflet.css?{_hash(_FILES.leaflet_css)}",
        jquery_js=f"{jquery_url}jquery.min.js?{_hash(_FILES.jquery_js)}",
        desk_js=f"{client_url}desk.js?{_hash(_FILES.desk_js)}",
        client_js=f"{client_url}footprint.js?{_hash(_FILES.client_js)}",
        client_css=f"{client_url}footprint.css?{_hash(_FILES.client_css)}",
    )


def packaged_text(address: str) -> str:
    """Return the text of the file that `PACKAGED` calls `address`."""
    for field in fields(MapAssets):
        if getattr(PACKAGED, field.name) == address:
            return Path(getattr(_FILES, field.name)).read_text(encoding="utf-8")
    raise ValueError(f"{address!r} is no packaged file")


def page_style(language: Language, largest_file_mb: int) -> str:
    """Return the style that all pages share, with the colours and words it names, as an element of HTML."""
    words = _frameworks_words(language, largest_file_mb)
    return tag("style", custom_properties(), words, client_text("pages.css"))


def _frameworks_words(language: Language, largest_file_mb: int) -> str:
    """Return what Streamlit writes in English alone, as custom properties that `pages.css` shows instead."""
    words = {
        "choose-file": language.text("Choose a file"),
        "skip": language.text("Skip to the page"),
        "file-limit": language.text("{n} MB at most", n=largest_file_mb),
    }
    # A string of JSON without what would end the style element is a string of CSS.
    said = (f"--fp-words-{name}: {json.dumps(text, ensure_ascii=False)};" for name, text in words.items())
    return f":root {{ {' '.join(said)} }}\n"


def desk_style() -> str:
    """Return the style of the review desk, as an element of HTML; the colours are those of `page_style`."""
    return tag("style", client_text("desk.css"))


def client_text(name: str) -> str:
    """Return the text of one of our own files for the browser."""
    return (CLIENT_FOLDER / name).read_text(encoding="utf-8")


def sheet_style() -> str:
    """Return the style of an exported sheet, with the colours it names, as an element of HTML."""
    return tag("style", custom_properties(), (CLIENT_FOLDER / "sheet.css").read_text(encoding="utf-8"))


def _hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
