"""Changes: what a scenario may do to sites, assets and roads, and the scenario as a value."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Self

from footprint.language import msgid
from layers.months import ALL_MONTHS
from layers.sites import SiteKind

MOST_ASSETS = 1000
"""Most assets one change may add; `layers.sites.Assets` holds no more in a row."""

OF_THE_PLAN = msgid("made in the plan")
"""Source of what no file tells: a site or assets that a change makes."""


@dataclass(frozen=True, slots=True)
class OpenSite:
    """Open a site at `lon`, `lat` [degrees] in the given months."""

    site_id: str
    name: str
    lon: float
    lat: float
    kind: SiteKind = SiteKind.TOB
    months: int = ALL_MONTHS


@dataclass(frozen=True, slots=True)
class CloseSite:
    """Close a site with all its assets, in the given months."""

    site_id: str
    months: int = ALL_MONTHS


@dataclass(frozen=True, slots=True)
class MoveSite:
    """Move a site with all its assets to `lon`, `lat` [degrees]."""

    site_id: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class AddAssets:
    """Add `count` assets of a kind to a site, at the method's default availability."""

    site_id: str
    kind: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class RemoveAssets:
    """Take `count` assets of a kind away from a site."""

    site_id: str
    kind: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class RetaskAssets:
    """Set the share (0-1) of a site's assets of a kind that the mission tasks."""

    site_id: str
    kind: str
    mission_share: float


@dataclass(frozen=True, slots=True)
class CloseRoad:
    """Close a road in the given months."""

    road_id: str
    months: int = ALL_MONTHS


@dataclass(frozen=True, slots=True)
class RepairRoad:
    """Bring a road to a good, paved, raised state, open all year."""

    road_id: str


@dataclass(frozen=True, slots=True)
class RateRoad:
    """Say whether a road is searched for explosive devices before use; "*" is every road."""

    road_id: str
    rated: bool = True


Change = (
    OpenSite
    | CloseSite
    | MoveSite
    | AddAssets
    | RemoveAssets
    | RetaskAssets
    | CloseRoad
    | RepairRoad
    | RateRoad
)
KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        OpenSite,
        CloseSite,
        MoveSite,
        AddAssets,
        RemoveAssets,
        RetaskAssets,
        CloseRoad,
        RepairRoad,
        RateRoad,
    )
}


@lru_cache(maxsize=256)
def _identifier(changes: tuple[Change, ...]) -> str:
    # A page asks for it dozens of times in one run.
    return hashlib.sha256(json.dumps(plain(changes), sort_keys=True).encode()).hexdigest()[:12]


def plain(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    """Return changes as a file says them; whole degrees and shares as the fractions they are declared."""
    return [
        {"change": type(change).__name__}
        | {
            name: float(value) if change.__dataclass_fields__[name].type == "float" else value
            for name, value in asdict(change).items()
        }
        for change in changes
    ]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named, ordered list of changes on the locked baseline; equal lists give equal results."""

    name: str
    changes: tuple[Change, ...] = ()

    @property
    def scenario_id(self) -> str:
        """Identifier derived from the changes alone, so that a new name changes no result."""
        return _identifier(self.changes)

    def then(self, *changes: Change) -> Self:
        """Return this scenario with further changes at the end."""
        return replace(self, changes=(*self.changes, *changes))
