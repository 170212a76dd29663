"""Scenarios: named lists of changes to who stands where and which roads are open."""

from footprint.scenario.changes import MOST_ASSETS as MOST_ASSETS
from footprint.scenario.changes import OF_THE_PLAN as OF_THE_PLAN
from footprint.scenario.changes import AddAssets as AddAssets
from footprint.scenario.changes import Change as Change
from footprint.scenario.changes import CloseRoad as CloseRoad
from footprint.scenario.changes import CloseSite as CloseSite
from footprint.scenario.changes import MoveSite as MoveSite
from footprint.scenario.changes import OpenSite as OpenSite
from footprint.scenario.changes import RateRoad as RateRoad
from footprint.scenario.changes import RemoveAssets as RemoveAssets
from footprint.scenario.changes import RepairRoad as RepairRoad
from footprint.scenario.changes import RetaskAssets as RetaskAssets
from footprint.scenario.changes import Scenario as Scenario
from footprint.scenario.changes import plain as plain
from footprint.scenario.files import FORMAT as FORMAT
from footprint.scenario.files import Loaded as Loaded
from footprint.scenario.files import dumps as dumps
from footprint.scenario.files import load as load
from footprint.scenario.files import loads as loads
from footprint.scenario.laydown import Laydown as Laydown
from footprint.scenario.laydown import apply as apply
from footprint.scenario.laydown import placed as placed
