"""Remembered: what is kept of each file that was brought, and of which a new file is the next edition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from layers.assemble.plans import LEDGER
from layers.errors import Fault, LayerError
from layers.foreign.seen import Likely, SheetSeen
from layers.formats.forbidden import plain
from layers.formats.registry import READERS
from layers.sentences import say

REMEMBERED = "remembered.json"
_ALIKE = 0.6
"""Share of the columns of both that must be the same, where no provider is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedFile:
    """How one sheet of a file was taken, for the next edition of the same file."""

    layer: str
    folder: str
    """Name of its normalised form."""
    file: str
    """As people called it."""
    sheet: str
    provider: str
    columns: tuple[str, ...]
    sha256: str
    """Of the file as it was brought."""
    answers: Mapping[str, str]
    """What a person said."""
    leaves_out: bool
    """Whether rows that cannot be taken were left out: of this edition, of the next it is said anew."""
    mapping: Mapping[str, Any] | None
    ledger: Mapping[str, str] = field(default_factory=dict)
    """All that the ledger says of it; nothing of files brought before this was kept."""

    @property
    def about(self) -> Mapping[str, str]:
        """What the ledger says of it, as far as it is known."""
        start = "ledger."
        kept = {key.removeprefix(start): text for key, text in self.answers.items() if key.startswith(start)}
        return {**kept, **self.ledger}


def read_remembered(path: Path) -> list[RememberedFile]:
    """
    Return what was remembered of files brought before, nothing where there is no such file.

    Raises
    ------
    LayerError
        If it does not read.
    """
    if not path.is_file():
        return []
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [RememberedFile(**{**each, "columns": tuple(each["columns"])}) for each in content]
    except (ValueError, TypeError, KeyError) as error:
        problem = say("what was remembered of earlier files does not read")
        raise LayerError([Fault(path.name, problem, say("Import the files again."))]) from error


def as_json(remembered: RememberedFile) -> dict[str, Any]:
    """Return what is kept of a file as JSON carries it."""
    made = {name: getattr(remembered, name) for name in RememberedFile.__dataclass_fields__}
    return {**made, "columns": list(remembered.columns)}


def with_text_of_layer(
    remembered: Sequence[RememberedFile], layer: str, table: Mapping[str, Any]
) -> list[RememberedFile]:
    """
    Return what is remembered, and what the ledger of a layer says of files of which nothing was kept.

    Parameters
    ----------
    remembered
        Files brought before.
    layer
        Of an area.
    table
        Its table in the catalogue, before a further file is read for it.

    Notes
    -----
    Readings written by hand, and files brought before their ledger was kept, are told of by the table
    alone: its text as it stands is that of each of them, once, before it is written anew.
    """
    text = {name: str(table[name]) for name in LEDGER if table.get(name)}
    if not text:
        return list(remembered)
    read = [_files_of(step) for step in table["read"]]
    known, named = {each.folder for each in remembered}, {file for files in read for file in files}
    by_hand = [files[0] for files in read if files and not known & set(files)]
    return [
        *(
            replace(each, ledger=text) if each.folder in named and not each.ledger else each
            for each in remembered
        ),
        *(_by_hand(layer, file, text) for file in dict.fromkeys(by_hand)),
    ]


def _files_of(step: Mapping[str, Any]) -> list[str]:
    reader = READERS.get(str(step.get("reader")))
    return [str(step[slot]) for slot in reader.files if slot in step] if reader is not None else []


def _by_hand(layer: str, folder: str, text: Mapping[str, str]) -> RememberedFile:
    """Return a file that somebody wrote into the catalogue; without columns it is no file's last edition."""
    return RememberedFile(
        layer=layer,
        folder=folder,
        file=Path(folder).name,
        sheet="",
        provider="",
        columns=(),
        sha256="",
        answers={},
        leaves_out=False,
        mapping=None,
        ledger=text,
    )


_OF_ONE_EDITION = frozenset({"ledger.title", "ledger.date", "ledger.note", "option.year"})
"""Answers that are true of the edition alone of which they were given."""


def lasting_answers(last: RememberedFile) -> dict[str, str]:
    """
    Return what was said of a file that holds for its next edition too.

    Columns are those of the last edition, guessed or said: one that is gone is asked about.
    """
    stated = {key: text for key, text in last.answers.items() if key not in _OF_ONE_EDITION}
    mapping = last.mapping or {}
    taken = {
        f"{group}.{name}": column
        for group, table in (("column", "columns"), ("asset", "assets"))
        for name, column in mapping.get(table, {}).items()
    }
    return {**taken, **stated, "layer": last.layer}


def last_editions(
    remembered: Iterable[RememberedFile], sheets: Sequence[SheetSeen]
) -> tuple[RememberedFile | None, ...]:
    """
    Return for each sheet of a file the one brought before that it is the next edition of, None if of none.

    Notes
    -----
    Each is followed by one sheet alone: by the one that is most alike, of sheets equally alike by that of
    the same name. Names such as "Sheet1" say less than columns.
    """
    pairs = [
        (share, sheet.name == each.sheet, -n, -m, n, each)
        for n, sheet in enumerate(sheets)
        for m, (share, each) in enumerate(_alike(remembered, sheet))
    ]
    made: dict[int, RememberedFile] = {}
    followed = set[str]()
    for *_, n, each in sorted(pairs, key=lambda pair: pair[:4], reverse=True):
        if n not in made and each.folder not in followed:
            made[n] = each
            followed.add(each.folder)
    return tuple(made.get(n) for n in range(len(sheets)))


def _alike(remembered: Iterable[RememberedFile], sheet: SheetSeen) -> list[tuple[float, RememberedFile]]:
    """Return the files brought before that a sheet could be an edition of, with the share of like columns."""
    if sheet.likely[0].layer is Likely.RASTER:
        return [(1.0, each) for each in remembered if each.layer == "population"]
    provider = next((each.provider for each in sheet.likely if each.provider), "")
    names = {plain(each.name) for each in sheet.columns}
    return [
        (share, each)
        for each in remembered
        if each.provider == provider
        and (share := _shared(names, {plain(name) for name in each.columns})) >= _ALIKE
    ]


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def lasting(stated: Mapping[str, str], ledger: Mapping[str, str]) -> dict[str, str]:
    """Return what was said, with what the ledger says of whose it is: that holds for the next edition too."""
    kept = {f"ledger.{name}": text for name, text in ledger.items() if name in _WHOSE}
    return {key: text for key, text in stated.items() if not key.startswith("ledger.")} | kept


_WHOSE = frozenset({"origin", "licence", "confidence", "invented"})
