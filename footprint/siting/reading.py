"""Reading: a benchmark file of any kind known, by what stands in it and never by its name."""

from __future__ import annotations

from pathlib import Path

from footprint.siting.faults import SitingFileError
from footprint.siting.lines import Line, lines_of
from footprint.siting.plain_files import read_plain
from footprint.siting.set_files import read_sets
from footprint.siting.table_files import read_named
from footprint.siting.world import SitingWorld
from layers.sentences import say


def read_siting(path: Path) -> SitingWorld:
    """
    Read a benchmark file.

    Parameters
    ----------
    path
        A p-median file of OR-Library (vertices, edges, p; then edges), a plain list of edges, a list of
        coordinates (with `n p` above it, or a table with named columns), a matrix of distances, or a set
        covering file of OR-Library, by rows or by columns.

    Raises
    ------
    SitingFileError
        If it is none of these, or breaks off, or names what is not there: file, line and remedy.
    """
    lines = lines_of(path)
    if any(not cell.is_number for cell in lines[0].cells):
        return read_named(path.name, lines)
    _all_numbers(path.name, lines)
    world = read_plain(path.name, lines)
    return read_sets(path.name, lines) if world is None else world


def _all_numbers(file: str, lines: list[Line]) -> None:
    for line in lines:
        for cell in line.cells:
            if not cell.is_number:
                raise SitingFileError(
                    file,
                    line.number,
                    say("{text} is no number", text=repr(cell.text[:40])),
                    say("Mend that line; or name the columns in the first one."),
                )
