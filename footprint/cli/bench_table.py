"""A public location problem on the terminal: what was asked, found and proved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from footprint.cli.tables import show_notes
from footprint.language import Language, msgid
from footprint.siting.answer import SitingProblem, SitingStatus
from footprint.siting.world import SitingFormat

if TYPE_CHECKING:
    from footprint.documents.layout.siting import SitingDocument
    from layers.sentences import Sentence

_MOST_LISTED = 500
"""Names that are printed; the document of --json holds all."""
_LARGE, _FINE = 1_000, 6
"""Values from here on are told with two decimals, smaller ones with six."""

_PROBLEMS = {
    SitingProblem.MAXIMAL_COVER: msgid("Maximal covering: as much demand as p sites can cover"),
    SitingProblem.SET_COVER: msgid("Set covering: all demand at least cost"),
    SitingProblem.P_MEDIAN: msgid("p-median: least sum of weight times distance"),
    SitingProblem.P_CENTRE: msgid("p-centre: least farthest distance, every point alike"),
}
_FORMATS = {
    SitingFormat.PMED: msgid("p-median file: vertices, edges, p"),
    SitingFormat.EDGES: msgid("list of edges"),
    SitingFormat.COORDINATES: msgid("coordinates"),
    SitingFormat.MATRIX: msgid("matrix of distances"),
    SitingFormat.SET_COVER_ROWS: msgid("set covering file, by rows"),
    SitingFormat.SET_COVER_COLUMNS: msgid("set covering file, by columns"),
}
_STATUSES = {
    SitingStatus.OPTIMAL: msgid("optimal: nothing better by more than a millionth exists"),
    SitingStatus.GAP_REACHED: msgid("stopped at the gap asked for"),
    SitingStatus.INFEASIBLE: msgid("infeasible: no choice of sites serves all demand"),
}
_OUT_OF_TIME = {
    (True, True): msgid("time out: the best found so far, with its gap"),
    (True, False): msgid("time out: the best found so far; how much better any could be is not known"),
    (False, True): msgid(
        "time out: no choice that serves all demand was found; none is better than the bound"
    ),
    (False, False): msgid("time out: nothing was found and nothing proved; allow more by --seconds"),
}
"""How a search ended that ran out of time, by whether it knows a choice, and a bound."""


def show_siting(
    screen: Console, document: SitingDocument, notes: Iterable[Sentence], language: Language
) -> None:
    """Print what was found of a benchmark file's problem."""
    text = language.text
    screen.print(f"{document.file} ({text(_FORMATS[document.recognised])})")
    screen.print(text(_PROBLEMS[document.problem]))
    table = Table.grid(padding=(0, 2, 0, 0))
    for label, value in _lines(document, language):
        table.add_row(label, value)
    screen.print(table)
    if document.chosen:
        _list(screen, text("Sites:"), document.chosen, language)
    if document.unserved:
        _list(screen, text("Served by no site:"), document.unserved, language)
    show_notes(screen, [note.said(language) for note in notes])


def _lines(document: SitingDocument, language: Language) -> list[tuple[str, str]]:
    text, number = language.text, language.number
    size = text(
        "{n} demand points, {sites} sites", n=number(document.n_demand), sites=number(document.n_sites)
    )
    lines = [(text("Size"), size), (text("Rows left"), number(document.n_rows))]
    if document.p is not None:
        lines.append(("p", number(document.p)))
    if document.radius is not None:
        lines.append((text("Radius, inclusive"), language.stated(document.radius)))
    return [
        *lines,
        (text("Status"), text(_ended(document))),
        (text("Objective"), _value(document.objective, language)),
        (text("Bound"), _value(document.bound, language)),
        (text("Gap"), "–" if document.gap is None else language.percent(document.gap, 4)),
        (text("Time"), text("{seconds} s", seconds=number(document.elapsed_s, 2))),
    ]


def _ended(document: SitingDocument) -> str:
    """Return how the search ended, a message of the catalogue: never a best that was not found."""
    if document.status is SitingStatus.TIME_OUT:
        return _OUT_OF_TIME[document.objective is not None, document.bound is not None]
    return _STATUSES[document.status]


def _value(value: float | None, language: Language) -> str:
    if value is None:
        return "–"
    if value == round(value):
        return language.number(value)
    return language.number(value, 2 if abs(value) >= _LARGE else _FINE)


def _list(screen: Console, label: str, names: Sequence[str], language: Language) -> None:
    screen.print(f"{label} {', '.join(names[:_MOST_LISTED])}")
    if len(names) > _MOST_LISTED:
        rest = len(names) - _MOST_LISTED
        screen.print(language.plural("and {n} more, in --json", "and {n} others, in --json", rest))
