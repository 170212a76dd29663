"""Asked: places, assets, months and years as people type them on a command line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, cast

import typer

from footprint.language import LANGUAGES

if TYPE_CHECKING:
    from footprint.documents.layout.violence import AreaKind
    from layers.unit_words import UnitWords

_DIGITS = 9
"""Longest count read; `int` refuses some thousands of digits with an error of its own."""

_HALF_TURN, _POLE = 180.0, 90.0


class Lang(StrEnum):
    """Languages of the output."""

    EN = "en"
    FR = "fr"


class Join(StrEnum):
    """How a tier's groups join; `footprint.coverage.footprints.Weakest`, which takes seconds to import."""

    MINIMUM = "minimum"
    GEOMETRIC = "geometric"
    PRODUCT = "product"


_KINDS = {"region": "region", "district": "cercle", "cercle": "cercle", "cell": "cell"}
"""What a calendar of return is given for, as people and documents call it."""


def area_kind(text: str, words: UnitWords) -> AreaKind:
    """
    Return what units a word means: region, district or cell, or what the area calls its own.

    Parameters
    ----------
    words
        Of the area.

    Raises
    ------
    click.BadParameter
        If it means none.
    """
    from layers.unit_words import UnitLevel  # noqa: PLC0415  what reads maps takes seconds to import

    known: dict[str, set[str]] = {word: {kind} for word, kind in _KINDS.items()}
    for level in UnitLevel:
        for language in LANGUAGES:
            for count in (1, 2):
                known.setdefault(words.word(level, language, count).casefold(), set()).add(_KINDS[level])
    kinds = known.get(text.strip().casefold(), set())
    if len(kinds) != 1:
        # Where an area calls its first level districts, that word means two.
        one = ", ".join(word for word, meant in known.items() if len(meant) == 1)
        raise typer.BadParameter(f"{text!r} is none of: {one}", param_hint="--by")
    return cast("AreaKind", kinds.pop())


def degrees(text: str) -> tuple[float, float]:
    """Return longitude and latitude of "LON,LAT" [°]."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no longitude and latitude; write -3.6,14.2", param_hint="--at"
        ) from None
    if not (abs(lon) <= _HALF_TURN and abs(lat) <= _POLE):
        raise typer.BadParameter(f"{text!r} is not on the globe; longitude comes first", param_hint="--at")
    return lon, lat


def counts(text: str, option: str = "--assets") -> dict[str, int]:
    """Return the number of each kind of "KIND=COUNT,KIND", typed as `option`; a kind alone counts once."""
    found: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        kind, _, count = part.partition("=")
        if not (count or "1").isdecimal() or len(count) > _DIGITS:
            raise typer.BadParameter(f"{part!r} is not KIND=COUNT", param_hint=option)
        found[kind.strip()] = found.get(kind.strip(), 0) + int(count or "1")
    if not found:
        raise typer.BadParameter("name at least one kind of asset", param_hint=option)
    return found


def open_months(text: str) -> int:
    """Return months such as "10-1" as a bit mask; there must be one."""
    # Imported here, because the layers take seconds and most usage errors need none of them.
    from layers.months import months_mask  # noqa: PLC0415

    try:
        mask = months_mask(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--months") from None
    if not mask:
        raise typer.BadParameter("a site must be open in some month", param_hint="--months")
    return mask


def years(text: str | None) -> tuple[int | None, int | None]:
    """Return first and last year of "2015-2018" or "2018"; None for all there are."""
    if text is None:
        return None, None
    first, _, last = text.partition("-")
    if not all(each.isdecimal() and len(each) <= 4 and int(each) for each in (first, last or first)):  # noqa: PLR2004
        raise typer.BadParameter(f"{text!r} is no span of years; write 2015-2018", param_hint="--years")
    return int(first), int(last or first)
