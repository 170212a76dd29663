"""Taken: which columns of a provider's table its reader looks at, where others may hold anything."""

from __future__ import annotations

from collections.abc import Mapping

from layers.formats import acled, geopko, ucdp
from layers.formats.geopko_notes import NOT_HELD, NOT_HELD_YEARLY
from layers.formats.geopko_units import SIZES, SIZES_OF_KINDS

TAKEN: Mapping[str, frozenset[str]] = {
    "geopko_maps": frozenset(
        {
            *geopko.PLACE,
            "month",
            *geopko.columns_of(geopko.UNITS),
            *NOT_HELD,
            *SIZES,
            *SIZES_OF_KINDS,
            "rpf",
            "comments",
            "comment.on.unit",
        }
    ),
    "geopko_years": frozenset(
        {*geopko.PLACE, *geopko.columns_of(geopko.YEARLY_UNITS), *NOT_HELD_YEARLY, "NoTroops"}
    ),
    "ucdp": frozenset({*ucdp.FULL, *ucdp.CUT, "adm_1", "adm_2"}),
    "acled": frozenset({*acled.NEEDED, *acled.IDENTIFIERS, "timestamp"}),
}
"""By the reader's name in the registry; of a reader that is not here every column counts."""


def taken_places(reader: str, columns: tuple[str, ...]) -> frozenset[int]:
    """
    Return the places of the columns that a reader looks at.

    Parameters
    ----------
    reader
        Its name in the registry.
    columns
        Of the table, as the file has them.

    Examples
    --------
    >>> sorted(taken_places("ucdp", ("id", "source_headline", "best")))
    [0, 2]
    >>> sorted(taken_places("geonames", ("name", "note")))
    [0, 1]
    """
    known = TAKEN.get(reader)
    return frozenset(n for n, name in enumerate(columns) if known is None or name.strip() in known)
