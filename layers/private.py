"""
Folders that are this user's alone, for what is trusted when it is found again.

Compiled code is run as it is found, and maps are shown as they are found. A folder of a
predictable name among temporary files may have been made there by somebody else, who then
runs code as us. So what is kept lies under the user's own cache folder, and a folder that is
not ours alone is refused.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from layers.errors import Fault, LayerError
from layers.sentences import Sentence, say

OURS_ALONE = 0o700
"""Read, written and entered by the owner; nothing for group and others."""

_OTHERS = 0o077
_OTHERS_WRITE = 0o022
_ROOT = 0


def private_folder(name: str) -> Path:
    """
    Return a folder of this user's own, made if it is not there yet.

    Parameters
    ----------
    name
        What is kept in it, for instance "kernels": one plain word.

    Returns
    -------
    Path
        Inside the user's cache folder; nobody else may read, write or enter it. Access
        that others have to a folder of ours is taken away.

    Raises
    ------
    LayerError
        If it cannot be made, is a link or no folder, belongs to somebody else, or holds
        anything that does: what lies there is not to be trusted.
    """
    ours = user_cache_path("footprint", appauthor=False)
    folder = ours / name
    with suppress(OSError):
        # Without it the next step fails, and says why.
        ours.parent.mkdir(parents=True, exist_ok=True)
    for each in (ours, folder):
        make_private(each)
    _refuse_strangers(folder)
    return folder


def is_trusted(folder: Path) -> bool:
    """
    Tell whether nobody but this user and the system can have put anything into a folder.

    Returns
    -------
    bool
        False also for a link and for a folder that is not there.
    """
    try:
        found = folder.lstat()
    except OSError:
        return False
    ours = found.st_uid in {_ROOT, os.geteuid()}
    return stat.S_ISDIR(found.st_mode) and ours and not found.st_mode & _OTHERS_WRITE


def make_private(folder: Path) -> None:
    """
    Make a folder, or see to it that the one that is there is ours alone.

    Raises
    ------
    LayerError
        If it cannot be made, is a link or no folder, or belongs to somebody else.
    """
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=OURS_ALONE)
        # Not stat, which would look through a link at somebody else's choice of folder.
        found = folder.lstat()
    except OSError as error:
        raise _refused(folder, say("it cannot be made"), say("Allow writing to its parent folder")) from error
    if not stat.S_ISDIR(found.st_mode):
        raise _refused(folder, say("it is a link or a file"), say("Remove it"))
    if found.st_uid != os.geteuid():
        remedy = say("Have it removed, and ask who made it")
        raise _refused(folder, say("it belongs to another user"), remedy)
    if found.st_mode & _OTHERS:
        folder.chmod(OURS_ALONE)


def _refuse_strangers(folder: Path) -> None:
    """Raise if anything in a folder, at any depth, is somebody else's or a link."""
    for above, folders, files in os.walk(folder):
        for name in (*folders, *files):
            try:
                found = (Path(above) / name).lstat()
            except FileNotFoundError:
                # Another process of ours puts files in under one name and renames them.
                continue
            if found.st_uid != os.geteuid() or stat.S_ISLNK(found.st_mode):
                problem = say("{name} in it is a link or another user's", name=repr(name))
                raise _refused(folder, problem, say("Empty the folder"))


def _refused(folder: Path, problem: Sentence, remedy: Sentence) -> LayerError:
    """Return the error; the whole path is named, since it is the user's own and must be looked at."""
    return LayerError([Fault(str(folder), problem, say("{remedy}, then start again.", remedy=remedy))])
