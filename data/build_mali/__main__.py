"""Build `data/mali` again, or with --check tell whether the files there are the ones this would build."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.build_mali.events import incidents, truth_bytes
from data.build_mali.ledger import ledger_bytes
from data.build_mali.network import airfields, places, roads
from data.build_mali.outlines import outlines
from data.build_mali.people import population_bytes
from data.build_mali.sensitive import sensitive
from data.build_mali.tables import geojson_bytes, table_bytes
from data.build_mali.waters import flood_zones, lakes, rivers

FOLDER = Path(__file__).resolve().parents[1] / "mali"


def build(folder: Path) -> dict[str, bytes]:
    """Return every derived and invented file of the case by name, from the tables in `folder`."""
    inputs = folder / "inputs"
    settled = places(inputs)
    shapes = outlines(inputs, settled)
    lines = roads(folder, settled)
    files = {
        "country.geojson": geojson_bytes(shapes.country),
        "regions.geojson": geojson_bytes(shapes.regions),
        "cercles.geojson": geojson_bytes(shapes.cercles),
        "places.csv": table_bytes(settled),
        "roads.geojson": geojson_bytes(lines),
        "rivers.geojson": geojson_bytes(rivers(inputs)),
        "lakes.geojson": geojson_bytes(lakes(inputs)),
        "flood_zones.geojson": geojson_bytes(flood_zones(inputs)),
        "airfields.csv": table_bytes(airfields(inputs)),
        "sensitive.csv": table_bytes(sensitive(settled)),
        "population.tif": population_bytes(inputs, shapes, settled, [line for _, line in lines]),
        "incidents.csv": table_bytes(incidents(inputs, shapes, settled)),
        "incidents_truth.toml": truth_bytes(inputs),
    }
    return files | {"sources.csv": ledger_bytes(folder, files)}


def differing(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return the names of `files` whose bytes in `folder` are missing or different."""
    return [
        name
        for name, content in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]


def main() -> int:
    """Write the files, or compare them; return 1 if any differs."""
    parser = argparse.ArgumentParser(prog="python -m data.build_mali", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; name the files that differ")
    check = parser.parse_args().check
    files = build(FOLDER)
    changed = differing(FOLDER, files)
    if not check:
        for name in changed:
            (FOLDER / name).write_bytes(files[name])
    sys.stdout.writelines(f"{name} {'differs' if check else 'written'}\n" for name in changed)
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
