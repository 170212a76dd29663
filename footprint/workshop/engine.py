"""Opening a store: the database behind it, what it must hold, and plain words where it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from footprint.workshop import migrations
from footprint.workshop.faults import StoreError
from layers.sentences import Sentence, say

_PATIENCE_S = 30.0
"""Longest wait for others who write [s]."""

_APPLICATION_ID = 0x46505253
"""Mark of our databases in the file's head: "FPRS"."""

_HEAD = b"SQLite format 3\0"
_OWNER_ALONE = 0o600
_FOLDER_OF_OWNER = 0o700

WRITES = {"writes": True}
"""Execution option of connections that write: they wait for their turn when they begin, not half way."""


def open_engine(path: Path) -> Engine:
    """
    Return the database at `path`, made if there is none, brought to the newest version.

    Raises
    ------
    StoreError
        If it is no store of ours, damaged, of a newer version, or cannot be written; it is as before.
    """
    with plainly(path):
        _made_private(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _PATIENCE_S},
        pool_timeout=_PATIENCE_S,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with plainly(path):
            _bring_up(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what the disk or the database refuses into a `StoreError`; our own bugs rise."""
    try:
        yield
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        refusal = _refusal(name, str(error.orig), path)
        if refusal is None:
            raise
        raise refusal from error
    except sqlite3.Error as error:
        refusal = _refusal(getattr(error, "sqlite_errorname", ""), str(error), path)
        if refusal is None:
            raise
        raise refusal from error
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error)) from error


def _refusal(name: str, words: str, path: Path) -> StoreError | None:
    """Return in plain words what SQLite's error says, None if it is a bug of ours."""
    file = path.name
    if name.startswith("SQLITE_FULL"):
        return StoreError(
            say("{file}: the disk is full; the last act was not kept.", file=file),
            say("Free some space and do it again; all acts before it are safe."),
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(path, words)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(
            say("{file}: others have been writing for too long; the act was not kept.", file=file),
            say("Try again in a moment."),
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")):
        return _not_writable(path, words)
    return None


def _not_writable(path: Path, words: str) -> StoreError:
    return StoreError(
        say(
            "{file}: the store cannot be opened or written in the folder {folder} ({reason}).",
            file=path.name,
            folder=str(path.parent),
            reason=words,
        ),
        say("Allow writing there, or name a file in another folder on this machine's own disk."),
    )


def _damaged(path: Path, words: str) -> StoreError:
    return StoreError(
        say("{file}: the store is damaged ({reason}).", file=path.name, reason=words),
        say("Leave the file as it is, and put a copy of an earlier day in its place."),
    )


def _foreign(problem: Sentence) -> StoreError:
    return StoreError(problem, say("Name another file; this one was left as it is."))


def _made_private(path: Path) -> None:
    """Make file and folder for their owner alone; refuse a file that is no database."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_OF_OWNER)
    with suppress(FileExistsError):
        # What is beside it, the log of writes, gets the same rights from SQLite.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ALONE))
    with path.open("rb") as file:
        head = file.read(len(_HEAD))
    if head and head != _HEAD:
        raise _foreign(say("{file} is no store: it is no SQLite database.", file=path.name))


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver's own
    """Set what holds for every connection; see SAFETY, records, for what was measured."""
    # The driver would begin transactions when it sees fit; `_begin` does.
    connection.isolation_level = None
    for pragma in (
        "busy_timeout = 30000",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up(engine: Engine, path: Path) -> None:
    """See that the database is ours and whole; make or migrate it in one transaction."""
    _write_ahead(engine)
    with engine.connect() as connection:
        _must_be_ours(connection, path)
        if _revision(connection) == _newest():
            _must_be_whole(connection, path)
            return
    with engine.execution_options(**WRITES).begin() as connection:
        # Another process may have been first: then there is nothing left to do.
        _must_be_ours(connection, path)
        _must_be_known(_revision(connection), path)
        _must_be_whole(connection, path)
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
        command.upgrade(_config(connection), "head")


def _write_ahead(engine: Engine) -> None:
    """Turn write-ahead logging on; whoever is second waits, which SQLite does not do by itself here."""
    until = time.monotonic() + _PATIENCE_S
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return
    finally:
        connection.close()


def _must_be_ours(connection: Connection, path: Path) -> None:
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    marked = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if tables and marked != _APPLICATION_ID:
        raise _foreign(say("{file} is a database of another program.", file=path.name))


def _must_be_whole(connection: Connection, path: Path) -> None:
    word = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if word != "ok":
        raise _damaged(path, str(word).splitlines()[0])


def _must_be_known(revision: str, path: Path) -> None:
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision and revision not in known:
        raise StoreError(
            say(
                "{file} was written by a newer version of the tool (store {theirs}, this reads {ours}).",
                file=path.name,
                theirs=revision,
                ours=_newest(),
            ),
            say("Use that version, or a newer one; the file was left as it is."),
        )


def _revision(connection: Connection) -> str:
    """Return the version a database is of, "" for an empty one."""
    there = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.exec_driver_sql(there).scalar_one():
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _newest() -> str:
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings; the migrations travel inside the package."""
    config = Config(attributes={"connection": connection})
    folder = Path(str(migrations.__file__)).parent
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
