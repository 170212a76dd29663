"""Invented countries whose truth is known: nothing, bursts, one town, a real cluster, people; for tests and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
import pandas as pd
from shapely import box

from footprint.violence.hotspots import IncidentFilter, excess, hotspots, select
from layers.grid import make_grid
from tests.footprint.violence.hotspots.simulate import incidents_of
from tests.worlds import HOTSPOT_NUMBERS, METRES

SIDE, CELL_M = 80, 10_000.0
WINDOW = IncidentFilter(first=date(2016, 7, 1), last=date(2019, 6, 30), whole_years=True)
REACH_CELLS = 4.0
"""Radius of a planted cluster [cells]."""


@cache
def ground():
    """Return the grid of the invented country; its cells run from the north-west corner, row by row."""
    side_m = SIDE * CELL_M
    return make_grid(box(0, -side_m, side_m, 0), METRES, cell_m=CELL_M)


@cache
def people():
    """Return people per cell: countryside, and sixty towns, shape (n_cells,)."""
    random = np.random.default_rng(1)
    count = random.lognormal(6, 1, SIDE * SIDE)
    count[random.choice(count.size, 60, replace=False)] *= 100
    return count


@dataclass(frozen=True)
class World:
    """Points in cells, row and column; the middle of a planted cluster, or none; how well places and days are known."""

    points: np.ndarray
    middle: np.ndarray | None = None
    precision: int = 1
    day: str = "2018-06-15"
    date_precision: str = "day"


def scattered(random, n):
    """Points anywhere."""
    return random.uniform(0, SIDE, (n, 2))


def calm(random, n=200):
    """Poisson: every incident anywhere, by itself."""
    return World(scattered(random, n))


def bursts(random, branching, n=200, spread_cells=0.0):
    """Hawkes: each incident brings on average `branching` others, at its place or not far from it."""
    generation = scattered(random, random.poisson(n * (1 - branching)))
    every = [generation]
    while len(generation):
        brought = random.poisson(branching, len(generation))
        generation = np.repeat(generation, brought, axis=0)
        generation = generation + random.normal(0, spread_cells, generation.shape)
        every.append(generation)
    return World(np.clip(np.vstack(every), 0, SIDE - 1e-6))


def cluster(random, n=200, share=1 / 3, **differs):
    """A share of the incidents within 40 km of one place, the others anywhere."""
    middle = random.uniform(6, SIDE - 6, 2)
    taken = round(n * share)
    angle, apart = random.uniform(0, 2 * np.pi, taken), REACH_CELLS * np.sqrt(random.random(taken))
    inside = middle + np.column_stack([apart * np.sin(angle), apart * np.cos(angle)])
    return World(np.vstack([inside, scattered(random, n - taken)]), middle, **differs)


def town_and_cluster(random, n_town=300, n=120):
    """One town with most of all incidents, and a real cluster elsewhere."""
    real = cluster(random, n)
    town = np.tile(np.floor(random.uniform(0, SIDE, 2)) + 0.5, (n_town, 1))
    return replace(real, points=np.vstack([real.points, town]))


def occupied(random, n=200):
    """Everything in one place."""
    return World(np.tile(np.floor(random.uniform(0, SIDE, 2)) + 0.5, (n, 1)))


def by_people(random, n=200, lump=1.0):
    """Incidents in proportion to people; `lump` of them on average at each place that has any."""
    chance = people() / people().sum()
    cell = random.choice(chance.size, max(round(n / lump), 1), p=chance)
    cell = np.repeat(cell, random.geometric(1 / lump, len(cell)))
    return World(np.column_stack([cell // SIDE, cell % SIDE]) + 0.5)


def spots_of(world, *, raw=False, worth=None, **differs):
    """Return the hotspots of a world; `worth` is people per cell, or None not to ask; numbers as shipped."""
    chosen = select(layer(world), WINDOW)
    everywhere = np.ones(ground().n_cells, bool)
    settings = replace(HOTSPOT_NUMBERS, **differs)
    return hotspots(chosen, ground(), everywhere, settings=settings, people=worth, raw=raw)


def circled(world, **differs):
    """Return the circles of a world that hold more than its people would explain."""
    everywhere = np.ones(ground().n_cells, bool)
    settings = replace(HOTSPOT_NUMBERS, **differs)
    return excess(select(layer(world), WINDOW), ground(), everywhere, people(), settings=settings)


def layer(world):
    """Return a world as an incidents layer."""
    rows = incidents_of(world.points, world.precision)
    day = pd.Timestamp(world.day)
    return rows.assign(date=day, year=day.year, date_precision=world.date_precision)


def apart_cells(middle):
    """Return how far each cell is from a place, shape (n_cells,) [cells]."""
    row, column = np.mgrid[:SIDE, :SIDE] + 0.5
    return np.hypot(row - middle[0], column - middle[1]).ravel()


def hit(world, spots):
    """Tell whether a cell within the planted cluster is a hotspot."""
    return bool(spots.significant[apart_cells(world.middle) <= REACH_CELLS].any())


def false_share(world, spots, radius_cells=5.0):
    """Return the share of hotspots whose disc holds nothing of the planted cluster."""
    far = apart_cells(world.middle) > REACH_CELLS + radius_cells + 1
    return float(spots.significant[far].sum() / max(spots.significant.sum(), 1))
