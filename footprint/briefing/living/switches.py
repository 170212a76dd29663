"""Switches: the changes of a plan, site by site, each of which can be made or left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from footprint.scenario import (
    Change,
    CloseRoad,
    CloseSite,
    MoveSite,
    OpenSite,
    RateRoad,
    RepairRoad,
    Scenario,
)


class SwitchKind(StrEnum):
    """What a switch does, the weightiest of its changes."""

    OPEN = "open"
    CLOSE = "close"
    MOVE = "move"
    ASSETS = "assets"
    """A site of today whose assets alone change."""
    ROADS = "roads"
    """All changes to roads at once: every one of them bears on every site."""


_WEIGHTIEST = ((OpenSite, SwitchKind.OPEN), (CloseSite, SwitchKind.CLOSE), (MoveSite, SwitchKind.MOVE))


@dataclass(frozen=True, slots=True)
class Switch:
    """What a plan does at one site, or to the roads."""

    site_id: str
    """ "" for the roads."""
    kind: SwitchKind
    changes: tuple[Change, ...]


def switches(plan: Scenario) -> tuple[Switch, ...]:
    """
    Return the switches of a plan: its sites in the order in which it names them, its roads last.

    Changes of one site are one switch, since assets cannot be added to a site that is not opened. Those of
    different sites do not touch one another, so that every combination of switches is a scenario.
    """
    own: dict[str, list[Change]] = {}
    for change in plan.changes:
        own.setdefault(_site_of(change), []).append(change)
    roads = own.pop("", None)
    found = [Switch(site_id, _kind(changes), tuple(changes)) for site_id, changes in own.items()]
    return (*found, Switch("", SwitchKind.ROADS, tuple(roads))) if roads else tuple(found)


def _site_of(change: Change) -> str:
    return "" if isinstance(change, CloseRoad | RepairRoad | RateRoad) else change.site_id


def _kind(changes: Sequence[Change]) -> SwitchKind:
    for made, kind in _WEIGHTIEST:
        if any(isinstance(change, made) for change in changes):
            return kind
    return SwitchKind.ASSETS
