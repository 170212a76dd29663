"""Trays: files that readers have brought outlive the page that is loaded anew, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

from layers.intake.tray import Tray


@dataclass(frozen=True, slots=True)
class Trays:
    """Files that readers have brought, held by their sessions alone; and work on them that goes on."""

    by_area: WeakValueDictionary[str, Tray] = field(default_factory=WeakValueDictionary)
    """The last tray of each area, by its folder."""
    reader: WeakKeyDictionary[Tray, str] = field(default_factory=WeakKeyDictionary)
    """Session that each belongs to."""
    jobs: WeakValueDictionary[str, Any] = field(default_factory=WeakValueDictionary)
    """Work by its key."""


TRAYS = Trays()
"""Of this process; weak, so that what a reader brought goes with the reader's session."""
