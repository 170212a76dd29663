"""
What a colleague who helps needs to know of a machine and of an area folder, and nothing of the data in it.

Everything is let through by a list of what may go, never by a list of what may not: sentences of the
catalogues with their places left open, columns and layers that the tool itself names, rounded numbers.
"""

from footprint.doctor.packing import bundle as bundle
from footprint.doctor.packing import examine as examine
from footprint.doctor.packing import readme as readme
