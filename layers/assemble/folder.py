"""Build an area folder from a catalogue folder, from first step to last."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from layers.area import Dropped
from layers.assemble.catalogue import Catalogue, find_catalogue
from layers.assemble.collect import collect
from layers.assemble.write import write_folder
from layers.errors import Fault, LayerError
from layers.exchange import replacing
from layers.sentences import Sentence, say


def assemble(
    source: Path,
    target: Path,
    *,
    catalogues: Path,
    catalogue: str | None = None,
    frame_date: date | None = None,
    progress: Callable[[Sentence], None] | None = None,
) -> tuple[Dropped, ...]:
    """
    Build an area folder from provider files as published.

    Parameters
    ----------
    source
        Folder of provider files, laid out as a catalogue names them.
    target
        Folder to make. It may be there if it is empty or was made by this function; it is
        replaced whole, or left as it was if anything fails or the process dies. Where
        `source` lies in it, `source` is taken along.
    catalogues
        Folder of the bundled catalogues.
    catalogue
        Path of a catalogue or name of a bundled one; by default the source's own, or the
        bundled one whose files are all there.
    frame_date
        Day the review looks at: sites are those of the latest map not after it. By
        default the catalogue's.
    progress
        Told each step in a few words.

    Returns
    -------
    tuple of Dropped
        Rows and columns left out, and why. What was judged stands in the notes of
        `sources.csv`.

    Raises
    ------
    LayerError
        With every fault of the catalogue or else of every file, or if `target` is not
        ours to replace or another build is at it.
    """
    with replacing(target) as making:
        check_target(target)
        dropped = assemble_into(
            making,
            source,
            find_catalogue(source, catalogues, catalogue),
            frame_date=frame_date,
            progress=progress,
        )
        _carry(source, target, making)
    return dropped


def assemble_into(
    making: Path,
    source: Path,
    catalogue: Catalogue,
    *,
    frame_date: date | None = None,
    progress: Callable[[Sentence], None] | None = None,
) -> tuple[Dropped, ...]:
    """
    Write the files of an area into an empty folder, for who exchanges it for another by `replacing`.

    Parameters
    ----------
    making
        Folder to write in.
    source, frame_date, progress
        As for `assemble`.
    catalogue
        How `source` is read.

    Returns
    -------
    tuple of Dropped
        Rows and columns left out, and why.

    Raises
    ------
    LayerError
        With every fault of every file.
    """
    tell = progress or _silent
    day = frame_date or catalogue.frame_date
    layers = collect(source, catalogue, day, tell)
    tell(say("writing"))
    write_folder(making, catalogue, layers, day)
    tell(say("done"))
    return layers.dropped


def _carry(source: Path, target: Path, making: Path) -> None:
    """Take provider files that lie in the folder itself along into the new one."""
    inside = source.resolve()
    if inside.is_relative_to(target.resolve()) and inside != target.resolve():
        kept = inside.relative_to(target.resolve())
        # Links are copied as links, which the exchange then refuses.
        shutil.copytree(inside, making / kept, symlinks=True)


def _silent(_: Sentence) -> None:
    """Tell nobody."""


def check_target(target: Path) -> None:
    """Raise `LayerError` if `target` holds anything but a folder assembled before."""
    if not target.exists():
        return
    if target.is_dir() and (not any(target.iterdir()) or _assembled(target)):
        return
    problem = say("it is there already and was not assembled from provider files")
    raise LayerError([Fault(target.name, problem, say("Name a folder that is not there yet"))])


def _assembled(folder: Path) -> bool:
    """Tell whether a folder was made by `assemble`."""
    try:
        said = tomllib.loads((folder / "area.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
    return said.get("assembled") is True
