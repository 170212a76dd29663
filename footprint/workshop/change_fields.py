"""Changes as a file says them, read with every fault of every field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING
from typing import Any

from footprint.scenario import MOST_ASSETS, Change
from footprint.scenario.changes import KINDS
from footprint.workshop.faults import PlanFault
from layers.characters import printable, steers
from layers.months import ALL_MONTHS
from layers.sentences import Sentence, say
from layers.sites import SiteKind

_MOST_SHOWN = 60
_LIMITS: dict[str, tuple[float, float]] = {
    "lon": (-180, 180),
    "lat": (-90, 90),
    "months": (1, ALL_MONTHS),
    "count": (1, MOST_ASSETS),
    "mission_share": (0, 1),
}
_KINDS_OF_VALUE: dict[str, tuple[type | tuple[type, ...], Sentence]] = {
    "str": (str, say("Give a text.")),
    "int": (int, say("Give a whole number.")),
    "float": ((int, float), say("Give a number.")),
    "bool": (bool, say("Give true or false.")),
    "SiteKind": (str, say("Give a kind of site.")),
}


def read_change(entry: object, place: str) -> tuple[Change | None, list[PlanFault]]:
    """
    Read one change.

    Parameters
    ----------
    entry
        What the file holds.
    place
        Where it stands, such as "changes[3]".

    Returns
    -------
    tuple
        The change, None if anything is wrong with it; and everything that is.
    """
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("change"), str)
        or entry["change"] not in KINDS
    ):
        named = entry.get("change") if isinstance(entry, dict) else entry
        problem = say("{value} is no kind of change.", value=shown(named))
        return None, [PlanFault(place, problem, say("Use one of: {kinds}.", kinds=", ".join(KINDS)))]
    kind = KINDS[entry["change"]]
    given = {name: value for name, value in entry.items() if name != "change"}
    faults = list(_faults(kind, given, place))
    if faults:
        return None, faults
    made: Change = kind(**{name: _value(kind, name, value) for name, value in given.items()})
    return made, []


def shown(value: object) -> str:
    """Return a value as a message may show it: short, and nothing in it that steers."""
    written = repr(value)
    return written if len(written) <= _MOST_SHOWN else f"{written[:_MOST_SHOWN]}…"


def named(field: str) -> str:
    """Return the name of a field that a file made up, as a message may show it."""
    return printable(field)[:_MOST_SHOWN]


def _faults(kind: type[Any], given: dict[str, Any], place: str) -> Iterator[PlanFault]:
    specs = kind.__dataclass_fields__
    for name in sorted(given.keys() - specs.keys()):
        problem = say("{kind} has no such field.", kind=kind.__name__)
        yield PlanFault(f"{place}.{named(name)}", problem, say("Leave it out."))
    for name, spec in specs.items():
        field = f"{place}.{name}"
        if name in given:
            yield from _faults_of_value(field, spec.type, given[name])
        elif spec.default is MISSING:
            problem = say("{kind} needs this field.", kind=kind.__name__)
            yield PlanFault(field, problem, say("Add it."))


def _faults_of_value(field: str, kind: str, value: Any) -> Iterator[PlanFault]:  # noqa: ANN401  from JSON
    allowed, remedy = _KINDS_OF_VALUE[kind]
    name = field.rpartition(".")[2]
    if not isinstance(value, allowed) or (isinstance(value, bool) and kind != "bool"):
        yield PlanFault(field, say("{value} is of the wrong kind.", value=shown(value)), remedy)
    elif kind == "SiteKind" and value not in set(SiteKind):
        kinds = ", ".join(SiteKind)
        problem = say("{value} is no kind of site.", value=shown(value))
        yield PlanFault(field, problem, say("Use one of: {kinds}.", kinds=kinds))
    elif isinstance(value, str) and (steers(value) or not value.isprintable()):
        problem = say("The text holds a line break or a sign that cannot be printed.")
        yield PlanFault(field, problem, say("Type the text again without it."))
    elif _is_beyond(name, value):
        least, most = (f"{limit:g}" for limit in _LIMITS[name])
        problem = say("{value} is out of range.", value=shown(value))
        within = say("Give a number from {least} to {most}.", least=least, most=most)
        yield PlanFault(field, problem, within)


def _is_beyond(name: str, value: Any) -> bool:  # noqa: ANN401  a number, if the field has limits
    least, most = _LIMITS.get(name, (None, None))
    # NaN is neither below nor above: so the limits are asked, not what lies beyond them.
    return least is not None and most is not None and not least <= value <= most


def _value(kind: type[Any], name: str, value: Any) -> object:  # noqa: ANN401  from JSON, checked above
    match kind.__dataclass_fields__[name].type:
        case "float":
            return float(value)
        case "SiteKind":
            return SiteKind(value)
        case _:
            return value
