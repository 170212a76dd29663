"""Show the calendar of return: rows of the heat map, and one area's years with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from footprint.language import Language, msgid
from footprint.views.colours import ACCENT, GRID, INK, MUTED, PAPER, SEQUENCE, WORDS
from footprint.views.escaping import escape, tag
from footprint.views.heatmap import CalendarRow, SquareState
from footprint.violence.seasonality import Answer, Calendar, Finding, Recurrence, YearState
from footprint.violence.seasonality.scan import hit_table

MONTHS = 12
STATE_WORDS = {
    YearState.HIT: msgid("busier"),
    YearState.QUIET: msgid("missed"),
    YearState.TOO_FEW: msgid("too few"),
}
_DARK_FROM = 3


COULD_TELL = frozenset({Answer.RETURNS, Answer.WITHDRAWN, Answer.NONE})
"""Answers of areas with incidents enough to say anything."""
TOO_FEW = frozenset({Answer.TOO_FEW})
NOT_ENOUGH_YEARS = frozenset({Answer.NOT_ENOUGH_YEARS})


def calendar_rows(
    recurrence: Recurrence, listed: Sequence[Finding], answers: frozenset[Answer], language: Language
) -> tuple[CalendarRow, ...]:
    """
    Return a row of the heat map per area.

    Parameters
    ----------
    recurrence
        Recurrence of one level, of incidents with months.
    listed
        Its findings.
    answers
        Which areas to return, those that return first; areas that were not tested only where
        they have any incident, those with most first.
    language
        Language of the notes.

    Returns
    -------
    tuple
        A square is *hit* where that month alone was busier than its own year, and *too few* where
        the year has too few incidents, or its month lies after the data's last day.
    """
    states = month_states(recurrence)
    position = {area_id: row for row, area_id in enumerate(recurrence.calendar.area_ids)}
    events = recurrence.table["n_events"]
    chosen = [
        each for each in listed if each.answer in answers and (each.tested or int(events[each.area_id]) > 0)
    ]
    if answers == NOT_ENOUGH_YEARS:
        chosen.sort(key=lambda each: (-int(events[each.area_id]), each.area_id))
    return tuple(
        CalendarRow(
            name=each.name,
            states=tuple(tuple(row) for row in states[position[each.area_id]].T),
            window=each.months if each.significant else (),
            significant=each.significant,
            note=_note(each, int(events[each.area_id]), language),
        )
        for each in chosen
    )


def month_states(recurrence: Recurrence) -> NDArray[np.object_]:
    """Return how each year stands in each month, January first, shape (n_areas, n_years, 12)."""
    calendar, settings = recurrence.calendar, recurrence.settings
    cut = calendar.first_month
    counts = calendar.by_year(cut)
    hits = hit_table(counts, replace(settings, longest_months=1))[..., 0, :]
    states = np.where(hits, SquareState.HIT, SquareState.QUIET).astype(object)
    states[counts.sum(axis=2) < settings.events_min] = SquareState.TOO_FEW
    after = _months_after(calendar, cut)
    if after and counts.shape[1]:
        states[:, -1, MONTHS - after :] = SquareState.TOO_FEW
    return np.roll(states, cut - 1, axis=2)


def _months_after(calendar: Calendar, cut: int) -> int:
    """Return how many months of the last season-year lie after the data's last whole one."""
    end = calendar.offset(cut) + MONTHS * len(calendar.years(cut))
    return max(end - int(calendar.series.shape[1]) + calendar.months_missing, 0)


def year_table(recurrence: Recurrence, finding: Finding, language: Language) -> str:
    """
    Draw one area's counts by season-year and month.

    Parameters
    ----------
    recurrence
        Recurrence of its level, of incidents with months.
    finding
        What was found in the area.
    language
        Language of months.

    Returns
    -------
    str
        An HTML table: a row per season-year with its counts, its total, and whether the
        window was busier, missed, or had too few incidents; the first and the last may be parts of a
        year, so that every incident is in it. Months of the window have a frame.
    """
    text, calendar = language.text, recurrence.calendar
    area, cut = (
        calendar.area_ids.index(finding.area_id),
        finding.cut if finding.tested else calendar.first_month,
    )
    order = [(cut - 1 + step) % MONTHS + 1 for step in range(MONTHS)]
    window = frozenset(finding.months)
    heads = [
        tag("th", escape(language.month_short(month)), scope="col", style=_head(framed=month in window))
        for month in order
    ]
    top = [
        tag("th", escape(text("From")), scope="col", style=_head(framed=False) + ";text-align:left"),
        *heads,
    ]
    top += [tag("th", escape(word), scope="col", style=_head(framed=False)) for word in (text("All"), "")]
    rows = _year_rows(calendar, area, cut)
    largest = int(calendar.series[area].max(initial=0))
    states = recurrence.states[finding.area_id]
    body = []
    for year, counts in rows:
        number = year - (calendar.years(cut)[0] if calendar.years(cut) else year + 1)
        state = states[number] if 0 <= number < len(states) else None
        body.append(_year_row((year, cut, counts), (order, window, largest), state, language))
    sums = np.sum([np.maximum(counts, 0) for _, counts in rows], axis=0)
    body.append(_sum_row(sums, language))
    caption = text("Incidents of {name} by season-year and month", name=finding.name)
    table = tag(
        "table",
        tag("caption", escape(caption), style=_CAPTION),
        tag("thead", tag("tr", *top)),
        tag("tbody", *body),
        style="border-collapse:separate;border-spacing:2px;font-size:12.5px;width:100%",
    )
    return tag("div", table, style="overflow-x:auto")


def _year_rows(calendar: Calendar, area: int, cut: int) -> list[tuple[int, NDArray[np.int64]]]:
    """Return the year each season-year begins in, parts included, and its counts; -1 for months not held."""
    head = calendar.offset(cut)
    before = (MONTHS - head) % MONTHS
    n_months = calendar.series.shape[1]
    n_rows = -(-(before + n_months) // MONTHS)
    flat = np.full(n_rows * MONTHS, -1, np.int64)
    flat[before : before + n_months] = calendar.series[area]
    end = before + n_months - calendar.months_missing
    flat[end:][flat[end:] == 0] = -1
    first = (calendar.start[0] + (cut < calendar.start[1])) - (head > 0)
    rows = [(first + row, counts) for row, counts in enumerate(flat.reshape(n_rows, MONTHS))]
    return [row for row in rows if (row[1] >= 0).any()]


_CAPTION = "text-align:left;font-weight:600;font-size:14px;padding:0 0 6px;caption-side:top;color:inherit"


def facts_strip(facts: Sequence[tuple[str, str, str]]) -> str:
    """Draw figures side by side, each with what it is and what it is of; they wrap where it is narrow."""
    cells = [
        tag(
            "div",
            tag("div", escape(label), style=f"font-size:.84rem;color:{MUTED}"),
            tag(
                "div",
                escape(number),
                style="font-size:1.6rem;line-height:1.25;font-variant-numeric:tabular-nums",
            ),
            tag("div", escape(detail), style=f"font-size:.8rem;color:{MUTED};line-height:1.3"),
        )
        for label, number, detail in facts
    ]
    columns = "grid-template-columns:repeat(auto-fit,minmax(170px,1fr))"
    style = f"display:grid;{columns};gap:8px 24px;padding-bottom:4px"
    return tag("div", *cells, style=style)


def words_panels(panels: Sequence[tuple[str, str]]) -> str:
    """Draw paragraphs side by side, each under its heading; they wrap where it is narrow."""
    cells = [
        tag(
            "section",
            tag("h4", escape(heading), style="font-size:.95rem;margin:0;padding:0 0 .2rem"),
            tag("p", escape(words), style=f"font-size:.9rem;line-height:1.5;margin:0;color:{WORDS}"),
        )
        for heading, words in panels
    ]
    columns = "grid-template-columns:repeat(auto-fit,minmax(230px,1fr))"
    style = f"display:grid;{columns};gap:16px 28px"
    return tag("div", *cells, style=style)


def _year_row(
    year: tuple[int, int, NDArray[np.int64]],
    shown: tuple[Sequence[int], frozenset[int], int],
    state: YearState | None,
    language: Language,
) -> str:
    (begins, cut, counts), (order, window, largest) = year, shown
    cells = [
        tag(
            "td",
            "–" if count < 0 else escape(int(count) or ""),
            style=_cell(max(int(count), 0), largest, framed=month in window),
        )
        for month, count in zip(order, counts, strict=True)
    ]
    word = language.text("part of a year")
    if state is not None:
        word = language.text(STATE_WORDS[state]) if window or state is YearState.TOO_FEW else ""
    weight = "600" if state is YearState.HIT and window else "400"
    name = str(begins) if cut == 1 else f"{begins}–{(begins + 1) % 100:02d}"
    ink = INK if state is YearState.HIT else MUTED
    return tag(
        "tr",
        tag("th", escape(name), scope="row", style=f"{_YEAR};font-weight:{weight}"),
        *cells,
        tag("td", escape(int(np.maximum(counts, 0).sum())), style=f"{_PLAIN};font-weight:600"),
        tag("td", escape(word), style=f"{_PLAIN};text-align:left;color:{ink}"),
    )


def _sum_row(sums: NDArray[np.int64], language: Language) -> str:
    return tag(
        "tr",
        tag("th", escape(language.text("All")), scope="row", style=f"text-align:left;border:0;color:{MUTED}"),
        *(tag("td", escape(int(value)), style=_PLAIN + f";color:{MUTED}") for value in sums),
        tag("td", escape(int(sums.sum())), style=_PLAIN + ";font-weight:600"),
        tag("td", "", style=_PLAIN),
    )


_YEAR = "text-align:left;border:0;padding:2px 6px 2px 0;white-space:nowrap"
_PLAIN = "border:0;padding:2px 4px;text-align:right;white-space:nowrap"


def _head(*, framed: bool) -> str:
    colour, line = (INK, ACCENT) if framed else (MUTED, GRID)
    return (
        f"border:0;border-bottom:2px solid {line};font-weight:{600 if framed else 400};"
        f"color:{colour};padding:0 2px 2px;text-align:center"
    )


def _cell(count: int, largest: int, *, framed: bool) -> str:
    share = count / largest if largest else 0.0
    shade = 0 if count == 0 else min(int(share * len(SEQUENCE)), len(SEQUENCE) - 1)
    colour = PAPER if count == 0 else SEQUENCE[shade]
    ink = PAPER if shade >= _DARK_FROM else INK
    line = f"1px solid {ACCENT}" if framed else f"1px solid {GRID}"
    size = "text-align:center;min-width:20px;height:22px;padding:0"
    return f"border:{line};background:{colour};color:{ink};{size}"


def _note(finding: Finding, n_events: int, language: Language) -> str:
    events = language.plural("{n} incident", "{n} incidents", n_events)
    if not finding.tested:
        years = language.plural("{n} year", "{n} years", finding.n)
        return f"{events} · {years}"
    years = language.text("{k} of {n} years", k=finding.k, n=finding.n)
    return f"{events} · {years} · {chance('q', finding.q, language)}"


def chance(name: str, value: float, language: Language) -> str:
    """
    Write a p or q with the digits that say something.

    Examples
    --------
    >>> chance("q", 0.0312, Language("en"))
    'q = 0.03'
    """
    if value < 0.001:  # noqa: PLR2004 - below this it is only said to be smaller
        return f"{name} < {language.number(0.001, 3)}"
    return f"{name} = {language.number(value, 3 if value < 0.0095 else 2)}"  # noqa: PLR2004 - as above
