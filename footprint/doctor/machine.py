"""Machine: versions, memory, locale, fonts, what the kernel permits; no name of the machine or of anybody."""

from __future__ import annotations

import ctypes
import locale
import os
import platform
import re
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import matplotlib as mpl

from footprint.doctor.safe import wording
from footprint.documents.layout.doctor import CagePart, MachinePart
from footprint.language import Language
from layers.errors import LayerError
from layers.foreign.isolation import looked_at
from layers.versions import geographic_versions

_PACKAGES = (
    "footprint-review", "geopandas", "highspy", "numba", "numpy", "pandas", "pandera", "pyogrio", "pyproj",
    "python-calamine", "rasterio", "scipy", "shapely", "sqlalchemy", "streamlit", "typer", "typst",
)  # fmt: skip
_VARIABLES = (
    "GDAL_DATA", "HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy", "LANG", "LC_ALL",
    "NO_PROXY", "no_proxy", "NUMBA_CACHE_DIR", "OMP_NUM_THREADS", "PROJ_DATA", "PROJ_LIB", "PYTHONPATH",
    "PYTHONUTF8", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "TMPDIR", "TZ", "FOOTPRINT_AREA", "FOOTPRINT_STORE",
)  # fmt: skip
_SWITCHES = (
    "kernel/unprivileged_userns_clone",
    "kernel/apparmor_restrict_unprivileged_userns",
    "user/max_user_namespaces",
)
_VERSION = re.compile(r"[0-9][0-9A-Za-z.]{0,20}")
_TWO_NUMBERS = re.compile(r"[0-9]+\.[0-9]+")
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,20}")
_GB = 1e9
_LANDLOCK_CREATE_RULESET, _ASK_VERSION = 444, 1
"""System call, the same number on every architecture of Linux, and its flag that only asks."""


def versions() -> dict[str, str | None]:
    """Return the version of each program that reckons; None of one that is not there."""
    known: dict[str, str | None] = {
        "python": _version(platform.python_version()),
        **{name: _version(number) for name, number in geographic_versions().items()},
    }
    for name in _PACKAGES:
        try:
            known[name] = _version(version(name))
        except PackageNotFoundError:
            known[name] = None
    return known


def _version(text: str) -> str | None:
    """Return a version without what somebody adds of their own to it."""
    numbers = _VERSION.match(text)
    return numbers[0] if numbers else None


def machine() -> MachinePart:
    """Return what there is to tell of the machine."""
    kernel = _TWO_NUMBERS.match(platform.release())
    total, free = _memory_gb()
    chosen, encoding = locale.getlocale()
    offset = datetime.now(UTC).astimezone().strftime("%z")
    return MachinePart(
        system=_word(platform.system()),
        release=kernel[0] if kernel else "",
        distribution=_distribution(),
        processor=_word(platform.machine()),
        processors=_processors(),
        memory_gb=total,
        memory_free_gb=free,
        language=_word((chosen or "").partition("_")[0]),
        encoding=_word(encoding or sys.getfilesystemencoding()),
        utc_offset=f"{offset[:3]}:{offset[3:5]}",
        fonts=len(list((Path(mpl.get_data_path()) / "fonts" / "ttf").glob("*.ttf"))),
        variables=tuple(name for name in _VARIABLES if name in os.environ),
    )


def _word(text: str) -> str:
    """Return one plain word as it stands; nothing of what is none."""
    return text if _WORD.fullmatch(text) else ""


def _distribution() -> str:
    try:
        about = platform.freedesktop_os_release()
    except OSError:
        return ""
    return " ".join(filter(None, (_word(about.get("ID", "")), _word(about.get("VERSION_ID", "")))))


def _processors() -> int | None:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _memory_gb() -> tuple[float | None, float | None]:
    """Return the memory of the machine and what of it could be had [GB], as the kernel tells."""
    known: dict[str, float] = {}
    with suppress(OSError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            name, _, rest = line.partition(":")
            known[name] = float(rest.split()[0]) * 1024 / _GB
    total, free = known.get("MemTotal"), known.get("MemAvailable")
    return None if total is None else round(total, 1), None if free is None else round(free, 1)


def cage() -> CagePart:
    """Look at a file of our own as foreign files are looked at, and tell how the process apart fared."""
    begun, shut, fault = time.perf_counter(), None, ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "two_rows.csv"
        path.write_text("number,word\n1,one\n2,two\n", encoding="utf-8")
        try:
            with looked_at(path, None) as looked:
                shut = looked.seen.network_shut
        except LayerError as error:
            fault = "; ".join(wording(each.problem, Language("fr")) for each in error.faults)
    return CagePart(
        was_read=shut is not None,
        network_shut=shut,
        landlock_version=_landlock_version(),
        user_namespaces=", ".join(filter(None, map(_switch, _SWITCHES))),
        took_s=round(time.perf_counter() - begun, 1),
        fault=fault,
    )


def _switch(name: str) -> str:
    """Return what one of the kernel's switches is set to; nothing where it has none."""
    try:
        value = (Path("/proc/sys") / name).read_text(encoding="ascii").strip()
    except OSError:
        return ""
    return f"{name.rpartition('/')[2]} {value}" if value.isdecimal() else ""


def _landlock_version() -> int | None:
    """Return the version of the kernel's Landlock, None where it has none."""
    if not sys.platform.startswith("linux"):
        return None
    answer = ctypes.CDLL(None, use_errno=True).syscall(_LANDLOCK_CREATE_RULESET, None, 0, _ASK_VERSION)
    return answer if answer > 0 else None
