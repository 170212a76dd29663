"""The desk: acts on plans, each written to the store before it is shown, and what a reader was at."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isfinite

from footprint.indicators.indicator import Indicator
from footprint.language import LANGUAGES, Language
from footprint.method import default_method
from footprint.objectives import Measure
from footprint.pages import _kept, _session
from footprint.pages._choices import Choices, Drawer, Seat
from footprint.scenario import Change, Scenario
from footprint.travel.profiles import Profile
from footprint.views.cells import View
from footprint.workshop import (
    NOTHING_ID,
    Act,
    AddPlan,
    Baseline,
    CopyPlan,
    Desk,
    DeskError,
    Draft,
    PlacePlan,
    Plan,
    PlanFileError,
    PlanRow,
    RedrawPlan,
    SetNumbers,
    StaleError,
    WorkshopError,
)
from footprint.workshop.plans import Forms, Numbers, nothing

_KEPT = ("month", "measure", "focus", "active", "proposal", "ticked", "office", "package", "language")
"""Choices of a reader that are kept as they are."""


def begin() -> None:
    """
    Go on at the desk that the address names, with its plans and choices; say so if there is none.

    Raises
    ------
    StoreError
        If the store cannot be read: the address keeps its token, and a reload tries again.
    """
    token, language = _session.asked_seat(), _session.bare_language()
    if not token:
        return
    try:
        entry = _kept.store().enter(token)
    except DeskError as error:
        _session.say(f"{language.text('The session is lost; a new one begins.')} {error.said(language)}")
        _session.leave_seat()
        return
    desk, draft = _kept.store().desk(entry), _kept.store().draft(entry)
    if desk.area_id != _session.prepared().area.area_id:
        _session.say(language.text("That desk is for another area; a new one begins here."))
        _session.leave_seat()
        return
    chosen = _read(draft.text, _session.choices())
    _session.choose(desk=desk, **chosen)
    _session.choose(**_settled(_session.choices(), desk))
    _session.sit(Seat(token, entry, draft.text, draft.version))


def refresh() -> None:
    """Take over what another tab did to the plans meanwhile."""
    seat = _session.seat()
    if seat is not None:
        here, desk = _session.choices(), _kept.store().desk(seat.entry)
        _session.choose(desk=desk, **_settled(here, desk))


def keep() -> None:
    """Write down what this reader is at, where it differs from what was written last."""
    here = _session.choices()
    text, seat = _written(here), _session.seat()
    if seat is not None:
        _session.sit(seat)  # the address of another page begins without the token
    begun = _written(Choices(language=here.language, **_session.first_choices()))
    if text == (seat.text if seat else begun):
        return
    seat = seated()
    try:
        kept = _kept.store().keep_draft(seat.entry, Draft(here.active, text, seat.version))
    except StaleError:
        # What a tab looks at is its own; the one that looked last is gone on with.
        version = _kept.store().draft(seat.entry).version
        kept = _kept.store().keep_draft(seat.entry, Draft(here.active, text, version))
    _session.sit(replace(seat, text=text, version=kept.version))


def act(wanted: Act) -> bool:
    """Do one act at the desk; say why where it cannot be done, and leave everything as it was."""
    language, here = _session.language(), _session.choices()
    try:
        entry = seated().entry
        desk = _kept.store().act(entry, wanted, on=here.desk.version if here.desk else 0)
    except StaleError as error:
        refresh()
        _session.say(error.said(language))
        return False
    except (WorkshopError, PlanFileError) as error:
        _session.say(error.said(language))
        return False
    _session.choose(desk=desk, **_settled(here, desk))
    return True


def doing(wanted: Act) -> Callable[[], None]:
    """Return a callback that does one act."""

    def do() -> None:
        act(wanted)

    return do


def against(row: PlanRow) -> tuple[str, ...]:
    """Return why a plan cannot be made on this area, in the reader's language; nothing where it can."""
    if row.is_nothing:
        return ()
    found = _session.obstacles_to(row.plan.scenario, row.plan.numbers)
    return tuple(phrase.said(_session.language()) for phrase in found)


def _settled(here: Choices, desk: Desk) -> dict[str, object]:
    """Return what must be chosen otherwise where plans or proposals are gone, or cannot be made."""
    there = {row.plan_id: row for row in desk.plans if not row.archived and not against(row)}
    active = here.active if here.active in there else NOTHING_ID
    sites = dict(there[active].plan.forms) if active in there else {}
    return {
        "active": active,
        "proposal": here.proposal if here.proposal in sites else next(iter(sites), ""),
        "ticked": tuple(plan_id for plan_id in here.ticked if plan_id == NOTHING_ID or plan_id in there),
    }


def rows() -> tuple[PlanRow, ...]:
    """Return every row of the desk that is not put aside, "Do nothing" first."""
    desk = _session.choices().desk
    kept = tuple(row for row in desk.plans if not row.archived) if desk else ()
    return (nothing(_session.prepared().area.area_id), *kept)


def row_of(plan_id: str) -> PlanRow | None:
    """Return a row of the desk by its identifier."""
    return next((row for row in rows() if row.plan_id == plan_id), None)


def new_plan(name: str = "") -> bool:
    """Put a new plan at the end and draw on it from now on."""
    here, area = _session.choices(), _session.prepared().area
    number = len(here.desk.plans) + 1 if here.desk else 1
    called = name or _session.language().text("Plan {number}", number=number)
    blank = Plan(Scenario(called), Baseline(area.area_id, area.digest), office=here.office)
    if not act(AddPlan(replace(blank, numbers=here.numbers))):
        return False
    desk = _session.choices().desk
    _session.choose(active=desk.plans[-1].plan_id if desk else NOTHING_ID, proposal="")
    return True


def unnamed(row: PlanRow) -> bool:
    """Tell whether nobody has given a plan a name or anything else yet."""
    numbers = range(1, len(rows()) + 2)
    own = set()
    for language in map(Language, LANGUAGES):
        own |= {language.text("Plan {number}", number=number) for number in numbers}
    return row.plan.name in own and not row.plan.scenario.changes


def version() -> int:
    """Return how many acts were done at this desk."""
    desk = _session.choices().desk
    return desk.version if desk else 0


def begin_plan() -> None:
    """Put a new plan at the end, from a button."""
    new_plan()


def copy_plan(plan_id: str) -> None:
    """Put a copy behind a plan and draw on it from now on; of "Do nothing" with this reader's numbers."""
    if plan_id == NOTHING_ID:
        new_plan()
        return
    before = {row.plan_id for row in rows()}
    if act(CopyPlan(plan_id)):
        fresh = next((row.plan_id for row in rows() if row.plan_id not in before), NOTHING_ID)
        _session.choose(active=fresh)


def redraw(changes: tuple[Change, ...], forms: Forms, *, name: str = "") -> bool:
    """Give the plan that is drawn on other changes, if they can be made; else say why not."""
    row, shared = _session.choices().row, _session.prepared()
    if row is None:
        return False
    why = _session.obstacles_to(Scenario(row.plan.name, changes), row.plan.numbers)
    if why:
        _session.say(" ".join(phrase.said(_session.language()) for phrase in why))
        return False
    return act(RedrawPlan(row.plan_id, changes, digest=shared.area.digest, forms=forms, name=name))


def adding(change: Change) -> Callable[[], None]:
    """Return a callback that adds a change to the plan that is drawn on, or to a new one."""

    def add() -> None:
        if _session.choices().row is None and not new_plan():
            return
        row = _session.choices().row
        if row is not None:
            redraw((*row.plan.scenario.changes, change), row.plan.forms)

    return add


def dropping(change: Change) -> Callable[[], None]:
    """Return a callback that takes a change out of the plan that is drawn on, where it still has it."""

    def drop() -> None:
        row = _session.choices().row
        if row is not None and change in row.plan.scenario.changes:
            left = list(row.plan.scenario.changes)
            left.remove(change)
            redraw(tuple(left), row.plan.forms)

    return drop


def moving(plan_id: str, step: int) -> Callable[[], None]:
    """Return a callback that moves a plan past its neighbour among those shown, up (-1) or down (1)."""

    def move() -> None:
        desk, shown = _session.choices().desk, [row.plan_id for row in rows() if not row.is_nothing]
        at = shown.index(plan_id) + step if plan_id in shown else -1
        if desk is not None and 0 <= at < len(shown):
            places = [row.plan_id for row in desk.plans]
            act(PlacePlan(plan_id, places.index(shown[at]) + 1))

    return move


def set_numbers(numbers: Numbers) -> None:
    """Change numbers of the method: of the plan that is drawn on, or of this reader alone."""
    row = _session.choices().row
    if row is None:
        _session.choose(numbers=numbers)
    else:
        act(SetNumbers(row.plan_id, numbers))


def seated() -> Seat:
    """Return where this reader sits; a desk is made at the first thing worth keeping."""
    seat = _session.seat()
    if seat is None:
        token, entry = _kept.store().new_desk(_session.prepared().area.area_id)
        seat = Seat(token, entry)
        _session.choose(desk=_kept.store().desk(entry))
    _session.sit(seat)
    return seat


def _written(here: Choices) -> str:
    """Return what is kept of a reader's choices."""
    plain = {name: getattr(here, name) for name in _KEPT}
    own = {
        "view": str(here.view) if here.view else "",
        "profile": str(here.profile),
        "drawer": str(here.drawer),
        "indicator": str(here.indicator),
        "at": list(here.at) if here.at else [],
        "numbers": dict(here.numbers),
        "layers": list(here.layers),
    }
    return json.dumps(plain | own, sort_keys=True)


def _read(text: str, before: Choices) -> Mapping[str, object]:
    """Return the choices that were kept; what an older version kept otherwise stays as it begins."""
    said = json.loads(text) if text else {}
    found = {name: said[name] for name in _KEPT if type(said.get(name)) is type(getattr(before, name))}
    found |= {"ticked": tuple(map(str, said.get("ticked", ())))}
    if said.get("month") not in range(1, 13):
        found.pop("month", None)
    for name, kind in (("view", View), ("profile", Profile), ("drawer", Drawer), ("indicator", Indicator)):
        if said.get(name) in set(kind) | {""} and (said.get(name) or name != "profile"):
            found[name] = kind(said[name]) if said[name] or kind is Drawer else None
    if said.get("measure") in set(Measure):
        found["measure"] = Measure(said["measure"])
    at = said.get("at", ())
    if len(at) == 2 and all(isinstance(each, int | float) and isfinite(each) for each in at):  # noqa: PLR2004  a pair
        found["at"] = (float(at[0]), float(at[1]))
    known = {each.parameter_id: each for each in default_method().parameters}
    numbers = {str(name): float(value) for name, value in said.get("numbers", {}).items()}
    # What an older version called otherwise, or allowed, is as shipped again.
    said = {
        **said,
        "numbers": {
            name: value
            for name, value in numbers.items()
            if name in known and known[name].minimum <= value <= known[name].maximum
        },
    }
    if found.get("package") not in _session.prepared().method.packages:
        found.pop("package", None)
    found["numbers"] = tuple(
        sorted((str(name), float(value)) for name, value in said.get("numbers", {}).items())
    )
    found["layers"] = tuple(map(str, said.get("layers", before.layers)))
    return found
