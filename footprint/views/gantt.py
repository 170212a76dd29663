"""Draw mobile units over a year: places down, months across, and what the units do in each month."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.language import Language
from footprint.options.stagger import Staggered
from footprint.options.stagger_words import STAGGER_LIMITS, stagger_words
from footprint.views.colours import BUSY, CALM, EDGE, GRID, HATCH, INK, MUTED, PAPER
from footprint.views.escaping import escape, tag

_UNIT_PX = 9
"""Height of one unit in the curve, where there are few."""
_CURVE_PX = 90
"""Height of the curve at most."""

_STRIPES = f"repeating-linear-gradient(135deg,{HATCH} 0 1px,{PAPER} 1px 5px)"
_DENSE = f"repeating-linear-gradient(45deg,{BUSY} 0 2px,{PAPER} 2px 4px)"
_NAME = "text-align:left;font-weight:400;padding:0 4px 0 0;border:0;overflow-wrap:anywhere;line-height:1.15"
_CELL = "padding:0;height:22px;text-align:center;font-variant-numeric:tabular-nums"
_NUMBER = f"padding:1px 0;border:0;text-align:center;color:{MUTED};font-variant-numeric:tabular-nums"
_TABLE = "border-collapse:separate;border-spacing:0 2px;table-layout:fixed;width:100%;max-width:760px"
_FONT = f"font:12px/1.3 'Source Sans 3','Segoe UI',Roboto,Arial,sans-serif;color:{INK}"


def gantt(staggered: Staggered, order: Sequence[int], language: Language) -> str:
    """
    Draw who stands where in which months, with the curve of what the units do.

    Parameters
    ----------
    staggered
        The answer.
    order
        Months (1-12) from the start of the year.
    language
        Of the words.

    Returns
    -------
    str
        HTML: a table that is read aloud cell by cell, wide as the page and still legible at 390 pixels.
        Dark cells carry the number of the unit; hatched ones have no supply path. It tells places apart
        by nothing but words, and needs no colour.
    """
    text = language.text
    places = [number for number in range(len(staggered.asked.places)) if staggered.usable[number].any()]
    heads = [tag("th", escape(language.month_short(month)), scope="col", style=_head()) for month in order]
    first = tag("th", escape(text("Place")), scope="col", style=f"{_head()};text-align:left;width:28%")
    rows = [_place_row(staggered, number, order, language) for number in places]
    caption = tag(
        "caption",
        escape(text("Mobile units, month by month")),
        style="text-align:left;font-weight:600;font-size:14px;padding:0 0 4px;caption-side:top",
    )
    return tag(
        "div",
        tag(
            "table",
            caption,
            tag("thead", tag("tr", first, *heads)),
            tag("tbody", *rows),
            tag("tbody", _curve(staggered, order, language), *_counts(staggered, order, language)),
            tag("tbody", *_figures(staggered, order, language)),
            style=_TABLE,
        ),
        _key(language),
        style=_FONT,
    )


def gantt_page(
    staggered: Staggered, order: Sequence[int], language: Language, heading: str, notes: Sequence[str]
) -> str:
    """
    Return the chart as a page of its own.

    Parameters
    ----------
    staggered, order, language
        As for `gantt`.
    heading
        Area and date.
    notes
        What must stand beside it: what is invented, left out, not decided.
    """
    title, small = escape(staggered.plan.name), f"{_FONT};max-width:760px;color:{MUTED}"
    words = escape(stagger_words(staggered, language))
    limits = (*notes, *(language.text(limit) for limit in STAGGER_LIMITS))
    body = (
        tag("h1", title, style=f"{_FONT};font-size:22px;margin:0"),
        tag("p", escape(heading), style=small),
        tag("p", words, style=f"{_FONT};max-width:760px;font-size:15px"),
        gantt(staggered, order, language),
        tag("ul", *(tag("li", escape(limit)) for limit in limits), style=f"{small};padding-left:18px"),
    )
    view = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    head = tag("head", view, tag("title", title))
    whole = tag("body", tag("main", *body), style=f"margin:12px;background:{PAPER}")
    return f"<!doctype html>{tag('html', head, whole, lang=language.code)}"


def _head() -> str:
    size = "font-size:clamp(8px,2.1vw,11px)"
    return f"padding:0;border:0;font-weight:400;{size};color:{MUTED};text-align:center"


def _place_row(staggered: Staggered, number: int, order: Sequence[int], language: Language) -> str:
    place = staggered.asked.places[number]
    cells = [_cell(staggered, number, month, language) for month in order]
    weight = 600 if staggered.months_at(number) else 400
    name = tag("th", escape(place.name), scope="row", style=f"{_NAME};font-weight:{weight}")
    return tag("tr", name, *cells)


def _cell(staggered: Staggered, place: int, month: int, language: Language) -> str:
    made = next((each for each in staggered.stays if each.stay.place == place and each.unit_in(month)), None)
    if made is not None:
        # A white line where a stay begins, and nothing between its months.
        begins = f"border-left:3px solid {PAPER}" if made.stay.start == month else "border-left:0"
        style = f"{_CELL};background:{BUSY};color:{PAPER};font-weight:600;{begins}"
        unit = made.unit_in(month)
        said = f"{made.place.name}, {language.month(month)}: {language.text('unit {unit}', unit=unit)}"
        return tag("td", escape(unit), title=said, style=style)
    if staggered.usable[place, month - 1]:
        return tag("td", "", style=f"{_CELL};border:1px solid {GRID}")
    said = language.text("no supply path")
    hidden = tag(
        "span", "×", title=said, aria_label=said, style=f"background:{PAPER};color:{MUTED};padding:0 1px"
    )
    return tag("td", hidden, style=f"{_CELL};background:{_STRIPES};border:1px solid {EDGE};font-size:10px")


def _curve(staggered: Staggered, order: Sequence[int], language: Language) -> str:
    """Draw the units of each month one on another: at places, on the way, at rest, free."""
    unit_px = min(_UNIT_PX, max(_CURVE_PX // staggered.asked.units, 1))
    height = unit_px * staggered.asked.units
    cells = []
    for month in order:
        own = staggered.units[month - 1]
        # From the top, so that those at places stand on the line.
        parts = ((own.free, PAPER), (own.resting, CALM), (own.on_the_way, _DENSE), (own.out, BUSY))
        bars = (
            tag("div", style=f"height:{count * unit_px}px;background:{colour}")
            for count, colour in parts
            if count
        )
        style = (
            f"padding:0 2px;vertical-align:bottom;height:{height}px;border:0;border-bottom:1px solid {EDGE}"
        )
        cells.append(tag("td", tag("div", *bars, aria_hidden="true"), style=style))
    name = tag("th", escape(language.text("Units")), scope="row", style=f"{_NAME};vertical-align:bottom")
    return tag("tr", name, *cells)


def _counts(staggered: Staggered, order: Sequence[int], language: Language) -> list[str]:
    text, rows = language.text, []
    kinds = [(text("At places"), [staggered.units[month - 1].out for month in order])]
    kinds += [(text("On the way"), [staggered.units[month - 1].on_the_way for month in order])]
    kinds += [(text("At rest"), [staggered.units[month - 1].resting for month in order])]
    kinds += [(text("Free"), [staggered.units[month - 1].free for month in order])]
    for label, counts in kinds:
        cells = (tag("td", escape(count), style=_NUMBER) for count in counts)
        rows.append(tag("tr", tag("th", escape(label), scope="row", style=_NAME), *cells))
    return rows


def _figures(staggered: Staggered, order: Sequence[int], language: Language) -> list[str]:
    text, rows = language.text, []
    for label, shares in (
        (text("MF without, %"), staggered.without),
        (text("MF with, %"), staggered.with_units),
    ):
        cells = (
            tag(
                "td", escape(language.number(100 * shares[month - 1], 1)), style=f"{_NUMBER};font-size:10.5px"
            )
            for month in order
        )
        rows.append(tag("tr", tag("th", escape(label), scope="row", style=_NAME), *cells))
    return rows


def _key(language: Language) -> str:
    text = language.text
    entries = [
        (BUSY, text("a unit is there; its number")),
        (_DENSE, text("on the way")),
        (CALM, text("at rest")),
        (_STRIPES, text("no supply path in that month")),
    ]
    swatch = f"display:inline-block;width:14px;height:10px;border:1px solid {EDGE};margin:0 5px 0 0"
    parts = [
        tag(
            "span",
            tag("i", style=f"{swatch};background:{colour}"),
            escape(label),
            style="display:inline-block;margin:0 14px 0 0",
        )
        for colour, label in entries
    ]
    return tag("div", *parts, style=f"color:{MUTED};padding:4px 0;line-height:1.6")
