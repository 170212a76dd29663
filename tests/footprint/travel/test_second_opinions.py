"""The compiled searches against SciPy and NetworkX, on the very same graphs."""

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from footprint.travel.connectors import last_legs, sources
from footprint.travel.kernel import Field, Log, Sources, restore, search, spread, work_for
from footprint.travel.profiles import Profile
from footprint.travel.reach import components, nearest, reach
from tests.footprint.travel.grounds import access, make_ground, weigh

SITE = (13.0, 17.0)


@pytest.fixture(scope="module")
def county():
    """Thirty towns on random roads, 30 by 20 cells, a navigable river with two bridges and a flood."""
    random = np.random.default_rng(7)
    towns = random.uniform((2, 2), (148, 98), (30, 2)).round(1)
    towns = towns[np.abs(towns[:, 1] - 50) > 3]
    pairs = random.integers(0, len(towns), (45, 2))
    roads = {
        f"r{i:02}": [tuple(towns[a]), tuple(towns[b])]
        for i, (a, b) in enumerate(pairs)
        if a != b and (towns[a, 1] - 50) * (towns[b, 1] - 50) > 0
    }
    bridges = {"east": [(120, 40), (120, 60)], "west": [(20, 40), (20, 60)]}
    return make_ground(
        roads | bridges,
        size=(150, 100),
        rivers={"river": [(0, 50), (70, 52), (150, 50)]},
        flood={"plain": ("9-11", (60, 30, 100, 70))},
        search_rated={"r01": True, "r02": True},
        crossing={"east": "bridge", "west": "bridge"},
    )


def as_matrix(weights):
    """Return the least of parallel arcs as a SciPy matrix; SciPy would add them up."""
    indptr, indices, minutes = weights.arcs[:3]
    tail = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    order = np.lexsort((minutes, indices, tail))
    first = np.r_[True, (np.diff(tail[order]) != 0) | (np.diff(indices[order]) != 0)]
    kept = order[first & np.isfinite(minutes[order])]
    # A zero would read as no arc.
    data = np.maximum(minutes[kept].astype(np.float64), 1e-30)
    return csr_matrix((data, (tail[kept], indices[kept])), shape=(len(indptr) - 1,) * 2)


def settled(county, weights, by_node, connector):
    """Return minutes to cells of minutes to nodes: by a last leg from a road where that is quicker."""
    cells = by_node[county.cell_node].astype(np.float64)
    starts = county.edges.starts
    for tail in np.flatnonzero(county.node_cell < 0):
        for arc in range(county.indptr[tail], county.indptr[tail + 1]):
            link = county.arc_edge[arc] - starts.links
            if 0 <= link < starts.reaches - starts.links:
                cell = county.node_cell[county.indices[arc]]
                cells[cell] = min(cells[cell], by_node[tail] + weights.last_min[link])
    own, minutes = last_legs(connector, weights, county.node_cell)
    np.minimum.at(cells, own, minutes)
    return cells


def by_scipy(county, weights, connector):
    start = sources(connector, weights)
    rows = dijkstra(as_matrix(weights), indices=start.nodes) + start.minutes[:, None]
    return settled(county, weights, rows.min(axis=0), connector)


@pytest.mark.parametrize(("profile", "month"), [("civil", 1), ("patrol", 10), ("boat", 10), ("foot", 7)])
def test_one_site_agrees_with_scipy(county, profile, month):
    weights = weigh(county, Profile(profile), month)
    expected = by_scipy(county, weights, access(county, SITE))
    found = reach(county, weights, access(county, SITE), np.inf).dense(county.grid.n_cells)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-4)


def test_a_bounded_search_agrees_with_scipy(county):
    weights = weigh(county)
    expected = by_scipy(county, weights, access(county, SITE))
    found = reach(county, weights, access(county, SITE), 90.0)
    np.testing.assert_array_equal(found.cells, np.flatnonzero(expected <= 90.0 + 1e-3))


def test_time_agrees_with_networkx(county):
    weights = weigh(county, Profile.PATROL)
    graph = nx.MultiGraph()
    for tail in range(county.n_nodes):
        for arc in range(county.indptr[tail], county.indptr[tail + 1]):
            minutes = float(weights.arcs.minutes[arc])
            if tail < county.indices[arc] and np.isfinite(minutes):
                graph.add_edge(tail, int(county.indices[arc]), minutes=minutes)
    start = sources(access(county, SITE), weights)
    for node, minutes in zip(start.nodes.tolist(), start.minutes.tolist(), strict=True):
        graph.add_edge("site", node, minutes=minutes)
    times = nx.single_source_dijkstra_path_length(graph, "site", weight="minutes")
    by_node = np.array([times.get(node, np.inf) for node in range(county.n_nodes)])
    expected = settled(county, weights, by_node, access(county, SITE))
    found = reach(county, weights, access(county, SITE), np.inf).dense(county.grid.n_cells)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-4)


def test_nearest_of_many_agrees_with_scipy(county):
    weights = weigh(county)
    sites = [(13.0, 17.0), (100.0, 80.0), (140.0, 20.0), (60.0, 90.0)]
    rows = [by_scipy(county, weights, access(county, site)) for site in sites]
    found = nearest(county, weights, [access(county, site) for site in sites])
    np.testing.assert_allclose(found.minutes, np.min(rows, axis=0), rtol=1e-5, atol=1e-4)


def test_parts_agree_with_scipy(county):
    weights = weigh(county, month=10)
    found = components(weights)
    _, expected = connected_components(as_matrix(weights), directed=False)
    _, renumbered = np.unique(expected, return_inverse=True)
    lowest = np.full(renumbered.max() + 1, len(found))
    np.minimum.at(lowest, renumbered, np.arange(len(found)))
    np.testing.assert_array_equal(found, lowest[renumbered])


def test_adding_logs_every_overwritten_node(county):
    weights = weigh(county)
    start = Sources(np.array([5], np.int32), np.zeros(1, np.float32), np.zeros(1, np.int32))
    work = work_for(county.n_nodes)
    reached = search(weights.arcs, start, np.float32(np.inf), work)
    field = Field(np.full(county.n_nodes, np.inf, np.float32), np.full(county.n_nodes, -1, np.int32))
    log = Log(*spread(weights.arcs, start, field, np.float32(np.inf), np.bool_(True)))
    np.testing.assert_array_equal(field.minutes, work.minutes)
    assert len(np.unique(log.nodes)) == reached == np.isfinite(field.minutes).sum()
    restore(field, log)
    assert np.isinf(field.minutes).all()
    assert (field.owners == -1).all()
