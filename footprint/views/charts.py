"""
Say a result in small pictures beside the map: months, tiers, who gains and who loses.

All are plain HTML with inline styles, for Streamlit strips drawings and style sheets.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from footprint.indicators.indicator import Indicator
from footprint.indicators.levels import Divergence
from footprint.language import Language
from footprint.views.colours import CIRCLE_BAR, DIFFERENCES, FAINT, GRID, INK, LOSS_WORDS, MUTED, TIER_BAR
from footprint.views.escaping import escape, tag
from footprint.views.palette import COVERAGE_COLOURS

GAIN, LOSS = DIFFERENCES[-2], DIFFERENCES[1]
_STRIP_PX = 58
_MONTHS = range(1, 13)


_BARS = {
    Indicator.CIRCLE: CIRCLE_BAR,
    Indicator.FORCE: COVERAGE_COLOURS[Divergence.FORCE_ONLY],
    Indicator.TIER_2: TIER_BAR,
    Indicator.TIER_1: TIER_BAR,
    Indicator.TIER_3: TIER_BAR,
    Indicator.MISSION: COVERAGE_COLOURS[Divergence.BOTH],
}
"""Colour of each bar, in the order they are shown: from what a circle promises to what is delivered."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One unit and its share before and after."""

    name: str
    before_share: float
    after_share: float


def month_strip(shares: Sequence[float], language: Language, *, chosen: int, title: str) -> str:
    """
    Draw a share by month as twelve bars.

    Parameters
    ----------
    shares
        Share (0-1) of each month from January on; NaN where there is none, shape (12,).
    language
        Language of months and numbers.
    chosen
        Month (1-12) shown on the map, drawn dark.
    title
        What is shown, for those who do not see it and as a heading.

    Returns
    -------
    str
        HTML. The worst months, within half a point of the least, carry a mark and
        their value.
    """
    if len(shares) != len(_MONTHS):
        raise ValueError(f"{len(shares)} months")
    known = [share for share in shares if not math.isnan(share)]
    if not known:
        said = language.text("{title}: not known in any month", title=title)
        return tag("p", escape(said), style="font-weight:600;font-size:14px;margin:0")
    top = max([*known, 0.01])
    worst = {m for m in _MONTHS if shares[m - 1] <= min(known) + 0.005 < max(known)}
    bars = "".join(
        _month_bar(month, shares[month - 1], top, language, chosen=month == chosen, worst=month in worst)
        for month in _MONTHS
    )
    spoken = "; ".join(f"{language.month(m)} {language.percent(shares[m - 1])}" for m in _MONTHS)
    unit = tag("span", " %", style=f"font-weight:400;color:{MUTED}")
    return tag(
        "div",
        tag("div", escape(title), unit, style="font-weight:600;font-size:14px;padding-bottom:4px"),
        tag("div", bars, style="display:flex;align-items:flex-end;gap:3px"),
        role="img",
        aria_label=f"{title}: {spoken}",
        style="max-width:520px;line-height:1.2",
    )


def tier_bars(
    baseline: Mapping[Indicator, float], scenario: Mapping[Indicator, float] | None, language: Language
) -> str:
    """
    Draw the footprints and tiers as bars, the baseline as a mark on each.

    Parameters
    ----------
    baseline
        Share of demand (0-1) by indicator; NaN for none. Missing ones are left out.
    scenario
        The same for the scenario, drawn as the bar; None draws the baseline alone.
    language
        Language of labels and numbers.

    Returns
    -------
    str
        An HTML table with a bar in each row.
    """
    shown = [indicator for indicator in _BARS if indicator in baseline]
    rows = "".join(
        _bar_row(indicator, baseline[indicator], scenario[indicator] if scenario else None, language)
        for indicator in shown
    )
    heads = [language.text("Measure"), language.text("Share of need"), language.text("Change")]
    table = _table(language.text("Footprints and tiers"), heads if scenario else heads[:2], rows)
    mark = language.text("Bar: scenario. Black mark: baseline.") if scenario else ""
    return table + tag("div", escape(mark), style=f"color:{MUTED};font-size:12px;padding-top:4px")


def change_table(rows: Sequence[ChangeRow], language: Language, *, title: str, unit: str) -> str:
    """
    Draw who gains and who loses, in the order given.

    Parameters
    ----------
    rows
        Units with their shares (0-1) before and after.
    language
        Language of numbers.
    title
        Caption of the table.
    unit
        What a row is, as the head of the first column: "Cercle".

    Returns
    -------
    str
        An HTML table; bars to the left are losses, to the right gains, all on one
        scale. Gains and losses differ in side, sign and colour.
    """
    widest = max([abs(row.after_share - row.before_share) for row in rows if _both(row)] + [0.01])
    body = "".join(_change_row(row, widest, language) for row in rows)
    heads = [unit, language.text("Loses | gains"), language.text("Change"), language.text("Before → after")]
    return _table(title, heads, body)


def words_table(rows: Sequence[Mapping[str, str]]) -> str:
    """
    Draw rows of words as a table whose cells wrap, so that nothing is cut.

    Parameters
    ----------
    rows
        One mapping from the words of the columns to their values for each row; equal columns in all.
    """
    cell = f"border:0;border-top:1px solid {FAINT};padding:5px 10px 5px 0;vertical-align:top"
    body = "".join(
        tag("tr", *(tag("td", escape(value), style=cell) for value in row.values())) for row in rows
    )
    return _table("", list(rows[0]) if rows else [], body, side="left")


def _month_bar(month: int, share: float, top: float, language: Language, *, chosen: bool, worst: bool) -> str:
    height_px = 0 if math.isnan(share) else max(2, round(_STRIP_PX * share / top))
    colour = INK if chosen else (LOSS if worst else FAINT)
    value = "–" if math.isnan(share) else ""
    if height_px and (chosen or worst):
        digits = 0 if share >= 0.1 else 1  # noqa: PLR2004  two digits either way
        value = ("▾" if worst else "") + language.number(share * 100, digits)
    shade, weight = (INK, 700) if chosen else (MUTED, 400)
    text = LOSS_WORDS if worst else INK
    number = f"font-size:12px;font-weight:700;white-space:nowrap;height:16px;color:{text}"
    letter = f"border-top:1px solid {FAINT};padding-top:3px;font-size:12px;font-weight:{weight};color:{shade}"
    return tag(
        "div",
        tag("div", escape(value), style=number),
        tag("div", style=f"height:{height_px}px;border-radius:2px 2px 0 0;background:{colour}"),
        tag("div", escape(language.month_short(month)[:1].upper()), style=letter),
        title=f"{language.month(month)}: {language.percent(share)}",
        style="flex:1 1 0;min-width:0;text-align:center",
    )


def _bar_row(indicator: Indicator, before: float, after: float | None, language: Language) -> str:
    share = before if after is None else after
    strong = indicator in (Indicator.FORCE, Indicator.MISSION)
    length_share = 0.0 if math.isnan(share) else min(max(share, 0.0), 1.0)
    parts = _piece(0.0, length_share, _BARS[indicator])
    if after is not None and not math.isnan(before):
        mark = f"position:absolute;left:{100 * before:.2f}%;top:-4px;width:2px;margin-left:-1px;height:20px"
        parts += tag("div", title=language.percent(before), style=f"{mark};background:{INK}")
    cells = [
        tag("td", escape(language.text(indicator.label)), style=_css("label", strong=strong)),
        tag("td", _beside(_track(parts, GRID), escape(language.percent(share))), style=_css("bar")),
    ]
    if after is not None:
        change = escape(language.points(after - before))
        cells.append(tag("td", change, style=_css("number", strong=strong)))
    return tag("tr", *cells)


def _change_row(row: ChangeRow, widest: float, language: Language) -> str:
    change = row.after_share - row.before_share
    length = 0.0 if math.isnan(change) else 0.5 * change / widest
    middle = f"position:absolute;left:50%;top:-3px;width:1px;height:18px;background:{MUTED}"
    parts = _piece(0.5 + min(length, 0.0), abs(length), GAIN if change > 0 else LOSS)
    parts += tag("div", style=middle)
    journey = f"{language.percent(row.before_share)} → {language.percent(row.after_share)}"
    return tag(
        "tr",
        tag("td", escape(row.name), style=_css("label")),
        tag("td", _track(parts, "transparent"), style=_css("bar")),
        tag("td", escape(language.points(change)), style=_css("number", strong=True)),
        tag("td", escape(journey), style=_css("number")),
    )


def _piece(from_share: float, length_share: float, colour: str) -> str:
    """Return a stretch of a bar, in shares of its whole width."""
    place = f"position:absolute;left:{100 * from_share:.2f}%;top:0;width:{100 * length_share:.2f}%"
    return tag("div", style=f"{place};height:12px;border-radius:2px;background:{colour}")


def _track(parts: str, colour: str) -> str:
    style = f"position:relative;height:12px;min-width:70px;border-radius:2px;background:{colour}"
    return tag("div", parts, aria_hidden="true", style=style)


def _beside(bar: str, number: str) -> str:
    aligned = "flex:none;min-width:52px;text-align:right;font-variant-numeric:tabular-nums"
    return tag(
        "div",
        tag("div", bar, style="flex:1 1 auto;min-width:60px"),
        tag("div", number, style=aligned),
        style="display:flex;align-items:center;gap:10px",
    )


def _both(row: ChangeRow) -> bool:
    return not (math.isnan(row.before_share) or math.isnan(row.after_share))


def _css(kind: str, *, strong: bool = False) -> str:
    kinds = {
        "label": "text-align:left;padding:5px 10px 5px 0",
        "bar": "width:46%;padding:5px 10px 5px 0",
        "number": "text-align:right;padding:5px 0 5px 10px;white-space:nowrap;font-feature-settings:'tnum'",
    }
    weight = ";font-weight:600" if strong else ""
    return f"{kinds[kind]};border:0;border-top:1px solid {GRID};vertical-align:middle{weight}"


def _table(title: str, heads: Sequence[str], rows: str, *, side: str = "right") -> str:
    plain = f"border:0;color:{MUTED};font-weight:400;font-size:12px;padding:0 0 4px"
    aligned = ("left", "left", *[side] * len(heads))
    cells = [
        tag("th", escape(head), scope="col", style=f"{plain};text-align:{way}")
        for head, way in zip(heads, aligned, strict=False)
    ]
    bold = "text-align:left;font-weight:600;padding:0 0 6px;caption-side:top;color:inherit"
    table = tag(
        "table",
        *([tag("caption", escape(title), style=bold)] if title else []),
        tag("thead", tag("tr", *cells)),
        tag("tbody", rows),
        style="width:100%;border-collapse:collapse;font-size:14px;line-height:1.3",
    )
    return tag("div", table, style="overflow-x:auto")
