"""What is on the ground: one module per data layer, read from files and checked."""

from layers.drivers import keep_compiled_code_somewhere, refuse_other_drivers
from layers.strings import keep_plain_strings

# Before the first import of GDAL, or the list has no effect; see `layers.drivers`.
refuse_other_drivers()
keep_compiled_code_somewhere()
keep_plain_strings()

from layers.area import Area as Area  # noqa: E402 - after the driver list
from layers.area import Dropped as Dropped  # noqa: E402
from layers.area import load_area as load_area  # noqa: E402
from layers.border import Moved as Moved  # noqa: E402
from layers.errors import Fault as Fault  # noqa: E402
from layers.errors import LayerError as LayerError  # noqa: E402
from layers.grid import Grid as Grid  # noqa: E402
from layers.manifest import Source as Source  # noqa: E402
from layers.seasons import Season as Season  # noqa: E402
from layers.unit_words import UnitWords as UnitWords  # noqa: E402
