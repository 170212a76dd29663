"""Cage: what the process that parses gives up before it opens a file: memory, time, network, programs."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from layers.foreign import limits
from layers.foreign.landlock import shut_files

_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/proj",
    "/usr/share/gdal",
    "/etc/ld.so.cache",
    "/dev/null",
    "/dev/urandom",
)
"""What shared libraries and tables of reference systems are read from."""

_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux."""
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of Linux."""

_PROGRAMS = ("subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.system", "pty.spawn")
_REACHING_OUT = ("socket.", "ftplib.", "http.client.", "urllib.", "smtplib.", "webbrowser.")
_CHANGING = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "shutil.")  # fmt: skip  # noqa: E501
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True, slots=True)
class Shut:
    """What the system shut off for good."""

    network: bool
    files: bool


def enter(
    folder: Path, memory_bytes: int = limits.MEMORY_BYTES, processor_s: int = limits.PROCESSOR_S
) -> Shut:
    """
    Give up what parsing needs not; there is no way back.

    Parameters
    ----------
    folder
        That of the job: the only one in which files may be written, and beside Python's own and ours the
        only one in which they may be read.
    memory_bytes
        Address space it may take from now on.
    processor_s
        Time of the processor it may take.

    Returns
    -------
    Shut
        Whether the system shut the network and other files off. Where it does not permit that, sockets and
        writing are refused to Python all the same, and whoever asked is told.
    """
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, processor_s),
        (resource.RLIMIT_FSIZE, limits.OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, limits.OPEN_FILES),
    ):
        _, hard = resource.getrlimit(what)
        capped = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (capped, capped))
    _end_with_parent()
    network = _shut_network()
    return Shut(network, shut_files(_readable(), folder))


def _end_with_parent() -> None:
    """Let the system end this process when the one that started it ends, however that ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _readable() -> list[Path]:
    """Return where the code and the tables lie that parsing needs: Python's, its libraries', and ours."""
    # Not all of sys.path: an editable installation adds whole projects to it.
    own = [Path(each) for each in sys.path if Path(each).name in {"site-packages", "dist-packages"}]
    python = [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    ours = Path(__file__).parents[1]
    # Distributions that bring PROJ and GDAL themselves keep their tables in share.
    tables = [
        Path(root) / "share" / name for root in (sys.prefix, sys.base_prefix) for name in ("proj", "gdal")
    ]
    return [*own, *python, Path(sys.base_prefix) / "lib", ours, *tables, *map(Path, _SYSTEM)]


def _shut_network() -> bool:
    """Move to a network of our own with nothing in it, where the system permits."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # A user of our own first: without it only the system's own user may.
    return bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0 or libc.unshare(_NEW_NETWORK) == 0)


def watch(folder: Path) -> None:
    """Refuse Python itself sockets, other programs, and writing outside a folder, from now on."""
    inside = str(folder)

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith((*_PROGRAMS, *_REACHING_OUT, *_CHANGING)):
            raise PermissionError(event)
        if event == "open":
            place, mode, flags = arguments
            writes = isinstance(flags, int) and flags & _WRITING
            if writes and not (isinstance(place, str | os.PathLike) and os.fspath(place).startswith(inside)):
                raise PermissionError(event, mode)

    sys.addaudithook(look)
