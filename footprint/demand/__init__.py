"""Where is protection needed, and how much? Incidents weighed, spread, shrunk, blended with people."""

from footprint.demand.ground import Ground as Ground
from footprint.demand.shrinkage import Kappa as Kappa
from footprint.demand.shrinkage import KappaBasis as KappaBasis
from footprint.demand.shrinkage import estimate_kappa as estimate_kappa
from footprint.demand.surface import MONTHS as MONTHS
from footprint.demand.surface import DemandSurface as DemandSurface
from footprint.demand.surface import Pull as Pull
from footprint.demand.surface import demand_surface as demand_surface
from footprint.demand.threat import Threat as Threat
from footprint.demand.threat import threat as threat
from footprint.demand.weights import incident_weights as incident_weights
