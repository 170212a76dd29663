"""Look: what is known of a sheet when it is asked what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.foreign.seen import ColumnContent, ColumnSeen
from layers.formats.forbidden import plain

_CUT_AT = 10
"""Letters of a column's name that a shapefile keeps."""
_DEGREES = frozenset({"latitude", "longitude", "latitude_deg", "longitude_deg", "lat", "long", "x", "y"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLook:
    """What is known of a sheet when it is asked what it looks like."""

    file: str
    columns: Sequence[ColumnSeen]
    shapes: frozenset[str]
    """Kinds of shape, their multiples counted as one; empty in a table."""
    located: bool
    """Whether columns say where rows are."""
    tagged: bool
    is_raster: bool = False
    classes: frozenset[str] = frozenset()
    """Cells, as plain words, of columns that hold classes of things."""
    types: frozenset[str] = frozenset()
    """Those of them whose columns are called types or kinds, and no codes."""

    @property
    def names(self) -> frozenset[str]:
        """Names of columns as identifiers."""
        return frozenset(plain(each.name).replace(" ", "_") for each in self.columns)

    @property
    def words(self) -> frozenset[str]:
        """Every word of their names."""
        return frozenset(word for name in self.names for word in name.split("_"))

    @property
    def called(self) -> frozenset[str]:
        """Every word of the file's name, which says what it is where its columns do not."""
        return frozenset(plain(self.file.rpartition(".")[0]).split())

    @property
    def values(self) -> frozenset[str]:
        """Every word of the examples of their cells."""
        cells = (plain(cell) for each in self.columns for cell in each.examples)
        return frozenset(word for cell in cells for word in cell.split())

    def holds(self, needed: frozenset[str]) -> bool:
        """
        Tell whether these columns stand in it.

        Notes
        -----
        Points need no columns of degrees, and a shapefile keeps ten letters of a name.
        """
        if not self.shapes:
            return needed <= self.names
        names = needed - _DEGREES if self.shapes == {"Point"} else needed
        return all(name in self.names or name[:_CUT_AT] in self.names for name in names)

    def has(self, content: ColumnContent) -> bool:
        """Tell whether a column is of this content."""
        return any(each.content is content for each in self.columns)
