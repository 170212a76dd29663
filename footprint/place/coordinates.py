"""Coordinates: latitude and longitude as people write them, in degrees or minutes, with point or comma."""

from __future__ import annotations

import re
from dataclasses import dataclass

from footprint.errors import UnclearPlaceError
from layers.sentences import say

_NORTH_SOUTH, _EAST_WEST = {"N": 1, "S": -1}, {"E": 1, "W": -1, "O": -1}
"""Signs of the letters of the sky; O is the French Ouest."""

_ALIKE = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "º": "°",
        "˚": "°",
        "’": "'",
        "′": "'",
        "ʹ": "'",
        "”": '"',
        "″": '"',
        "“": '"',
        "\u00a0": " ",
        "\u202f": " ",
    }
)
_WRITTEN = re.compile(r"""[-+\d.,;:/°'"NSEWO\s]+""", re.IGNORECASE)
_POINT, _COMMA = re.compile(r"[-+]?\d+(?:\.\d+)?"), re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_LETTER = re.compile(r"[NSEWO]", re.IGNORECASE)
_PARTS, _BASE = 3, 60
_QUARTER, _HALF = 90.0, 180.0

_HOW = say("{text}: write latitude, then longitude, such as 14.07, -3.52 or 14°04'N 3°31'W.")


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point of the globe [degrees]."""

    lat: float
    lon: float


def coordinates(text: str) -> Coordinates | None:
    """
    Return the point that `text` writes, None if it is no attempt at one.

    Parameters
    ----------
    text
        Latitude first, unless letters (N, S, E, W, and O for Ouest) say otherwise; degrees, with minutes
        and seconds or without; decimals with point or comma.

    Raises
    ------
    UnclearPlaceError
        If it is made of numbers, but they cannot be told to be one point.

    Examples
    --------
    >>> coordinates("14,07 ; -3,52")
    Coordinates(lat=14.07, lon=-3.52)
    >>> coordinates("3°31'12'' O, 14°04'12'' N")
    Coordinates(lat=14.07, lon=-3.52)
    """
    plain = text.translate(_ALIKE).replace("''", '"').strip()
    if not _WRITTEN.fullmatch(plain) or not any(sign.isdigit() for sign in plain):
        return None
    halves = _halves(plain)
    if halves is None:
        raise UnclearPlaceError(_HOW.having(text=text))
    angles = [_angle(half) for half in halves]
    if None in angles:
        raise UnclearPlaceError(_HOW.having(text=text))
    (first, one), (second, other) = (angle for angle in angles if angle is not None)
    if one in _EAST_WEST or other in _NORTH_SOUTH:
        first, second, one, other = second, first, other, one
    if one in _EAST_WEST or other in _NORTH_SOUTH or abs(first) > _QUARTER or abs(second) > _HALF:
        raise UnclearPlaceError(_HOW.having(text=text))
    return Coordinates(round(first, 7), round(second, 7))


def _halves(plain: str) -> tuple[str, str] | None:
    """Return the two angles of a text, None if it cannot be cut in two."""
    letters = [(found.start(), found.group()) for found in _LETTER.finditer(plain)]
    if letters and len(letters) != 2:  # noqa: PLR2004  one for each angle
        return None
    if letters:
        leads = letters[0][0] == 0
        cut = letters[1][0] if leads else letters[0][0] + 1
        return plain[:cut], plain[cut:]
    if plain.count(";") == 1 or plain.count("/") == 1:
        first, _, second = plain.partition(";" if ";" in plain else "/")
        return first, second
    numbers = list(_number(plain).finditer(plain))
    if len(numbers) % 2 or not 1 <= len(numbers) // 2 <= _PARTS:
        return None
    cut = numbers[len(numbers) // 2].start()
    return plain[:cut], plain[cut:]


def _number(plain: str) -> re.Pattern[str]:
    """Return what a number looks like: where points stand, commas only part numbers from one another."""
    return _POINT if "." in plain else _COMMA


def _angle(half: str) -> tuple[float, str] | None:
    """Return an angle [degrees] and its letter, "" without one; None if it is none."""
    letter = (_LETTER.findall(half) or [""])[0].upper()
    numbers = _number(half).findall(half)
    if not 1 <= len(numbers) <= _PARTS or re.search(r"[.,]\d", _number(half).sub(" ", half)):
        return None
    negative = numbers[0].startswith("-")
    if (negative and letter) or any(part[0] in "+-" for part in numbers[1:]):
        return None
    parts = [abs(float(part.replace(",", "."))) for part in numbers]
    if any(part >= _BASE for part in parts[1:]) or any(part % 1 for part in parts[:-1]):
        return None
    size = sum(part / _BASE**power for power, part in enumerate(parts))
    sign = -1 if negative else (_NORTH_SOUTH | _EAST_WEST).get(letter, 1)
    return sign * size, letter
