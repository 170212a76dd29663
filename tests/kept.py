"""
What many tests ask of the same files: built, read, made ready and searched once in a run, not once in each test.

What takes long and can be written down is shared by all processes of a run: the first that asks makes it, behind a
lock, and the others read it. It goes when the run ends; so no answer outlives the code that gave it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from cachetools import LRUCache

from footprint.method import ViolenceNumbers, default_method
from footprint.objectives import load_objectives
from footprint.prepared import Prepared, prepare
from footprint.travel.network import Network
from footprint.travel.router import Kept, Router
from footprint.violence import Question, ViolencePatterns, find_calendars
from footprint.violence import find_patterns as patterns_of
from footprint.violence.seasonality import Recurrence
from layers import Area, load_area

BUNDLED = Path(__file__).resolve().parents[1] / "data" / "mali"
RUN = "FOOTPRINT_TEST_RUN"
"""Names the folder that the processes of one run share."""


def begin() -> bool:
    """Make the run's folder, unless another process of the run has; tell whether this one did."""
    if RUN in os.environ:
        return False
    os.environ[RUN] = tempfile.mkdtemp(prefix="footprint-tests-")
    return True


def end() -> None:
    """Take the run's folder away."""
    shutil.rmtree(os.environ.pop(RUN), ignore_errors=True)


@contextmanager
def _alone(name: str) -> Iterator[Path]:
    """Hold off every other process of the run; give the path by which what has this name is kept."""
    path = Path(os.environ[RUN]) / name
    with path.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path


def folder_once(name: str, build: Callable[[Path], object]) -> Path:
    """Return a folder of the run; `build` fills it whole or not at all, and is called once."""
    with _alone(name) as path:
        if not path.exists():
            build(path)
    return path


def is_constant(folder: Path) -> bool:
    """Tell whether a folder is the bundled case's or one of `folder_once`: no test changes these."""
    return folder == BUNDLED or folder.parent == Path(os.environ[RUN])


_areas: dict[Path, Area] = {}


def area_at(folder: Path) -> Area:
    """Return the area in a folder that nobody changes."""
    if folder not in _areas:
        _areas[folder] = load_area(folder)
    return _areas[folder]


def is_kept(area: Area) -> bool:
    """Tell whether an area is one of `area_at`, not a copy of it that a test has changed."""
    return any(area is each for each in _areas.values())


@cache
def prepared_at(folder: Path) -> Prepared:
    """Return an area made ready as shipped, with its own objectives."""
    return prepare(area_at(folder), default_method(), load_objectives(folder))


_searches = LRUCache[Network, Kept](3)


def router_of(prepared: Prepared) -> Router:
    """Return a router that finds again what others of this process have searched on the same network."""
    searched = _searches.setdefault(prepared.network, Kept())
    return Router(prepared.network, prepared.method.travel, prepared.limits_min, kept=searched)


_patterns: dict[str, ViolencePatterns] = {}


def patterns_once(area: Area, question: Question, numbers: ViolenceNumbers) -> ViolencePatterns:
    """Return the patterns of an area as its files are: equal questions of equal files give equal answers."""
    asked = repr((area.digest, area.frame_date, question.key, numbers))
    if asked not in _patterns:
        _patterns[asked] = _patterns_of(asked, area, question, numbers)
    return _patterns[asked]


_calendars: dict[str, tuple[Recurrence, Recurrence]] = {}


def calendars_once(area: Area, question: Question, numbers: ViolenceNumbers) -> tuple[Recurrence, Recurrence]:
    """Return the calendars of both levels of units of an area as its files are, as `patterns_once` does."""
    if not is_kept(area):
        return find_calendars(area, question, numbers)
    asked = repr((area.digest, area.frame_date, question.key, numbers))
    if asked not in _calendars:
        _calendars[asked] = find_calendars(area, question, numbers)
    return _calendars[asked]


def _patterns_of(asked: str, area: Area, question: Question, numbers: ViolenceNumbers) -> ViolencePatterns:
    with _alone(f"patterns-{hashlib.sha256(asked.encode()).hexdigest()[:16]}") as path:
        if path.exists():
            return _read(path)
        found = patterns_of(area, question, numbers)
        path.write_bytes(pickle.dumps(found))
    return found


def _read(path: Path) -> Any:
    return pickle.loads(path.read_bytes())  # noqa: S301  written by this run
