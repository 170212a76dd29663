"""A small map of an area that is being made: its outline and units, and where rows of a file would lie."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from footprint.language import Language
from footprint.views.colours import ACCENT, EDGE, FAINT, LAND, PRIMARY, WORDS, faded
from footprint.views.escaping import escape, tag

_WIDTH, _TALLEST, _LEAST = 460, 560, 160
"""Of the picture [px]."""
_MARGIN = 0.06
"""Room around the outline, as a share of its size."""
_DECIMALS = 1
_FILL = faded(PRIMARY, 60)


@dataclass(frozen=True, slots=True)
class _Frame:
    """How degrees become pixels: as on a plain map, true to scale in the middle of the outline."""

    lon_0: float
    narrow: float
    """Length of a degree of longitude for one of latitude."""
    left: float
    top: float
    scale: float
    height: int

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return pixels for longitude and latitude, shape (n, 2)."""
        east = (points[:, 0] - self.lon_0 + 180) % 360 - 180
        x = (east * self.narrow - self.left) * self.scale
        y = (self.top - points[:, 1]) * self.scale
        return np.asarray(np.round(np.column_stack([x, y]), _DECIMALS), dtype=np.float64)


def area_picture(units: Sequence[Any], shapes: Sequence[Any], words: str, language: Language) -> str:
    """
    Draw an area's units, and shapes over them.

    Parameters
    ----------
    units
        Polygons in longitude and latitude [degrees], cut at the antimeridian where they lie across it.
    shapes
        Points, lines and polygons that rows of a file would bring; never those of sensitive places.
    words
        What the picture shows, for whoever cannot see it.
    language
        The reader's.

    Returns
    -------
    str
        HTML; nothing where there is nothing to draw.
    """
    ground = units or shapes
    if not ground:
        return ""
    frame = _framed(ground)
    drawn = [_shape(each, frame) for each in shapes]
    beyond = sum(_is_beyond(each, frame) for each in shapes)
    svg = tag(
        "svg",
        *(_unit(each, frame) for each in units),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {frame.height}",
        width=_WIDTH,
        height=frame.height,
    )
    image = tag(
        "img",
        src=f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode('ascii')}",
        alt=words,
        style="width:100%;max-width:460px;height:auto;display:block",
    ).removesuffix("</img>")
    notes = [words]
    if beyond:
        notes.append(language.plural("{n} lies beyond this picture", "{n} lie beyond this picture", beyond))
    return image + tag("div", escape(" · ".join(notes)), class_="fp-small")


def _framed(ground: Sequence[Any]) -> _Frame:
    """Return a frame around shapes, across the antimeridian where they are nearer that way round."""
    points = np.concatenate([shapely.get_coordinates(each) for each in ground])
    east = np.sort(np.unique(np.round(points[:, 0], 2)))
    gaps = np.diff(np.append(east, east[0] + 360))
    widest = int(np.argmax(gaps))
    # The map begins where the widest stretch without land ends.
    start = east[(widest + 1) % len(east)]
    width = 360 - float(gaps[widest])
    lon_0 = float(start) + width / 2
    south, north = float(points[:, 1].min()), float(points[:, 1].max())
    narrow = max(0.1, math.cos(math.radians((south + north) / 2)))
    across, high = max(width * narrow, 0.01), max(north - south, 0.01)
    margin = _MARGIN * max(across, high)
    scale = min(_WIDTH / (across + 2 * margin), _TALLEST / (high + 2 * margin))
    height = max(_LEAST, round((high + 2 * margin) * scale))
    left = -_WIDTH / scale / 2
    return _Frame(lon_0, narrow, left, (south + north) / 2 + height / scale / 2, scale, height)


def _unit(shape: Any, frame: _Frame) -> str:  # noqa: ANN401  shapely is not typed
    return tag("path", d=_path(_coarse(shape, frame), frame), fill=LAND, stroke=FAINT, stroke_width=1)


def _coarse(shape: Any, frame: _Frame) -> Any:  # noqa: ANN401
    return shapely.simplify(shape, 0.7 / frame.scale)


def _shape(shape: Any, frame: _Frame) -> str:  # noqa: ANN401
    match shape.geom_type:
        case "Point" | "MultiPoint":
            places = frame.pixels(shapely.get_coordinates(shape))
            return "".join(
                tag("circle", cx=x, cy=y, r=3, fill=ACCENT, stroke=LAND, stroke_width=0.7) for x, y in places
            )
        case "LineString" | "MultiLineString":
            path = _path(_coarse(shape, frame), frame)
            return tag("path", d=path, fill="none", stroke=WORDS, stroke_width=1.4)
        case "Polygon" | "MultiPolygon":
            path = _path(_coarse(shape, frame), frame)
            return tag("path", d=path, fill=_FILL, stroke=PRIMARY, stroke_width=1)
        case _:
            return tag("path", d="", stroke=EDGE)


def _path(shape: Any, frame: _Frame) -> str:  # noqa: ANN401
    """Return the parts of lines and polygons as one path; a polygon's holes stay holes."""
    parts = []
    for each in shapely.get_parts(shape):
        closes = each.geom_type == "Polygon"
        rings = shapely.get_rings(each) if closes else [each]
        for ring in rings:
            points = frame.pixels(shapely.get_coordinates(ring))
            if len(points):
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closes else ""))
    return "".join(parts)


def _is_beyond(shape: Any, frame: _Frame) -> bool:  # noqa: ANN401
    places = frame.pixels(shapely.get_coordinates(shape))
    inside = (places >= 0).all(axis=1) & (places[:, 0] <= _WIDTH) & (places[:, 1] <= frame.height)
    return not bool(inside.any())
