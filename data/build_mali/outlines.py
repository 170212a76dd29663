"""Where the country, its regions and its cercles end: published outlines, cut by hand where 2019 differs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from data.build_mali.tables import Row, points, read_table

PRECISION = 1e-5
"""Side of the coordinate lattice [degrees]; edges are noded on it so that neighbours share every vertex."""
TOLERANCE = 0.004
"""Simplification of the published outlines [degrees], about 400 m."""
SQUEEZE = float(np.cos(np.radians(15.5)))
"""Factor on longitudes that makes distances in degrees nearly even in the Centre."""

NAMES = {
    "ML01": "Kayes", "ML02": "Koulikoro", "ML03": "Sikasso", "ML04": "Ségou", "ML05": "Mopti",
    "ML06": "Tombouctou", "ML07": "Gao", "ML08": "Kidal", "ML09": "Bamako", "ML10": "Ménaka",
    "ML11": "Taoudénit",
}  # fmt: skip
PUBLISHED = {
    "ML-1": "ML01", "ML-2": "ML02", "ML-3": "ML03", "ML-4": "ML04", "ML-5": "ML05",
    "ML-6": "ML06", "ML-7": "ML07", "ML-8": "ML08", "ML-BKO": "ML09",
}  # fmt: skip
CUT = {"ML06", "ML07", "ML10", "ML11"}
"""Regions with a hand-drawn edge."""

Unit = tuple[dict[str, Any], BaseGeometry]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Units of the three levels: properties as in the layer files and shape in lon/lat."""

    country: list[Unit]
    regions: list[Unit]
    cercles: list[Unit]


def outlines(inputs: Path, settled: list[dict[str, Any]]) -> Outlines:
    """Return the country, 11 regions and the cercles of the 2019 frame, tiling one another exactly."""
    regions = _cut(_published(inputs), read_table(inputs / "region_cuts.csv"))
    seats = _seats(inputs, settled)
    edges = [shape.boundary for shape in regions.values()]
    for key, shape in regions.items():
        edges.append(_cell_edges(shape, [row for row in seats if row["region_id"] == key]))
    noded = shapely.unary_union(edges, grid_size=PRECISION)
    faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded).tolist())))
    cercles = _merged(faces, regions, seats)
    by_region = {key: _union([s for p, s in cercles if p["parent_id"] == key]) for key in NAMES}
    return Outlines(
        [(_unit("ML", "Mali", "", approximate=False), _union(list(by_region.values())))],
        [(_unit(key, NAMES[key], "ML", approximate=key in CUT), by_region[key]) for key in NAMES],
        cercles,
    )


def _seats(inputs: Path, settled: list[dict[str, Any]]) -> list[Row]:
    """Return the points cells are drawn around: named places, and marks with a position of their own."""
    at = {row["place_id"]: {"lon": str(row["lon"]), "lat": str(row["lat"])} for row in settled}
    rows = read_table(inputs / "cercle_points.csv")
    return [row | at[row["place_id"]] if row["place_id"] else row for row in rows]


def _unit(unit_id: str, name: str, parent_id: str, *, approximate: bool) -> dict[str, Any]:
    return {"unit_id": unit_id, "name": name, "parent_id": parent_id, "approximate": approximate}


def _union(shapes: list[BaseGeometry]) -> BaseGeometry:
    return shapely.normalize(shapely.unary_union(shapes, grid_size=PRECISION))


def _published(inputs: Path) -> dict[str, BaseGeometry]:
    features = json.loads((inputs / "ne_regions.geojson").read_text(encoding="utf-8"))["features"]
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    keys = [PUBLISHED[feature["properties"]["iso_3166_2"]] for feature in features]
    return dict(sorted(zip(keys, simple, strict=True)))


def _cut(regions: dict[str, BaseGeometry], cuts: list[Row]) -> dict[str, BaseGeometry]:
    """Split a region along each cut and give the side of the `inside` point to the new unit."""
    result = dict(regions)
    for cut in cuts:
        old = PUBLISHED[cut["of"]]
        edges = shapely.unary_union([result[old].boundary, LineString(points(cut["path"]))])
        faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(edges).tolist())))
        faces = [face for face in faces if result[old].covers(face.representative_point())]
        new = _around(faces, Point(points(cut["inside"])[0]))
        result[cut["new_unit"]] = new
        result[old] = shapely.unary_union([face for face in faces if not face.equals(new)])
    return result


def _around(faces: list[BaseGeometry], point: Point) -> BaseGeometry:
    return next(face for face in faces if face.covers(point))


def _cell_edges(region: BaseGeometry, seats: list[Row]) -> BaseGeometry:
    """Return the edges inside `region` between cells of points of different cercles."""
    if len({row["cercle"] for row in seats}) < 2:  # noqa: PLR2004
        return LineString()
    at = MultiPoint([(float(row["lon"]) * SQUEEZE, float(row["lat"])) for row in seats])
    cells = shapely.get_parts(shapely.voronoi_polygons(at, extend_to=shapely.box(-13, 9, 5, 26)))
    cells = shapely.transform(cells, lambda xy: xy / [SQUEEZE, 1])
    merged = []
    for cercle in sorted({row["cercle"] for row in seats}):
        own = [Point(float(row["lon"]), float(row["lat"])) for row in seats if row["cercle"] == cercle]
        merged.append(shapely.unary_union([cell for cell in cells if any(cell.covers(p) for p in own)]))
    return shapely.intersection(shapely.unary_union([shape.boundary for shape in merged]), region)


def _merged(faces: list[BaseGeometry], regions: dict[str, BaseGeometry], seats: list[Row]) -> list[Unit]:
    """Give every face to the cercle of its region's nearest point, and stray parts to their neighbour."""
    members: dict[tuple[str, str], list[BaseGeometry]] = {}
    for face in faces:
        inside = face.representative_point()
        key = next((key for key, shape in regions.items() if shape.covers(inside)), None)
        if key is None:
            continue
        near = min((row for row in seats if row["region_id"] == key), key=lambda row: _apart(row, inside))
        members.setdefault((key, near["cercle"]), []).append(face)
    whole = _without_strays({key: _union(shapes) for key, shapes in members.items()})
    return [
        (_unit(cercle_id(key, name), name, key, approximate=True), shape)
        for (key, name), shape in sorted(whole.items(), key=lambda item: cercle_id(*item[0]))
    ]


def _without_strays(cercles: dict[tuple[str, str], BaseGeometry]) -> dict[tuple[str, str], BaseGeometry]:
    """Hand all but the largest part of each cercle to the cercle of its region it borders longest."""
    kept = {key: max(shapely.get_parts(shape), key=lambda part: part.area) for key, shape in cercles.items()}
    result = dict(kept)
    for key, shape in cercles.items():
        for stray in (part for part in shapely.get_parts(shape) if not part.equals(kept[key])):
            border = {other: stray.intersection(kept[other]).length for other in kept if other[0] == key[0]}
            longest = max(border, key=lambda other: (border[other], other))
            result[longest] = _union([result[longest], stray])
    return result


def _apart(row: Row, point: Point) -> float:
    return float(np.hypot((float(row["lon"]) - point.x) * SQUEEZE, float(row["lat"]) - point.y))


def cercle_id(region_id: str, name: str) -> str:
    """Return the identifier of a cercle, for instance ML05-TENENKOU."""
    plain = name.upper().translate(str.maketrans("ÀÂÇÉÈÊËÎÏÔÛÜ", "AACEEEEIIOUU"))
    return f"{region_id}-{plain.replace(' ', '-')}"
