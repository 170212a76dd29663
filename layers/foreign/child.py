"""Child: the process that parses one foreign file. It is started by `isolation`, and by nothing else."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

from layers.errors import Fault, LayerError
from layers.foreign import cage
from layers.foreign.packing import packed_fault
from layers.foreign.seen import FileSeen, as_json
from layers.foreign.sheets import refusal
from layers.sentences import Sentence, say

ANSWER = "answer.json"
PROGRESS = "progress"
"""File in the folder in which it counts what it has read, of how many."""
BROUGHT = "brought"
"""Name of the file in the folder, whatever it was called."""


def rows_file(place: int) -> str:
    """Return the name of the file that the rows of a sheet are written to."""
    return f"rows{place}.jsonl"


def main() -> None:
    """Look at the file in a folder named by the job on standard input, and write there what is in it."""
    # Rows make many small values and no circles among them: looking for circles costs a third of the time.
    gc.set_threshold(100_000, 50, 100)
    job = json.loads(sys.stdin.read())
    folder = Path(job["folder"])
    shut = cage.enter(folder, int(job["memory_bytes"]), int(job["processor_s"]))
    answer: dict[str, Any]
    try:
        answer = {"seen": as_json(_look(folder, job, shut))}
    except LayerError as error:
        answer = {"faults": [packed_fault(fault) for fault in error.faults]}
    except MemoryError:
        answer = {"faults": [packed_fault(Fault(job["file"], too_much(int(job["memory_bytes"])), SMALLER))]}
    (folder / ANSWER).write_text(json.dumps(answer, allow_nan=False), encoding="utf-8")


def too_much(memory_bytes: int) -> Sentence:
    """Return the problem of a file that takes more memory than it may."""
    return say("reading it takes more than {most} MB of memory", most=memory_bytes // 1_000_000)


SMALLER = say("Cut it to your area, or into parts.")


def _look(folder: Path, job: dict[str, Any], shut: cage.Shut) -> FileSeen:
    # Imported in the cage: whatever these hold is bound by it.
    from layers.foreign.assess import assess  # noqa: PLC0415
    from layers.foreign.readers import reader_of  # noqa: PLC0415

    file, near, only_near = str(job["file"]), job["near"], bool(job["only_near"])
    path = folder / BROUGHT
    read = reader_of(path, str(job["ending"]), file)
    cage.watch(folder)
    reading = read(path, file)
    sheets = tuple(
        assess(sheet, file, folder / rows_file(n), tuple(near) if near else None, only_near=only_near)
        for n, sheet in enumerate(reading.sheets)
    )
    if not sheets:
        raise refusal(file, say("it is empty"), say("Bring a file with rows."))
    return FileSeen(
        file=file,
        title=reading.title,
        size_bytes=path.stat().st_size,
        sheets=sheets,
        remarks=tuple(reading.remarks),
        network_shut=shut.network,
        files_shut=shut.files,
    )
