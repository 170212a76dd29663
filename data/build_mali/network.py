"""Where places are and which roads join them, from the extract of GeoNames and the hand tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyproj import Geod
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from data.build_mali.tables import Row, points, read_table

LONGEST = 1.35
"""Longest a published route may be against its drawing [-]; more would mean another road."""
GEONAMES = {"source": "geonames", "accuracy_km": ""}
"""Origin of the points taken from the extract, which states no accuracy."""


def places(inputs: Path) -> list[dict[str, Any]]:
    """Return one row per settlement: GeoNames' points under local names, then the hand-placed ones."""
    chosen = {row["geonameid"]: row for row in read_table(inputs / "geonames_names.csv")}
    extract = {row["geonameid"]: row for row in read_table(inputs / "geonames_mali.csv")}
    rows = [_place(row, _people(extract[key])) for key, row in _placed(chosen, extract)]
    people = {row["place_id"]: _people(extract[key]) for key, row in chosen.items() if row["use"] == "people"}
    rows += [_place(row, people.get(row["place_id"])) for row in read_table(inputs / "places_hand.csv")]
    return sorted(rows, key=lambda row: str(row["place_id"]))


def _placed(chosen: dict[str, Row], extract: dict[str, Row]) -> list[tuple[str, Row]]:
    return [
        (key, row | {"lon": extract[key]["longitude"], "lat": extract[key]["latitude"]} | GEONAMES)
        for key, row in chosen.items()
        if row["use"] == "yes"
    ]


def _people(extract: Row) -> int | None:
    return int(extract["population"]) or None


def _place(row: Row, people: int | None) -> dict[str, Any]:
    return {
        "place_id": row["place_id"],
        "name": row["name"],
        "kind": row["kind"],
        "people": people,
        "source": row["source"],
        "accuracy_km": float(row["accuracy_km"]) if row["accuracy_km"] else None,
        "lon": float(row["lon"]),
        "lat": float(row["lat"]),
    }


def roads(folder: Path, settled: list[dict[str, Any]]) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Return one line per leg of `roads.csv`, ending exactly on the places and nodes it names."""
    at = {row["place_id"]: (row["lon"], row["lat"]) for row in settled}
    nodes = read_table(folder / "inputs/road_nodes.csv")
    at |= {row["node_id"]: (float(row["lon"]), float(row["lat"])) for row in nodes}
    legs = read_table(folder / "roads.csv")
    lines = {
        row["road_id"]: LineString([at[row["from"]], *points(row["via"]), at[row["to"]]]) for row in legs
    }
    stated = {row["road_id"]: float(row["length_km"]) for row in legs if row["length_km"]}
    stated |= _shared_out(read_table(folder / "inputs/road_distances.csv"), lines)
    return [(_leg(row, stated.get(row["road_id"])), lines[row["road_id"]]) for row in legs]


def _shared_out(routes: list[Row], lines: dict[str, LineString]) -> dict[str, float]:
    """Return the length of each leg [km] when a route's published one is spread as the legs are drawn."""
    result: dict[str, float] = {}
    for route in routes:
        drawn = {leg: _drawn_km(lines[leg]) for leg in route["legs"].split(";")}
        factor = float(route["km"]) / sum(drawn.values())
        if not 1 <= factor <= LONGEST:
            raise ValueError(f"{route['route']}: stated {route['km']} km, drawn {sum(drawn.values()):.0f} km")
        result |= {leg: round(length * factor, 1) for leg, length in drawn.items()}
    return result


def _drawn_km(line: LineString) -> float:
    lon, lat = zip(*line.coords, strict=True)
    return float(Geod(ellps="WGS84").line_length(lon, lat)) / 1000


def _leg(row: Row, length_km: float | None) -> dict[str, Any]:
    label = f"{row['ref']} {row['name']}".strip()
    return {
        "road_id": row["road_id"],
        "name": label,
        "road_class": row["class"],
        "surface": row["surface"],
        "smoothness": row["smoothness"],
        "crossing": row["crossing"],
        "raised": row["raised"] == "true",
        "search_rated": row["search_rated"] == "true",
        "closed_months": row["closed_months"],
        "length_km": length_km,
        "stated_min": None,
    }


def airfields(inputs: Path) -> list[dict[str, Any]]:
    """Return Mali's airfields of OurAirports with their longest open runway [m]."""
    kinds = {
        "large_airport": "airport", "medium_airport": "airport", "small_airport": "airstrip",
        "heliport": "heliport", "closed": "closed",
    }  # fmt: skip
    return [
        {
            "airfield_id": row["ident"],
            "name": row["name"],
            "kind": kinds[row["type"]],
            "runway_m": round(float(row["longest_runway_ft"]) * 0.3048) if row["longest_runway_ft"] else None,
            "lon": float(row["longitude_deg"]),
            "lat": float(row["latitude_deg"]),
        }
        for row in read_table(inputs / "ourairports_mali.csv")
    ]
