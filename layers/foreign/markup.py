"""KML and GPX: read element by element; a document type, and with it every entity, is refused."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from layers.foreign import limits
from layers.foreign.archive import opened
from layers.foreign.geojson import WGS84
from layers.foreign.shapes import NO_SHAPE, ShapeError, wkb
from layers.foreign.sheets import ForeignReading, ForeignRow, ForeignSheet, distinct, refusal
from layers.sentences import Sentence, say

_BLOCK = 1 << 16
_DEEP = 100
_EXPORT_AGAIN = say("Export it again from its program.")
_POINTS = {"wpt": "Point", "rte": "LineString", "trk": "MultiLineString"}


@dataclass(slots=True)
class Element:
    """One element, its text and what stands in it."""

    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)
    inner: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Yield the elements of a name at any depth, in order."""
        for each in self.inner:
            if each.name == name:
                yield each
            yield from each.all(name)

    def words(self) -> str:
        """Return the element's own text on one line."""
        return " ".join("".join(self.text).split())


class _Refused(Exception):  # noqa: N818  it is caught where it is thrown, and becomes a fault
    """What ends the parse."""

    def __init__(self, problem: Sentence) -> None:
        self.problem = problem


class _Elements:
    """Parser of one file that hands out whole elements of some names, one at a time."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.ready: deque[tuple[Element, str]] = deque()
        self.root = ""
        self._wanted = wanted
        self._path: list[str] = []
        self._open: list[Element] = []
        self._folders: list[str] = []
        self._characters = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        self.parser = parser

    def must_be(self, root: str) -> None:
        """Refuse the file if it begins with another element."""
        if self.root and self.root != root:
            raise _Refused(say("it is no {kind}: it begins with {name}", kind=root, name=repr(self.root)))

    def _refuse(self, *_declared: object) -> int:
        raise _Refused(say("it declares a document type, by which text can be multiplied or fetched"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.root = self.root or local
        self._path.append(local)
        if len(self._path) > _DEEP:
            raise _Refused(say("its elements stand in each other too deep"))
        if self._open or local in self._wanted:
            element = Element(local, attributes)
            if self._open:
                self._open[-1].inner.append(element)
            self._open.append(element)
        elif local == "Folder":
            self._folders.append("")

    def _text(self, text: str) -> None:
        self._characters += len(text)
        if self._open:
            self._open[-1].text.append(text)
        elif self._path[-1:] == ["name"] and self._path[-2:-1] == ["Folder"] and self._folders:
            self._folders[-1] = (self._folders[-1] + text)[: limits.CELL_CHARACTERS]

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._path.pop()
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.ready.append((element, " / ".join(filter(None, map(str.strip, self._folders)))))
        elif local == "Folder":
            self._folders.pop()


def _elements(
    source: IO[bytes], file: str, wanted: frozenset[str], root: str
) -> Iterator[tuple[Element, str]]:
    """Yield the wanted elements of a file with the folders they stand in."""
    elements = _Elements(wanted)
    try:
        while block := source.read(_BLOCK):
            elements.parser.Parse(block)
            elements.must_be(root)
            while elements.ready:
                yield elements.ready.popleft()
        elements.parser.Parse(b"", True)
    except _Refused as error:
        raise refusal(file, error.problem, _EXPORT_AGAIN) from error
    except (LookupError, ValueError) as error:
        raise refusal(file, say("its text is in no known encoding"), _EXPORT_AGAIN) from error
    except expat.ExpatError as error:
        problem = say("it breaks off or is no XML (line {line})", line=str(error.lineno))
        raise refusal(file, problem, _EXPORT_AGAIN) from error


def read_kml(path: Path, file: str) -> ForeignReading:
    """
    Return the placemarks of a KML file as one layer; links to other files are never followed.

    Raises
    ------
    LayerError
        If it is no KML, or declares a document type.
    """
    with path.open("rb") as source:
        rows = list(_placemarks(source, file))
    return ForeignReading(say("KML"), iter([_of_placemarks(rows, file)]))


def read_kmz(path: Path, file: str) -> ForeignReading:
    """
    Return the placemarks of the first KML in a KMZ.

    Raises
    ------
    LayerError
        If the archive is refused, or no KML is in it.
    """
    with opened(path, file) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
        if not names:
            raise refusal(file, say("no KML is in it"), _EXPORT_AGAIN)
        with archive.open(names[0]) as source:
            rows = list(_placemarks(source, file))
    remarks = [say("{name} in it is left out.", name=repr(name)) for name in names[1:]]
    return ForeignReading(say("KMZ"), iter([_of_placemarks(rows, file)]), remarks)


_Feature = tuple[dict[str, str], bytes | None, Sentence | None]
_KML = frozenset({"Placemark", "NetworkLink", "GroundOverlay"})


def _placemarks(source: IO[bytes], file: str) -> Iterator[_Feature]:
    for element, folder in _elements(source, file, _KML, "kml"):
        cells = {"folder": folder} if folder else {}
        cells |= {each.name: each.words() for each in element.inner if each.name in {"name", "description"}}
        for data in element.all("Data"):
            cells[data.attributes.get("name", "data")] = " ".join(
                value.words() for value in data.all("value")
            )
        for data in element.all("SimpleData"):
            cells[data.attributes.get("name", "data")] = data.words()
        for when in element.all("when"):
            cells["when"] = when.words()
        if element.name != "Placemark":
            yield cells, None, say("{kind} links to another file, which is not followed", kind=element.name)
            continue
        yield (cells, *_kml_shape(element))


def _kml_shape(element: Element) -> tuple[bytes | None, Sentence | None]:
    kinds = {"Point": "Point", "LineString": "LineString", "Polygon": "Polygon"}
    parts = [(kinds[name], each) for name in kinds for each in element.all(name)]
    if not parts:
        return None, NO_SHAPE
    if len({kind for kind, _ in parts}) > 1:
        return None, say("it is a collection of mixed shapes")
    kind = parts[0][0]
    try:
        made = [_kml_coordinates(kind, each) for _, each in parts]
        return (wkb(kind, made[0]) if len(made) == 1 else wkb(f"Multi{kind}", made)), None
    except ShapeError as error:
        return None, error.problem
    except ValueError:
        return None, say("its coordinates are no numbers")


def _kml_coordinates(kind: str, element: Element) -> list[object]:
    if kind == "Polygon":
        rings = [
            each
            for side in ("outerBoundaryIs", "innerBoundaryIs")
            for boundary in element.all(side)
            for each in boundary.all("coordinates")
        ]
        return [_tuples(each) for each in rings]
    lists = [_tuples(each) for each in element.all("coordinates")]
    line = lists[0] if lists else []
    return list(line[0]) if kind == "Point" and line else list(line)


def _tuples(element: Element) -> list[list[float]]:
    return [[float(value) for value in each.split(",")[:2]] for each in "".join(element.text).split()]


def _of_placemarks(rows: list[_Feature], file: str) -> ForeignSheet:
    if not rows:
        raise refusal(file, say("no placemark is in it"), _EXPORT_AGAIN)
    return _sheet(rows, file, file)


def _sheet(rows: list[_Feature], name: str, file: str) -> ForeignSheet:
    names = list(dict.fromkeys(key for cells, _, _ in rows for key in cells))
    if len(names) > limits.COLUMNS or len(rows) > limits.ROWS:
        problem = say("it has {n} columns, more than {most}", n=len(names), most=limits.COLUMNS)
        raise refusal(file, problem, say("Keep the columns that are needed."))
    remarks: list[Sentence] = []
    made = (
        ForeignRow(n, tuple(cells.get(key, "")[: limits.CELL_CHARACTERS] for key in names), shape, problem)
        for n, (cells, shape, problem) in enumerate(rows, start=1)
    )
    return ForeignSheet(
        name,
        distinct(names, remarks),
        made,
        has_shapes=True,
        reference=WGS84,
        is_assumed=True,
        remarks=remarks,
    )


def read_gpx(path: Path, file: str) -> ForeignReading:
    """
    Return the waypoints, routes and tracks of a GPX file, a layer each.

    Raises
    ------
    LayerError
        If it is no GPX, declares a document type, or holds none of them.
    """
    layers: dict[str, list[_Feature]] = {name: [] for name in _POINTS}
    with path.open("rb") as source:
        for element, _ in _elements(source, file, frozenset(_POINTS), "gpx"):
            cells = {
                each.name: each.words()
                for each in element.inner
                if each.name in {"name", "desc", "cmt", "sym", "type", "time", "ele"}
            }
            layers[element.name].append((cells, *_gpx_shape(element)))
    titles = {"wpt": "waypoints", "rte": "routes", "trk": "tracks"}
    sheets = [_sheet(rows, titles[name], file) for name, rows in layers.items() if rows]
    if not sheets:
        raise refusal(file, say("no waypoint, route or track is in it"), _EXPORT_AGAIN)
    return ForeignReading(say("GPX"), iter(sheets))


def _gpx_shape(element: Element) -> tuple[bytes | None, Sentence | None]:
    try:
        match element.name:
            case "wpt":
                return wkb("Point", _place(element)), None
            case "rte":
                return wkb("LineString", [_place(each) for each in element.all("rtept")]), None
            case _:
                parts = [[_place(each) for each in part.all("trkpt")] for part in element.all("trkseg")]
                lines = [part for part in parts if len(part) > 1]
                return wkb("MultiLineString", lines), None
    except ShapeError as error:
        return None, error.problem
    except ValueError:
        return None, say("its coordinates are no numbers")


def _place(element: Element) -> list[float]:
    return [float(element.attributes.get("lon", "")), float(element.attributes.get("lat", ""))]
