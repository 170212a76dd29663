"""Acts: what a person does to the plans of a desk, each a value that can be written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from footprint.scenario import Change, Scenario
from footprint.workshop.faults import UNCHANGED, DeskError
from footprint.workshop.plans import (
    MOST_LETTERS,
    MOST_PLANS,
    NOTHING_ID,
    Forms,
    Numbers,
    Plan,
    PlanRow,
    Rows,
    distinct,
    faults_of_text,
    is_nothings_name,
    names_of,
    nothing,
    tidied,
)
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class AddPlan:
    """Put a plan at the end; a name that is taken gets a number."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """Put a copy of a plan behind it, under a name that tells them apart; also of "Do nothing"."""

    plan_id: str


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """Call a plan by another name."""

    plan_id: str
    name: str


@dataclass(frozen=True, slots=True)
class AssignOffice:
    """Say which office proposes a plan; "" for none."""

    plan_id: str
    office: str


@dataclass(frozen=True, slots=True)
class RedrawPlan:
    """Give a plan other changes."""

    plan_id: str
    changes: tuple[Change, ...]
    digest: str = ""
    """Hash of the area's files that it is now drawn on; "" keeps the one before."""
    forms: Forms | None = None
    """What its proposals say of themselves; None keeps what they said."""
    name: str = ""
    """What it is called from now on, with a number where another is; "" keeps its name."""


@dataclass(frozen=True, slots=True)
class SetNumbers:
    """Give a plan its own numbers of the method; none is back to the shipped ones."""

    plan_id: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """Move a plan to a place in the order, counted from 1; "Do nothing" stands before all."""

    plan_id: str
    place: int


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """Put a plan aside, or bring it back."""

    plan_id: str
    archived: bool = True


@dataclass(frozen=True, slots=True)
class RemovePlan:
    """Take a plan off the desk; undo brings it back."""

    plan_id: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Go back to how the plans were before the last act."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was undone last."""


PlanAct = (
    AddPlan
    | CopyPlan
    | RenamePlan
    | AssignOffice
    | RedrawPlan
    | SetNumbers
    | PlacePlan
    | ArchivePlan
    | RemovePlan
)
Act = PlanAct | Undo | Redo


def acted(rows: Rows, act: PlanAct, *, area_id: str, new_id: Callable[[], str]) -> Rows:
    """
    Return the plans after one act.

    Parameters
    ----------
    rows
        Plans as they stand; never changed.
    act
        What to do.
    area_id
        The desk's area, on which alone plans of it can stand.
    new_id
        Gives an identifier that no plan has.

    Raises
    ------
    DeskError
        If there is no such plan, or it cannot be done; the rows are as before.
    """
    match act:
        case AddPlan(plan):
            return (*_with_room(rows), PlanRow(new_id(), _checked(_named(plan, rows), area_id)))
        case CopyPlan(plan_id):
            return _copied(rows, plan_id, area_id, new_id())
        case PlacePlan(plan_id, place):
            row = _row(rows, plan_id)
            others = [each for each in rows if each is not row]
            others.insert(max(place, 1) - 1, row)
            return tuple(others)
        case RemovePlan(plan_id):
            row = _row(rows, plan_id)
            return tuple(each for each in rows if each is not row)
        case ArchivePlan(plan_id, archived):
            return _replaced(rows, replace(_row(rows, plan_id), archived=archived))
        case RenamePlan() | AssignOffice() | RedrawPlan() | SetNumbers():
            row = _row(rows, act.plan_id)
            rest = tuple(each for each in rows if each is not row)
            if isinstance(act, RedrawPlan) and act.name:
                act = replace(act, name=distinct(tidied(act.name), names_of(rest)))
            plan = _checked(_rewritten(row.plan, act), area_id)
            if isinstance(act, RenamePlan):
                _must_be_free(plan.name, rest)
            return _replaced(rows, replace(row, plan=plan, digest=""))
        case _:
            assert_never(act)


def _rewritten(plan: Plan, act: RenamePlan | AssignOffice | RedrawPlan | SetNumbers) -> Plan:
    match act:
        case RenamePlan(name=name):
            return replace(plan, scenario=Scenario(tidied(name), plan.scenario.changes))
        case AssignOffice(office=office):
            return replace(plan, office=tidied(office))
        case RedrawPlan(changes=changes, digest=digest, forms=forms, name=name):
            baseline = replace(plan.baseline, digest=digest or plan.baseline.digest)
            said = plan.forms if forms is None else tuple(sorted(forms))
            return replace(plan, scenario=Scenario(name or plan.name, changes), baseline=baseline, forms=said)
        case SetNumbers(numbers=numbers):
            return replace(plan, numbers=tuple(sorted(dict(numbers).items())))
        case _:
            assert_never(act)


def _named(plan: Plan, rows: Rows) -> Plan:
    """Return a plan under a name that no other has."""
    name = tidied(plan.name)
    free = distinct(name, names_of(rows)) if name and len(name) <= MOST_LETTERS else name
    return replace(plan, scenario=Scenario(free, plan.scenario.changes), office=tidied(plan.office))


def _copied(rows: Rows, plan_id: str, area_id: str, new_id: str) -> Rows:
    _with_room(rows)
    if plan_id == NOTHING_ID:
        blank = nothing(area_id).plan
        first = replace(blank, scenario=Scenario(distinct("Plan 1", names_of(rows))))
        return (PlanRow(new_id, first), *rows)
    row = _row(rows, plan_id)
    place = rows.index(row) + 1
    return (*rows[:place], PlanRow(new_id, _named(row.plan, rows)), *rows[place:])


def _replaced(rows: Rows, row: PlanRow) -> Rows:
    return tuple(row if each.plan_id == row.plan_id else each for each in rows)


def _row(rows: Rows, plan_id: str) -> PlanRow:
    if plan_id == NOTHING_ID:
        raise _refused(say("“Do nothing” always stands as it is; copy it to begin a plan."))
    row = next((each for each in rows if each.plan_id == plan_id), None)
    if row is None:
        raise _refused(say("There is no plan {plan} on this desk.", plan=repr(plan_id[:40])))
    return row


def _with_room(rows: Rows) -> Rows:
    if len(rows) >= MOST_PLANS:
        raise DeskError(
            say("This desk holds {n} plans, which is the most it can.", n=len(rows)),
            say("Export and remove some of them first."),
        )
    return rows


def _checked(plan: Plan, area_id: str) -> Plan:
    """Return a plan that may stand on a desk of the area, or say what is wrong with it."""
    fault = faults_of_text(plan.name, may_be_empty=False) or faults_of_text(plan.office, may_be_empty=True)
    if fault:
        raise DeskError(fault, say("Give one line of at most {n} characters.", n=MOST_LETTERS))
    if plan.baseline.area_id != area_id:
        raise DeskError(
            say(
                "The plan is for the area {theirs}; this desk is for {ours}.",
                theirs=repr(plan.baseline.area_id[:40]),
                ours=repr(area_id),
            ),
            say("Open the tool on that area."),
        )
    return plan


def _must_be_free(name: str, others: Rows) -> None:
    if name.casefold() in names_of(others) or is_nothings_name(name):
        raise DeskError(
            say("Another plan is called {name}.", name=repr(name)),
            say("Choose a name that tells them apart."),
        )


def _refused(problem: Sentence) -> DeskError:
    return DeskError(problem, UNCHANGED)
