"""Probe: load an area and make it ready, in a process of its own; tell how that went by wording alone."""

from __future__ import annotations

import json
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

_OURS = ("footprint", "layers")
_DEEPEST = 30
"""Frames told of a fault, the innermost."""


def main() -> None:
    """Examine the folder that the command line names, and write what there is to tell as JSON."""
    sys.excepthook = _ended
    _write(_examined(Path(sys.argv[-1])))


def _write(report: dict[str, Any]) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in kilobytes.
    sys.stdout.write(json.dumps({"memory_mb": used / 1024, **report}))


def _examined(folder: Path) -> dict[str, Any]:
    """Load, make ready, review; stop where the files do not let it go on."""
    from footprint.caveats import caveats, layer_rows  # noqa: PLC0415  what follows takes seconds to import
    from footprint.errors import FootprintError  # noqa: PLC0415
    from footprint.method import default_method  # noqa: PLC0415
    from footprint.objectives import load_objectives  # noqa: PLC0415
    from footprint.prepared import prepare  # noqa: PLC0415
    from footprint.review import review  # noqa: PLC0415
    from footprint.scenario import Scenario  # noqa: PLC0415
    from layers import LayerError, load_area  # noqa: PLC0415
    from layers.errors import NOTHING_TO_DO, Fault  # noqa: PLC0415

    report: dict[str, Any] = {"ended": "whole", "faults": []}
    try:
        begun = time.perf_counter()
        area = load_area(folder)
        report |= {"load_s": time.perf_counter() - begun, "layers": layer_rows(area)}
        begun = time.perf_counter()
        prepared = prepare(area, default_method(), load_objectives(folder))
        report["prepare_s"] = time.perf_counter() - begun
        begun = time.perf_counter()
        answer = review(prepared, Scenario("today"))
        report["review_s"] = time.perf_counter() - begun
        report["caveats"] = sorted({each.code for each in caveats(prepared, answer)})
    except LayerError as error:
        report["faults"] = _worded(folder, error.faults)
    except FootprintError as error:
        faults = [Fault(file="", problem=each, remedy=NOTHING_TO_DO) for each in error.sentences]
        report["faults"] = _worded(folder, faults)
    return report


def _worded(folder: Path, faults: Iterable[Any]) -> list[dict[str, Any]]:
    """Return faults by layer, column and wording, and how many there are of each."""
    from footprint.doctor.safe import column, layer, wording  # noqa: PLC0415
    from footprint.language import Language  # noqa: PLC0415
    from layers.errors import LayerError  # noqa: PLC0415
    from layers.manifest import read_manifest  # noqa: PLC0415

    try:
        manifest = read_manifest(folder)
        files = {file: name for name, file in manifest.files.items()} | {manifest.population: "population"}
    except LayerError:
        files = {}
    language = Language("fr")
    counted = Counter(
        (
            layer(fault, files),
            column(fault.column),
            wording(fault.problem, language),
            wording(fault.remedy, language),
        )
        for fault in faults
    )
    keys = ("layer", "column", "problem", "remedy")
    return [dict(zip(keys, key, strict=True)) | {"faults": count} for key, count in counted.items()]


def _ended(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """Tell where a bug ended the process; never what it says, for that may hold what is in a file."""
    frames = [
        f"{place}:{line.lineno} {line.name}"
        for line in traceback.extract_tb(trace)[-_DEEPEST:]
        if (place := _place(line.filename))
    ]
    _write({"ended": kind.__name__, "frames": frames, "faults": []})


def _place(filename: str) -> str:
    """Return a module from its package on, or only the package of somebody else's; "" for what is neither."""
    path, root = Path(filename), Path(__file__).parents[2]
    if any(path.is_relative_to(root / package) for package in _OURS):
        return path.relative_to(root).as_posix()
    parts = path.parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    return ""
