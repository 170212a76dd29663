"""Part 10, method and parameters on one page, with the hash of the run and the sources."""

from __future__ import annotations

import re
from dataclasses import replace

from footprint.briefing.content.parts import DASH, Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.telling import Telling
from footprint.briefing.small_print import released_provenance, sources_words
from footprint.caveats import LAYERS, layer_words
from footprint.language import msgid
from footprint.method.parts import Parameter
from footprint.views.intake import ledger_words
from footprint.views.method_text import formulas
from layers.manifest import SENSITIVE

_TOLD = (0, 1, 2, 4, 5, 9)
"""Paragraphs of the method that bear on a briefing: question, travel, need, footprints, escorts, limits."""
_MARKED = re.compile(r"\*+(.+?)\*+")
_NUMBERS = (
    "reporting.class_threshold",
    "reporting.beyond_min",
    "reporting.casevac_limit_min",
    "reporting.equity_drop",
    "reporting.circle_km",
    "demand.half_life_days",
    "demand.people_share",
    "demand.neighbourhood_km",
    "travel.patrol_cap_kmh",
    "travel.convoy_cap_kmh",
    "travel.searched_cap_kmh",
    "travel.helicopter_kmh",
)
"""Numbers that a reader of a briefing asks for first; the Method page has every one with its source."""


def basis(telling: Telling) -> Chapter:
    """Return the part."""
    text, language = telling.language.text, telling.language
    paragraphs = formulas(language).split("\n\n")
    blocks: list[ChapterBlock] = [
        Prose(_MARKED.sub(r"\1", paragraphs[number]), ProseKind.DETAIL) for number in _TOLD
    ]
    blocks.append(_numbers(telling))
    runs = [
        (telling.head(number), released_provenance(telling.brief, review))
        for number, review in enumerate((telling.brief.today, *telling.brief.plans))
    ]
    blocks.append(
        TextTable(
            title=text("Hash of the run"),
            header=(text("Option"), text("Run"), text("Area"), text("Method"), text("Tool")),
            rows=tuple(
                (name, own.identifier, own.area_digest, own.method_digest, own.version) for name, own in runs
            ),
            numeric=(False,) * 5,
            note=text("Frame date: {date}.", date=language.date(telling.brief.prepared.area.frame_date)),
        )
    )
    return Chapter("basis", 10, text("Method and parameters"), tuple(blocks), small=True)


def sources(telling: Telling) -> Chapter:
    """Return the page of the files that the answer rests on."""
    heading = telling.language.text("Sources")
    table = replace(_sources(telling), detail=True)
    nothing = Prose(telling.language.text("No file of this area stands in the ledger of sources."))
    short = Prose(sources_words(telling.brief, telling.language), ProseKind.SHORT)
    return Chapter("sources", 0, heading, ((table, short) if table.rows else (nothing,)))


def _numbers(telling: Telling) -> TextTable:
    """Return the numbers that matter most, and all that were changed."""
    text, language = telling.language.text, telling.language
    every = telling.brief.prepared.method.parameters
    shown = [each for each in every if each.parameter_id in _NUMBERS or each.changed]
    return TextTable(
        title=text("Numbers that matter most, and all that were changed"),
        header=(text("Number"), text("Value"), text("As shipped"), text("Source")),
        rows=tuple((text(each.label), *_stated(telling, each)) for each in shown),
        numeric=(False, True, True, False),
        detail=True,
        note=text(
            "{n} numbers in all; the Method page has every one with its source.",
            n=language.number(len(every)),
        ),
    )


def _stated(telling: Telling, own: Parameter) -> tuple[str, str, str]:
    language = telling.language
    unit = "" if own.unit in {"-", ""} else f"\u00a0{language.text(own.unit)}"
    mark = "●\u00a0" if own.changed else ""
    source = language.text("Judgement") if own.judgement else language.text(own.source)
    return f"{mark}{language.stated(own.value)}{unit}", f"{language.stated(own.default)}{unit}", source


_INVENTED = {"no": msgid("no"), "yes": msgid("yes")}


def _sources(telling: Telling) -> TextTable:
    """Return the files that the answer rests on, with date and licence; never those of sensitive places."""
    text, area = telling.language.text, telling.brief.prepared.area
    rows = tuple(
        dict.fromkeys(
            (
                text(layer_words(each.layer)),
                *(
                    ledger_words(words, telling.language) or DASH
                    for words in (each.title, each.date, each.licence)
                ),
                text(_INVENTED[each.invented]) if each.invented in _INVENTED else text("in part"),
            )
            for each in area.sources
            if each.layer in LAYERS and each.layer.casefold() != SENSITIVE and each.layer not in area.absent
        )
    )
    return TextTable(
        title=text("Files that the answer rests on"),
        header=(text("Layer"), text("Title"), text("Date"), text("Licence"), text("Invented")),
        rows=rows,
        numeric=(False,) * 5,
    )
