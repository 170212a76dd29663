"""Build an area folder from a catalogue folder, from first step to last."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from layers.area import Dropped
from layers.assemble.by_hand import carry_over, kept_origins
from layers.assemble.catalogue import OWN, Catalogue, find_catalogue, read_catalogue
from layers.assemble.collect import Collected, collect
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
        Folder to make. It may be there if it is empty, holds nothing but `source`, or was made by
        this function; it is replaced whole, or left as it was if anything fails or the process
        dies. Layers kept by hand, and `source` where it lies inside, are carried over.
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
    tell = progress or _silent
    with replacing(target) as making:
        _check_target(target, source)
        chosen = find_catalogue(source, catalogues, catalogue)
        layers = _make(chosen, source, (target, making), frame_date or chosen.frame_date, tell)
    tell(say("done"))
    return layers.dropped


def reassemble(
    imports: Path,
    target: Path,
    *,
    still: Callable[[], None],
    fits: Callable[[Path], None],
    progress: Callable[[Sentence], None],
) -> Collected:
    """
    Build an area folder anew from a changed copy of the folder of imports inside it, whose place it takes.

    Parameters
    ----------
    imports
        The copy, of the name that it has inside the area.
    target
        The area folder.
    still
        Called once nobody else can change the area; raises if somebody has since the copy was made.
    fits
        Called with the new folder before it takes the place; raises if it may not.
    progress
        Told each step in a few words.

    Returns
    -------
    Collected
        The layers, what was left out of them and what was judged.

    Raises
    ------
    LayerError
        As `assemble`; the area then stays as it was.
    """
    with replacing(target) as making:
        still()
        _check_target(target, target / imports.name)
        chosen = read_catalogue(imports / OWN)
        layers = _make(chosen, imports, (target, making), chosen.frame_date, progress, takes_along=True)
        fits(making)
    progress(say("done"))
    return layers


def _make(
    chosen: Catalogue,
    source: Path,
    folders: tuple[Path, Path],
    day: date,
    tell: Callable[[Sentence], None],
    *,
    takes_along: bool = False,
) -> Collected:
    """Read every layer and write the folder beside the one that it replaces; `folders` are old and new."""
    target, making = folders
    layers = collect(source, chosen, day, tell)
    tell(say("writing"))
    carry_over(chosen, source, target, making, takes_along=takes_along)
    write_folder(making, chosen, layers, day, origins=kept_origins(target))
    return layers


def _silent(_: Sentence) -> None:
    """Tell nobody."""


def _check_target(target: Path, source: Path) -> None:
    """Raise `LayerError` if `target` holds anything but the source or a folder assembled before."""
    if not target.exists():
        return
    alone = target.is_dir() and {path.resolve() for path in target.iterdir()} <= {source.resolve()}
    if alone or (target.is_dir() and _assembled(target)):
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
