"""Plan files: one plan with its name, office and what it rests on, written out and read back with care."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from footprint.method import default_method
from footprint.proposals.faults import ProposalError
from footprint.proposals.reading import loads_proposal
from footprint.provenance import version
from footprint.scenario import FORMAT as SCENARIO_FORMAT
from footprint.scenario import Change, Scenario, plain
from footprint.workshop.change_fields import named, read_change, shown
from footprint.workshop.faults import PlanFault, PlanFileError
from footprint.workshop.plans import (
    MOST_BYTES,
    MOST_LETTERS,
    Baseline,
    Numbers,
    Plan,
    faults_of_text,
    tidied,
)
from layers.sentences import Sentence, say

PLAN_FORMAT = 1
"""Version of the plan file."""

MARKING = "CONFIDENTIAL"
"""Proposed and closing sites are at least this."""

_ROOM = 100_000
"""Left in a file for what its review rests on, so that what is kept can go and come back [bytes]."""

_KNOWN = {
    "plan_format",
    "marking",
    "name",
    "office",
    "area_id",
    "area_digest",
    "numbers",
    "changes",
    "proposals",
    "provenance",
    "origin",
}
_OF_SCENARIOS = {"format", "name", "area_id", "area_digest", "provenance", "changes"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def plan_text(plan: Plan) -> str:
    """
    Return everything that makes a plan, as JSON that is the same for equal plans.

    Raises
    ------
    PlanFileError
        If the text could not be read back: whatever is wrong with it is so before it is kept.
    """
    text = json.dumps(_content(plan), sort_keys=True, separators=(",", ":"))
    stored(text, file=plan.name)
    if len(_file(plan, {})) > MOST_BYTES - _ROOM:
        problem = say("The plan is larger than {n} bytes.", n=MOST_BYTES - _ROOM)
        raise _refused(plan.name, problem, say("Take something out of it; nothing was changed."))
    return text


def dumps(plan: Plan, *, provenance: Mapping[str, Any] | None = None) -> bytes:
    """
    Return a plan as the bytes of a file, for a colleague or another day.

    Parameters
    ----------
    plan
        The plan.
    provenance
        What its review rested on; None says what is known without one.
    """
    return _file(plan, dict(provenance or _provenance(plan)))


def _file(plan: Plan, provenance: dict[str, Any]) -> bytes:
    content = {"plan_format": PLAN_FORMAT, "marking": MARKING, **_content(plan), "provenance": provenance}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _content(plan: Plan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "office": plan.office,
        "area_id": plan.baseline.area_id,
        "area_digest": plan.baseline.digest,
        "numbers": dict(plan.numbers),
        "changes": plain(plan.scenario.changes),
        "proposals": dict(plan.forms),
        "origin": dict(plan.origin),
    }


def _provenance(plan: Plan) -> dict[str, Any]:
    changed = default_method().edited(dict(plan.numbers))
    return {
        "area_id": plan.baseline.area_id,
        "area_digest": plan.baseline.digest,
        "scenario_id": plan.scenario.scenario_id,
        "method_digest": changed.digest,
        "method_changes": [{"path": each.path, "old": each.old, "new": each.new} for each in changed.changes],
        "version": version(),
    }


def plan_digest(text: str) -> str:
    """Return the hash of a plan's text, by which it is kept once however often it stands somewhere."""
    return hashlib.sha256(text.encode()).hexdigest()


def load(path: Path) -> Plan:
    """Read a plan file; see `loads`."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        problem = say("The file cannot be read ({reason}).", reason=error.strerror or str(error))
        raise _refused(path.name, problem, say("See that it is there and yours to read.")) from error
    return loads(content, file=path.name)


def loads(content: bytes, *, file: str) -> Plan:
    """
    Read the bytes of a plan file, or of a scenario file, which is a plan without office and numbers.

    Parameters
    ----------
    content
        The file.
    file
        Its name, for messages.

    Returns
    -------
    Plan
        With what the file said of itself as its `origin`. It may still ask for what its area does not
        have; that its review says.

    Raises
    ------
    PlanFileError
        Naming every fault with its field and what to do about it.
    """
    table = _parsed(_decoded(content, file), file)
    return _plan(table, file, origin=_origin(table))


def stored(text: str, *, file: str) -> Plan:
    """Read what `plan_text` gave."""
    table = _parsed(text, file)
    return _plan({"plan_format": PLAN_FORMAT, **table}, file, origin=table.get("origin", {}))


def _plan(table: dict[str, Any], file: str, *, origin: dict[str, Any]) -> Plan:
    faults = [
        *_of_format(table),
        *_of_texts(table),
        *_of_numbers(table.get("numbers", {})),
        *_of_forms(table.get("proposals", {})),
    ]
    changes: list[Change] = []
    entries = table.get("changes")
    if not isinstance(entries, list):
        remedy = say("Choose a file that the tool exported as a plan.")
        faults.append(PlanFault("changes", say("There is no list of changes."), remedy))
        entries = []
    for number, entry in enumerate(entries, start=1):
        change, wrong = read_change(entry, f"changes[{number}]")
        changes += [change] if change is not None else []
        faults += wrong
    if faults:
        raise PlanFileError(file, faults)
    numbers: Numbers = tuple(sorted((name, float(value)) for name, value in table.get("numbers", {}).items()))
    return Plan(
        Scenario(tidied(table["name"]), tuple(changes)),
        Baseline(table["area_id"], table.get("area_digest", "")),
        office=tidied(table.get("office", "")),
        numbers=numbers,
        forms=tuple(sorted(table.get("proposals", {}).items())),
        origin=origin,
    )


def _origin(table: dict[str, Any]) -> dict[str, Any]:
    """Return what a file says of itself, and of the file before it."""
    said = {name: table[name] for name in ("provenance", "origin") if table.get(name)}
    # Who imports a plan back and forth a hundred times need not carry a hundred of them.
    if isinstance(said.get("origin"), dict):
        said["origin"] = {name: value for name, value in said["origin"].items() if name != "origin"}
    return said


def _decoded(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        problem = say("The file is larger than {n} bytes.", n=MOST_BYTES)
        raise _refused(file, problem, say("A plan is far smaller; choose another file."))
    if content.startswith(_UTF16):
        problem = say("The file is UTF-16 text, not UTF-8.")
        raise _refused(file, problem, say("Save it again as UTF-8 text."))
    try:
        return content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        problem = say("This is no plan: it is not UTF-8 text.")
        raise _refused(file, problem, _choose()) from error


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        table = json.loads(text, parse_constant=_no_number, object_pairs_hook=_table)
    except json.JSONDecodeError as error:
        problem = say(
            "This is no plan: it is not JSON from line {line}, column {column} on.",
            line=str(error.lineno),
            column=str(error.colno),
        )
        raise _refused(file, problem, _choose()) from error
    except (ValueError, RecursionError) as error:
        problem = say("This is no plan: a name stands twice, a number is none, or lists are too deep.")
        raise _refused(file, problem, _choose()) from error
    if not isinstance(table, dict):
        raise _refused(file, say("This is no plan: it holds {value}.", value=shown(table)), _choose())
    return table


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a name stands twice")
    return table


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _of_format(table: dict[str, Any]) -> Iterator[PlanFault]:
    is_scenario = "plan_format" not in table and table.get("format") == SCENARIO_FORMAT
    if not is_scenario and table.get("plan_format") is not PLAN_FORMAT:
        problem = say("The format is {value}.", value=shown(table.get("plan_format")))
        remedy = say(
            "This version reads plans of format {n}; export it again, or use a newer version.", n=PLAN_FORMAT
        )
        yield PlanFault("plan_format", problem, remedy)
    for name in sorted(table.keys() - (_OF_SCENARIOS if is_scenario else _KNOWN)):
        problem = say("A plan has no such field.")
        yield PlanFault(named(name), problem, say("Leave it out."))
    for name in ("provenance", "origin"):
        if not isinstance(table.get(name, {}), dict) or not _can_be_kept(table.get(name)):
            problem = say("{value} is of the wrong kind.", value=shown(table[name]))
            yield PlanFault(name, problem, say("Leave it out."))


def _can_be_kept(value: object) -> bool:
    """Tell whether what a file says of itself can be written again: halves of letters and 1e999 cannot."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


def _of_texts(table: dict[str, Any]) -> Iterator[PlanFault]:
    one_line = say("Give one line of at most {n} characters.", n=MOST_LETTERS)
    for name, may_be_empty in (("name", False), ("office", True), ("area_id", False), ("area_digest", True)):
        value = table.get(name, "")
        if not isinstance(value, str):
            problem = say("{value} is of the wrong kind.", value=shown(value))
            yield PlanFault(name, problem, say("Give a text."))
            continue
        problem_of_text = faults_of_text(tidied(value), may_be_empty=may_be_empty)
        if problem_of_text:
            yield PlanFault(name, problem_of_text, one_line)


def _of_numbers(numbers: object) -> Iterator[PlanFault]:
    if not isinstance(numbers, dict):
        problem = say("{value} is of the wrong kind.", value=shown(numbers))
        yield PlanFault("numbers", problem, say("Give a table of numbers by name."))
        return
    known = {each.parameter_id: each for each in default_method().parameters}
    for name, value in sorted(numbers.items()):
        field = f"numbers.{named(name)}"
        if name not in known:
            problem = say("The method has no such number.")
            yield PlanFault(field, problem, say("Leave it out."))
        elif not isinstance(value, int | float) or isinstance(value, bool):
            problem = say("{value} is of the wrong kind.", value=shown(value))
            yield PlanFault(field, problem, say("Give a number."))
        elif not known[name].minimum <= value <= known[name].maximum:
            least, most = f"{known[name].minimum:g}", f"{known[name].maximum:g}"
            problem = say("{value} is out of range.", value=shown(value))
            remedy = say("Give a number from {least} to {most}.", least=least, most=most)
            yield PlanFault(field, problem, remedy)


def _of_forms(forms: object) -> Iterator[PlanFault]:
    if not isinstance(forms, dict):
        problem = say("{value} is of the wrong kind.", value=shown(forms))
        yield PlanFault("proposals", problem, say("Leave it out."))
        return
    for name, text in forms.items():
        field = f"proposals.{named(name)}"
        if not isinstance(text, str):
            problem = say("{value} is of the wrong kind.", value=shown(text))
            yield PlanFault(field, problem, say("Give a text."))
            continue
        try:
            loads_proposal(text.encode("utf-8", "replace"), field)
        except ProposalError:
            problem = say("This is no proposal that can be read.")
            yield PlanFault(field, problem, say("Leave it out, or export the plan again."))


def _choose() -> Sentence:
    return say("Choose a file that the tool exported as a plan.")


def _refused(file: str, problem: Sentence, remedy: Sentence) -> PlanFileError:
    return PlanFileError(file, [PlanFault("", problem, remedy)])
