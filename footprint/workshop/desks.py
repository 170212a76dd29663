"""Desks and drafts as values: what the store hands out, and what it takes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from footprint.workshop.plans import PlanRow, Rows, nothing

_TOKEN_BYTES = 16
"""128 bits: nobody finds a desk by trying."""

MOST_DRAFT_BYTES = 1_000_000
"""Largest draft [bytes]."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The right to act at one desk; the store alone gives it, for a token or to who holds the file."""

    desk_id: str
    person: str = ""
    """Who acts, once there are sign-ins; "" until then."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk as it stands after an act."""

    desk_id: str
    area_id: str
    version: int
    """Number of acts so far; an act names the version it was decided on."""
    plans: Rows
    undoes: str = ""
    """Kind of act that undo would take back, such as "RenamePlan"; "" if there is none."""
    redoes: str = ""
    """Kind of act that redo would do again; "" if there is none."""

    @property
    def rows(self) -> Rows:
        """Every plan in its order, after the row that does nothing."""
        return (nothing(self.area_id), *self.plans)

    def row(self, plan_id: str) -> PlanRow | None:
        """Return a plan by its identifier, None if there is none."""
        return next((each for each in self.rows if each.plan_id == plan_id), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is at: a plan, and what has been typed so far."""

    plan_id: str = ""
    text: str = ""
    """JSON of the pages' own making; the store only keeps it."""
    version: int = 0
    """How often it has been kept; 0 before the first time."""


def new_token() -> str:
    """Return a token that cannot be guessed and can stand in an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what the store keeps of a token, from which the token cannot be had."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
