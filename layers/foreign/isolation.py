"""
Isolation: a foreign file is looked at in a process apart, and only plain values come back.

The file is copied under a name of ours into a folder of its own. A process of its own, with an empty
environment, limits of memory, time and output, no network where the system permits, and none of this
program but what it needs, parses it there. It answers in JSON that is checked part by part. Whatever ends it,
ends it alone.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import layers
from layers.characters import printable
from layers.drivers import all_but_geotiffs, all_but_shapefiles
from layers.errors import LayerError
from layers.foreign import limits
from layers.foreign.assess import cells_files, first_rows, written_rows
from layers.foreign.brought import RasterCells, brought_cells
from layers.foreign.budget import Budget, budget_of
from layers.foreign.child import ANSWER, BROUGHT, PROGRESS, SMALLER, rows_file, too_much
from layers.foreign.packing import unpacked_fault
from layers.foreign.seen import FileSeen, from_json
from layers.foreign.sheets import ForeignRow, refusal
from layers.foreign.turns import turn
from layers.population import RasterUnit
from layers.scratch import own_folder
from layers.sentences import Sentence, say

# Of `layers` itself nothing runs there: its package would import everything that reads areas.
_START = """
import sys, types
package = types.ModuleType("layers")
package.__path__ = [sys.argv[1]]
sys.modules["layers"] = package
for absent in ("geopandas", "pandas", "pyarrow"):
    sys.modules[absent] = None
from layers.foreign.child import main
main()
"""
_RASTERS = frozenset({".tif", ".tiff"})
_HEAD = 4_096
_GLANCE_S = 1.0
_COUNT_BYTES = 64
_MANY = -signal.SIGXCPU, -signal.SIGKILL
_EXPORT_AGAIN = say("Export it again from its program, or cut it to your area.")


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at, and where its rows lie as long as it is open."""

    seen: FileSeen
    _folder: Path

    def first_rows(self, sheet: int, count: int) -> tuple[ForeignRow, ...]:
        """Return the first rows of a sheet, by its place, that can be read; refused columns are in them."""
        return first_rows(self._folder / rows_file(sheet), count)

    def rows(self, sheet: int) -> Iterator[ForeignRow]:
        """Yield every row of a sheet, by its place, as it was written down; some cannot be read."""
        yield from written_rows(self._folder / rows_file(sheet))

    def raster(self, sheet: int, unit: RasterUnit) -> RasterCells:
        """
        Return the cells of a raster, by its place.

        Parameters
        ----------
        unit
            What its values mean, which a person says: they are brought together accordingly.

        Raises
        ------
        LayerError
            If there are none, with the reason why, or what came back is not whole.
        """
        sums, densities = cells_files(self._folder / rows_file(sheet))
        return brought_cells(
            self.seen.file, self.seen.sheets[sheet], sums if unit is RasterUnit.COUNT else densities, unit
        )


@contextmanager
def looked_at(
    path: Path,
    near: tuple[float, float, float, float] | None = None,
    *,
    called: str = "",
    only_near: bool = False,
    progress: Callable[[Sentence], None] | None = None,
    waits: Callable[[], None] | None = None,
) -> Iterator[Looked]:
    """
    Look at a file that somebody brought, in a process apart.

    Parameters
    ----------
    path
        The file. It is copied first; a link is not followed.
    near
        West, south, east and north of where its places are expected [degrees], None if that is not known.
        West is larger than east where that lies across 180°.
    called
        What people call it, where it lies under another name.
    only_near
        Whether rows of known places more than half a degree beyond are counted and left out.
    progress
        Told now and then how far a large file is read.
    waits
        Called once where other files are being read and this one has to wait for its turn.

    Yields
    ------
    Looked
        What is in it. Its rows are gone when this ends.

    Raises
    ------
    LayerError
        If the file is refused: one fault that says why, and what to do.

    Notes
    -----
    Limits are those of `layers.foreign.budget`. `FileSeen.network_shut` says whether the system gave the
    process a network of its own; where it did not, Python's sockets are refused there all the same.
    """
    file = printable(called or path.name)
    with own_folder("foreign") as folder:
        with turn(file, waits):
            _copy(path, folder / BROUGHT, file)
            with (folder / BROUGHT).open("rb") as opened:
                budget = budget_of(opened.read(_HEAD), (folder / BROUGHT).stat().st_size)
            job: dict[str, object] = {"folder": str(folder), "file": file, "ending": path.suffix.lower()}
            job |= {"near": near, "only_near": only_near}
            _run(folder, job, file, budget, progress)
        yield Looked(_answered(folder, file), folder)


def _copy(path: Path, target: Path, file: str) -> None:
    """Copy a plain file; neither a link, nor a pipe or a device that never ends."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise refusal(file, say("the file is not there"), say("Look at its name and folder.")) from error
    except OSError as error:
        raise refusal(
            file, say("it is a link, or may not be opened"), say("Bring the file itself.")
        ) from error
    about = os.fstat(opened)
    if not stat.S_ISREG(about.st_mode):
        os.close(opened)
        raise refusal(file, say("it is no file"), say("Bring one file; pack several parts into a zip."))
    with os.fdopen(opened, "rb") as source:
        most = limits.RASTER_BYTES if path.suffix.lower() in _RASTERS else limits.FILE_BYTES
        if about.st_size > most:
            problem = say("it is larger than {most} MB", most=most // limits.MIB)
            raise refusal(file, problem, SMALLER)
        with target.open("wb") as sink:
            shutil.copyfileobj(source, sink, 1 << 20)


def _run(
    folder: Path,
    job: dict[str, object],
    file: str,
    budget: Budget,
    progress: Callable[[Sentence], None] | None,
) -> None:
    """Run the process that parses, and end it and whatever it started when its time is over."""
    command = [sys.executable, "-I", "-B", "-c", _START, str(Path(layers.__file__).parent)]
    started = subprocess.Popen(  # noqa: S603  our own interpreter and code
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder, str(job["ending"])),
        start_new_session=True,
        close_fds=True,
    )
    try:
        _hand_over(started, job | {"memory_bytes": budget.memory_bytes, "processor_s": budget.processor_s})
        _await(started, budget.wall_s, folder / PROGRESS, progress)
    except subprocess.TimeoutExpired as error:
        raise refusal(
            file, say("reading it takes more than {n} seconds", n=int(budget.wall_s)), SMALLER
        ) from error
    finally:
        # It leads a group of its own. It may be gone already.
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    if started.returncode in _MANY:
        raise refusal(file, say("reading it takes more than {n} seconds", n=budget.processor_s), SMALLER)
    if started.returncode == -signal.SIGABRT:
        # So end programs in other languages than Python that are given no more memory.
        raise refusal(file, too_much(budget.memory_bytes), SMALLER)
    if started.returncode < 0:
        raise refusal(file, say("reading it ends the program that reads it"), _EXPORT_AGAIN)


def _hand_over(started: subprocess.Popen[bytes], job: dict[str, object]) -> None:
    """Tell the process what to do; it may be gone already, which is seen later."""
    if started.stdin is not None:
        with suppress(BrokenPipeError):
            started.stdin.write(json.dumps(job).encode())
            started.stdin.close()


def _await(
    started: subprocess.Popen[bytes],
    wall_s: float,
    counted: Path,
    progress: Callable[[Sentence], None] | None,
) -> None:
    """Wait for the process, and tell how far it is; raise `TimeoutExpired` when its time is over."""
    if progress is None:
        started.wait(wall_s)
        return
    until = time.monotonic() + wall_s
    told: Sentence | None = None
    while True:
        try:
            started.wait(min(_GLANCE_S, max(until - time.monotonic(), 0.0)))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= until:
                raise
        else:
            return
        heard = _counted(counted)
        if heard is not None and heard != told:
            told = heard
            progress(heard)


def _counted(counted: Path) -> Sentence | None:
    """Return what the process counted, None where that is not known; it may write anything."""
    try:
        opened = os.open(counted, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(opened, "rb") as source:
        words = source.read(_COUNT_BYTES).split()
    if len(words) != 2 or not all(word.isdigit() for word in words):  # noqa: PLR2004  how many, of how many
        return None
    return say("{n} of {all} roads read", n=int(words[0]), all=int(words[1]))


def _environment(folder: Path, ending: str) -> dict[str, str]:
    """Return all that the process knows of its surroundings: which drivers GDAL may have, and one thread."""
    return {
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(folder),
        "OPENBLAS_NUM_THREADS": "1",
        "GDAL_NUM_THREADS": "1",
        "GDAL_SKIP": all_but_geotiffs() if ending in _RASTERS else all_but_shapefiles(),
        "GDAL_PAM_ENABLED": "NO",
        "GDAL_GEOREF_SOURCES": "INTERNAL",
        # Threads of osmium would set aside 64 MB of address space each.
        "MALLOC_ARENA_MAX": "1",
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".never",
        "PROJ_NETWORK": "OFF",
    }


def _answered(folder: Path, file: str) -> FileSeen:
    """Return what the process wrote, checked part by part."""
    answer = folder / ANSWER
    if not answer.exists():
        raise refusal(file, say("reading it ends the program that reads it"), _EXPORT_AGAIN)
    if answer.is_symlink() or answer.stat().st_size > limits.ANSWER_BYTES:
        raise refusal(file, too_much(limits.MEMORY_BYTES), SMALLER)
    try:
        content = json.loads(answer.read_text(encoding="utf-8"))
        faults = [unpacked_fault(each) for each in content.get("faults", [])]
        seen = None if faults else from_json(FileSeen, content["seen"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise refusal(file, say("what came back of it is not whole"), _EXPORT_AGAIN) from error
    if seen is None:
        raise LayerError(faults)
    return seen
