"""The part of the ground that a map shows, and how its metres lie on the page."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, radians

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer

from footprint.briefing.sheets.paper import Box
from footprint.prepared import Prepared
from footprint.views.focus import focus_bounds, outlined
from footprint.views.raster import Bounds
from layers.projection import degrees_from, metres_on

_AROUND = 0.06
"""Room around what is looked at [share of its size]."""
_DEGREE_M = 111_195.0
"""A degree of a sphere of the Earth's mean radius [m]."""
_LEAST_M = 4_000.0
"""Least width and height shown: a place of a single cell is not drawn at the scale of a street."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle of the ground in the area's own metres, as a rectangle of the page."""

    crs: CRS
    west: float
    south: float
    east: float
    north: float
    box: Box

    @property
    def m_per_mm(self) -> float:
        """Metres on the ground to a millimetre of paper."""
        return (self.east - self.west) / self.box.width

    def on_page(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return where a place stands on the page [mm]."""
        return (
            self.box.left + (x_m - self.west) / self.m_per_mm,
            self.box.bottom + (y_m - self.south) / self.m_per_mm,
        )

    def shows(self, x_m: float, y_m: float) -> bool:
        """Tell whether a place is within the rectangle."""
        return self.west <= x_m <= self.east and self.south <= y_m <= self.north

    @property
    def to_metres(self) -> Transformer:
        """From degrees to the area's metres."""
        return metres_on(self.crs)

    @property
    def north_turn(self) -> float:
        """Angle of true north in the middle of the map, clockwise from the page's top [degrees]."""
        lon, lat = self.middle
        (x0, x1), (y0, y1) = self.to_metres.transform([lon, lon], [lat, lat + 0.01])
        return degrees(atan2(x1 - x0, y1 - y0))

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        back = degrees_from(self.crs)
        lon, lat = back.transform((self.west + self.east) / 2, (self.south + self.north) / 2)
        return float(lon), float(lat)

    @property
    def true_m_per_mm(self) -> float:
        """
        Metres on the ellipsoid to a millimetre of paper, along the middle of the map.

        Equal-area systems stretch one way what they press the other: far from their middle a millimetre
        across is not quite the `m_per_mm` of the plane.
        """
        back = degrees_from(self.crs)
        y = (self.south + self.north) / 2
        xs: NDArray[np.float64] = np.linspace(self.west, self.east, 20)
        lon, lat = back.transform(xs, np.full_like(xs, y))
        return float(Geod(ellps="WGS84").line_length(lon, lat)) / self.box.width


def extent_of(prepared: Prepared, focus: str, box: Box) -> Extent:
    """Return the ground to show so that a focus fills a rectangle of the page, with a little room around."""
    area = prepared.area
    # On the screen a whole area begins where its need is; on paper nobody can move it.
    bounds = focus_bounds(prepared, focus) if outlined(area, focus) else None
    if bounds is None:
        west, south, east, north = area.country.total_bounds
    else:
        west, south, east, north = _in_metres(bounds, area.crs)
    wide = max(east - west, _LEAST_M) * (1 + 2 * _AROUND)
    high = max(north - south, _LEAST_M) * (1 + 2 * _AROUND)
    m_per_mm = max(wide / box.width, high / box.height)
    x, y = (west + east) / 2, (south + north) / 2
    half_wide, half_high = m_per_mm * box.width / 2, m_per_mm * box.height / 2
    return Extent(area.crs, x - half_wide, y - half_high, x + half_wide, y + half_high, box)


def _in_metres(bounds: Bounds, crs: CRS) -> tuple[float, float, float, float]:
    turn = metres_on(crs)
    return turn.transform_bounds(bounds.west, bounds.south, bounds.east, bounds.north)


def round_length_m(most_m: float) -> float:
    """
    Return the longest of 1, 2 and 5 times a power of ten that is not longer.

    Examples
    --------
    >>> round_length_m(73_000), round_length_m(20_000), round_length_m(480)
    (50000.0, 20000.0, 200.0)
    """
    power = 10.0 ** np.floor(np.log10(most_m))
    return float(max(step * power for step in (1, 2, 5) if step * power <= most_m))


def round_scale(m_per_mm: float) -> int:
    """
    Return the number of a scale, 1 to so many, to two digits.

    Examples
    --------
    >>> round_scale(1234.5)
    1200000
    """
    whole = m_per_mm * 1000
    power = 10 ** max(int(np.floor(np.log10(whole))) - 1, 0)
    return int(round(whole / power) * power)


def degree_step(span_deg: float) -> float:
    """Return the distance of lines of the graticule so that about four cross a span."""
    steps = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
    return next((step for step in steps if span_deg / step <= 5), steps[-1])  # noqa: PLR2004


def lat_span_deg(extent: Extent) -> float:
    """Return about how many degrees of latitude a map shows."""
    return (extent.north - extent.south) / _DEGREE_M


def lon_span_deg(extent: Extent) -> float:
    """Return about how many degrees of longitude a map shows."""
    _, lat = extent.middle
    return (extent.east - extent.west) / (_DEGREE_M * max(cos(radians(lat)), 0.05))
