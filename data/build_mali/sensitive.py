"""Sensitive places for exercising the checks: invented, at random spots about real towns."""

from __future__ import annotations

from typing import Any

import numpy as np

SEED = 20190630
ABOUT = {
    "bankass": 6, "koro": 6, "douentza": 6, "bandiagara": 6, "sevare": 8, "tenenkou": 5, "djenne": 4,
    "niono": 5, "diabaly": 4, "segou": 6, "gao": 6, "menaka": 6, "tombouctou": 5, "ansongo": 4, "kidal": 3,
}  # fmt: skip
"""How many places to invent about which town [-]."""
KINDS = ("school", "clinic", "well", "market", "idp_site", "humanitarian_hub")
SPREAD_DEG = 0.06
"""Standard deviation of a place about its town [degrees], about 6 km."""


def sensitive(settled: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return invented sensitive places; none stands for a real one."""
    rng = np.random.default_rng(SEED)
    at = {row["place_id"]: (row["lon"], row["lat"]) for row in settled}
    rows: list[dict[str, Any]] = []
    for town, count in ABOUT.items():
        for number in range(count):
            lon, lat = rng.normal(at[town], SPREAD_DEG)
            kind = KINDS[(number + len(rows)) % len(KINDS)]
            place_id = f"invented-{len(rows) + 1:03d}"
            rows.append({"place_id": place_id, "kind": kind, "lon": round(lon, 3), "lat": round(lat, 3)})
    return rows
