"""
How precisely places may be shown: the same rules for the screen and for every export.

With them the secret of this machine, under which an export's hashes say nothing of places.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import geopandas as gpd
import pandas as pd
from platformdirs import user_data_path

from footprint.errors import SecretError
from layers.errors import LayerError
from layers.private import make_private
from layers.sentences import Sentence, say
from layers.tables import WGS84


class Precision(StrEnum):
    """Profiles of precision, from the coarsest to the exact."""

    PUBLIC = "public"
    """Tenths of a degree; fewer than three incidents are not shown."""
    INTERNAL = "internal"
    """About one kilometre."""
    RESTRICTED = "restricted"
    """As in the data."""


@dataclass(frozen=True, slots=True)
class _Rule:
    step_deg: float
    fewest: int


_RULES = {
    Precision.PUBLIC: _Rule(0.1, 3),
    Precision.INTERNAL: _Rule(0.01, 1),
    Precision.RESTRICTED: _Rule(1e-5, 1),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Incidents as they may be shown."""

    points: tuple[tuple[float, float, int], ...]
    """Longitude, latitude [degrees] and number of incidents there."""
    withheld: int
    """Incidents that may not be shown at this precision."""


def shown_incidents(incidents: gpd.GeoDataFrame, precision: Precision) -> Shown:
    """
    Return incidents gathered to the precision allowed.

    Parameters
    ----------
    incidents
        Valid under `layers.incidents.Incidents`. Those placed no better than their unit
        are withheld at every precision: their point is only a stand-in.
    precision
        How precisely they may be shown.
    """
    placed = incidents[incidents["geo_precision"] <= 2]  # noqa: PLR2004 - the place itself, or near it
    points = placed.geometry.to_crs(WGS84)
    rule = _RULES[precision]
    cells = pd.DataFrame(
        {
            "lon": (points.x / rule.step_deg).round().astype(int),
            "lat": (points.y / rule.step_deg).round().astype(int),
        }
    )
    counts = cells.value_counts(sort=False)
    enough = counts[counts >= rule.fewest]
    columns = (enough.index.get_level_values("lon"), enough.index.get_level_values("lat"), enough)
    shown = tuple(
        (round(lon * rule.step_deg, 5), round(lat * rule.step_deg, 5), int(number))
        for lon, lat, number in zip(*(column.tolist() for column in columns), strict=True)
    )
    return Shown(shown, withheld=len(incidents) - int(enough.sum()))


def rounded(lon: float, lat: float, precision: Precision) -> tuple[float, float]:
    """
    Return a site's position as precisely as it may be shown [degrees].

    Examples
    --------
    >>> rounded(-4.0931, 14.5274, Precision.PUBLIC)
    (-4.1, 14.5)
    """
    step = _RULES[precision].step_deg
    return round(round(lon / step) * step, 5), round(round(lat / step) * step, 5)


KEY_FILE = "export.key"

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
    folder = user_data_path("footprint", appauthor=False) if folder is None else folder
    path = folder / KEY_FILE
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
