"""Ledgers of layers that several files are read for: every source, and which terms are whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layers.cautions import joined, names_its_file, not_taken
from layers.intake.rows import TakenRows
from layers.sites import Confidence

_PARTS = "; "
_LEAST_FIRST = (Confidence.ASSUMED, Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


def joined_ledger(parts: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """
    Return what the ledger says of a layer, from what it says of each file that is read for it.

    Parameters
    ----------
    parts
        For each file title, origin, date, licence, confidence, and invented and note where they are said.

    Notes
    -----
    Of several files all titles and origins stand, and each date and licence with the title it is of where
    they differ. Confidence is the least of them, and a layer of which one file is invented is so in part.

    Examples
    --------
    >>> joined_ledger([{"title": "A", "licence": "LGPL-3"}, {"title": "B", "licence": "public domain"}])
    {'title': 'A; B', 'licence': 'LGPL-3 (A); public domain (B)'}
    """
    if len(parts) == 1:
        return {name: text for name, text in parts[0].items() if text}
    made = {name: _together(name, parts) for name in ("title", "origin", "date", "licence", "note")}
    trust = [Confidence(part["confidence"]) for part in parts if part.get("confidence")]
    if trust:
        made["confidence"] = str(min(trust, key=_LEAST_FIRST.index))
    invented = {part.get("invented") or "no" for part in parts}
    if invented != {"no"}:
        made["invented"] = "yes" if invented == {"yes"} else "partly"
    return {name: text for name, text in made.items() if text}


def noted(ledger: Mapping[str, str], taken: TakenRows | None, file: str) -> dict[str, str]:
    """Return what the ledger says of a file, with a note where rows of it are not taken."""
    left = taken.rows - taken.taken if taken is not None else 0
    note = joined([ledger.get("note", ""), not_taken(left, file) if left else ""])
    return {**ledger, **({"note": note} if note else {})}


def _together(name: str, parts: Sequence[Mapping[str, str]]) -> str:
    texts = [part.get(name, "") for part in parts]
    if name in {"title", "origin"}:
        return _PARTS.join(dict.fromkeys(each for text in texts for each in text.split(_PARTS) if each))
    if len(set(texts)) == 1:
        return texts[0]
    told = {
        f"{text} ({part['title']})" if part.get("title") and not names_its_file(text) else text: None
        for text, part in zip(texts, parts, strict=True)
        if text
    }
    return _PARTS.join(told)
