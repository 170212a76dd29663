"""Amounts: what commas and points do in a column of numbers, as all of its cells say it, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from layers.foreign.cells import NumberForm
from layers.sentences import Sentence, say


class Parting(StrEnum):
    """What a comma or a point does."""

    NOTHING = "nothing"
    """There is none that could do either."""
    DECIMALS = "decimals"
    THOUSANDS = "thousands"
    UNKNOWN = "unknown"

    @property
    def as_choice(self) -> bool | None:
        """Whether it parts thousands, None where that is not known or does not matter."""
        return {Parting.DECIMALS: False, Parting.THOUSANDS: True}.get(self)


_BLANKS = say("numbers, thousands parted by blanks")
_REASONS = {
    (Parting.NOTHING, Parting.NOTHING): say("numbers"),
    (Parting.DECIMALS, Parting.NOTHING): say("numbers with a decimal comma"),
    (Parting.THOUSANDS, Parting.NOTHING): say("numbers, thousands parted by commas"),
    (Parting.UNKNOWN, Parting.NOTHING): say(
        "numbers with commas; nothing says whether they part thousands or decimals"
    ),
    (Parting.NOTHING, Parting.DECIMALS): say("numbers"),
    (Parting.NOTHING, Parting.THOUSANDS): say("numbers, thousands parted by points"),
    (Parting.NOTHING, Parting.UNKNOWN): say(
        "numbers with points; nothing says whether they part thousands or decimals"
    ),
    (Parting.DECIMALS, Parting.THOUSANDS): say("numbers with a decimal comma, thousands parted by points"),
    (Parting.THOUSANDS, Parting.DECIMALS): say("numbers with a decimal point, thousands parted by commas"),
    (Parting.THOUSANDS, Parting.THOUSANDS): say("numbers, thousands parted by commas or by points"),
    (Parting.DECIMALS, Parting.DECIMALS): say("numbers with a decimal comma or point"),
}
_UNKNOWN = say("numbers with commas and points; nothing says which part thousands and which decimals")


def parting(counts: Mapping[str, int]) -> tuple[Parting, Parting, Sentence]:
    """
    Return what commas and what points do in a column, and why.

    Parameters
    ----------
    counts
        Cells by what they can be read as, as `ColumnProfile` counts them.

    Notes
    -----
    A point or comma that is followed by exactly three digits could do either. Cells that can be read in one
    way only decide for all: "1.25" and "3 000.5" that points stand before decimals, "1.234.567" that they
    part thousands, "12,5" that commas stand before decimals, and so that points do not. Where no cell has
    decimals and some show parted thousands ("3 000", "1,234,567"), points part thousands too, and commas do
    where points do. What cells contradict, or nothing decides, is not known.

    Examples
    --------
    >>> parting({"point or points": 2})[:2], parting({"point or points": 2, "surely point": 1})[1]
    ((<Parting.NOTHING: 'nothing'>, <Parting.UNKNOWN: 'unknown'>), <Parting.DECIMALS: 'decimals'>)
    >>> parting({"point or points": 1, "surely parted": 1})[1]
    <Parting.THOUSANDS: 'thousands'>
    """
    point = counts.get("surely point", 0) + counts.get("decimal point", 0)
    comma = counts.get("surely comma", 0) + counts.get("decimal comma", 0)
    by_points, by_commas = counts.get("surely points", 0), counts.get("surely commas", 0)
    either_point, either_comma = counts.get("point or points", 0), counts.get("comma or commas", 0)
    parted = not point and not comma and bool(counts.get("surely parted", 0) or by_points or by_commas)
    points = _of(
        either_point + point + by_points, decimals=point, thousands=by_points + (0 if point else comma)
    )
    commas = _of(
        either_comma + comma + by_commas, decimals=comma, thousands=by_commas + (0 if comma else point)
    )
    if point and comma:
        # Two ways of writing decimals: whoever wrote one of them parts thousands by the other.
        points = Parting.UNKNOWN if either_point else points
        commas = Parting.UNKNOWN if either_comma else commas
    if points is Parting.UNKNOWN and parted:
        points = Parting.THOUSANDS
    if commas is Parting.UNKNOWN and parted and (either_point or by_commas):
        commas = Parting.THOUSANDS
    if commas is points is Parting.NOTHING and counts.get(NumberForm.BLANKS, 0):
        return commas, points, _BLANKS
    return commas, points, _REASONS.get((commas, points), _UNKNOWN)


def _of(marks: int, *, decimals: int, thousands: int) -> Parting:
    """Return what a mark does, by how many cells have it, and how many say what it does."""
    if not marks:
        return Parting.NOTHING
    if bool(decimals) is bool(thousands):
        return Parting.UNKNOWN
    return Parting.DECIMALS if decimals else Parting.THOUSANDS
