"""What a provider's file gives: a frame in a layer's columns, and what was left out or judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd

from layers.area import Dropped


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """
    One layer as one provider's file tells it, before the layer's own checks.

    `frame` carries the identifier as a column, geometry in longitude and latitude
    (EPSG:4326) and months as text ("9-11"), exactly as the generic layer files do.
    """

    frame: pd.DataFrame
    """A GeoDataFrame where the layer has geometry."""
    dropped: tuple[Dropped, ...] = ()
    """Rows and columns left out, and why; `rows` is 0 where whole columns are."""
    notes: tuple[str, ...] = field(default=())
    """Judgements made in reading, in plain words."""

    @property
    def shapes(self) -> gpd.GeoDataFrame:
        """The frame as a GeoDataFrame, for layers with geometry."""
        return gpd.GeoDataFrame(self.frame)

    def keeping(self, rows: pd.Series, *, layer: str, reason: str) -> Reading:
        """Return the rows where `rows` is true, the others counted as dropped for `reason`."""
        lost = int((~rows).sum())
        if not lost:
            return self
        return replace(self, frame=self.frame[rows], dropped=(*self.dropped, Dropped(layer, reason, lost)))
