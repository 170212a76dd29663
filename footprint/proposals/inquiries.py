"""
Inquiries: yes or no about sensitive places, so few and so far apart that no place can be found by asking.

A question is answered for the kilometre square that holds the point and for the fixed buffer of each kind
(`layers.sensitive`). A "yes" so says that a place lies in that square or within the buffer around it: about
3 km across for a buffer of 1 km, 11 km for one of 5. Two questions nearer to each other than that would cut
the region smaller, and thirty of them leave metres. So whoever has asked about a square gets no answer about
another one from which the same place could be near both; the first square itself may be asked about again,
which tells nothing new. However clever the questions, what one person learns of a place is then one such
region, or that it is in none. The number of squares is limited too, so that nobody sweeps a country.

Several people who put their answers together learn more: the log says who asked for what, for somebody to
look at. It holds when, who, and the square asked about, never an answer, and never where a place is.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import math
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from platformdirs import user_data_path
from shapely import Point

from footprint.errors import InquiryError
from footprint.language import msgid
from footprint.proposals.gates import Nearness
from layers.characters import printable
from layers.errors import LayerError
from layers.private import make_private
from layers.sensitive import BUFFERS_M, SQUARE_M, SensitiveKind, SensitivePlaces
from layers.sentences import say

BUDGET = 12
"""Squares that one person may ask about in `PERIOD`."""
PERIOD = timedelta(days=30)

LOG_FILE = "inquiries.jsonl"

BUDGET_WORDS = msgid(
    "Answers are given for a square of 1 km, for {budget} squares a person in 30 days, and once around each "
    "place; who asked is logged."
)

_OWNER_ALONE = 0o600
_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question that was answered: who asked, when, about which square of which area."""

    asker: str
    asked_at: datetime
    area_id: str
    column: int
    """Square east of the area's origin."""
    row: int
    """Square north of the area's origin."""
    kinds: tuple[SensitiveKind, ...]
    """Kinds that an answer was given about."""


def apart(kind: SensitiveKind) -> int:
    """
    Return how many squares apart two questions about a kind must be for no place to be near both.

    Examples
    --------
    >>> apart(SensitiveKind.WELL), apart(SensitiveKind.IDP_SITE)
    (4, 12)
    """
    return 2 + math.floor(2 * BUFFERS_M[kind] / SQUARE_M)


def square_of(point: Point) -> tuple[int, int]:
    """Return column and row of the kilometre square that holds a point [m]."""
    return math.floor(point.x / SQUARE_M), math.floor(point.y / SQUARE_M)


def open_kinds(
    asker: str, area_id: str, point: Point, before: Sequence[Inquiry], now: datetime
) -> tuple[SensitiveKind, ...]:
    """
    Return the kinds that a person may still get an answer about at a point.

    Parameters
    ----------
    asker
        Who asks.
    area_id
        Area asked about.
    point
        Where, in the area's metres.
    before
        What was answered so far, to anybody.
    now
        Time of the question.

    Notes
    -----
    It rests on the questions alone, so that a refusal tells nothing of the places.
    """
    own = [each for each in before if each.asker == asker and each.area_id == area_id]
    column, row = square_of(point)
    late = now - PERIOD
    mine = {
        (each.area_id, each.column, each.row)
        for each in before
        if each.asker == asker and each.asked_at > late
    }
    if (area_id, column, row) not in mine and len(mine) >= BUDGET:
        return ()
    return tuple(
        kind
        for kind in SensitiveKind
        if not any(
            0 < max(abs(each.column - column), abs(each.row - row)) < apart(kind)
            for each in own
            if kind in each.kinds
        )
    )


def answers(
    places: SensitivePlaces, point: Point, kinds: Sequence[SensitiveKind]
) -> Mapping[SensitiveKind, Nearness]:
    """Return an answer for every kind, `NOT_ANSWERED` for those that are not among `kinds`."""
    words = {True: Nearness.YES, False: Nearness.NO, None: Nearness.NOT_KNOWN}
    return {
        kind: words[places.any_near(point, kind)] if kind in kinds else Nearness.NOT_ANSWERED
        for kind in SensitiveKind
    }


@dataclass(frozen=True, slots=True)
class InquiryLog:
    """What was asked, in a file of this user's own; written before an answer is given, or none is."""

    path: Path

    def ask(
        self, places: SensitivePlaces, area_id: str, point: Point, *, asker: str, now: datetime | None = None
    ) -> Mapping[SensitiveKind, Nearness]:
        """
        Ask about sensitive places near a point.

        Parameters
        ----------
        places
            Of the area.
        area_id
            The area.
        point
            Where, in the area's metres.
        asker
            Who asks: whom the budget is for.
        now
            Time of the question, the present if left out.

        Returns
        -------
        Mapping
            An answer for each kind.

        Raises
        ------
        InquiryError
            If the log cannot be read or written: without a log there is no answer.
        """
        now, asker = now or datetime.now(UTC), printable(asker)
        with self._held() as descriptor:
            before = _read(descriptor)
            kinds = open_kinds(asker, area_id, point, before, now)
            if kinds:
                column, row = square_of(point)
                _append(descriptor, Inquiry(asker, now, area_id, column, row, kinds))
        return answers(places, point, kinds)

    @contextmanager
    def _held(self) -> Iterator[int]:
        """Open the log for one at a time."""
        try:
            self.path.parent.parent.mkdir(parents=True, exist_ok=True)
            make_private(self.path.parent)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK
            descriptor = os.open(self.path, flags, _OWNER_ALONE)
        except (OSError, LayerError) as error:
            raise InquiryError(_NO_LOG.having(file=self.path.name)) from error
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_mode & _OTHERS:
                raise InquiryError(_NO_LOG.having(file=self.path.name))
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        except OSError as error:
            raise InquiryError(_NO_LOG.having(file=self.path.name)) from error
        finally:
            os.close(descriptor)


_NO_LOG = say(
    "the log of questions about sensitive places, {file}, cannot be used, so nothing is answered: it must be "
    "a file of your own, which nobody else may read, with one question a line"
)


def user_log() -> InquiryLog:
    """Return the log in this user's own data folder."""
    return InquiryLog(user_data_path("footprint", appauthor=False) / LOG_FILE)


def local_asker() -> str:
    """Return whom the budget is for at a terminal: the user of this machine."""
    return getpass.getuser()


def _read(descriptor: int) -> list[Inquiry]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(os.dup(descriptor), "rb") as file:
        content = file.read()
    try:
        text = content.decode("utf-8")
        return [_inquiry(json.loads(line)) for line in text.splitlines()]
    except (ValueError, KeyError, TypeError) as error:
        # A line that was cut off or changed: who asked for what can no longer be told.
        raise InquiryError(_NO_LOG.having(file=LOG_FILE)) from error


def _inquiry(line: Mapping[str, object]) -> Inquiry:
    kinds = line["kinds"]
    if not isinstance(kinds, list):
        raise TypeError("kinds are a list")
    return Inquiry(
        asker=str(line["asker"]),
        asked_at=datetime.fromisoformat(str(line["asked_at"])),
        area_id=str(line["area_id"]),
        column=int(str(line["column"])),
        row=int(str(line["row"])),
        kinds=tuple(map(SensitiveKind, kinds)),
    )


def _append(descriptor: int, inquiry: Inquiry) -> None:
    line = {
        "asker": inquiry.asker,
        "asked_at": inquiry.asked_at.isoformat(),
        "area_id": inquiry.area_id,
        "column": inquiry.column,
        "row": inquiry.row,
        "kinds": [str(kind) for kind in inquiry.kinds],
    }
    os.write(descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode())
    os.fsync(descriptor)
