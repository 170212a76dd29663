"""The store: desks, their plans and drafts, written before they are acknowledged."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self

from cachetools import LRUCache
from platformdirs import user_data_path
from sqlalchemy import Connection, Row, Select, func, insert, select, update

from footprint.workshop.acts import Act, Redo, Undo, acted
from footprint.workshop.desks import MOST_DRAFT_BYTES, Desk, Draft, Entry, new_token, token_hash
from footprint.workshop.engine import WRITES, open_engine, plainly
from footprint.workshop.faults import UNCHANGED, DeskError, PlanFileError, StaleError, StoreError
from footprint.workshop.plan_files import plan_digest, plan_text, stored
from footprint.workshop.plans import Plan, PlanRow, Rows
from footprint.workshop.tables import CONTENT, DESK, DRAFT, STANDING, STEP
from layers.sentences import say

FILE = "footprint.store"
"""Name of the store where none is named."""

_KEPT_BYTES = 50_000_000
"""Texts of plans that are kept as read [bytes]."""

_FIRST = "begin"
"""Act of the step every desk begins with."""


def usual_store() -> Path:
    """Return where the store lies if nobody names another: in the user's own data folder."""
    return user_data_path("footprint", appauthor=False) / FILE


class Store:
    """
    A file of desks, on this machine's own disk, for any number of threads and processes.

    Every act is one transaction, on disk before its answer is given. What is refused changes nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = open_engine(path)
        self._writing = self._engine.execution_options(**WRITES)
        # Texts never change under their hash, so what was read once stays right.
        self._read: LRUCache[str, tuple[Plan, int]] = LRUCache(_KEPT_BYTES, getsizeof=lambda kept: kept[1])
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def new_desk(self, area_id: str) -> tuple[str, Entry]:
        """Make a desk for an area; return its token, which is nowhere kept, and the entry it gives."""
        token, desk_id = new_token(), uuid.uuid4().hex
        with plainly(self.path), self._writing.begin() as connection:
            connection.execute(
                insert(DESK).values(
                    desk_id=desk_id,
                    token_hash=token_hash(token),
                    area_id=area_id,
                    version=0,
                    step=0,
                    made_at=_now(),
                )
            )
            connection.execute(insert(STEP).values(desk_id=desk_id, number=0, act=_FIRST, made_at=_now()))
        return token, Entry(desk_id)

    def enter(self, token: str) -> Entry:
        """
        Return the right to act at the desk of a token.

        Raises
        ------
        DeskError
            If no desk has it.
        """
        with plainly(self.path), self._engine.begin() as connection:
            found = connection.execute(select(DESK.c.desk_id).where(DESK.c.token_hash == token_hash(token)))
            desk_id = found.scalar()
        if desk_id is None:
            raise DeskError(
                say("There is no desk under this address."),
                say("Open the address you were given again, or begin a new desk."),
            )
        return Entry(desk_id)

    def entries(self) -> tuple[Entry, ...]:
        """Return every desk, the oldest first, for who holds the file itself."""
        with plainly(self.path), self._engine.begin() as connection:
            ids = connection.execute(
                select(DESK.c.desk_id).order_by(DESK.c.made_at, DESK.c.desk_id)
            ).scalars()
            return tuple(Entry(desk_id) for desk_id in ids)

    def desk(self, entry: Entry) -> Desk:
        """Return a desk as it stands."""
        with plainly(self.path), self._engine.begin() as connection:
            return self._desk(connection, entry)

    def act(self, entry: Entry, act: Act, *, on: int) -> Desk:
        """
        Do one act at a desk and write it down.

        Parameters
        ----------
        entry
            The desk, and who acts.
        act
            What to do.
        on
            Version of the desk that the person saw.

        Returns
        -------
        Desk
            As it stands now; it is on disk.

        Raises
        ------
        StaleError
            If somebody acted since that version.
        DeskError
            If it cannot be done. Nothing has changed then.
        """
        with plainly(self.path), self._writing.begin() as connection:
            before = self._desk(connection, entry, locked=True)
            if before.version != on:
                raise StaleError(
                    say("The plans were changed in another tab or by somebody else meanwhile."),
                    say("Nothing of theirs or yours is lost: look at the plans and do it again."),
                )
            match act:
                case Undo() | Redo():
                    step = self._other_step(connection, entry, act)
                case _:
                    rows = acted(before.plans, act, area_id=before.area_id, new_id=lambda: uuid.uuid4().hex)
                    step = self._write(connection, entry, type(act).__name__, rows)
            connection.execute(
                update(DESK).where(DESK.c.desk_id == entry.desk_id).values(version=on + 1, step=step)
            )
            return self._desk(connection, entry)

    def draft(self, entry: Entry) -> Draft:
        """Return what the person of an entry was at last; an empty draft if nothing."""
        with plainly(self.path), self._engine.begin() as connection:
            return self._draft(connection, entry)

    def keep_draft(self, entry: Entry, draft: Draft) -> Draft:
        """
        Keep what somebody is at, instead of what was kept before.

        Parameters
        ----------
        entry
            The desk, and whose draft it is.
        draft
            With the version it was made from.

        Returns
        -------
        Draft
            With its new version; it is on disk.

        Raises
        ------
        StaleError
            If another tab has kept one since; that one stays.
        """
        if len(draft.text.encode("utf-8", "surrogatepass")) > MOST_DRAFT_BYTES:
            raise DeskError(
                say("The draft is larger than {n} bytes.", n=MOST_DRAFT_BYTES),
                say("Take something out of it; nothing was changed."),
            )
        with plainly(self.path), self._writing.begin() as connection:
            if self._draft(connection, entry).version != draft.version:
                raise StaleError(
                    say("Another tab has written to this draft meanwhile."),
                    say("Its text was kept; load this page again to go on from there."),
                )
            kept = replace(draft, version=draft.version + 1)
            values = {
                "version": kept.version,
                "plan_id": kept.plan_id,
                "text": _sound(kept.text),
                "made_at": _now(),
            }
            mine = (DRAFT.c.desk_id == entry.desk_id) & (DRAFT.c.person == entry.person)
            if draft.version:
                connection.execute(update(DRAFT).where(mine).values(values))
            else:
                named = {"desk_id": entry.desk_id, "person": entry.person}
                connection.execute(insert(DRAFT).values(named | values))
        return kept

    def _draft(self, connection: Connection, entry: Entry) -> Draft:
        mine = (DRAFT.c.desk_id == entry.desk_id) & (DRAFT.c.person == entry.person)
        row = connection.execute(select(DRAFT).where(mine)).one_or_none()
        return Draft(row.plan_id, row.text, row.version) if row else Draft()

    def _desk(self, connection: Connection, entry: Entry, *, locked: bool = False) -> Desk:
        asked = select(DESK).where(DESK.c.desk_id == entry.desk_id)
        head = connection.execute(asked.with_for_update() if locked else asked).one_or_none()
        if head is None:
            raise DeskError(say("There is no such desk."), UNCHANGED)
        step = connection.execute(_step_of(entry, head.step)).one()
        child = connection.execute(_last_child(entry, head.step)).one_or_none()
        return Desk(
            entry.desk_id,
            head.area_id,
            head.version,
            self._plans(connection, entry, head.step),
            undoes="" if step.parent is None else step.act,
            redoes=child.act if child else "",
        )

    def _plans(self, connection: Connection, entry: Entry, step: int) -> Rows:
        rows = connection.execute(
            select(STANDING)
            .where(STANDING.c.desk_id == entry.desk_id, STANDING.c.number == step)
            .order_by(STANDING.c.place)
        ).all()
        self._fetch(connection, {row.digest for row in rows})
        return tuple(
            PlanRow(row.plan_id, self._plan(connection, row), bool(row.archived), row.digest) for row in rows
        )

    def _plan(self, connection: Connection, row: Row[Any]) -> Plan:
        with self._lock:
            kept = self._read.get(row.digest)
        # What others read meanwhile may have pushed it out again.
        return kept[0] if kept else self._fetch(connection, {row.digest})[row.digest]

    def _fetch(self, connection: Connection, digests: set[str]) -> dict[str, Plan]:
        """Read the texts that are not kept as read yet, and keep them."""
        with self._lock:
            missing = sorted(digest for digest in digests if digest not in self._read)
        asked = select(CONTENT.c.digest, CONTENT.c.text).where(CONTENT.c.digest.in_(missing))
        fetched: dict[str, Plan] = {}
        for digest, text in connection.execute(asked) if missing else ():
            fetched[digest] = self._read_text(digest, text)
            self._keep(digest, fetched[digest], text)
        return fetched

    def _read_text(self, digest: str, text: str) -> Plan:
        """Read the text of a plan, which must be what was written."""
        try:
            if plan_digest(text) == digest:
                return stored(text, file=self.path.name)
        except PlanFileError as error:
            raise self._tampered() from error
        raise self._tampered()

    def _tampered(self) -> StoreError:
        return StoreError(
            say("{file}: a plan is not what was written.", file=self.path.name),
            say("Leave the file as it is, and put a copy of an earlier day in its place."),
        )

    def _keep(self, digest: str, plan: Plan, text: str) -> None:
        with self._lock:
            self._read[digest] = (plan, len(text))

    def _other_step(self, connection: Connection, entry: Entry, act: Undo | Redo) -> int:
        at = connection.execute(select(DESK.c.step).where(DESK.c.desk_id == entry.desk_id)).scalar_one()
        if isinstance(act, Undo):
            parent = connection.execute(_step_of(entry, at)).one().parent
            if parent is None:
                raise DeskError(say("There is nothing to undo."), UNCHANGED)
            return int(parent)
        child = connection.execute(_last_child(entry, at)).one_or_none()
        if child is None:
            raise DeskError(say("There is nothing to redo."), UNCHANGED)
        return int(child.number)

    def _write(self, connection: Connection, entry: Entry, act: str, rows: Rows) -> int:
        """Write a step with the plans that stand after it; return its number."""
        mine = STEP.c.desk_id == entry.desk_id
        number = connection.execute(select(func.max(STEP.c.number)).where(mine)).scalar_one() + 1
        parent = select(DESK.c.step).where(DESK.c.desk_id == entry.desk_id).scalar_subquery()
        step = {"desk_id": entry.desk_id, "number": number}
        made = {"parent": parent, "act": act, "made_at": _now(), "person": entry.person}
        connection.execute(insert(STEP).values(step | made))
        standing = [
            {
                **step,
                "place": place,
                "plan_id": row.plan_id,
                "digest": digest,
                "archived": int(row.archived),
            }
            for place, (row, digest) in enumerate(
                zip(rows, self._contents(connection, rows), strict=True), start=1
            )
        ]
        if standing:
            connection.execute(insert(STANDING), standing)
        return int(number)

    def _contents(self, connection: Connection, rows: Iterable[PlanRow]) -> list[str]:
        """Write the texts that are not there yet; return the hash of each row's."""
        texts = {row.plan_id: plan_text(row.plan) for row in rows if not row.digest}
        fresh = {plan_digest(text): text for text in texts.values()}
        asked = select(CONTENT.c.digest).where(CONTENT.c.digest.in_(fresh))
        there = set(connection.execute(asked).scalars()) if fresh else set()
        values = [{"digest": each, "text": text} for each, text in fresh.items() if each not in there]
        if values:
            connection.execute(insert(CONTENT), values)
        return [row.digest or plan_digest(texts[row.plan_id]) for row in rows]


def _step_of(entry: Entry, number: int) -> Select[Any]:
    return select(STEP).where(STEP.c.desk_id == entry.desk_id, STEP.c.number == number)


def _last_child(entry: Entry, number: int) -> Select[Any]:
    """Return the question for the step made last on a step: what was undone last."""
    children = select(STEP).where(STEP.c.desk_id == entry.desk_id, STEP.c.parent == number)
    return children.order_by(STEP.c.number.desc()).limit(1)


def _sound(text: str) -> str:
    """Return a text without halves of letters, which no database takes."""
    return text.encode("utf-8", "replace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
