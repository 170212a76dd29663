"""
How precisely places may be shown: the same rules for the screen and for every export.

With them the secrets of this machine: one under which an export's hashes say nothing of places, one that
signs the log of what was released.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from platformdirs import user_data_path

from footprint.errors import SecretError
from layers.errors import LayerError
from layers.private import make_private
from layers.sentences import Sentence, say


class Precision(StrEnum):
    """Profiles of precision, from the coarsest to the exact."""

    STRICT = "strict"
    """By second-level unit alone; fewer than three incidents are not shown."""
    PUBLIC = "public"
    """Tenths of a degree; fewer than three incidents are not shown."""
    INTERNAL = "internal"
    """About one kilometre."""
    RESTRICTED = "restricted"
    """As in the data."""


_STEP_DEG = {Precision.PUBLIC: 0.1, Precision.INTERNAL: 0.01, Precision.RESTRICTED: 1e-5}


def step_deg(precision: Precision) -> float:
    """
    Return the side of the squares that places are gathered to [degrees].

    Raises
    ------
    KeyError
        Under `Precision.STRICT` there are no squares: who asks for them would show too much.
    """
    return _STEP_DEG[precision]


def rounded(lon: float, lat: float, precision: Precision) -> tuple[float, float]:
    """
    Return a position as the middle of its square [degrees].

    A site has more to hide than its position: whoever shows one asks `footprint.releases.profiles`.

    Raises
    ------
    KeyError
        Under `Precision.STRICT`, which knows no squares.

    Examples
    --------
    >>> rounded(-4.0931, 14.5274, Precision.PUBLIC)
    (-4.1, 14.5)
    """
    step = step_deg(precision)
    return round(round(lon / step) * step, 5), round(round(lat / step) * step, 5)


KEY_FILE = "export.key"
SIGNING_FILE = "release.key"

_SECRET_BYTES = 32
_OWNER_ALONE = 0o600
_OTHERS = 0o077


def local_secret(folder: Path | None = None) -> bytes:
    """
    Return this user's secret for the hashes of exports, drawn by lot when it is first asked for.

    Parameters
    ----------
    folder
        Where it is kept; None is the user's own data folder. It is made if it is not there, and
        access that others have to it is taken away.

    Returns
    -------
    bytes
        The same ones every time, and for every process that asks at once.

    Raises
    ------
    SecretError
        If the file can be read by others, is a link, somebody else's or damaged, cannot be written,
        or lies in a folder that is not this user's: a key that others may know protects nothing.
    """
    return _secret(folder, KEY_FILE)


def signing_seed(folder: Path | None = None) -> bytes:
    """
    Return this user's private key for the log of releases (Ed25519), drawn and kept as `local_secret` is.

    Raises
    ------
    SecretError
        As `local_secret` does.
    """
    return _secret(folder, SIGNING_FILE)


def key_folder(folder: Path | None = None) -> Path:
    """Return where this user's secrets are kept: the user's own data folder, unless another is named."""
    return user_data_path("footprint", appauthor=False) if folder is None else folder


def _secret(folder: Path | None, name: str) -> bytes:
    folder = key_folder(folder)
    path = folder / name
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_private(folder)
        if not os.path.lexists(path):
            _draw_secret(path)
        return _read_secret(path)
    except OSError as error:
        raise _refused(path, say("it cannot be used ({reason})", reason=str(error.strerror))) from error
    except LayerError as error:
        raise SecretError(
            *(
                say("the key for exports has no safe folder: {fault}", fault=fault.sentence)
                for fault in error.faults
            )
        ) from error


def _draw_secret(path: Path) -> None:
    """Put a new secret in place whole, or leave the one that another process was first to put there."""
    drawn = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(drawn, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ALONE), "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # Not rename, which would take the place of a secret that another process already uses.
        with suppress(FileExistsError):
            os.link(drawn, path)
    finally:
        drawn.unlink(missing_ok=True)


def _read_secret(path: Path) -> bytes:
    # By one descriptor, so that what was looked at is what is read; without waiting, should it be a pipe.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise _refused(path, say("it is no file"))
        if status.st_uid != os.geteuid():
            raise _refused(path, say("it belongs to another user"))
        if status.st_mode & _OTHERS:
            raise _refused(path, say("other users may read or write it"))
        secret = file.read(_SECRET_BYTES + 1)
    if len(secret) != _SECRET_BYTES:
        raise _refused(path, say("it holds no {n} bytes", n=_SECRET_BYTES))
    return secret


def _refused(path: Path, problem: Sentence) -> SecretError:
    """Return the error; the whole path is named, since it is the user's own and must be looked at."""
    return SecretError(
        say(
            "the key for exports, {file}: {problem}. Remove it, then export again: a new one is made, "
            "and exports made before can no longer be matched.",
            file=str(path),
            problem=problem,
        )
    )
