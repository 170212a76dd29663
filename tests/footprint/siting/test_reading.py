"""Reading benchmark files: recognised by what stands in them, refused in one message."""

from __future__ import annotations

import numpy as np
import pytest

from footprint.language import Language
from footprint.siting.faults import SitingFileError
from footprint.siting.reading import read_siting
from footprint.siting.world import SitingFormat

PMED = "3 3 1\n1 2 5\n2 3 5\n1 3 20\n"
SCP = "2 3\n 1 2\n 3\n 2\n 1 2\n 1\n 3\n"


@pytest.fixture
def read(tmp_path):
    """Return what is read of a text, in a file whose name says nothing."""

    def of(text):
        path = tmp_path / "any.dat"
        path.write_text(text, encoding="utf-8")
        return read_siting(path)

    return of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PMED, SitingFormat.PMED),
        ("1 2 5\n2 3 5\n", SitingFormat.EDGES),
        ("from,to,length\na,b,5\n", SitingFormat.EDGES),
        ("2 1\n1 0 0\n2 3 4\n", SitingFormat.COORDINATES),
        ("1 713\n3 2 120\n1 0 0 10\n2 3 4 20\n3 6 8 5\n", SitingFormat.COORDINATES),
        ("id;x;y;weight\na;0;0;1,5\nb;3;4;2\n", SitingFormat.COORDINATES),
        ("lon,lat\n0,0\n0,1\n", SitingFormat.COORDINATES),
        ("0 1\n1 0\n", SitingFormat.MATRIX),
        ("2 3 1\n0 1 2\n1 0 2\n", SitingFormat.MATRIX),
        (",a,b\nu,1,2\nv,3,4\n", SitingFormat.MATRIX),
        (SCP, SitingFormat.SET_COVER_ROWS),
        ("3 2\n5 2 1 2\n7 1 3\n", SitingFormat.SET_COVER_COLUMNS),
    ],
)
def test_a_file_is_known_by_what_stands_in_it(read, text, kind):
    assert read(text).format is kind


def test_roads_join_by_their_shortest_ways(read):
    world = read(PMED)
    assert world.distances.tolist() == [[0, 5, 10], [5, 0, 5], [10, 5, 0]]
    assert world.p == 1


def test_of_edges_told_twice_the_last_counts_in_a_p_median_file(read):
    world = read("2 2 1\n1 2 5\n2 1 9\n")
    assert world.distances[0, 1] == 9
    assert "the last counts" in world.notes[0]


def test_of_edges_told_twice_the_shortest_counts_in_a_list(read):
    world = read("1 2 5\n2 1 9\n")
    assert world.distances[0, 1] == 5
    assert "the shortest counts" in world.notes[0]


def test_a_way_of_no_length_is_a_way(read):
    assert read("from,to,length\na,b,0\nb,c,2\n").distances[0].tolist() == [0, 0, 2]


def test_parts_that_no_road_joins_are_infinitely_far(read):
    assert np.isinf(read("4 2 1\n1 2 5\n3 4 5\n").distances[0, 2])


def test_capacities_are_said_not_to_be_used(read):
    world = read("3 2 120\n1 0 0 10\n2 3 4 20\n3 6 8 5\n")
    assert world.distances[0].tolist() == [0, 5, 10]
    assert world.p == 2
    assert "Capacities and demands are not used" in world.notes[0]
    assert not world.weights.std()


def test_candidates_and_weights_are_told_by_columns(read):
    world = read("id,x,y,weight,site\na,0,0,2,1\nb,3,4,7,0\n")
    assert (world.site_ids, world.demand_ids) == (("a",), ("a", "b"))
    assert world.weights.tolist() == [2, 7]
    assert world.distances.tolist() == [[0], [5]]


def test_degrees_are_measured_on_a_sphere(read):
    world = read("lon,lat\n0,0\n0,1\n")
    assert world.distances[0, 1] == pytest.approx(111.195, abs=1e-3)


def test_a_decimal_comma_is_read_between_semicolons(read):
    assert read("id;x;y;weight\na;0;0;1,5\nb;3;4;2\n").weights.tolist() == [1.5, 2]


def test_columns_cost_and_cover_as_the_file_says(read):
    world = read(SCP)
    assert world.costs.tolist() == [1, 2, 3]
    assert world.matrix.toarray().tolist() == [[1, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "any.dat: nothing stands in it"),
        ("3 3 1\n1 2 5\n2 9 5\n1 3 20\n", "any.dat, line 3: an edge must join two vertices from 1 to 3"),
        ("3 3 1\n1 2 5\n2 3 -5\n1 3 20\n", "line 3: a length is negative"),
        ("4 9 1\n1 2 5\n2 3 5\n", "line 1: 9 edges are promised and 2 follow"),
        ("3 3 7\n1 2 5\n2 3 5\n1 3 20\n", "line 1: 7 sites are asked for, of 3"),
        ("0 1\n-1 0\n", "line 2: a distance is negative"),
        ("2 3\n1 2 3\n2\n1 2\n", "line 4: the file breaks off here"),
        ("2 3\n1 2 3\n1 4\n1 1\n", "line 3: 4 is no number from 0 to 3"),
        ("2 2\n1 1\n1 1\n1 2\n9\n", "line 5: more follows"),
        ("1 2 5\n2 oak 5\n", "line 2: 'oak' is no number"),
        ("x,y,weight\n0,0,1\n1,1,\n", "line 3: column weight holds ''"),
        ("x,y\n0,0\n1\n", "line 3: it has 1 cells, the first line 2"),
        ("x,y,site\n0,0,0\n", "no point is a candidate site"),
        ("id,x,y\na,0,0\na,1,1\n", "line 3: 'a' is empty or stands there twice"),
        ("lon,lat\n0,99\n", "line 2: column lat holds '99'"),
        ("colour,shape\nred,round\n", "line 1: its columns are none that are known"),
        ("x,y\n", "it holds no line but the names of columns"),
        ("from,to,length\na,b,-1\n", "line 2: column length holds '-1'"),
    ],
)
def test_a_bad_file_gives_one_message_with_file_line_and_remedy(read, text, words):
    with pytest.raises(SitingFileError) as caught:
        read(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).count(". ") >= 1
    assert caught.value.said(Language("fr")) != str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(SitingFileError, match="there is no such file"):
        read_siting(tmp_path / "none.txt")
    (tmp_path / "picture").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(SitingFileError, match="it is no text in UTF-8"):
        read_siting(tmp_path / "picture")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("10000 2 5\n1 2 5\n2 3 5\n", "any.dat, line 1"),
        ("1 2 5\n2 10000 5\n3 4 5\n4 5 5\n", "any.dat, line 2"),
        ("1" + "0" * 300 + " 2 5\n1 2 5\n2 3 5\n", "any.dat, line 1"),
    ],
)
def test_a_file_that_claims_more_vertices_than_memory_holds_is_refused_at_its_line(
    read, monkeypatch, text, place
):
    monkeypatch.setattr("footprint.siting.plain_files.shortest_ways", pytest.fail)
    with pytest.raises(SitingFileError, match=r"are more than 3,162, which 1 GB of memory holds") as caught:
        read(text)
    assert str(caught.value).startswith(place)
    assert "vertices" in str(caught.value).rpartition("holds")[2]


def test_a_matrix_that_memory_does_not_hold_is_refused(read, monkeypatch):
    for module in ("plain_files", "table_files"):
        monkeypatch.setattr(f"footprint.siting.{module}.MOST_DISTANCES", 3)
    for text in ("0 1\n1 0\n", ",a,b\nu,1,2\nv,3,4\n"):
        with pytest.raises(
            SitingFileError, match=r"4 distances are more than \d, which 1 GB of memory holds"
        ):
            read(text)


def test_a_set_covering_file_that_claims_more_rows_than_memory_holds_is_refused_at_its_line(read):
    with pytest.raises(SitingFileError, match=r"line 1: 9e\+06 is no number from 0 to 2,000,000"):
        read("9000000 1\n5 2 1 2\n")
