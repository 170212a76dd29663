"""Migrations: a store of the first version opens as the newest, with all it held."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from footprint.workshop import Draft, Redo, Store, StoreError, Undo
from footprint.workshop import engine as opening
from footprint.workshop.tables import METADATA
from tests.footprint.workshop.conftest import TEAM

FIRST = Path(__file__).with_name("first_version.sql")
"""Written by the tool of that version; never to be changed."""


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old.store"
    made = sqlite3.connect(path)
    made.executescript(FIRST.read_text(encoding="utf-8"))
    made.close()
    return path


def test_a_store_of_the_first_version_keeps_plans_undo_and_drafts(old):
    for _ in range(2):
        with Store(old) as store:
            entry = store.enter("first-version-token-22")
            desk = store.desk(entry)
            assert [(row.plan.name, row.plan.office) for row in desk.plans] == [
                ("North", "Koro"),
                ("South", ""),
            ]
            assert desk.plans[0].plan.scenario.changes == TEAM
            assert store.draft(entry) == Draft("a" * 32, '{"why": "é"}', 1)
            back = store.act(entry, Undo(), on=desk.version)
            assert [row.plan.name for row in back.plans] == ["North"]
            assert store.act(entry, Redo(), on=back.version).plans == desk.plans


def test_a_migrated_store_is_as_a_new_one(old, tmp_path):
    Store(old).close()
    Store(tmp_path / "new.store").close()
    assert shape(old) == shape(tmp_path / "new.store")


def shape(path):
    opened = sqlite3.connect(path)
    found = {
        (kind, name): opened.execute(f"PRAGMA table_info({name})").fetchall()
        for kind, name in opened.execute("SELECT type, name FROM sqlite_master")
    }
    opened.close()
    return found


def test_the_tables_in_code_are_those_the_migrations_make(tmp_path):
    with Store(tmp_path / "new.store") as store, store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_migration_that_fails_leaves_the_old_store_as_it_was(old, monkeypatch):
    before = shape(old)
    upgrade = opening.command.upgrade

    def broken(config, revision):
        upgrade(config, revision)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening.command, "upgrade", broken)
    with pytest.raises(StoreError, match="No space left"):
        Store(old)
    monkeypatch.undo()
    assert shape(old) == before
    Store(old).close()
