"""Extracts of OpenStreetMap: roads and ferries out of PBF, in a process apart, and files made to hurt it."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import osmium
import pytest
import shapely
from osmium.osm.mutable import Node, Way

from layers.foreign import isolation
from layers.foreign.assess import written_rows
from layers.foreign.budget import budget_of, is_pbf
from layers.foreign.child import rows_file
from layers.foreign.isolation import looked_at
from layers.foreign.limits import MEMORY_BYTES, MIB, WALL_S
from tests.benchmarks.osm_country import Country

pytestmark = pytest.mark.slow

SQUARE = [(20.0, 5.0), (20.1, 5.0), (20.1, 5.1), (20.0, 5.1)]


def pbf(folder: Path, *ways: tuple[list[int], dict[str, str]], nodes=tuple(SQUARE)) -> bytes:
    """Return an extract of nodes 1, 2, … and ways."""
    path = folder / "made.osm.pbf"
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for number, place in enumerate(nodes, start=1):
            writer.add_node(Node(id=number, location=place, tags={"highway": "crossing"}))
        for number, (refs, tags) in enumerate(ways, start=1):
            writer.add_way(Way(id=number, nodes=refs, tags=tags, user="somebody", uid=7))
    return path.read_bytes()


def rows(tmp_path, content):
    """Return the columns and the rows of an extract as the process wrote them down."""
    path = tmp_path / "a.osm.pbf"
    path.write_bytes(content)
    with looked_at(path) as looked:
        names = [each.name for each in looked.seen.sheets[0].columns]
        written = list(written_rows(looked._folder / rows_file(0)))
    return [dict(zip(names, row.cells, strict=True)) for row in written], written


def test_roads_and_ferries_are_read_with_their_tags(tmp_path):
    content = pbf(tmp_path, ([1, 2], {"highway": "track", "name": "Ä"}), ([2, 3], {"route": "ferry"}))
    tags, _ = rows(tmp_path, content)
    assert tags == [
        {"osm_id": "1", "highway": "track", "route": "", "name": "Ä"},
        {"osm_id": "2", "highway": "", "route": "ferry", "name": ""},
    ]


def test_what_is_neither_road_nor_ferry_is_not_read(tmp_path):
    content = pbf(
        tmp_path,
        ([1, 2, 3, 1], {"building": "yes"}),
        ([1, 2], {"highway": "track"}),
        ([1, 3], {"route": "bus"}),
    )
    assert len(rows(tmp_path, content)[1]) == 1


def test_the_line_of_a_way_is_that_of_its_nodes(tmp_path):
    _, written = rows(tmp_path, pbf(tmp_path, ([1, 2, 3], {"highway": "track"})))
    assert shapely.from_wkb(written[0].shape).coords[:] == SQUARE[:3]


def test_of_a_way_cut_off_at_the_edge_the_parts_that_are_there_are_taken(tmp_path):
    _, written = rows(tmp_path, pbf(tmp_path, ([1, 2, 99, 3, 4], {"highway": "track"})))
    assert shapely.from_wkb(written[0].shape).wkt == shapely.MultiLineString([SQUARE[:2], SQUARE[2:]]).wkt


def test_a_way_without_any_node_is_reported(tmp_path, look):
    seen = look("a.pbf", pbf(tmp_path, ([1, 2], {"highway": "track"}), ([98, 99], {"highway": "track"})))
    assert [str(each.problem) for each in seen.sheets[0].reports] == ["none of its nodes is in the file"]


def test_it_is_taken_for_roads(tmp_path, look):
    seen = look("a.pbf", pbf(tmp_path, ([1, 2], {"highway": "track", "surface": "dirt"})))
    assert seen.sheets[0].likely[0].layer == "roads"


def test_who_drew_a_way_is_not_read(tmp_path):
    content = pbf(tmp_path, ([1, 2], {"highway": "track"}))
    assert "somebody" not in str(rows(tmp_path, content))


def test_a_small_country_is_read_whole(tmp_path):
    country = Country(3000, houses_each=0.2)
    country.write(tmp_path / "c.osm.pbf")
    roads = [way for way in country.ways if "building" not in way.tags]
    assert len(rows(tmp_path, (tmp_path / "c.osm.pbf").read_bytes())[1]) == len(roads)


def test_a_large_extract_may_take_more_and_a_small_one_no_more_than_any_file(tmp_path):
    head = pbf(tmp_path, ([1, 2], {"highway": "track"}))
    small, large = budget_of(head, 16 * MIB), budget_of(head, 400 * MIB)
    assert (small.memory_bytes, small.wall_s) == (MEMORY_BYTES, WALL_S)
    assert MEMORY_BYTES < large.memory_bytes < 4_000_000_000
    assert budget_of(b"site,lat", 400 * MIB) == small


def test_whoever_waits_is_told_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "_GLANCE_S", 0.01)
    Country(20_000).write(tmp_path / "c.osm.pbf")
    told = []
    with looked_at(tmp_path / "c.osm.pbf", progress=told.append) as looked:
        rows = looked.seen.sheets[0].rows
    assert f"1 of {rows:,} roads read" in told


@pytest.mark.parametrize("content", [b"", b"1", b"1 2 3", b"-1 5", b"a b", b"\xff\xfe 1", b"9" * 1000])
def test_what_the_process_counts_is_believed_only_if_it_is_two_numbers(tmp_path, content):
    (tmp_path / "progress").write_bytes(content)
    assert isolation._counted(tmp_path / "progress") is None


def test_a_link_is_no_count(tmp_path):
    (tmp_path / "other").write_bytes(b"1 2")
    (tmp_path / "progress").symlink_to(tmp_path / "other")
    assert isolation._counted(tmp_path / "progress") is None


def varint(value: int) -> bytes:
    made = b""
    while value > 127:
        made, value = made + bytes([value & 127 | 128]), value >> 7
    return made + bytes([value])


def field(number: int, value: int | bytes) -> bytes:
    """Return a field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def block(kind: bytes, content: bytes, *, raw_size: int | None = None, size: int | None = None) -> bytes:
    """Return a block of a PBF, with sizes that may be wrong."""
    blob = field(2, len(content) if raw_size is None else raw_size) + field(3, zlib.compress(content, 9))
    header = field(1, kind) + field(3, len(blob) if size is None else size)
    return struct.pack(">I", len(header)) + header + blob


HEADER = block(b"OSMHeader", field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes"))
ROAD = field(1, b"") + field(1, b"highway") + field(1, b"track")


def primitive(group: bytes, strings: bytes = ROAD) -> bytes:
    return field(1, strings) + field(2, group)


def way(refs: bytes, strings: bytes = ROAD) -> bytes:
    return primitive(field(3, field(1, 5) + field(2, b"\x01") + field(3, b"\x02") + field(8, refs)), strings)


def dense(count: int) -> bytes:
    nothing = bytes(count)
    return primitive(field(2, field(1, b"\x02" * count) + field(8, nothing) + field(9, nothing)))


HOSTILE = {
    "nothing after the magic": HEADER[:16],
    "a header alone": HEADER,
    "random bytes after the header": HEADER + np.random.default_rng(5).bytes(4000),
    "random bytes after the magic": HEADER[:15] + np.random.default_rng(6).bytes(4000),
    "a block that says it is larger than the file": HEADER + block(b"OSMData", way(b"\x02\x02"), size=30_000_000),
    "a block that says it is larger than any": HEADER + block(b"OSMData", way(b"\x02\x02"), size=2**31 - 1),
    "a block of negative size": HEADER + block(b"OSMData", way(b"\x02\x02"), size=2**64 - 1),
    "a header of a block of 4 GB": HEADER + b"\xff\xff\xff\xff" + b"x" * 100,
    "a blob that unpacks to more than it says": HEADER + block(b"OSMData", bytes(20_000_000), raw_size=10),
    "a blob that says it unpacks to 2 GB": HEADER + block(b"OSMData", way(b"\x02\x02"), raw_size=2**31),
    "a blob that unpacks to 64 MB": HEADER + block(b"OSMData", bytes(64_000_000)),
    "a tag beyond the table of texts": HEADER + block(b"OSMData", way(b"\x02\x02", field(1, b""))),
    "dense nodes whose lists differ in length": HEADER
    + block(b"OSMData", primitive(field(2, field(1, b"\x02" * 9) + field(8, b"\x02")))),
    "features that no reader knows": block(b"OSMHeader", field(4, b"NoSuchFeature")) + block(b"OSMData", way(b"\x02\x02")),
}  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_extract_is_refused_with_one_message(title, refused):
    message = refused("a.osm.pbf", HOSTILE[title])
    assert "a.osm.pbf" in message


def test_the_history_of_every_object_is_no_map(refused):
    head = block(b"OSMHeader", field(4, b"OsmSchema-V0.6") + field(4, b"HistoricalInformation"))
    message = refused("a.osm.pbf", head + block(b"OSMData", way(b"\x02\x02")))
    assert message.startswith("a.osm.pbf: it holds the history of each object")


def test_nodes_beyond_all_memory_are_refused_by_what_they_take(refused):
    content = HEADER + block(b"OSMData", dense(10_000_000)) * 8 + block(b"OSMData", way(b"\x04\x02"))
    assert "MB of memory" in refused("a.osm.pbf", content)


def test_a_way_of_ten_million_nodes_is_no_row(look):
    seen = look("a.pbf", HEADER + block(b"OSMData", way(b"\x02" * 10_000_000)))
    assert seen.sheets[0].reported == 1


def test_millions_of_nodes_in_a_few_bytes_are_read_within_the_limits(look):
    content = HEADER + block(b"OSMData", dense(5_000_000)) + block(b"OSMData", way(b"\x04\x02"))
    assert look("a.pbf", content).sheets[0].rows == 1


def test_tags_that_are_no_text_make_one_row_unread(look):
    strings = field(1, b"") + field(1, b"highway") + field(1, b"\xff\xfe")
    seen = look("a.pbf", HEADER + block(b"OSMData", way(b"\x02\x02", strings)))
    assert [str(each.problem) for each in seen.sheets[0].reports] == ["its tags are no text in UTF-8"]


def test_a_picture_called_an_extract_is_refused(refused):
    assert "its content is not what its ending" in refused("a.osm.pbf", b"\x89PNG\r\n\x1a\n" + bytes(90))


def test_an_extract_is_known_by_its_first_bytes():
    assert (is_pbf(HEADER), is_pbf(b"\x00\x01\x00\x01" + HEADER[4:]), is_pbf(b"")) == (True, False, False)
