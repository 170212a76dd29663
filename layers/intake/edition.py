"""Editions: the next edition of a file is known by the columns of the last, and taken in the same way."""

from __future__ import annotations

from collections.abc import Iterable

from layers.errors import Fault, LayerError
from layers.foreign.seen import FileSeen, SheetSeen
from layers.formats.forbidden import plain
from layers.intake.answers import Answers
from layers.intake.imports import Imports, RememberedFile
from layers.sentences import say

_ALIKE = 0.6
"""Share of the columns of both that must be the same, where no provider is known."""


def earlier_answers(imports: Imports, seen: FileSeen) -> list[Answers]:
    """
    Return what was said of the last edition of a file, for each of its sheets that was taken.

    Raises
    ------
    LayerError
        If no sheet is like one that was brought before.
    """
    made = []
    for sheet in seen.sheets:
        last = last_edition(imports.remembered, sheet)
        if last is None:
            made.append(Answers(stated={"layer": "nothing"}, sheet=sheet.name))
        else:
            stated = {**last.answers, "layer": last.layer}
            made.append(Answers(stated=stated, sheet=sheet.name, leaves_out=last.leaves_out, replaces=True))
    if all(each.stated.get("layer") == "nothing" for each in made):
        brought = ", ".join(dict.fromkeys(each.file for each in imports.remembered)) or "–"
        problem = say("it is like none of the files brought before: {files}", files=brought)
        raise LayerError([Fault(seen.file, problem, say("Bring it by: footprint area import."))])
    return made


def last_edition(remembered: Iterable[RememberedFile], sheet: SheetSeen) -> RememberedFile | None:
    """Return the file brought before that a sheet is the next edition of, None if it is like none."""
    provider = next((each.provider for each in sheet.likely if each.provider), "")
    names = {plain(each.name) for each in sheet.columns}
    ranked = [
        (share, each)
        for each in remembered
        if each.provider == provider
        and (share := _shared(names, {plain(name) for name in each.columns})) >= _ALIKE
    ]
    if provider and not sheet.columns:
        ranked = [(1.0, each) for each in remembered if each.provider == provider]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
