"""Geographic files: the layers of a brief as GeoPackage, GeoJSON and KMZ."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd
import shapely
import simplekml
from PIL import Image, ImageDraw

from footprint.briefing.brief import Brief
from footprint.briefing.files.about import about, place
from footprint.briefing.files.layers import MapLayer, map_layers
from footprint.briefing.files.plain import plain
from footprint.briefing.files.styles import style
from footprint.briefing.files.tables import DataTable, about_table, figures, sources
from footprint.briefing.files.units import month_keys
from footprint.briefing.small_print import handling
from footprint.views.colours import AMOUNTS, CLIENT, NO_DATA
from footprint.views.maps import SiteState
from footprint.views.palette import classify
from layers.geopackage import PlainTable, StyledLayer, geopackage

_LEVELS = (0.02, 0.1, 0.3, 0.5)
_UNKNOWN = len(AMOUNTS)
_IN_KMZ = ("sites", "districts", "regions")
"""Layers of the file for globes, which draws no rules and would drown in cells."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time an archive can state: the time of packing says nothing."""
_COUNTING = Lock()
"""The library numbers everything in the process by one count."""
_VEIL = "b0"
_PIN, _PIN_PX = "pin.png", 32


def geopackage_of(brief: Brief, code: str) -> bytes:
    """
    Return the layers of a brief as one GeoPackage that QGIS opens as it is meant to look.

    Parameters
    ----------
    brief
        What is told.
    code
        Under which the file stands in the log of releases; in the table `about`, with the terms.
    """
    layers = [
        StyledLayer(each.name, each.title, each.frame, each.geometry_type, style(brief, each.name))
        for each in map_layers(brief)
    ]
    rows = about_table(brief, about(brief, code))
    own = [_plain_table(each) for each in (rows, figures(brief), sources(brief))]
    return geopackage(layers, own, brief.made)


def _plain_table(table: DataTable) -> PlainTable:
    frame = pd.DataFrame(list(table.rows), columns=[column.key for column in table.columns])
    # A column of numbers of which none is known is one of numbers still.
    numbers = {column.key: "float64" for column in table.columns if column.share}
    return PlainTable(table.name, table.title, frame.astype(numbers).infer_objects())


def geojson_of(brief: Brief, name: str, code: str) -> bytes:
    """
    Return a layer as GeoJSON (RFC 7946): WGS 84, rings by the right-hand rule, null where nothing is known.

    Parameters
    ----------
    brief
        What is told.
    name
        One of `layer_titles`.
    code
        Under which the file stands in the log of releases; in the foreign member `footprint`, with the terms.
    """
    layer = next(each for each in map_layers(brief) if each.name == name)
    content = {
        "type": "FeatureCollection",
        "footprint": {
            "layer": layer.name,
            "title": layer.title,
            "step_deg": layer.step_deg,
            "about": {row.key: row.value for row in about(brief, code)},
        },
        "features": list(_features(layer)),
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _features(layer: MapLayer) -> Iterator[dict[str, Any]]:
    columns = [name for name in layer.frame.columns if name != "geometry"]
    for row, shape in zip(_rows(layer.frame[columns]), layer.frame.geometry, strict=True):
        yield {"type": "Feature", "properties": row, "geometry": shapely.geometry.mapping(shape)}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as JSON can carry them: NaN is null."""
    plain_frame = frame.astype(object).where(frame.notna(), None)
    names = [str(name) for name in plain_frame.columns]
    return [dict(zip(names, row, strict=True)) for row in plain_frame.itertuples(index=False, name=None)]


def kmz_of(brief: Brief, code: str) -> bytes:
    """
    Return sites and units as KMZ, for globes: words are words in its balloons, whatever stands in them.

    Parameters
    ----------
    brief
        What is told.
    code
        Under which the file stands in the log of releases; in the document's description, with the terms.
    """
    layers = {each.name: each for each in map_layers(brief)}
    with _COUNTING:
        simplekml.Kml.resetidcounter()
        kml = simplekml.Kml(name=_shown(f"{place(brief)} — {handling(brief)}"))
        kml.document.description = _balloon({row.label: row.value for row in about(brief, code)})
        styles = _kml_styles()
        for name in _IN_KMZ:
            folder = kml.newfolder(name=_shown(layers[name].title))
            for row, shape in zip(
                _rows(layers[name].frame.drop(columns="geometry")), layers[name].frame.geometry, strict=True
            ):
                _placemark(brief, folder, row, shape, styles)
        written = kml.kml(format=False)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (("doc.kml", written.encode()), (_PIN, _pin())):
            packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _pin() -> bytes:
    """Return a white disc, to which each state gives its colour."""
    picture = Image.new("RGBA", (_PIN_PX, _PIN_PX), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((4, 4, _PIN_PX - 5, _PIN_PX - 5), fill=(255, 255, 255, 255))
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


def _placemark(
    brief: Brief,
    folder: simplekml.Folder,
    row: Mapping[str, Any],
    shape: shapely.Geometry,
    styles: Mapping[str, simplekml.Style],
) -> None:
    text, language = brief.language.text, brief.language
    if shape.geom_type == "Point":
        drawn = folder.newpoint(coords=[(shape.x, shape.y)])
        words = {text("Kind"): row["kind_label"], text("State"): row["state_label"]}
        words |= {text("Months open"): row["months"]}
        look = row["state"]
    else:
        drawn = folder.newmultigeometry()
        for part in shapely.get_parts(shape):
            drawn.newpolygon(
                outerboundaryis=list(part.exterior.coords),
                innerboundaryis=[list(ring.coords) for ring in part.interiors],
            )
        force, mission = (row[month_keys(name)[brief.month - 1]] for name in ("force", "mission"))
        words = {
            text("Month"): language.month(brief.month),
            text("Force footprint"): _share(brief, force),
            text("Mission footprint"): _share(brief, mission),
            text("Note"): brief.language.clauses(filter(None, (row["force_why"], row["mission_why"]))),
        }
        look = str(_class_of(mission))
    drawn.name = _shown(row["name"])
    drawn.description = _balloon(words)
    drawn.style = styles[look]


def _share(brief: Brief, value: float | None) -> str:
    return brief.language.percent(float("nan") if value is None else value)


def _class_of(value: float | None) -> int:
    number = float("nan") if value is None else value
    return min(int(classify(np.array([number]), _LEVELS)[0]), _UNKNOWN)


def _kml_styles() -> dict[str, simplekml.Style]:
    sites = {
        SiteState.EXISTING: "site",
        SiteState.PROPOSED: "site-proposed",
        SiteState.CLOSING: "site-closing",
        SiteState.MOVED: "site-moved",
        SiteState.CLOSED: "site-closed",
    }
    styles: dict[str, simplekml.Style] = {}
    for state, colour in sites.items():
        styles[str(state)] = simplekml.Style()
        styles[str(state)].iconstyle.color = _abgr(CLIENT[colour], "ff")
        # The library's own pin would be fetched from a server.
        styles[str(state)].iconstyle.icon.href = _PIN
    for number, colour in enumerate((*AMOUNTS, NO_DATA)):
        own = simplekml.Style()
        own.polystyle.color, own.linestyle.color = _abgr(colour, _VEIL), _abgr(CLIENT["district-edge"], "ff")
        own.linestyle.width = 1
        styles[str(number)] = own
    return styles


def _abgr(colour: str, opacity: str) -> str:
    """Return a colour as KML writes it: opacity, blue, green, red."""
    return f"{opacity}{colour[5:7]}{colour[3:5]}{colour[1:3]}".lower()


def _shown(words: str) -> str:
    """Return a name; `$[…]` would be filled in by a globe."""
    return plain(words).replace("$[", "$ [")


def _balloon(words: Mapping[str, str]) -> str:
    """
    Return lines for a balloon.

    A globe reads a description as HTML, after it has read it as XML: so it is escaped for both, here for the
    first and by the library for the second.
    """
    lines = (f"{label}: {value}" for label, value in words.items() if value)
    return "\n".join(html.escape(_shown(line)) for line in lines)
