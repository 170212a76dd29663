"""The method: every number and bundle a review rests on, typed and frozen."""

from footprint.method.drawn import Drawn as Drawn
from footprint.method.drawn import DrawnName as DrawnName
from footprint.method.drawn import Law as Law
from footprint.method.drawn import UncertaintyNumbers as UncertaintyNumbers
from footprint.method.method import Method as Method
from footprint.method.method import default_method as default_method
from footprint.method.method import read_method as read_method
from footprint.method.parts import AssetKind as AssetKind
from footprint.method.parts import Bundle as Bundle
from footprint.method.parts import Capability as Capability
from footprint.method.parts import Changed as Changed
from footprint.method.parts import Component as Component
from footprint.method.parts import Decay as Decay
from footprint.method.parts import Demand as Demand
from footprint.method.parts import EvidenceNumbers as EvidenceNumbers
from footprint.method.parts import HotspotNumbers as HotspotNumbers
from footprint.method.parts import Package as Package
from footprint.method.parts import Parameter as Parameter
from footprint.method.parts import ProposalNumbers as ProposalNumbers
from footprint.method.parts import Reporting as Reporting
from footprint.method.parts import SeasonalityNumbers as SeasonalityNumbers
from footprint.method.parts import Tasking as Tasking
from footprint.method.parts import Travel as Travel
from footprint.method.parts import ViolenceNumbers as ViolenceNumbers
