"""Files with bytes changed at random: read with every row told of, or refused; no reader ends otherwise."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from layers.errors import LayerError
from layers.foreign.assess import assess
from layers.foreign.readers import reader_of
from layers.foreign.seen import as_json
from tests.foreign_files import collection, feature, geopackage, kml, placemark, point, workbook, zipped

PIECES = [
    b",",
    b";",
    b"\t",
    b"\n",
    b'"',
    b"\0",
    b"\xff",
    b"NaN",
    b"1e999",
    b"{",
    b"}",
    b"[",
    b"<",
    b"&",
    b"null",
    b"#",
]
TABLE = "site;latitude;longitude;date\nGué;14,5;-4,2;31/05/2019\nMoulin;15,25;-3,5;01/06/2019\n"
TIMES = 120


def mutated(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randrange(1, 20)]
            case 2:
                made[at:at] = chance.choice(PIECES)
            case _:
                made[at:at] = made[max(0, at - chance.randrange(60)) : at]
    return bytes(made)


def files(folder: Path) -> dict[str, bytes]:
    return {
        "a.csv": TABLE.encode("cp1252"),
        "b.csv": TABLE.encode("utf-16"),
        "a.xlsx": workbook({"S": [row.split(";") for row in TABLE.splitlines()]}),
        "a.geojson": collection(
            [feature("Point", [1, 2], name="a"), feature("LineString", [[1, 2], [3, 4]], n=1)]
        ),
        "a.kml": kml(placemark("a", 1, 2) + placemark("b", 3, 4)),
        "a.kmz": zipped({"doc.kml": kml(placemark("a", 1, 2))}),
        "a.gpkg": geopackage(folder / "made", {"a": [(point(1, 2), "x"), (point(3, 4), "y")]}),
    }


@pytest.mark.parametrize("name", ["a.csv", "b.csv", "a.xlsx", "a.geojson", "a.kml", "a.kmz", "a.gpkg"])
def test_a_changed_file_is_read_with_every_row_or_refused(name, tmp_path):
    chance, content = random.Random(name), files(tmp_path)[name]  # noqa: S311  no secret hangs on it
    path, ends = tmp_path / "brought", {"read": 0, "refused": 0}
    for _ in range(TIMES):
        path.write_bytes(mutated(content, chance))
        try:
            reading = reader_of(path, Path(name).suffix, name)(path, name)
            seen = [assess(each, name, tmp_path / f"rows{n}", None) for n, each in enumerate(reading.sheets)]
        except LayerError as error:
            ends["refused"] += len(error.faults)
            continue
        assert all(each.rows == each.read + each.reported for each in seen)
        json.dumps([as_json(each) for each in seen], allow_nan=False)
        ends["read"] += 1
    assert sum(ends.values()) == TIMES
