"""What one reader has chosen, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from footprint.indicators.indicator import Indicator
from footprint.objectives import Measure
from footprint.pages._kept import Settings
from footprint.scenario import Scenario
from footprint.travel.profiles import Profile
from footprint.views.cells import View
from footprint.views.clicks import Seen
from footprint.views.hotspot_views import HotspotView
from footprint.views.scene import FLOOD
from footprint.violence import Question
from footprint.workshop import NOTHING_ID, Desk, Entry, PlanRow

BASELINE = Scenario("baseline")
"""The locked baseline: no changes at all."""


class Drawer(StrEnum):
    """What the desk's drawer holds."""

    CLOSED = ""
    PLACE = "place"
    PROPOSAL = "proposal"
    PLANS = "plans"


@dataclass(frozen=True, slots=True)
class Choices:
    """What one reader has chosen; small, so that a session costs next to nothing."""

    language: str = "en"
    month: int = 1
    """Month shown; the area says which a new reader begins with."""
    view: View | None = None
    """What the cells of the map show; None for dots of need."""
    profile: Profile = Profile.PATROL
    measure: Measure = Measure.BLEND
    focus: str = ""
    layers: tuple[str, ...] = (FLOOD,)
    drawer: Drawer = Drawer.CLOSED
    at: tuple[float, float] | None = None
    """Longitude and latitude of the place looked at."""
    donor: str = ""
    """Site from which what would close a gap is taken, by identifier; "" for new posts."""
    violence_told: bool = False
    """Whether the drawer says what was found in the incidents at a place."""
    goes: bool = False
    """Whether the map is to go there."""
    drawing: bool = False
    """Whether clicks are corners of an area to be measured."""
    sketch: tuple[tuple[float, float], ...] = ()
    """Corners so far, longitude and latitude."""
    evidence_told: bool = False
    """Whether the drawer says what happened beside what could have been reached."""
    sure_told: str = ""
    """Which plans, under what, this reader asked to be sure of: a hash of it all; "" for none."""
    desk: Desk | None = None
    """The desk as it stood when this reader last saw it; None before anything is kept."""
    active: str = NOTHING_ID
    """Plan that is drawn on, by its identifier."""
    proposal: str = ""
    """Proposed site that the drawer shows, by its identifier."""
    step: int = 0
    """Step of its form that is open, from 0; the first shows figures and checks."""
    ticked: tuple[str, ...] = ()
    """Plans held side by side, in the order of ticking."""
    indicator: Indicator = Indicator.MISSION
    """Whose change is shown where two plans are compared."""
    package: str = "integrated_base"
    """Package a new proposal begins with: the one chosen last."""
    office: str = ""
    """Office for which this reader proposes."""
    numbers: Settings = ()
    """Parameters changed while no plan is drawn on."""
    seen: Seen = field(default_factory=Seen)
    question: Question = field(default_factory=Question)
    """What is asked of the incidents on the Hotspots page."""
    hotspot_view: HotspotView = HotspotView.ALL_MONTHS
    hotspot_layers: tuple[str, ...] = ("flood",)
    district: str = ""
    """Cercle whose calendar is read, by identifier."""
    hotspots_seen: Seen = field(default_factory=Seen)
    seasonal: bool = False
    """Whether threat follows the calendar of return instead of every month alike."""
    drawn: int = 0
    """How often the map's content has changed; the browser reports it back once painted."""
    picture: str = ""
    """Hash of the desk's map as it was drawn last, so that the same one is not drawn anew."""

    @property
    def row(self) -> PlanRow | None:
        """The plan that is drawn on; None where the sites stand as they are."""
        rows = self.desk.plans if self.desk else ()
        return next((row for row in rows if row.plan_id == self.active and not row.archived), None)

    @property
    def scenario(self) -> Scenario:
        """The changes of that plan."""
        return self.row.plan.scenario if self.row else BASELINE

    @property
    def method(self) -> Settings:
        """Parameters changed: those of that plan, else this reader's own."""
        return self.row.plan.numbers if self.row else self.numbers


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a reader sits: the desk's token and entry, and what was last written of what they are at."""

    token: str
    entry: Entry
    text: str = ""
    version: int = 0
