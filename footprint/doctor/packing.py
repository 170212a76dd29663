"""Bundle: everything that is told, as a document and as a packed file with a README in both languages."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_state_path

import footprint
from footprint.doctor.machine import cage, machine, versions
from footprint.doctor.probe import main
from footprint.doctor.safe import about
from footprint.documents.json import to_json
from footprint.documents.layout import FORMAT
from footprint.documents.layout.doctor import (
    DoctorAreaPart,
    DoctorDocument,
    DoctorFaultRow,
    DoctorFolderRow,
    StorePart,
)
from footprint.language import LANGUAGES, Language
from footprint.workshop.health import sqlite_version, store_health
from footprint.workshop.store import usual_store
from layers.exchange.workplace import Workplace

_LONGEST_S = 900
"""How long an area may take to load and to be made ready before the process is ended [s]."""
_START = f"import sys; sys.path.insert(0, sys.argv[1]); from {main.__module__} import main; main()"
_MB, _GB = 1e6, 1e9
_DAY = (1980, 1, 1, 0, 0, 0)
"""Day that every part of the packed file bears: when it was made is nobody's business but the sender's."""


def examine(area: Path | None, store: Path | None = None) -> DoctorDocument:
    """
    Examine this machine, and an area folder if one is named.

    Parameters
    ----------
    area
        Area folder, loaded and made ready in a process of its own; None for none.
    store
        Store of desks; the usual one if not named.

    Returns
    -------
    DoctorDocument
        Without a name, value or coordinate of any file, without a path, without the name of the
        user or of the machine.
    """
    kept = user_cache_path("footprint", appauthor=False)
    files = [path for path in _walk(kept) if path.is_file() and not path.is_symlink()]
    return DoctorDocument(
        format=FORMAT,
        kind="footprint-doctor",
        versions=versions(),
        machine=machine(),
        cage=cage(),
        folders=_folders(area, store or usual_store()),
        store=_store(store or usual_store()),
        cache_files=about(len(files)),
        cache_mb=round(sum(path.stat().st_size for path in files) / _MB),
        area=None if area is None else _area(area),
    )


def bundle(document: DoctorDocument) -> bytes:
    """Return what was found, packed with words in each language about what it holds and does not."""
    packed = io.BytesIO()
    words = "\n\n".join(readme(Language(code)) for code in LANGUAGES) + "\n"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("README.txt", words), ("doctor.json", to_json(document))):
            file.writestr(zipfile.ZipInfo(name, _DAY), text.encode())
    return packed.getvalue()


def readme(language: Language) -> str:
    """Return what the bundle holds and does not, in a language."""
    text = language.text
    return "\n".join(
        (
            text("A bundle for a colleague who helps with Footprint"),
            "",
            text(
                "It holds: versions of programs; system, memory and free disk; language, encoding and hours "
                "from UTC; what the kernel permits; which folders can be written to, by their use; how many "
                "desks and cached files there are, roughly; of an area folder the wording of its faults with "
                "layer and column, roughly how many rows each layer has, and seconds and memory to load it."
            ),
            text(
                "It does not hold: any file of the area, any name, value, date or coordinate in one, how "
                "files are called, sensitive places or how many there are, paths, the names of the user and "
                "of the machine, plans or anything written at a desk."
            ),
            text("All of it stands in doctor.json, as text: read it before you send it."),
        )
    )


def _folders(area: Path | None, store: Path) -> tuple[DoctorFolderRow, ...]:
    """Return the folders that the tool uses, by their use."""
    uses = {
        "store": store.parent,
        "cache": user_cache_path("footprint", appauthor=False),
        "state": user_state_path("footprint", appauthor=False),
        "temporary": Path(tempfile.gettempdir()),
    }
    if area is not None:
        uses |= {"area": area, "beside the area": area.absolute().parent}
    return tuple(_folder(use, path) for use, path in uses.items())


def _folder(use: str, path: Path) -> DoctorFolderRow:
    there = path.is_dir()
    return DoctorFolderRow(
        folder=use,
        is_there=there,
        is_link=path.is_symlink(),
        is_writable=there and os.access(path, os.W_OK | os.X_OK),
        free_gb=round(shutil.disk_usage(path).free / _GB) if there else None,
    )


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder at any depth, following no link."""
    for above, _, names in os.walk(folder):
        yield from (Path(above) / name for name in names)


def _store(path: Path) -> StorePart:
    health = store_health(path)
    if health is None:
        return StorePart(
            is_there=False, is_sound=None, version="", sqlite_version=sqlite_version(),
            desks=about(None), steps=about(None), size_mb=None,
        )  # fmt: skip
    return StorePart(
        is_there=True,
        is_sound=health.is_sound,
        version=health.version,
        sqlite_version=sqlite_version(),
        desks=about(health.desks),
        steps=about(health.steps),
        size_mb=round(health.size_bytes / _MB, 1),
    )


def _area(folder: Path) -> DoctorAreaPart:
    """Have the folder examined in a process of its own: one that dies is what help is asked for."""
    root = str(Path(footprint.__file__).resolve().parents[1])
    command = [sys.executable, "-B", "-c", _START, root, str(folder.absolute())]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and code
            command, capture_output=True, check=False, timeout=_LONGEST_S, stdin=subprocess.DEVNULL
        )
        report = _report(done)
    except subprocess.TimeoutExpired:
        report = {"ended": f"took more than {_LONGEST_S} s"}
    return DoctorAreaPart(
        ended=report["ended"],
        frames=tuple(report.get("frames", ())),
        is_usable=report["ended"] == "whole" and not report.get("faults"),
        faults=tuple(
            DoctorFaultRow(
                layer=each["layer"],
                column=each["column"],
                problem=each["problem"],
                remedy=each["remedy"],
                faults=about(each["faults"]),
            )
            for each in report.get("faults", ())
        ),
        caveats=tuple(report.get("caveats", ())),
        layers={name: about(count) for name, count in report.get("layers", {}).items()},
        load_s=_tenths(report.get("load_s")),
        prepare_s=_tenths(report.get("prepare_s")),
        review_s=_tenths(report.get("review_s")),
        memory_mb=None if report.get("memory_mb") is None else round(report["memory_mb"]),
        left_beside=os.path.lexists(Workplace(folder.absolute()).folder),
    )


def _report(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """Return what the process told, or how it ended without telling."""
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        how = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
        return {"ended": how}
    return report


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
