"""Styles: how QGIS draws each layer, in the colours of the pages and sheets, with labels in one language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from footprint.briefing.brief import Brief
from footprint.briefing.files.plain import plain
from footprint.briefing.files.units import month_keys
from footprint.indicators.indicator import Indicator
from footprint.language import Language, msgid
from footprint.releases.profiles import tells_cells
from footprint.views.colours import AMOUNTS, CLIENT, NO_DATA
from footprint.views.maps import STATE_LABELS, SiteState
from layers.roads import RoadClass

_LEVELS = (0.02, 0.1, 0.3, 0.5)
"""Limits of the classes of a level, inclusive, as on the pages."""
_OPACITY = 0.78
_SITES = {
    SiteState.EXISTING: ("circle", CLIENT["site"]),
    SiteState.PROPOSED: ("triangle", CLIENT["site-proposed"]),
    SiteState.CLOSING: ("cross_fill", CLIENT["site-closing"]),
    SiteState.MOVED: ("diamond", CLIENT["site-moved"]),
    SiteState.CLOSED: ("square", CLIENT["site-closed"]),
}
_ROADS = (
    (msgid("Main road"), (RoadClass.TRUNK, RoadClass.PRIMARY), CLIENT["road-1"], 0.5, "solid"),
    (msgid("Secondary road"), (RoadClass.SECONDARY, RoadClass.TERTIARY), CLIENT["road-2"], 0.35, "solid"),
    (
        msgid("Other road or track"),
        (RoadClass.UNCLASSIFIED, RoadClass.RESIDENTIAL, RoadClass.TRACK, RoadClass.PATH),
        CLIENT["road-4"],
        0.25,
        "dash",
    ),
)
_HAIR, _LINE, _HEAVY = 0.2, 0.35, 0.6
"""Widths [mm]."""
_EVERYTHING = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Some rows of a layer, and how they are drawn."""

    label: str
    where: str
    """Expression of QGIS; "" for every row."""
    kind: str
    """"marker", "line" or "fill"."""
    drawn: dict[str, str]


def style(brief: Brief, layer: str) -> str:
    """
    Return the style of a layer as QGIS reads it (QML).

    Parameters
    ----------
    brief
        Its month is drawn, its language spoken.
    layer
        Name of a layer of `map_layers`.
    """
    return _qml(_STYLES[layer](brief), "name" if layer in {"sites", "regions"} else "")


def _sites(brief: Brief) -> list[_Rule]:
    return [
        _Rule(
            brief.language.text(STATE_LABELS[state]),
            f"\"state\" = '{state}'",
            "marker",
            {"name": shape, "color": _rgba(colour), "outline_color": _rgba(CLIENT["paper"]), "size": "3.2"},
        )
        for state, (shape, colour) in _SITES.items()
    ]


def _districts(brief: Brief) -> list[_Rule]:
    if tells_cells(brief.release.precision):
        # What is filled is the cells then.
        return [_edge(brief.language.text("{District}"), CLIENT["district-edge"], _LINE)]
    return _level(brief, month_keys("mission")[brief.month - 1], _rgba(CLIENT["district-edge"]))


def _cells(brief: Brief) -> list[_Rule]:
    return _level(brief, "mission", "0,0,0,0")


def _level(brief: Brief, column: str, edge: str) -> list[_Rule]:
    """Return the classes of the Mission footprint, dark for little as on the pages, grey where not known."""
    language = brief.language
    edges = (None, *_LEVELS, None)
    rules = []
    for colour, above, up_to in zip(AMOUNTS, edges[:-1], edges[1:], strict=True):
        limits = [f'"{column}" > {above}'] * (above is not None) + [f'"{column}" <= {up_to}'] * (
            up_to is not None
        )
        rules.append(
            _Rule(
                _class_label(language, above, up_to),
                " AND ".join(limits),
                "fill",
                {"color": _rgba(colour, _OPACITY), "outline_color": edge, "outline_width": str(_HAIR)},
            )
        )
    unknown = {"color": _rgba(NO_DATA), "style": "b_diagonal", "outline_color": edge}
    return [*rules, _Rule(language.text("not known"), f'"{column}" IS NULL', "fill", unknown)]


def _class_label(language: Language, above: float | None, up_to: float | None) -> str:
    text, name = language.text, language.text(Indicator.MISSION.short)
    if above is None and up_to is not None:
        return language.labelled(name, text("up to {share}", share=language.percent(up_to, 0)))
    if up_to is None and above is not None:
        return language.labelled(name, text("above {share}", share=language.percent(above, 0)))
    first, second = (language.percent(each or 0.0, 0) for each in (above, up_to))
    return language.labelled(name, text("{first} to {second}", first=first, second=second))


def _regions(brief: Brief) -> list[_Rule]:
    return [_edge(brief.language.text("{Region}"), CLIENT["region-edge"], _HEAVY)]


def _outline(brief: Brief) -> list[_Rule]:
    drawn = {
        "color": _rgba(CLIENT["land"]),
        "outline_color": _rgba(CLIENT["country-edge"]),
        "outline_width": str(_HEAVY),
    }
    return [_Rule(brief.language.text("Country"), _EVERYTHING, "fill", drawn)]


def _edge(label: str, colour: str, width: float) -> _Rule:
    drawn = {"style": "no", "outline_color": _rgba(colour), "outline_width": str(width)}
    return _Rule(label, _EVERYTHING, "fill", drawn)


def _roads(brief: Brief) -> list[_Rule]:
    return [
        _Rule(
            brief.language.text(label),
            f'"road_class" IN ({", ".join(repr(str(each)) for each in classes)})',
            "line",
            {"line_color": _rgba(colour), "line_width": str(width), "line_style": dashes},
        )
        for label, classes, colour, width, dashes in _ROADS
    ]


def _rivers(brief: Brief) -> list[_Rule]:
    text = brief.language.text
    return [
        _Rule(
            label,
            where,
            "line",
            {"line_color": _rgba(CLIENT[colour]), "line_width": str(width)},
        )
        for label, where, colour, width in (
            (text("River that vehicles cross only by bridge or ferry"), '"barrier"', "river", _HEAVY),
            (text("River"), 'NOT "barrier"', "stream", _LINE),
        )
    ]


def _lakes(brief: Brief) -> list[_Rule]:
    drawn = {"color": _rgba(CLIENT["lake"]), "outline_color": _rgba(CLIENT["lake-edge"])}
    return [_Rule(brief.language.text("Lake"), _EVERYTHING, "fill", drawn)]


def _floods(brief: Brief) -> list[_Rule]:
    language = brief.language
    label = language.text("flooded in {month}", month=language.month(brief.month))
    drawn = {
        "color": _rgba(CLIENT["flood"]),
        "style": "horizontal",
        "outline_color": _rgba(CLIENT["flood"]),
        "outline_width": str(_HAIR),
    }
    return [_Rule(label, f'"{month_keys("flooded")[brief.month - 1]}"', "fill", drawn)]


_STYLES: dict[str, Callable[[Brief], list[_Rule]]] = {
    "sites": _sites,
    "districts": _districts,
    "regions": _regions,
    "cells": _cells,
    "roads": _roads,
    "rivers": _rivers,
    "lakes": _lakes,
    "flood_zones": _floods,
    "outline": _outline,
}

_CLASSES = {"marker": "SimpleMarker", "line": "SimpleLine", "fill": "SimpleFill"}


def _qml(rules: Sequence[_Rule], labelled_by: str) -> str:
    """Return a document of QGIS; every text in it is escaped by the writer of XML."""
    root = Element("qgis", version="3.22", styleCategories="Symbology|Labeling")
    if labelled_by:
        root.set("labelsEnabled", "1")
    renderer = SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0")
    top = SubElement(renderer, "rules", key="{root}")
    symbols = SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        row = SubElement(top, "rule", key=f"{{{number}}}", symbol=str(number), label=plain(rule.label))
        if rule.where:
            row.set("filter", rule.where)
        symbol = SubElement(symbols, "symbol", type=rule.kind, name=str(number), alpha="1")
        layer = SubElement(symbol, "layer", {"class": _CLASSES[rule.kind], "enabled": "1", "pass": "0"})
        _options(layer, rule.drawn)
    if labelled_by:
        _labels(root, labelled_by)
    return "<!DOCTYPE qgis>" + tostring(root, encoding="unicode")


def _options(layer: Element, values: dict[str, str]) -> None:
    """Write values as QGIS does since 3.20, and as it did before."""
    options = SubElement(layer, "Option", type="Map")
    for name, value in values.items():
        SubElement(options, "Option", type="QString", name=name, value=value)
    for name, value in values.items():
        SubElement(layer, "prop", k=name, v=value)


def _labels(root: Element, column: str) -> None:
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings")
    words = SubElement(
        settings,
        "text-style",
        fieldName=column,
        isExpression="0",
        fontSize="8",
        textColor=_rgba(CLIENT["name"]),
    )
    paper = _rgba(CLIENT["paper"])
    SubElement(words, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor=paper)


def _rgba(colour: str, opacity: float = 1.0) -> str:
    """Return a colour as QGIS writes it: "red,green,blue,opacity"."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"
