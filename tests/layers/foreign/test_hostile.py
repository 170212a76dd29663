"""Files made to hurt: each is refused with one plain message or read safely; nothing leaves, nothing grows, nothing hangs."""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

import layers
from layers.errors import LayerError
from layers.foreign import isolation, limits
from layers.foreign.isolation import looked_at
from layers.foreign.seen import FileSeen
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

pytestmark = pytest.mark.slow

SITES = "site,lat,lon\na,14.5,-4.2\nb,15.25,-3.5\nc,16.75,-3.0\n"


class Listener:
    """Counts who knocks at a port of this machine."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.knocks = 0
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            caller.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Listen while a file is looked at; nobody may have called."""
    made = Listener()
    yield made
    made.socket.close()
    assert made.knocks == 0


def vrt(address: str) -> bytes:
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{address}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    ).encode()


NAMES = ["a.csv", "a.tsv", "a.txt", "a.json", "a.geojson", "a.gpkg", "a.xlsx", "a.xls", "a.kml", "a.gpx", "a.kmz", "a.zip", "a.vrt", "a.shp", "a.tif"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_vrt_is_no_file_of_any_kind(name, refused, listener):
    assert refused(name, vrt(f"/vsicurl/http://127.0.0.1:{listener.port}/a.geojson"))


@pytest.mark.parametrize("inside", ["roads.shp", "a.geojson", "roads.dbf"])
def test_a_vrt_inside_a_zip_is_not_followed(inside, refused, listener):
    parts = shapefile([[(1, 2), (3, 4)]], [{"name": "a"}])
    refused(
        "a.zip",
        zipped(
            {**parts, inside: vrt(f"/vsicurl/http://127.0.0.1:{listener.port}/a")}
            if inside != "a.geojson"
            else {inside: vrt("x")}
        ),
    )


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "link", "properties": {"href": "http://127.0.0.1:{port}/crs", "type": "proj4"}},
        {"type": "url", "properties": {"url": "http://127.0.0.1:{port}/crs"}},
        {"type": "EPSG", "properties": {"code": 4326}},
    ],
)
def test_a_reference_system_that_is_a_link_is_refused(crs, refused, listener):
    text = json.loads(json.dumps(crs).replace("{port}", str(listener.port)))
    assert "'crs' is not of type 'name'" in refused(
        "a.geojson", collection([feature("Point", [1, 2])], crs=text)
    )


@pytest.mark.parametrize(
    "named", ["http://127.0.0.1:{port}/crs", "+proj=longlat +nadgrids=http://127.0.0.1:{port}/g.tif"]
)
def test_a_reference_system_that_names_an_address_is_only_a_name(named, look, listener):
    crs = {"type": "name", "properties": {"name": named.replace("{port}", str(listener.port))}}
    assert look("a.geojson", collection([feature("Point", [1, 2])], crs=crs)).sheets[0].rows == 1


def test_a_prj_that_names_an_address_is_only_a_name(look, listener):
    prj = f"http://127.0.0.1:{listener.port}/a.prj"
    sheet = look("a.zip", zipped(shapefile([[(1, 2), (3, 4)]], [{"name": "a"}], prj=prj))).sheets[0]
    assert sheet.extent is None


def test_a_link_to_another_kml_is_not_followed(look, listener):
    link = f"<NetworkLink><Link><href>http://127.0.0.1:{listener.port}/a.kml</href></Link></NetworkLink>"
    sheet = look("a.kml", kml(placemark("a", 1, 2) + link)).sheets[0]
    assert (sheet.read, sheet.reported) == (1, 1)


LAUGHS = '<!DOCTYPE kml [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 12)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("name", ["a.kml", "a.gpx", "a.kmz"])
def test_what_declares_a_document_type_is_refused(head, name, refused):
    text = kml(placemark("&l;&a;", 1, 2), head).replace(
        b"kml", name[2:5].encode() if name == "a.gpx" else b"kml"
    )
    assert "declares a document type" in refused(name, zipped({"doc.kml": text}) if name == "a.kmz" else text)


def test_laughs_in_a_workbook_multiply_nothing(tmp_path):
    book = workbook({"S": [["site", "lat", "lon"], ["a", 1.5, 2.5]]})
    source, target = zipfile.ZipFile(BytesIO(book)), BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member in source.infolist():
            text = source.read(member)
            if member.filename.startswith("xl/worksheets/"):
                text = LAUGHS.replace("DOCTYPE kml", "DOCTYPE worksheet").encode() + text
            archive.writestr(member, text)
    refused_or_reported(tmp_path, "a.xlsx", target.getvalue())


def test_deep_elements_are_refused(refused):
    assert "too deep" in refused("a.kml", kml("<Folder>" * 5_000))


def test_nested_collections_are_reported_and_end_nothing(look):
    shape: dict[str, object] = {"type": "Point", "coordinates": [1, 2]}
    for _ in range(300):
        shape = {"type": "GeometryCollection", "geometries": [shape]}
    sheet = look("a.geojson", collection([{"type": "Feature", "properties": {}, "geometry": shape}])).sheets[
        0
    ]
    assert (sheet.rows, sheet.reported) == (1, 1)


def test_collections_nested_beyond_reading_are_refused(refused):
    deep = b'{"type":"GeometryCollection","geometries":[' * 50_000
    assert "does not read as GeoJSON" in refused("a.geojson", b'{"type":"Feature","geometry":' + deep)


def test_collections_nested_in_a_geopackage_end_only_the_process_that_reads(tmp_path):
    deep = struct.pack("<BII", 1, 7, 1) * 200_000 + point(1, 2)
    refused_or_reported(tmp_path, "a.gpkg", geopackage(tmp_path / "made", {"a": [(deep, "a")]}))


def refused_or_reported(tmp_path: Path, name: str, content: bytes) -> None:
    """Look at a file that may be refused with one fault, or read with all its rows told of."""
    (tmp_path / name).write_bytes(content)
    faults = 0
    try:
        with looked_at(tmp_path / name) as looked:
            lost = [each.name for each in looked.seen.sheets if each.rows != each.read + each.reported]
    except LayerError as error:
        lost, faults = [], len(error.faults)
    assert (lost, faults) in [([], 0), ([], 1)]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom, 'x' AS name FROM n"
VIEWS = {
    "a view": f"DROP TABLE a; CREATE VIEW a AS {ENDLESS};",
    "a view of zeros": "DROP TABLE a; CREATE VIEW a AS SELECT 1 AS fid, zeroblob(2000000000) AS geom;",
    "a list that is a view": "DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS "
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS table_name, 'features' AS data_type FROM n;",
    "a list of systems that is a view": f"DROP TABLE gpkg_spatial_ref_sys; CREATE VIEW gpkg_spatial_ref_sys AS {ENDLESS};",
}


@pytest.mark.parametrize("extra", VIEWS.values(), ids=VIEWS)
def test_a_view_is_never_run(extra, refused, tmp_path):
    message = refused("a.gpkg", geopackage(tmp_path / "made", {"a": [(point(1, 2), "a")]}, extra))
    assert "view" in message or "no plain table" in message


def test_a_computed_column_is_left_out(look, tmp_path):
    extra = "ALTER TABLE a ADD COLUMN big BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL;"
    sheet = look("a.gpkg", geopackage(tmp_path / "made", {"a": [(point(1, 2), "a")]}, extra)).sheets[0]
    assert sheet.read == 1
    assert "The column 'big' is computed and left out." in sheet.remarks


def test_a_trigger_or_an_index_changes_nothing(look, tmp_path):
    extra = "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END; CREATE INDEX i ON a (name);"
    assert (
        look("a.gpkg", geopackage(tmp_path / "made", {"a": [(point(1, 2), "a")]}, extra)).sheets[0].read == 1
    )


@pytest.mark.parametrize("name", ["../../escape.shp", "/tmp/escape.shp", "..\\escape.shp", "C:\\escape.shp"])  # noqa: S108
def test_a_member_that_leads_out_is_refused(name, refused):
    parts = shapefile([[(1, 2), (3, 4)]], [{"name": "a"}])
    assert "leads out of its folder" in refused("a.zip", zipped({**parts, name: b"x"}))


def test_a_member_that_is_a_link_is_refused(refused):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in shapefile([[(1, 2), (3, 4)]], [{"name": "a"}]).items():
            archive.writestr(name, data)
        link = zipfile.ZipInfo("roads.cpg")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in refused("a.zip", content.getvalue())


@pytest.mark.parametrize("name", ["a.zip", "a.kmz", "a.xlsx"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(name, refused):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(8):
            with archive.open(f"{n}.kml", "w", force_zip64=True) as sink:
                for _ in range(64):
                    sink.write(b"\0" * limits.MIB)
    assert "it unpacks to 512 MB, more than 300" in refused(name, content.getvalue())


def test_a_member_that_declares_less_than_it_holds_is_refused(tmp_path):
    honest = zipped({**shapefile([[(1, 2), (3, 4)]], [{"name": "a"}]), "roads.shx": b"\0" * 100_000})
    lying = honest.replace(struct.pack("<I", 100_000), struct.pack("<I", 100))
    refused_or_reported(tmp_path, "a.zip", lying)


def test_a_thousand_members_too_many_are_refused(refused):
    assert "it holds 3,000 files" in refused("a.zip", zipped({f"{n}.shp": b"" for n in range(3_000)}))


def test_a_table_that_declares_more_rows_than_it_has_is_refused(refused):
    parts = shapefile([[(1, 2), (3, 4)]], [{"name": "a"}])
    table = bytearray(parts["roads.dbf"])
    table[4:8] = struct.pack("<I", 900_000)
    assert "declares 900,000 rows" in refused("a.zip", zipped({**parts, "roads.dbf": bytes(table)}))


def test_a_shape_that_declares_more_positions_than_it_has_ends_nothing(tmp_path):
    parts = shapefile([[(1, 2), (3, 4)]], [{"name": "a"}])
    shapes = bytearray(parts["roads.shp"])
    shapes[100 + 8 + 40 : 100 + 8 + 44] = struct.pack("<i", 500_000_000)
    refused_or_reported(tmp_path, "a.zip", zipped({**parts, "roads.shp": bytes(shapes)}))


def test_a_cell_far_out_is_refused_before_all_between_is_held(refused):
    rows = [["site", "lat", "lon"], ["a", 1.5, 2.5]]
    book = workbook({"S": rows})
    source, target = zipfile.ZipFile(BytesIO(book)), BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member in source.infolist():
            text = source.read(member)
            far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            archive.writestr(member, text.replace(b"</sheetData>", far))
    assert "Delete the rows and columns beyond the data" in refused("a.xlsx", target.getvalue())


LOOK = """
import resource, sys
from pathlib import Path
from layers.errors import LayerError
from layers.foreign.isolation import looked_at
try:
    with looked_at(Path(sys.argv[1])):
        print("taken")
except LayerError as error:
    print(" ".join(str(error).split()))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_ten_million_rows_are_refused_within_the_limits(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("w") as sink:
        sink.write("site,lat,lon\n")
        block = "".join(f"a{n},14.5,-4.2\n" for n in range(10_000))
        for _ in range(1_000):
            sink.write(block)
    # In a process of its own, for what other children of this one took would be counted too.
    done = subprocess.run([sys.executable, "-c", LOOK, str(path)], capture_output=True, text=True, check=True)
    message, most_kb = done.stdout.splitlines()
    assert re.search(r"more than 1,000,000 rows|takes more than \d+ seconds", message)
    assert int(most_kb) < 1_000_000


def test_a_cell_of_300_megabytes_is_refused(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("w") as sink:
        sink.write('site,lat,lon\n"')
        for _ in range(300):
            sink.write("x" * limits.MIB)
        sink.write('",1,2\n')
    with pytest.raises(LayerError, match="cell too long"), looked_at(path):
        pass


def test_what_needs_too_much_memory_is_refused(refused):
    content = b'{"type":"FeatureCollection","features":[' + b"{}," * 16_000_000 + b"{}]}"
    assert "MB of memory" in refused("a.geojson", content)


def test_a_formula_is_text(look):
    rows = "=cmd|' /C calc'!A0,14.5,-4.2\n@SUM(1),15.25,-3.5\n+1+1,16.75,-3.0\n"
    assert look("a.csv", ("site,lat,lon\n" + rows).encode()).sheets[0].read == 3


def test_a_formula_of_a_workbook_is_never_worked_out(look):
    sheet = look(
        "a.xlsx", workbook({"S": [["site", "lat", "lon", "f"], ["a", 14.5, -4.2, '=WEBSERVICE("http://x")']]})
    ).sheets[0]
    assert sheet.columns[3].content == "empty"


STEERING = "\x1b[2J\u202e\u2066\x07"


def test_characters_that_steer_a_terminal_come_back_nowhere(look):
    name = f"sites{STEERING}.csv"
    text = SITES.replace("site", f"site{STEERING}").replace("a,", f"a{STEERING},")
    seen = look(name, text.encode())
    assert not any(each in repr_of(seen) for each in "\x1b\u202e\u2066\x07")


def repr_of(seen: FileSeen) -> str:
    """Return every text in what was seen."""
    sheet = seen.sheets[0]
    texts = [seen.file, sheet.name, *sheet.remarks, *seen.remarks]
    return "".join([*texts, *(each.name + "".join(each.examples) for each in sheet.columns)])


def test_a_script_is_text(look):
    sheet = look("a.csv", SITES.replace("a,", "<script>alert(1)</script>,").encode()).sheets[0]
    assert sheet.columns[0].examples[0] == "<script>alert(1)</script>"


@pytest.mark.parametrize("value", ["NaN", "inf", "-Infinity", "1e400", "1e308"])
def test_a_coordinate_that_is_no_finite_number_is_reported(value, look):
    sheet = look("a.csv", (SITES + f"d,{value},2\n").encode()).sheets[0]
    assert (sheet.rows, sheet.reported) == (4, 1)


@pytest.mark.parametrize(
    "value", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 400, b'"1"', b"null", b"true", b"[1]"]
)
def test_a_shape_with_such_a_coordinate_is_reported(value, look):
    content = (
        b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,' + value + b"]}}"
    )
    sheet = look("a.geojson", content).sheets[0]
    assert (sheet.rows, sheet.reported) == (1, 1)


@pytest.mark.parametrize("kind", ["dir", "fifo", "missing", "link"])
def test_what_is_no_file_is_refused(kind, tmp_path):
    path = tmp_path / "a.csv"
    {
        "dir": path.mkdir,
        "fifo": lambda: os.mkfifo(path),
        "missing": lambda: None,
        "link": lambda: path.symlink_to("/etc/passwd"),
    }[kind]()
    with pytest.raises(LayerError) as caught, looked_at(path):
        pass
    assert len(caught.value.faults) == 1


PROBE = """
import sys, json, types
package = types.ModuleType("layers"); package.__path__ = [sys.argv[1]]; sys.modules["layers"] = package
from pathlib import Path
from layers.foreign import cage
shut = cage.enter(Path(sys.argv[2]))
cage.watch(Path(sys.argv[2]))
tried = {"shut": shut.network, "files": shut.files}
import socket
def attempt(name, act):
    try:
        act()
        tried[name] = "done"
    except BaseException as error:
        tried[name] = type(error).__name__
import os, ctypes
attempt("python socket", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[3])), timeout=2))
attempt("program", lambda: __import__("subprocess").run(["true"]))
attempt("write", lambda: open("/tmp/footprint-escape", "w"))
attempt("memory", lambda: bytearray(2_000_000_000))
libc = ctypes.CDLL(None, use_errno=True)
for name in ("/etc/passwd", os.path.expanduser("~"), sys.argv[4], sys.argv[4] + "/secret"):
    tried[name] = libc.open(name.encode(), 0)
tried["c program"] = libc.system(b"true")
tried["c own"] = libc.open((sys.argv[2] + "/made").encode(), 0o102, 0o600) >= 0
raw = libc.socket(2, 1, 0)
import struct
address = struct.pack("<H", 2) + struct.pack(">H", int(sys.argv[3])) + bytes([127, 0, 0, 1]) + bytes(8)
tried["c socket"] = libc.connect(raw, address, 16)
print(json.dumps(tried))
"""


def test_the_process_that_reads_can_neither_call_out_nor_run_nor_write_nor_grow(listener, tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    (theirs / "secret").write_text("open sesame")
    command = [sys.executable, "-I", "-B", "-c", PROBE, str(Path(layers.__file__).parent)]
    command += [str(ours), str(listener.port), str(theirs)]
    tried = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    if tried.pop("shut"):
        assert tried["c socket"] == -1
    if tried.pop("files"):
        opened = [tried[name] for name in ("/etc/passwd", str(Path.home()), str(theirs), f"{theirs}/secret")]
        assert opened == [-1] * 4
        assert tried["c program"] != 0
    assert tried["c own"]
    assert tried["python socket"] == tried["program"] == tried["write"] == "PermissionError"
    assert tried["memory"] == "MemoryError"


def test_the_process_that_reads_knows_nothing_of_our_surroundings(tmp_path, monkeypatch):
    monkeypatch.setenv("FOOTPRINT_SECRET", "x")
    assert "FOOTPRINT_SECRET" not in isolation._environment(tmp_path, ".zip")
    assert "ESRI Shapefile" not in isolation._environment(tmp_path, ".zip")["GDAL_SKIP"].split(",")


def test_a_raster_that_declares_what_no_memory_holds_is_only_described(look):
    tags = [(256, 4, 1_000_000), (257, 4, 1_000_000), (258, 3, 64), (277, 3, 100)]
    directory = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    content = b"II*\0" + struct.pack("<IH", 8, len(tags)) + directory + bytes(4)
    assert "read whole they take 762,939,453 MB." in str(look("a.tif", content).sheets[0].remarks[1])


@pytest.mark.parametrize(
    "tail", [b"", b"\xff" * 8, struct.pack("<IH", 8, 65535), struct.pack("<IHHHII", 8, 1, 256, 4, 2**31, 8)]
)
def test_a_raster_with_a_broken_header_is_refused(tail, refused):
    assert "it is no GeoTIFF that can be read" in refused("a.tif", b"II*\0" + tail)


def geotiff(path: Path) -> bytes:
    transform = Affine(0.1, 0, -4.0, 0, -0.1, 15.0)
    with rasterio.open(
        path, "w", driver="GTiff", width=4, height=4, count=1, dtype="float32", crs="EPSG:4326", transform=transform
    ) as made:  # fmt: skip
        made.write(np.ones((1, 4, 4), "float32"))
    return path.read_bytes()


@pytest.mark.parametrize("beside", ["a.tif.ovr", "a.tif.msk", "a.tif.aux.xml", "a.tfw", "a.tif.vrt"])
def test_what_lies_beside_a_raster_is_never_opened(beside, look, listener, tmp_path):
    content = geotiff(tmp_path / "a.tif")
    hostile = f'<VRTDataset rasterXSize="4" rasterYSize="4"><VRTRasterBand><SourceFilename>/vsicurl/http://127.0.0.1:{listener.port}/x</SourceFilename></VRTRasterBand></VRTDataset>'
    (tmp_path / beside).write_text(hostile)
    cells = look("a.tif", content).sheets[0].cells
    assert (cells.kept, cells.west, cells.step_x) == (16, -4, pytest.approx(0.1))


def test_what_a_raster_says_of_itself_is_not_followed(look, listener, tmp_path):
    with rasterio.open(
        tmp_path / "a.tif", "w", driver="GTiff", width=4, height=4, count=1, dtype="uint8", crs="EPSG:4326",
        transform=Affine(0.1, 0, -4.0, 0, -0.1, 15.0),
    ) as made:  # fmt: skip
        made.update_tags(SOURCE=f"/vsicurl/http://127.0.0.1:{listener.port}/x", ns="RPC")
        made.update_tags(note="<VRTDataset/>", link=f"http://127.0.0.1:{listener.port}/")
        made.write(np.ones((1, 4, 4), "uint8"))
    assert look("a.tif", (tmp_path / "a.tif").read_bytes()).sheets[0].cells.kept == 16


def bomb(path: Path, compress: str) -> Path:
    """Return a small file of very many cells, really there: each block unpacks to many times its size."""
    with rasterio.open(
        path, "w", driver="GTiff", width=65_536, height=512, count=1, dtype="uint8", crs="EPSG:4326", tiled=True,
        blockxsize=8192, blockysize=512, compress=compress, transform=Affine(1e-4, 0, -4.0, 0, -1e-4, 15.0),
    ) as made:  # fmt: skip
        for column in range(0, 65_536, 8192):
            made.write(np.ones((1, 512, 8192), "uint8"), window=((0, 512), (column, column + 8192)))
    return path


@pytest.mark.parametrize("compress", ["deflate", "zstd", "lzw"])
def test_cells_that_unpack_to_many_times_their_size_are_read_by_windows(compress, tmp_path):
    path = bomb(tmp_path / "a.tif", compress)
    assert path.stat().st_size < 300_000
    with looked_at(path) as looked:
        assert looked.seen.sheets[0].cells.kept == 65_536 * 512


def test_a_directory_of_a_tiff_that_leads_to_itself_ends(look):
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, 4) for tag in (256, 257, 258, 277))
    content = b"II*\0" + struct.pack("<IH", 8, 4) + entries + struct.pack("<I", 8)
    sheet = look("a.tif", content).sheets[0]
    assert sheet.cells is None
    assert sheet.without_cells is not None


def test_a_raster_whose_directory_lies_beyond_every_file_is_refused(refused):
    content = b"II+\0" + struct.pack("<HHQ", 8, 0, 2**63 + 5) + bytes(40)
    assert "it is no GeoTIFF that can be read" in refused("a.tif", content)


@pytest.mark.parametrize("encoding", ["utf-7", "shift_jis", "no-such", "utf-16"])
def test_markup_in_an_encoding_that_cannot_be_read_is_refused(encoding, refused):
    content = kml(placemark("a", 1, 2)).replace(b"UTF-8", encoding.encode())
    assert "Export it again" in refused("a.kml", content)


def test_an_archive_whose_names_are_not_in_their_encoding_is_refused(refused):
    content = zipped({"é.csv": SITES.encode()}).replace("é.csv".encode(), b"\xc3.csv1")
    assert "it is no whole archive" in refused("a.zip", content)


@pytest.mark.parametrize("step", [1e-300, 1e-9, 1e300])
def test_cells_of_impossible_sides_are_not_read(step, look, tmp_path):
    path = tmp_path / "a.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=4, height=4, count=1, dtype="uint8", crs="EPSG:4326",
        transform=Affine(step, 0, -4.0, 0, -step, 15.0),
    ) as made:  # fmt: skip
        made.write(np.ones((1, 4, 4), "uint8"))
    assert look("a.tif", path.read_bytes(), (-5.0, 14.0, -2.0, 17.0)).sheets[0].cells is None


def test_a_geopackage_whose_names_are_no_text_is_refused(refused, tmp_path):
    content = geopackage(tmp_path / "made", {"a": [(point(1, 2), "x")]})
    broken = content.replace(
        b"CREATE TABLE gpkg_contents (table_name", b"CREATE TABLX gpkg_cont\xd5nts (table_name"
    )
    assert broken != content
    assert "it is no GeoPackage that can be read" in refused("a.gpkg", broken)
