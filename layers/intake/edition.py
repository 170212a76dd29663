"""Editions: the next edition of a file is known by the columns of the last, and taken in the same way."""

from __future__ import annotations

from layers.errors import Fault, LayerError
from layers.foreign.seen import FileSeen
from layers.intake.answers import NOTHING, Answers
from layers.intake.imports import Imports
from layers.intake.remembered import last_editions, lasting_answers
from layers.sentences import say


def earlier_answers(imports: Imports, seen: FileSeen) -> list[Answers]:
    """
    Return what was said of the last edition of a file, for each of its sheets that was taken.

    Raises
    ------
    LayerError
        If no sheet is like one that was brought before.
    """
    made = []
    for sheet, last in zip(seen.sheets, last_editions(imports.remembered, seen.sheets), strict=True):
        if last is None:
            made.append(Answers(stated={"layer": NOTHING}, sheet=sheet.name, as_before=True))
        else:
            # Whether bad rows are left out is said of each edition: these are other rows.
            made.append(
                Answers(stated=lasting_answers(last), sheet=sheet.name, replaces=True, edition_of=last.folder)
            )
    if all(each.as_before for each in made):
        brought = ", ".join(dict.fromkeys(each.file for each in imports.remembered)) or "–"
        problem = say("it is like none of the files brought before: {files}", files=brought)
        raise LayerError([Fault(seen.file, problem, say("Bring it by: footprint area import."))])
    return made
