"""How sure? Bands, paired differences, ranks and what they hang on, under common draws."""

from footprint.uncertainty.bands import Band as Band
from footprint.uncertainty.bands import Paired as Paired
from footprint.uncertainty.sureness import FIGURES as FIGURES
from footprint.uncertainty.sureness import Figure as Figure
from footprint.uncertainty.sureness import OfYear as OfYear
from footprint.uncertainty.sureness import Sureness as Sureness
from footprint.uncertainty.sureness import sureness as sureness
from footprint.uncertainty.tornado import Swing as Swing
from footprint.uncertainty.tornado import Tornado as Tornado
