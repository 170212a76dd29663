"""Names of months in English and French, without accents, and each beginning that means one alone."""

from __future__ import annotations

_NAMES = (
    ("january", "janvier"),
    ("february", "fevrier"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "aout"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "decembre"),
)
_SHORTEST = 3
"""Letters from which on the beginning of a month's name is one."""


def _beginnings() -> dict[str, int]:
    """Return months by each beginning of their names that no other month has."""
    made: dict[str, set[int]] = {}
    for month, names in enumerate(_NAMES, start=1):
        for name in names:
            for letters in range(_SHORTEST, len(name) + 1):
                made.setdefault(name[:letters], set()).add(month)
    return {word: months.pop() for word, months in made.items() if len(months) == 1}


MONTHS = _beginnings()
"""Month by name or beginning of a name, in small letters: "sept", "janv", "aug"; "jui" is no one month's."""
