"""Which season is meant, and which season is a month in?"""

from __future__ import annotations

from collections.abc import Sequence

from footprint.errors import FootprintError
from layers.months import months_in
from layers.seasons import Season
from layers.sentences import say


def season_months(seasons: Sequence[Season], season_id: str) -> tuple[int, ...]:
    """
    Return the months (1-12) of a season, in calendar order.

    Raises
    ------
    FootprintError
        If there is no such season; it names those there are.
    """
    for season in seasons:
        if season.season_id == season_id:
            return months_in(season.months)
    known = ", ".join(season.season_id for season in seasons)
    raise FootprintError(
        say("there is no season {season}; there are: {known}", season=repr(season_id), known=known)
    )
