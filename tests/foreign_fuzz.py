"""Foreign files changed at random, and what has to hold of each: worked through in one process that lives long."""

from __future__ import annotations

import ctypes
import io
import json
import os
import random
import resource
import signal
import struct
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from layers.errors import LayerError
from layers.foreign import cage
from layers.foreign.assess import assess, cells_files, written_rows
from layers.foreign.brought import brought_cells
from layers.foreign.readers import reader_of
from layers.foreign.seen import SheetSeen, as_json, from_json
from layers.population import RasterUnit
from tests.foreign_files import (
    collection,
    feature,
    geopackage,
    kml,
    placemark,
    point,
    shapefile,
    workbook,
    zipped,
)

LONGEST_S = 10
"""Time that one small file may take [s]."""
DAY_S = 86_400
PIECES = [
    b",", b";", b"\t", b"\n", b'"', b"\0", b"\xff", b"NaN", b"1e999", b"{", b"}", b"[", b"<", b"&", b"null", b"#",
    b"-1", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"POINT(", b"0", b"\xef\xbb\xbf", b"18SUJ2348306479", b"31/02/2019",
]  # fmt: skip
TABLE = "site;latitude;longitude;date\nGué;14,5;-4,2;31/05/2019\nMoulin;15,25;-3,5;01/06/2019\n"
SAGE = (
    "Incident ID,Date of Incident,Incident Type,Coordinates (MGRS),Fatalities\n1,13/05/2019,IED,30PUB7068803364,1\n"
    "2,04/05/2019,IED,30PVB4630986039,0\n3,04/06/2019,IED,30QWD0000051899,0\n"
)
GPX = (
    '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="14.5" lon="-4.2">'
    '<name>Ford</name></wpt><trk><trkseg><trkpt lat="14.5" lon="-4.2"/><trkpt lat="15" lon="-4"/></trkseg></trk></gpx>'
)
NEAR = (-5.0, 14.0, -2.0, 17.0)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them changed, gone, put in, or said again."""
    made = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randrange(1, 20)]
            case 2:
                made[at:at] = chance.choice(PIECES)
            case 3:
                made[at:at] = made[max(0, at - chance.randrange(60)) : at]
            case _:
                made[at : at + 4] = struct.pack(chance.choice("<>") + "I", chance.getrandbits(32))
    return bytes(made)


def mutated_inside(content: bytes, chance: random.Random) -> bytes:
    """Return an archive with one of its members changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice(sorted(members))
    members[chosen] = mutated(members[chosen], chance)
    return stored(members)


@dataclass(frozen=True)
class Sample:
    """A good file: its name, what is in it, and whether it is an archive."""

    name: str
    content: bytes
    archive: bool = False


def raster(folder: Path, kind: str, **how: Any) -> bytes:
    """Return a small raster."""
    import rasterio  # noqa: PLC0415  GDAL is told its drivers first
    from affine import Affine  # noqa: PLC0415

    path = folder / "made.tif"
    values = (np.arange(24 * 20) % 50).reshape(1, 24, 20).astype(kind)
    about = {"width": 20, "height": 24, "count": 1, "dtype": kind, "crs": "EPSG:4326"}
    about["transform"] = Affine(1 / 480, 0, -4.0, 0, -1 / 480, 15.0)
    with rasterio.open(path, "w", driver="GTiff", **(about | how)) as opened:
        opened.write(values)
    return path.read_bytes()


def samples(folder: Path, more: Sequence[Path] = ()) -> list[Sample]:
    """Return good files of every kind, invented, and further ones as they lie."""
    lines = [[(-4.2, 14.5), (-3.5, 15.25)], [(-3.5, 15.25), (-3.0, 16.75)]]
    table = [{"osm_id": "1", "fclass": "primary"}, {"osm_id": "2", "fclass": "track"}]
    made = [
        Sample("a.csv", TABLE.encode("cp1252")),
        Sample("b.csv", TABLE.encode("utf-16")),
        Sample("c.csv", SAGE.encode()),
        Sample("a.tsv", TABLE.replace(";", "\t").encode("utf-8-sig")),
        Sample("a.xlsx", workbook({"S": [row.split(";") for row in TABLE.splitlines()]}), archive=True),
        Sample("a.geojson", collection([feature("Point", [1, 2], name="a"), feature("LineString", [[1, 2], [3, 4]], n=1)])),
        Sample("b.geojson", collection([feature("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 0]]], adm1_pcode="X")])),
        Sample("a.kml", kml(placemark("a", 1, 2) + placemark("b", 3, 4))),
        Sample("a.gpx", GPX.encode()),
        Sample("a.kmz", zipped({"doc.kml": kml(placemark("a", 1, 2))}), archive=True),
        Sample("a.gpkg", geopackage(folder / "made.gpkg", {"a": [(point(1, 2), "x"), (point(3, 4), "y")]})),
        Sample("a.zip", zipped(shapefile(lines, table, cpg="UTF-8")), archive=True),
        Sample("b.zip", zipped({"t.csv": TABLE.encode()}), archive=True),
        Sample("a.tif", raster(folder, "float32", nodata=-99999.0)),
        Sample("b.tif", raster(folder, "int16", compress="lzw", tiled=True, blockxsize=16, blockysize=16)),
        Sample("c.tif", raster(folder, "uint32", compress="deflate", BIGTIFF="YES")),
    ]  # fmt: skip
    archives = {".xlsx", ".zip", ".kmz"}
    return made + [Sample(each.name, each.read_bytes(), each.suffix in archives) for each in more]


CELLS = ["", "a", "14.5", "-4,2", "2019-05-31", "31/12/2019", "NaN", "1e999", "1 250", "14°30'N", "x\ny", '"', "30PUB7068803364", "=1+1",
         "\u202egnp", "\x1b[31m", "+223 70 11 22 33", "Total", "é", "-", "0", "true", "12 août 2019"]  # fmt: skip


BOOK = workbook({"S": [["x"]]})


def inline_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of texts, written without a library: in the cage none may remove its own files."""
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )  # fmt: skip
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = f"{head}{lines}</sheetData></worksheet>".encode()
    return stored(members)


def stored(members: Mapping[str, bytes]) -> bytes:
    """Return members as an archive that is not packed."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 6, 30, 0, 0, 0)), data)
    return sink.getvalue()


def table(chance: random.Random) -> tuple[str, bytes, int]:
    """Return a table of cells at random: its name, its bytes, and how many rows it has."""
    width, height = chance.randrange(2, 7), chance.randrange(1, 40)
    names = ["site", "latitude", "longitude", "date", "sort", "note"][:width]
    # The first cell is a word: rows are neither blank nor tags.
    rows = [[f"w{n}", *(chance.choice(CELLS) for _ in names[1:])] for n in range(height)]
    match chance.randrange(3):
        case 0:
            mark = chance.choice(",;\t")
            text = "\n".join(
                mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [names, *rows]
            )
            return "t.csv", text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"])), height
        case 1:
            features = [
                feature("Point", [chance.choice([1.5, -4, 200, "x", None]), 14.5], **dict(zip(names, row, strict=True)))
                for row in rows
            ]  # fmt: skip
            return "t.geojson", collection(features), height
        case _:
            clean = [["".join(c for c in cell if c.isprintable()) for cell in row] for row in rows]
            return "t.xlsx", inline_workbook([names, *clean]), height


@dataclass
class FuzzTally:
    """What became of the files."""

    inputs: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    faults: list[dict[str, Any]] = field(default_factory=list)
    rows: int = 0
    peak_early_kb: int = 0
    peak_kb: int = 0
    seconds: float = 0.0


class TooLongError(BaseException):
    """One file takes longer than a small file may; nothing that a reader catches."""


def examine(name: str, content: bytes, folder: Path, rows: int | None = None) -> str:
    """
    Read a file as the process that parses does, and hold what has to hold; return how it ended.

    Raises
    ------
    AssertionError
        If a row is lost, or what is seen does not come back whole.
    """
    path = folder / "brought"
    path.write_bytes(content)
    try:
        reading = reader_of(path, Path(name).suffix, name)(path, name)
        seen = [assess(each, name, folder / f"rows{n}", NEAR) for n, each in enumerate(reading.sheets)]
    except LayerError as error:
        return "refused" if error.faults else "refused without a word"
    except MemoryError:
        return "too much memory"
    for n, each in enumerate(seen):
        _hold(name, each, folder / f"rows{n}")
    if rows is not None and seen:
        assert seen[0].rows == rows, f"{seen[0].rows} rows of {rows}"
    return "read"


def _hold(name: str, sheet: SheetSeen, target: Path) -> None:
    assert sheet.rows == sheet.read + sheet.reported == sheet.read + sum(each.count for each in sheet.reports)
    if not sheet.cells:
        assert sheet.rows == sum(1 for _ in written_rows(target)), "rows written and rows counted differ"
    back = from_json(SheetSeen, json.loads(json.dumps(as_json(sheet), allow_nan=False)))
    assert (back.rows, back.reported, back.cells) == (sheet.rows, sheet.reported, sheet.cells)
    if sheet.cells is not None:
        for unit, path in zip(RasterUnit, cells_files(target), strict=True):
            brought_cells(name, sheet, path, unit)


def drawn(seed: int, n: int, given: Sequence[Sample]) -> tuple[str, bytes, int | None]:
    """Return the file of a number: always the same one."""
    chance = random.Random(f"{seed} {n}")  # noqa: S311  no secret hangs on it
    if chance.random() < 0.1:
        return table(chance)
    sample = chance.choice(given)
    change = mutated_inside if sample.archive and chance.random() < 0.8 else mutated
    return sample.name, change(sample.content, chance), None


def work(folder: Path, job: dict[str, Any], given: Sequence[Sample], clean: Callable[[], None]) -> FuzzTally:
    """Work through numbered files, telling after each where it stands."""
    tally, began = FuzzTally(), time.monotonic()
    first, count = int(job["first"]), int(job["count"])
    with (folder / "at").open("wb", buffering=0) as at:
        for n in range(first, first + count):
            os.pwrite(at.fileno(), struct.pack("<q", n), 0)
            name, content, rows = drawn(int(job["seed"]), n, given)
            clean()
            signal.alarm(LONGEST_S)
            try:
                end = examine(name, content, folder, rows)
            except TooLongError:
                end = "hang"
                tally.faults.append({"n": n, "name": name, "kind": end, "what": ""})
            except Exception as error:  # noqa: BLE001  whatever else ends it is what is looked for
                end = "lost row" if isinstance(error, AssertionError) else "crash"
                what = "".join(traceback.format_exception(error)[-3:])
                tally.faults.append({"n": n, "name": name, "kind": end, "what": what[-1500:]})
            finally:
                signal.alarm(0)
            tally.ends[f"{Path(name).suffix} {end}"] += 1
            tally.inputs += 1
            if tally.inputs == max(1, count // 10):
                tally.peak_early_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally.peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally.seconds = time.monotonic() - began
    return tally


def _too_long(*_: object) -> None:
    raise TooLongError


def main() -> None:
    """Work through the files of the job on standard input, in the cage; print what became of them."""
    job = json.loads(sys.stdin.readline())
    folder = Path(job["folder"])
    # pyogrio takes its list of drivers when it is imported, rasterio when it first opens a file.
    import pyogrio.raw  # noqa: F401, PLC0415

    os.environ["GDAL_SKIP"] = job["rasters_skip"]
    with tempfile.TemporaryDirectory() as made:
        given = samples(Path(made), [Path(each) for each in job["real"]])
    libc = ctypes.CDLL(None)

    def clean() -> None:
        # Removing is refused to Python in the cage, as it is to a reader.
        for name in os.listdir(folder):  # noqa: PTH208  as quick as may be
            if name not in {"at", "brought"}:
                libc.unlink(os.fsencode(folder / name))

    signal.signal(signal.SIGALRM, _too_long)
    cage.enter(folder, processor_s=DAY_S)
    cage.watch(folder)
    print(json.dumps(vars(work(folder, job, given, clean))), flush=True)


def guided() -> None:
    """Let atheris change files of the kind of the job on standard input, in the cage; it ends the process."""
    import atheris  # noqa: PLC0415  asked for by one command alone
    import pyogrio.raw  # noqa: F401, PLC0415

    job = json.loads(sys.stdin.readline())
    folder = Path(job["folder"])
    os.environ["GDAL_SKIP"] = job["rasters_skip"]
    with tempfile.TemporaryDirectory() as made:
        (good,) = (each for each in samples(Path(made)) if each.name == job["kind"])
    (folder / "kept" / "good").write_bytes(good.content)
    end = Path(good.name).suffix

    def one(content: bytes) -> None:
        examine(f"a{end}", content, folder)

    arguments = [
        f"-runs={job['runs']}",
        f"-seed={job['seed']}",
        f"-artifact_prefix={folder}/",
        "-max_len=20000",
    ]
    arguments += [f"-timeout={LONGEST_S}", "-rss_limit_mb=900", str(folder / "kept")]
    # It would load this when it starts, which the cage refuses wherever atheris does not lie among the rest.
    import_module("atheris.core_with_libfuzzer")
    atheris.Setup([sys.argv[0], *arguments], one)
    cage.enter(folder, DAY_S)
    cage.watch(folder)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
