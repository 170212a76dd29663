"""Readers: which one takes a file, by its first bytes and its ending together."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from layers.errors import LayerError
from layers.foreign.budget import is_pbf
from layers.foreign.sheets import ForeignReader, ForeignReading, refusal
from layers.sentences import say

KNOWN = say("Bring CSV, XLSX, GeoJSON, a zipped shapefile, KML, KMZ, GPX, GeoPackage, GeoTIFF or .osm.pbf.")


_ZIP, _OLE, _SQLITE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3\0"
_TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_TEXTS = frozenset({".csv", ".tsv", ".txt", ".tab"})
_MARKUP = (".kml", ".gpx")
_MARKS_OF_TEXT = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD = 4_096


def reader_of(path: Path, ending: str, file: str) -> ForeignReader:
    """
    Return the reader of a file.

    Parameters
    ----------
    path
        Where it lies, under a name of our own.
    ending
        Of the name people know it by, such as ".csv", in small letters.
    file
        That name.

    Raises
    ------
    LayerError
        If no reader takes such a file, or its content is another than its ending says.
    """
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    if not head:
        raise refusal(file, say("it is empty"), say("Bring a file with rows."))
    is_text = not head.startswith((_ZIP, _OLE, _SQLITE))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if ending in {".xlsx", ".xlsm", ".zip", ".kmz"} and head.startswith(_ZIP):
        return _zipped(path, ending, file)
    if ending == ".xls" and head.startswith(_OLE):
        return _workbook()
    if ending == ".gpkg" and head.startswith(_SQLITE):
        from layers.foreign.geopackage import read_geopackage  # noqa: PLC0415  one reader a process

        return read_geopackage
    if ending == ".pbf" and is_pbf(head):
        from layers.foreign.extract import read_extract  # noqa: PLC0415  one reader a process

        return read_extract
    if ending in _PLAIN and is_text:
        return _plain(ending, head, start, file)
    raise _not_taken(ending, file)


def _plain(ending: str, head: bytes, start: bytes, file: str) -> ForeignReader:
    """Return the reader of a file that is neither an archive nor a database."""
    if ending in {".geojson", ".json"} and start in {b"{", b"["}:
        from layers.foreign.geojson import read_geojson  # noqa: PLC0415  one reader a process

        return read_geojson
    if ending in _MARKUP and (start == b"<" or head.startswith(_MARKS_OF_TEXT)):
        from layers.foreign.markup import read_gpx, read_kml  # noqa: PLC0415  one reader a process

        return read_gpx if ending == ".gpx" else read_kml
    if ending in {".tif", ".tiff"} and head.startswith(_TIFFS):
        from layers.foreign.raster import read_raster  # noqa: PLC0415  one reader a process

        return read_raster
    if ending in _TEXTS and start != b"<":
        from layers.foreign.delimited import read_delimited  # noqa: PLC0415  one reader a process

        return read_delimited
    raise _not_taken(ending, file)


def _not_taken(ending: str, file: str) -> LayerError:
    if ending in {".shp", ".dbf", ".shx", ".prj"}:
        problem = say("one part of a shapefile says too little")
        return refusal(file, problem, say("Pack the .shp with its .dbf, .shx and .prj."))
    if ending in _PICTURES:
        return refusal(
            file,
            say("it is a picture: its cells are colours, not counts"),
            say("Bring the GeoTIFF that it was made of."),
        )
    if ending in _KNOWN_ENDINGS:
        problem = say("its content is not what its ending {ending} says", ending=repr(ending))
        return refusal(file, problem, say("Export it again from its program."))
    return refusal(file, say("files of kind {kind} are not looked at", kind=repr(ending)), KNOWN)


_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"})
_PLAIN = frozenset({".tif", ".tiff", ".geojson", ".json", *_MARKUP, *_TEXTS})
_KNOWN_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".zip", ".kmz", ".gpkg", ".pbf"}) | _PLAIN


def _zipped(path: Path, ending: str, file: str) -> ForeignReader:
    from layers.foreign.archive import opened  # noqa: PLC0415  one reader a process

    with opened(path, file) as archive:
        names = [name.lower() for name in archive.namelist()]
    if "xl/workbook.xml" in names and ending in {".xlsx", ".xlsm"}:
        return _workbook()
    if ending in {".xlsx", ".xlsm"}:
        raise refusal(
            file,
            say("it is no workbook that can be read"),
            say("Open it in Excel or LibreOffice and save it as .xlsx."),
        )
    if ending == ".kmz" or (
        any(n.endswith(".kml") for n in names) and not any(n.endswith(".shp") for n in names)
    ):
        from layers.foreign.markup import read_kmz  # noqa: PLC0415  one reader a process

        return read_kmz
    if not any(name.endswith(".shp") for name in names):
        return read_packed
    from layers.foreign.shapefile import read_shapefiles  # noqa: PLC0415  one reader a process

    return read_shapefiles


def read_packed(path: Path, file: str) -> ForeignReading:
    """
    Return what is in the one file of a zip that can be looked at by itself.

    Raises
    ------
    LayerError
        If there is none, or there are several.
    """
    from layers.foreign.archive import opened, unpack  # noqa: PLC0415  one reader a process

    inner = path.with_name("member")
    with opened(path, file) as archive:
        able = [name for name in archive.namelist() if _ending(name) in _ALONE and "__MACOSX" not in name]
        if not able and any(_ending(name) in {".tif", ".tiff"} for name in archive.namelist()):
            raise refusal(file, say("a raster in an archive is not read"), say("Bring the .tif by itself."))
        if not able:
            remedy = say("Pack the .shp with its .dbf, .shx and .prj.")
            raise refusal(file, say("no shapefile, KML or table is in it"), remedy)
        if len(able) > 1:
            problem = say("it holds several files ({names})", names=", ".join(able[:_NAMED]))
            raise refusal(file, problem, say("Bring them one by one."))
        unpack(archive, able[0], inner, file)
    reading = reader_of(inner, _ending(able[0]), file)(inner, file)
    reading.remarks.insert(0, say("It is {name}, out of the archive.", name=repr(able[0])))
    return reading


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


_ALONE = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".geojson", ".json", ".gpx", ".gpkg"})
"""Endings of files that a zip may hold one of, as sites for downloads give them."""
_NAMED = 5


def _workbook() -> ForeignReader:
    from layers.foreign.workbook import read_workbook  # noqa: PLC0415  one reader a process

    return read_workbook
