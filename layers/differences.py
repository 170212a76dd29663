"""Differences: where another source states otherwise which site holds which kind of asset."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from layers.errors import Fault, LayerError
from layers.sentences import say
from layers.tables import read_texts

DIFFERENCES = "differences.csv"
"""File that may lie in an area folder."""

_TRUTH = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of asset at one site that is here and not in another source, or the other way round."""

    site_id: str
    kind: str
    here: bool
    elsewhere: bool
    source: str
    """Which other source."""


def read_differences(folder: Path) -> tuple[Difference, ...]:
    """
    Read `folder`/differences.csv; a folder without it names no differences.

    Raises
    ------
    LayerError
        With every missing column, or every cell that is neither yes nor no or steers a terminal.
    """
    if not (folder / DIFFERENCES).is_file():
        return ()
    table, faults = read_texts(folder / DIFFERENCES, [field.name for field in fields(Difference)])
    for name in ("here", "elsewhere"):
        odd = (~table.frame[name].isin(list(_TRUTH))).to_numpy().nonzero()[0]
        if len(odd):
            problem = say("{cell} is neither yes nor no", cell=repr(table.frame[name].iloc[odd[0]]))
            remedy, row = say("Write yes or no."), table.row(int(odd[0]))
            faults.append(Fault(table.file, problem, remedy, name, row, len(odd)))
    if faults:
        raise LayerError(faults)
    return tuple(
        Difference(site, kind, _TRUTH[here], _TRUTH[there], source)
        for site, kind, here, there, source in table.frame.itertuples(index=False)
    )
