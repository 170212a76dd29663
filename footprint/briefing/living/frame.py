"""The frame: which part of the ground a living map shows, and its places in whole units of the drawing."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import atan2, degrees

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from footprint.disclosure import Precision, rounded
from footprint.indicators.units import Level
from footprint.prepared import Prepared
from footprint.views.focus import focus_bounds, focus_of
from layers.projection import degrees_from, metres_on

UNIT_M = 100
"""Metres of one unit of the drawing."""
_AROUND = 0.05
"""Room around what is looked at [share of its longer side]."""
_BEYOND = 0.7
"""Ground drawn beyond the frame, for screens of another shape [share of its longer side]."""
_LEAST_M = 20_000.0
_STEP_M = {Precision.RESTRICTED: 200}
_USUAL_STEP_M = 1000


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the ground, north-west corner first, in the area's own metres."""

    crs: CRS = field(repr=False)
    west_m: float
    south_m: float
    east_m: float
    north_m: float
    precision: Precision
    turn_deg: float
    """True north in its middle, clockwise from straight up [degrees]."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in units of the drawing."""
        return round((self.east_m - self.west_m) / UNIT_M), round((self.north_m - self.south_m) / UNIT_M)

    @property
    def step(self) -> int:
        """Units of the drawing in which the ground is told, by the profile of precision."""
        return _STEP_M.get(self.precision, _USUAL_STEP_M) // UNIT_M

    @property
    def drawn(self) -> shapely.Geometry:
        """The ground that is drawn, in metres."""
        more = _BEYOND * max(self.east_m - self.west_m, self.north_m - self.south_m)
        return shapely.box(self.west_m - more, self.south_m - more, self.east_m + more, self.north_m + more)

    def placed(self, xy_m: NDArray[np.float64], step: int) -> NDArray[np.int64]:
        """Return points [m] in whole steps of so many units, shape (n, 2)."""
        units = np.column_stack([xy_m[:, 0] - self.west_m, self.north_m - xy_m[:, 1]]) / UNIT_M
        return step * np.round(units / step).astype(np.int64)

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        """Return where a site [degrees] is drawn, no more precisely than the profile allows."""
        return self.town(*rounded(lon, lat, self.precision))

    def town(self, lon: float, lat: float) -> tuple[int, int]:
        """Return where a town on everybody's map [degrees] is drawn."""
        x_m, y_m = metres_on(self.crs).transform(lon, lat)
        x, y = self.placed(np.array([[x_m, y_m]]), self.step)[0].tolist()
        return int(x), int(y)


def frame_of(prepared: Prepared, focus: str, precision: Precision) -> Frame:
    """Return the frame of what is looked at; of a whole area, of where nearly all of its need is."""
    area, found = prepared.area, focus_of(prepared.area, focus)
    if found.level is Level.AREA:
        bounds = focus_bounds(prepared, focus)
        west, south, east, north = area.country.total_bounds
        if bounds is not None:
            to_metres = metres_on(area.crs)
            ring = shapely.box(bounds.west, bounds.south, bounds.east, bounds.north)
            x, y = to_metres.transform(*shapely.get_coordinates(ring).T)
            west, south, east, north = x.min(), y.min(), x.max(), y.max()
    else:
        units = area.regions if found.level is Level.REGION else area.districts
        west, south, east, north = units.loc[list(found.unit_ids)].total_bounds
    more = _AROUND * max(east - west, north - south, _LEAST_M)
    west, south, east, north = (
        float(each) for each in (west - more, south - more, east + more, north + more)
    )
    turn = _turn(area.crs, (west + east) / 2, (south + north) / 2)
    return Frame(area.crs, west, south, east, north, precision, turn)


def _turn(crs: CRS, x_m: float, y_m: float) -> float:
    """Return the direction of true north at a point of the drawing, clockwise from straight up [degrees]."""
    lon, lat = degrees_from(crs).transform(x_m, y_m)
    x, y = metres_on(crs).transform([lon, lon], [lat, lat + 0.01])
    return round(degrees(atan2(x[1] - x[0], y[1] - y[0])), 1)
