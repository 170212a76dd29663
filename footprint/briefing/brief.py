"""The brief: what a set of sheets is about, in which language and month, and on what terms it leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from footprint.errors import ReleaseError
from footprint.language import Language
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.releases.profiles import COUNTED
from footprint.releases.terms import Marking, Release
from footprint.review import Review
from footprint.scenario import CloseSite, MoveSite, OpenSite
from footprint.travel.router import Router
from layers.sentences import say

MOST_PLANS = 4
"""Plans side by side on one page."""
_NAMES_SITES = (OpenSite, CloseSite, MoveSite)
"""Changes that give away where somebody is to come or to go."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Brief:
    """What is told, to whom, and of which plans; every page and file of a set is made from one."""

    prepared: Prepared = field(repr=False)
    router: Router = field(repr=False)
    today: Review = field(repr=False)
    """The sites as they stand."""
    plans: tuple[Review, ...] = ()
    """Plans held against today, none to four; the first is the one that is proposed."""
    focus: str = ""
    """What is looked at, from `footprint.views.focus.focus_keys`; "" is the whole area."""
    measure: Measure = Measure.BLEND
    month: int = 1
    """Month of the main sheet (1-12)."""
    language: Language
    release: Release
    made: date
    """The day on the pages and in the names of files."""
    keys: Path | None = None
    """Folder of the secret under which hashes leave; None is the user's own."""
    number: str
    """Number of the map or report, as the office counts them."""
    revision: int = 1

    def __post_init__(self) -> None:
        """
        Refuse what may not leave.

        Raises
        ------
        ReleaseError
            If it is of too many plans, or says too little of how a plan that opens, closes or moves a site
            is to be handled.
        """
        faults = []
        if len(self.plans) > MOST_PLANS:
            faults.append(
                say("{n} plans: a briefing holds at most {most}.", n=len(self.plans), most=MOST_PLANS)
            )
        if self.names_sites and self.release.marking is Marking.UNCLASSIFIED:
            faults.append(say("A proposed or closing site is confidential at least, not unclassified."))
        if self.release.marking is Marking.UNCLASSIFIED and self.release.precision not in COUNTED:
            faults.append(
                say("Unclassified, nothing leaves finer than for the public: choose a coarser precision.")
            )
        if faults:
            raise ReleaseError(*faults)

    @property
    def shown(self) -> Review:
        """The review that the sheets draw: the first plan, or today's sites without one."""
        return self.plans[0] if self.plans else self.today

    @property
    def names_sites(self) -> bool:
        """Whether a plan gives away where somebody is to come or to go."""
        return any(
            isinstance(change, _NAMES_SITES) for plan in self.plans for change in plan.scenario.changes
        )
