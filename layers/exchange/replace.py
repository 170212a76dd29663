"""Replace a folder whole, and put right what a build left that was broken off."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from layers.errors import NOTHING_TO_DO, Fault, LayerError
from layers.exchange.swap import swap
from layers.exchange.workplace import Workplace, number, remove, sync
from layers.sentences import Sentence, say

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
"""What a disk says that is full, read-only or broken."""
_OURS = _DISK | {
    errno.EACCES, errno.EBUSY, errno.ENAMETOOLONG, errno.ENOLCK, errno.ENOTEMPTY, errno.EPERM, errno.EXDEV
}  # fmt: skip
"""What it may say besides of our own steps: a mount point, a container's layer, a place that is not ours."""

_GROUP = stat.S_IRWXG | stat.S_ISGID

_WAIT_S, _AGAIN_S = 2.0, 0.05
"""How long a reader waits for a folder that a build is moving into place."""


class _Stands(Enum):
    """What stands after a build was broken off."""

    BEFORE = say(
        "A build of {folder} was broken off. The folder is whole, as it was before; "
        "what lay unfinished beside it is removed."
    )
    AFTER = say(
        "A build of {folder} was broken off when all but tidying up was done. The folder is whole and new; "
        "what lay beside it is removed."
    )
    NOTHING = say(
        "A first build of {folder} was broken off before it was whole. "
        "What lay unfinished is removed; build it again."
    )
    ANOTHER = say(
        "A build of {folder} was broken off, and somebody has put another folder in its place since. "
        "The folder of before is {old}; move the one that you want to its place and the other away."
    )


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """
    Build the successor of a folder; it takes the folder's place when all went well.

    Parameters
    ----------
    target
        Folder to make or to replace; its parent folders are made. A link is refused, not followed.

    Yields
    ------
    Path
        An empty folder to build in. When the block ends it is written through to the disk, takes
        over the permissions of `target` and of the files of the same names in it, and changes places
        with it. If the block raises, or the process dies, `target` stays as it was.

    Raises
    ------
    LayerError
        If another build of the folder is at work, the folder may not be written, or the disk is full.

    Notes
    -----
    Two folders change places in one step by `renameat2` (Linux). Where system or file system cannot,
    the old one is moved aside first and the new one into its place then, by a journal from which
    `recover` goes on: a reader may find no folder for a moment between, and after a crash until the
    next command opens it.
    """
    target = _absolute(target)
    with _disk_faults(target, _OURS):
        target.parent.mkdir(parents=True, exist_ok=True)
        place = Workplace(target)
        held = place.enter()
    try:
        with _disk_faults(target, _DISK):
            if _settle(place, held) is _Stands.ANOTHER:
                raise LayerError([Fault(target.name, _worded(place, _Stands.ANOTHER), NOTHING_TO_DO)])
            _refuse(target)
            place.begin(held)
            yield place.new
            _seal(place.new, target)
            with _disk_faults(target, _OURS):
                place.ready(held)
                _put(place)
    finally:
        try:
            # A full disk or a Ctrl-C must not leave what is half built; if it does, the next command says so.
            if _settle(place, held) is not _Stands.ANOTHER:
                place.clear()
        finally:
            os.close(held)


def recover(target: Path) -> Sentence | None:
    """
    Put right what a build of a folder left that was broken off; ask before the folder is opened or built.

    Parameters
    ----------
    target
        The folder, whether it is there or not.

    Returns
    -------
    Sentence or None
        A word about what was left and what stands now; None where there is nothing to say, or a build is at
        work at this moment. What is not ours is left alone, and said.
    """
    target = _absolute(target)
    place = Workplace(target)
    work = repr(place.folder.name)
    ours = place.is_ours()
    if ours is None:
        return None
    if not ours:
        return say(
            "{work} beside {folder} is a link or another user's, and was left alone.",
            work=work,
            folder=target.name,
        )
    try:
        held = place.take(make=not any(place.folder.iterdir()))
        if held is None:
            return _left_alone(place)
        try:
            return _tidied(place, held)
        finally:
            os.close(held)
    except FileNotFoundError:
        # A build that was at work has just removed it.
        return None
    except OSError as error:
        return say(
            "{work}, left by a build of {folder} that was broken off, cannot be removed: {why}.",
            work=work,
            folder=target.name,
            why=error.strerror or str(error),
        )


def _left_alone(place: Workplace) -> Sentence | None:
    """Return a word about a folder of our name without a lock of ours; None where a build is at work."""
    names = {path.name for path in place.folder.iterdir()}
    until = time.monotonic() + _WAIT_S
    while place.lock.exists() and not os.path.lexists(place.target) and time.monotonic() < until:
        time.sleep(_AGAIN_S)
    if not names or place.lock.name in names:
        return None
    return say(
        "{work} beside {folder} bears no mark of ours, and was left alone.",
        work=repr(place.folder.name),
        folder=place.target.name,
    )


def _tidied(place: Workplace, held: int) -> Sentence | None:
    """Put the folder right, remove what is ours, and say both."""
    began = os.path.lexists(place.new) or os.path.lexists(place.old)
    stands = _settle(place, held)
    if stands is _Stands.ANOTHER:
        return _worded(place, stands)
    other = place.holds_other_things()
    place.clear()
    if other:
        return say(
            "{work}, left by a build of {folder} that was broken off, holds what is not ours: that was left.",
            work=repr(place.folder.name),
            folder=place.target.name,
        )
    sync(place.target.parent)
    # Killed before it began or after it had ended: nothing was unfinished, and nothing is worth a word.
    return _worded(place, stands) if began else None


def _worded(place: Workplace, stands: _Stands) -> Sentence:
    """Say what stands."""
    return stands.value.having(folder=place.target.name, old=repr(f"{place.folder.name}/{place.old.name}"))


def _settle(place: Workplace, held: int) -> _Stands:
    """Leave one folder in the target's place, and nothing beside it but what `clear` removes."""
    wanted, target = place.wanted(held), place.target
    if not os.path.lexists(target):
        for each in (place.new, place.old):
            if number(each) is not None and (each == place.old or number(each) == wanted):
                each.rename(target)
                sync(target.parent)
                break
    standing = number(target)
    is_new = standing is not None and standing == wanted
    if os.path.lexists(target) and not is_new and os.path.lexists(place.old):
        # Neither the one that was moved aside nor the one that was to come: nobody's but the user's to judge.
        return _Stands.ANOTHER
    for each in (place.new, place.old):
        remove(each)
    if is_new:
        return _Stands.AFTER
    return _Stands.BEFORE if os.path.lexists(target) else _Stands.NOTHING


def _put(place: Workplace) -> None:
    """Put the new folder into its place; each step leaves what `_settle` goes on from."""
    if number(place.target) is None:
        place.new.rename(place.target)
    elif not swap(place.new, place.target):
        place.target.rename(place.old)
        place.new.rename(place.target)
    sync(place.folder)
    sync(place.target.parent)


def _seal(new: Path, before: Path) -> None:
    """Take over permissions from the folder of before, and write everything through to the disk."""
    for above, _, files in os.walk(new, topdown=False):
        here = Path(above)
        for each in (*(here / name for name in files), here):
            kind = stat.S_IFMT(each.lstat().st_mode)
            if kind not in {stat.S_IFREG, stat.S_IFDIR}:
                problem = say("{name} is a link or no file", name=repr(each.name))
                raise LayerError([Fault(before.name, problem, say("Bring the file itself"))])
            opened = os.open(each, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                _permit(opened, before / each.relative_to(new))
                os.fsync(opened)
            finally:
                os.close(opened)


def _permit(opened: int, before: Path) -> None:
    """Give a file or folder the permissions of the one before it, and its group."""
    try:
        old, new = before.lstat(), os.fstat(opened)
    except (FileNotFoundError, NotADirectoryError):
        return
    if stat.S_IFMT(old.st_mode) != stat.S_IFMT(new.st_mode):
        return
    mode = stat.S_IMODE(old.st_mode)
    if old.st_gid != new.st_gid:
        try:
            os.fchown(opened, -1, old.st_gid)
        except PermissionError:
            # What one group might do, another was never allowed.
            mode &= ~_GROUP
    os.fchmod(opened, mode)


def _refuse(target: Path) -> None:
    """Raise if a target is a link, no folder, or may not be written."""
    if not os.path.lexists(target):
        return
    if number(target) is None:
        problem, remedy = say("it is a link or a file"), say("Name the folder itself")
    elif not os.access(target, os.W_OK | os.X_OK):
        problem, remedy = say("it may not be written to"), say("Allow writing to it, or name another folder")
    else:
        return
    raise LayerError([Fault(target.name, problem, remedy)])


def _absolute(target: Path) -> Path:
    """Return a path whose last part is as it was named: a link there is not followed."""
    named = Path(os.path.abspath(target))  # noqa: PTH100  # resolve would follow it
    return named.parent.resolve() / named.name


@contextmanager
def _disk_faults(target: Path, codes: set[int]) -> Iterator[None]:
    """Turn what a disk says into a fault of the folder; other errors rise."""
    try:
        yield
    except OSError as error:
        if error.errno not in codes:
            raise
        problem = say("it cannot be written: {why}", why=error.strerror or str(error))
        remedy = say("Make room there or allow writing, then start again; nothing is left half done")
        raise LayerError([Fault(target.name, problem, remedy)]) from error
