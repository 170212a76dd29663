"""Find sentences of the code that lack a translation, and translations nobody says any more."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

MessageId = str | tuple[str, str]
"""An English sentence, or its singular and plural."""

_SPEAKERS = {"text": 1, "msgid": 1, "plural": 2, "say": 1}
"""Functions and methods that say a sentence, and how many of their arguments hold one."""
_IN_LAYERS = {"say": 1}
"""Those of the layers, where a method `text` reads a column of a file."""
_ROOT = Path(__file__).parents[2]
_PARTS = {
    "footprint/pages/": "screen",
    "footprint/views/": "screen",
    "app.py": "screen",
    "layers/": "layers",
    "footprint/briefing/": "briefing",
    "footprint/releases/": "briefing",
    "footprint/cli/": "terminal",
    "footprint/doctor/": "terminal",
}
"""Catalogue in which a sentence stands, by where it is said; all others are in `footprint.po`."""
_PLACE = re.compile(r"\{(\w+)[^{}]*\}")


def sentences(paths: Iterable[Path]) -> dict[MessageId, str]:
    """
    Find the sentences said in Python files.

    Parameters
    ----------
    paths
        Files to read.

    Returns
    -------
    dict
        Where each sentence is first said, as "package/…/file.py:line". Only literal strings count:
        what is composed at run time cannot be translated and is not found.
    """
    found: dict[MessageId, str] = {}
    for path in sorted(paths):
        where = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
        speakers = _IN_LAYERS if where.startswith("layers/") else _SPEAKERS
        for call in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(call, ast.Call):
                for key in _said(call, speakers):
                    found.setdefault(key, f"{where}:{call.lineno}")
    return found


_SPOKEN = {"label", "about", "unit"}
"""Keys of the method's file under which a sentence stands; all of [about] and [sources] are sentences."""


def labels(path: Path) -> dict[MessageId, str]:
    """Find the sentences said in the method's file: labels, units, what numbers do, and their sources."""

    def inside(table: object, *, spoken: bool = False) -> Iterator[str]:
        if isinstance(table, dict):
            for key, value in table.items():
                if isinstance(value, str):
                    yield from [value] if spoken or key in _SPOKEN else []
                else:
                    yield from inside(value, spoken=key in {"about", "sources"})
        elif isinstance(table, list):
            for value in table:
                yield from inside(value)

    return dict.fromkeys(inside(tomllib.loads(path.read_text(encoding="utf-8"))), path.name)


def _said(call: ast.Call, speakers: Mapping[str, int]) -> list[MessageId]:
    """Return the sentences a call may say; either branch of a choice is one."""
    speaker = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    count = speakers.get(speaker, 0)
    choices = [_literals(argument) for argument in call.args[:count]]
    if not choices or not all(choices):
        return []
    return list(choices[0]) if count == 1 else [(one, many) for one, many in zip(*choices, strict=True)]


def _literals(node: ast.expr) -> list[str]:
    match node:
        case ast.Constant(value=str() as literal):
            return [literal]
        case ast.IfExp(body=body, orelse=other):
            return _literals(body) + _literals(other)
        case ast.Subscript(value=ast.Dict(values=values)):
            return [literal for value in values for literal in _literals(value)]
        case _:
            return []


def read_catalogue(folder: Path, code: str) -> Catalog:
    """Read the catalogues in `folder` as one; an empty one in language `code` if there are none."""
    whole = Catalog(locale=code, project="Footprint", fuzzy=False)
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=code)
        whole.creation_date = part.creation_date
        for message in part:
            if message.id:
                whole.add(_key(message), message.string)
    return whole


def faults(catalogue: Catalog, spoken: dict[MessageId, str]) -> list[str]:
    """Return in words what is missing, stale or filled with other places in `catalogue`."""
    known = {_key(message): message for message in catalogue if message.id}
    missing = [
        f"{where}: no translation of {key!r}"
        for key, where in spoken.items()
        if not _translated(known.get(key))
    ]
    stale = [f"nobody says {key!r} any more" for key in known if key not in spoken]
    places = [
        f"the places of {key!r} differ" for key in known if key in spoken and not _same_places(known[key])
    ]
    return [*missing, *stale, *places]


def update(catalogue: Catalog, spoken: dict[MessageId, str]) -> Catalog:
    """Return `catalogue` with every sentence of `spoken`, untranslated if new, and no other."""
    renewed = _with_head(catalogue)
    known = {_key(message): message.string for message in catalogue if message.id}
    for key in sorted(spoken, key=lambda key: key if isinstance(key, str) else key[0]):
        renewed.add(key, known.get(key, ""))
    return renewed


def write_catalogue(catalogue: Catalog, folder: Path, spoken: Mapping[MessageId, str]) -> None:
    """
    Write `catalogue` to `folder`, each file whole or not at all, in an order that gives small differences.

    It is several files by who speaks (`spoken`, from `sentences`), so that none grows without end.
    """
    parts: dict[str, Catalog] = {}
    for message in catalogue:
        if message.id:
            name = part_of(spoken.get(_key(message), ""))
            parts.setdefault(name, _with_head(catalogue)).add(_key(message), message.string)
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.po"):
        if path.stem not in parts:
            path.unlink()
    for name, part in parts.items():
        unfinished = folder / f"{name}.po.part"
        with unfinished.open("wb") as file:
            write_po(file, part, width=110, sort_output=True, no_location=True)
        unfinished.replace(folder / f"{name}.po")


def part_of(where: str) -> str:
    """
    Return the name of the catalogue that holds what is said at a place of the code.

    Examples
    --------
    >>> part_of("layers/sites.py:12"), part_of("footprint/pages/desk.py:3"), part_of("footprint/review.py:8")
    ('layers', 'screen', 'footprint')
    """
    return next((part for start, part in _PARTS.items() if where.startswith(start)), "footprint")


def _with_head(catalogue: Catalog) -> Catalog:
    """Return an empty catalogue with the head of another."""
    return Catalog(
        locale=catalogue.locale,
        project="Footprint",
        version="1",
        fuzzy=False,
        header_comment="# Translations of Footprint. New sentences: python -m footprint.language",
        creation_date=catalogue.creation_date,
        revision_date=catalogue.creation_date,
        last_translator="none",
        language_team="none",
        msgid_bugs_address="none",
    )


def source_files(root: Path) -> Iterator[Path]:
    """Yield the Python files under `root` that speak to a reader; the layers say what is wrong with files."""
    yield from (root / "layers").rglob("*.py")
    yield from (root / "footprint").rglob("*.py")
    yield from root.glob("*.py")


def _key(message: Message) -> MessageId:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _translated(message: Message | None) -> bool:
    return message is not None and bool(_strings(message)) and all(_strings(message))


def _same_places(message: Message) -> bool:
    """Tell whether the translations fill the places their English sentences have."""
    if not _translated(message):
        return True
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = {place for original in originals for place in _PLACE.findall(original)}
    return wanted == {place for string in _strings(message) for place in _PLACE.findall(string)}
