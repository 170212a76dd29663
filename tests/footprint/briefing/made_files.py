"""Files of briefs on the bundled case, made once, and how other programs read them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pyogrio
import shapely

from footprint.briefing.brief import Brief
from footprint.briefing.files.set import files_of
from footprint.disclosure import Precision
from footprint.language import Language
from footprint.method import default_method
from footprint.prepared import prepare
from footprint.releases.codes import drawn_code
from footprint.review import review
from footprint.scenario import AddAssets, OpenSite, Scenario
from layers.sites import SiteKind
from tests.footprint.briefing.briefs import KORO, RELEASE, brief

CODE = drawn_code(bytes(32), b"files")
KML = "{http://www.opengis.net/kml/2.2}"
HOSTILE = (
    '=1+1|<script>alert("x")</script>\u202e\x1b[2J\x07\ufffe&amp;$[name]{{7*7}}</name>\t;,\'"\r\n@SUM(A1)'
)
"""Formula, markup, direction, control, template, separators and quotes in one name."""
SAID = '=1+1|<script>alert("x")</script>[2J&amp;$[name]{{7*7}}</name> ;,\'" @SUM(A1)'
"""What is left of it as text."""


@cache
def told(code: str, precision: Precision = Precision.INTERNAL, focus: str = "Mopti") -> Brief:
    return brief(code, focus, precision=precision)


@cache
def made(told_brief: Brief) -> dict[str, bytes]:
    return {each.suffix: each.make(CODE) for each in files_of(told_brief)}


@cache
def silent() -> Brief:
    """Return a brief on the bundled case as if its files named troops alone."""
    first = brief()
    area = first.prepared.area
    quiet = replace(area, assets=area.assets[area.assets["kind"] == "infantry_company"])
    prepared = prepare(quiet, default_method(), first.prepared.objectives)
    router = prepared.router()
    today = review(prepared, Scenario("today"), router)
    plan = review(prepared, KORO, router)
    return replace(first, prepared=prepared, router=router, today=today, plans=(plan,))


@cache
def hostile() -> Brief:
    """Return a brief of which everything that people or files name is called `HOSTILE`."""
    area = brief().prepared.area
    named = {
        layer: getattr(area, layer).assign(name=HOSTILE)
        for layer in (
            "sites",
            "roads",
            "rivers",
            "lakes",
            "flood_zones",
            "country",
            "regions",
            "districts",
            "places",
        )
    }
    sources = tuple(
        replace(own, title=HOSTILE, origin=HOSTILE, licence=HOSTILE, date=HOSTILE) for own in area.sources
    )
    seasons = tuple(replace(own, labels=(("en", HOSTILE), ("fr", HOSTILE))) for own in area.seasons)
    worse = replace(area, names={"en": HOSTILE, "fr": HOSTILE}, sources=sources, seasons=seasons, **named)
    prepared = prepare(worse, default_method(), brief().prepared.objectives)
    router = prepared.router()
    plan = Scenario(
        HOSTILE,
        (OpenSite("p1", HOSTILE, -3.08, 14.06, SiteKind.TOB), AddAssets("p1", "infantry_company", 1)),
    )
    release = replace(
        RELEASE, purpose="=1+1 <b>p</b>", audience="@SUM(A1)</b>", releaser="+cmd|' /C calc'!A0"
    )
    return Brief(
        prepared=prepared,
        router=router,
        today=review(prepared, Scenario("today"), router),
        plans=(review(prepared, plan, router),),
        focus="",
        month=10,
        language=Language.of_area("en", area.unit_words),
        release=release,
        made=date(2019, 7, 1),
        number="=HYPERLINK(1)",
    )


def geopackage(content: bytes) -> dict[str, Any]:
    """Return every layer and table of a GeoPackage as geopandas reads it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "read.gpkg"
        path.write_bytes(content)
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        return {name: pyogrio.read_dataframe(path, layer=name) for name in names}


def geojson(content: bytes) -> gpd.GeoDataFrame:
    return gpd.read_file(io.BytesIO(content))


def xml(written: str) -> ET.Element:
    """Return the root of what this project itself has written."""
    return ET.fromstring(written)  # noqa: S314  our own, and that it is XML is what is tested


def kml(content: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return xml(packed.read("doc.kml").decode())


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(content: bytes, separator: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def points(shape: Any) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shape)]


def texts(name: str, content: bytes) -> Iterator[str]:
    """Yield everything in a file that is text, archives unpacked."""
    if name.endswith((".xlsx", ".kmz")):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield packed.read(member).decode("utf-8", "replace")
    else:
        yield content.decode("utf-8", "replace")


def document(content: bytes) -> dict[str, Any]:
    return dict(json.loads(content))
