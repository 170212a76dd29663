"""What one foreign file may cost: sizes, counts, seconds. Beyond them it is refused by name."""

from __future__ import annotations

MIB = 1024 * 1024

FILE_BYTES = 512 * MIB
"""Largest file that is looked at at all."""
RASTER_BYTES = 2048 * MIB
"""Largest raster that is looked at: its cells are read by windows, never whole."""
MEMORY_BYTES = 1000 * 1000 * 1000
"""Address space of the process that parses [bytes]."""
PROCESSOR_S = 50
"""Processor time of that process [s]."""
WALL_S = 55.0
"""Time after which it is stopped, whatever it does [s]."""
OUTPUT_BYTES = 400 * MIB
"""Largest file that it may write."""
OPEN_FILES = 64
"""Files that it may hold open at once."""

AT_ONCE = 2
"""Files that are read at once by one program; the next wait for their turn."""
WAIT_S = 180.0
"""Time that a file waits for its turn [s]."""

MEMBERS = 2_000
"""Members of an archive."""
UNPACKED_BYTES = 300 * MIB
"""Declared and actual bytes of all members of an archive together."""
WHOLE_BYTES = 96 * MIB
"""Largest file of a kind that has to be held in memory at once, such as GeoJSON."""

ROWS = 1_000_000
"""Rows of a sheet or layer."""
FEW_ROWS = 20_000
"""Rows of a table up to which those far from the area are shipped as well."""
COLUMNS = 1_024
"""Columns of a sheet or layer."""
SHEETS = 100
"""Sheets or layers of a file."""
CELLS = 20_000_000
"""Cells that a sheet spans from its first to its last, filled or not."""
CELL_CHARACTERS = 100_000
"""Characters of one cell."""
VERTICES = 2_000_000
"""Positions of one shape."""
RASTER_CELLS = 500_000_000
"""Cells of a raster that are read."""
RASTER_KEPT = 12_000_000
"""Cells of a raster that come back."""
ANSWER_BYTES = 64 * MIB
"""Largest answer that is read from the process."""

EXTRACT_PLAIN_BYTES = 16 * MIB
"""Extracts of OpenStreetMap up to this size have the limits of every other file."""
EXTRACT_MEMORY = 8
"""Bytes of memory for each byte of an extract beyond that: a node takes 16, and two to five bytes of it."""
EXTRACT_MEMORY_BYTES = 3_800_000_000
"""Most memory that an extract may take [bytes]."""
EXTRACT_S = 1.5
"""Seconds of the processor for each MB of an extract beyond that."""
