"""The store: what is acknowledged is on disk, what is refused changes nothing, and both say so plainly."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event

from footprint.language import Language
from footprint.scenario import CloseSite, Scenario
from footprint.workshop import (
    NOTHING_ID,
    AddPlan,
    ArchivePlan,
    AssignOffice,
    Baseline,
    CopyPlan,
    DeskError,
    Draft,
    PlacePlan,
    Plan,
    PlanFileError,
    Redo,
    RedrawPlan,
    RemovePlan,
    RenamePlan,
    SetNumbers,
    StaleError,
    Store,
    StoreError,
    Undo,
)
from tests.footprint.workshop.conftest import TEAM, plan

ROOT = Path(__file__).resolve().parents[3]
KEEPING = Path(__file__).with_name("keeping.py")


def names(desk):
    return [row.plan.name for row in desk.plans]


def done(store, entry, *acts):
    """Do acts one after the other; return the desk after the last."""
    desk = store.desk(entry)
    for act in acts:
        desk = store.act(entry, act, on=desk.version)
    return desk


# -- desks and tokens --------------------------------------------------------------------------


def test_a_desk_is_found_by_its_token_alone_after_a_restart(path):
    with Store(path) as store:
        token, entry = store.new_desk("square")
        before = done(store, entry, AddPlan(plan("North", *TEAM, office="Field office")))
    with Store(path) as store:
        assert store.desk(store.enter(token)) == before
        for wrong in ("", token[:-1], token.swapcase(), "x" * 22, "\udcff"):
            with pytest.raises(DeskError, match="no desk under this address"):
                store.enter(wrong)


def test_tokens_are_long_and_are_in_no_file_of_the_store(store, path):
    tokens = [store.new_desk("square")[0] for _ in range(20)]
    content = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert len(set(tokens)) == 20
    assert min(map(len, tokens)) * 6 >= 96
    for token in tokens:
        assert token.encode() not in content
        assert hashlib.sha256(token.encode()).hexdigest().encode() in content


def test_the_files_are_their_owners_alone(store, path):
    store.new_desk("square")
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_settings_measured_hold_on_every_connection(store):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    with store._engine.connect() as one, store._writing.connect() as other:
        for connection in (one, other):
            assert {key: connection.exec_driver_sql(f"PRAGMA {key}").scalar() for key in wanted} == wanted


# -- plans -------------------------------------------------------------------------------------


def test_nothing_is_always_the_first_row_and_cannot_be_touched(store):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan()))
    for act in (
        RemovePlan(NOTHING_ID),
        RenamePlan(NOTHING_ID, "Mine"),
        ArchivePlan(NOTHING_ID),
        PlacePlan(NOTHING_ID, 2),
        AssignOffice(NOTHING_ID, "x"),
        RedrawPlan(NOTHING_ID, ()),
        SetNumbers(NOTHING_ID, ()),
    ):
        with pytest.raises(DeskError, match="always stands"):
            store.act(entry, act, on=desk.version)
    desk = done(store, entry, RemovePlan(desk.plans[0].plan_id))
    assert [row.called(Language("fr")) for row in desk.rows] == ["Ne rien faire"]
    assert desk.rows[0].plan.scenario.changes == ()


def test_plans_are_copied_renamed_ordered_archived_and_removed(store):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A")), AddPlan(plan("B")), AddPlan(plan("a")))
    assert names(desk) == ["A", "B", "a (2)"]
    first, second, third = (row.plan_id for row in desk.plans)
    assert names(done(store, entry, CopyPlan(first))) == ["A", "A (3)", "B", "a (2)"]
    desk = done(store, entry, Undo(), PlacePlan(third, 1), RenamePlan(third, "  C "), ArchivePlan(second))
    assert [(row.plan.name, row.archived) for row in desk.plans] == [("C", False), ("A", False), ("B", True)]
    desk = done(store, entry, ArchivePlan(second, archived=False), PlacePlan(third, 99), RemovePlan(first))
    assert [(row.plan.name, row.archived) for row in desk.plans] == [("B", False), ("C", False)]


def test_a_copy_stands_behind_its_plan_and_a_copy_of_nothing_is_a_blank_plan(store):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A", *TEAM, office="Koro")), AddPlan(plan("B")))
    desk = done(store, entry, CopyPlan(desk.plans[0].plan_id), CopyPlan(NOTHING_ID))
    assert names(desk) == ["Plan 1", "A", "A (2)", "B"]
    assert desk.plans[0].plan.scenario.changes == ()
    assert desk.plans[2].plan.scenario.changes == TEAM
    assert desk.plans[2].plan.office == "Koro"


def test_an_office_changes_and_numbers_are_kept_with_their_plan(store):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A")))
    own = desk.plans[0].plan_id
    number = (("travel.convoy_cap_kmh", 30.0),)
    desk = done(store, entry, AssignOffice(own, "Koro"), SetNumbers(own, number), RedrawPlan(own, TEAM, "d2"))
    kept = desk.row(own).plan
    assert (kept.office, kept.numbers, kept.scenario.changes) == ("Koro", number, TEAM)
    assert kept.baseline == Baseline("square", "d2")
    assert store.desk(entry) == desk


@pytest.mark.parametrize(
    "name", ["", "  ", "a\nb", "a\x1b[2J", "a\u202eb", "x" * 121, "\ud800", "ne rien FAIRE"]
)
@pytest.mark.slow
def test_names_that_are_no_names_are_refused_and_nothing_changes(store, name):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A")))
    with pytest.raises(DeskError):
        store.act(entry, RenamePlan(desk.plans[0].plan_id, name), on=desk.version)
    assert store.desk(entry) == desk


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "**x** [a](b)", "{n} %s", "'; DROP TABLE desk;--", "Équipe №1"]
)
@pytest.mark.slow
def test_names_are_text_and_come_back_as_they_are(store, name):
    _, entry = store.new_desk("square")
    assert names(done(store, entry, AddPlan(plan(name)))) == [name]


def test_a_name_that_is_taken_is_refused_when_renaming(store):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A")), AddPlan(plan("B")))
    with pytest.raises(DeskError, match="Another plan is called"):
        store.act(entry, RenamePlan(desk.plans[1].plan_id, "a"), on=desk.version)
    assert names(done(store, entry, RenamePlan(desk.plans[1].plan_id, "b"))) == ["A", "b"]


def test_a_plan_of_another_area_is_refused(store):
    _, entry = store.new_desk("elsewhere")
    with pytest.raises(DeskError, match="is for the area 'square'; this desk is for 'elsewhere'"):
        store.act(entry, AddPlan(plan()), on=0)


@pytest.mark.parametrize(
    "changes",
    [(CloseSite("\ud800"),), (CloseSite("x", months=0),), (TEAM[0].__class__("s", "S", float("nan"), 14.0),)],
)
def test_what_could_not_be_read_again_is_not_written(store, changes):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A")))
    with pytest.raises(PlanFileError):
        store.act(entry, RedrawPlan(desk.plans[0].plan_id, changes), on=desk.version)
    assert store.desk(entry) == desk


def test_a_number_out_of_its_range_is_refused_in_both_languages(store):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A")))
    numbers = (("travel.convoy_cap_kmh", 9999.0), ("travel.unheard", 1.0))
    with pytest.raises(PlanFileError) as refused:
        store.act(entry, SetNumbers(desk.plans[0].plan_id, numbers), on=desk.version)
    assert "numbers.travel.convoy_cap_kmh" in str(refused.value)
    assert "numbers.travel.unheard" in str(refused.value)
    assert "hors limites" in refused.value.said(Language("fr"))


@pytest.mark.slow
def test_a_plan_of_more_than_five_megabytes_is_refused(store):
    _, entry = store.new_desk("square")
    large = Plan(Scenario("L", tuple(CloseSite(f"{n:0>400}") for n in range(13000))), Baseline("square"))
    with pytest.raises(PlanFileError, match="larger than"):
        store.act(entry, AddPlan(large), on=0)
    assert store.desk(entry).plans == ()


# -- undo and redo -----------------------------------------------------------------------------


def test_undo_and_redo_work_across_a_restart(path):
    with Store(path) as store:
        token, entry = store.new_desk("square")
        done(store, entry, AddPlan(plan("A")), AddPlan(plan("B")), Undo())
    with Store(path) as store:
        entry = store.enter(token)
        desk = store.desk(entry)
        assert (names(desk), desk.undoes, desk.redoes) == (["A"], "AddPlan", "AddPlan")
        assert names(done(store, entry, Redo())) == ["A", "B"]
        desk = done(store, entry, Undo(), Undo())
        assert (names(desk), desk.undoes) == ([], "")
        with pytest.raises(DeskError, match="nothing to undo"):
            store.act(entry, Undo(), on=desk.version)


def test_a_new_act_after_undo_leaves_nothing_to_redo(store):
    _, entry = store.new_desk("square")
    desk = done(store, entry, AddPlan(plan("A")), Undo(), AddPlan(plan("B")))
    with pytest.raises(DeskError, match="nothing to redo"):
        store.act(entry, Redo(), on=desk.version)
    assert names(done(store, entry, Undo(), Redo())) == ["B"]


# -- two tabs ----------------------------------------------------------------------------------


def test_an_act_on_a_stale_desk_is_refused_and_loses_nothing(store):
    token, entry = store.new_desk("square")
    done(store, entry, AddPlan(plan("A")))
    seen = store.desk(store.enter(token))
    theirs = done(store, entry, AddPlan(plan("B")))
    for act in (AddPlan(plan("C")), Undo(), RenamePlan(seen.plans[0].plan_id, "X")):
        with pytest.raises(StaleError, match="another tab"):
            store.act(entry, act, on=seen.version)
    assert store.desk(entry) == theirs
    assert names(done(store, entry, AddPlan(plan("C")))) == ["A", "B", "C"]


def test_a_draft_is_kept_and_a_stale_one_is_refused(path):
    with Store(path) as store:
        token, entry = store.new_desk("square")
        assert store.draft(entry) == Draft()
        first = store.keep_draft(entry, Draft("p", '{"why": "é"}'))
        store.keep_draft(entry, Draft("p", "second", first.version))
        with pytest.raises(StaleError, match="Another tab"):
            store.keep_draft(entry, Draft("p", "late", first.version))
        with pytest.raises(DeskError, match="larger than"):
            store.keep_draft(entry, Draft("p", "x" * 1_000_001, 2))
    with Store(path) as store:
        assert store.draft(store.enter(token)) == Draft("p", "second", 2)


# -- threads, processes, kill -9 ---------------------------------------------------------------


@pytest.fixture(scope="module")
def nursery():
    """Return a process in which jobs are begun, each in a process of its own."""
    with subprocess.Popen(
        [sys.executable, str(KEEPING)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as started:
        yield started
        started.stdin.close()


def begin(nursery, *jobs):
    nursery.stdin.write("; ".join(" ".join(map(str, job)) for job in jobs) + "\n")
    nursery.stdin.flush()


def heard(nursery):
    """Return what jobs say until all have ended, the numbers of their processes left out, and how they ended."""
    said = []
    while not (line := nursery.stdout.readline().strip()).startswith("over"):
        said.append(line)
    return [line for line in said if not line.isdecimal()], line.removeprefix("over ")


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_killed_fifty_times(path, nursery):
    with Store(path) as store:
        token, entry = store.new_desk("square")
    said = []
    for number in range(50):
        begin(nursery, ("keep", path, token, number, 400))
        process = int(nursery.stdout.readline())
        # Killed somewhere within the next act, each time somewhere else.
        said += [nursery.stdout.readline().strip() for _ in range(1 + number % 3)]
        threading.Event().wait(number * 0.0004)
        os.kill(process, signal.SIGKILL)
        more, ended = heard(nursery)
        assert ended == f"[{-signal.SIGKILL}]"
        said += more
    with Store(path) as store:
        kept = names(store.desk(store.enter(token)))
        assert len(said) >= 50
        assert all(said)
        assert set(said) - set(kept) == set()
        assert len(kept) == len(set(kept))
        assert names(done(store, entry, Undo(), Redo())) == kept


@pytest.mark.slow
def test_three_processes_opening_and_writing_at_once_lose_nothing(path, nursery):
    with Store(path) as store:
        token, _ = store.new_desk("square")
    begin(nursery, *(("keep", path, token, number, 15) for number in range(3)))
    said, ended = heard(nursery)
    assert ended == "[0, 0, 0]"
    with Store(path) as store:
        assert sorted(names(store.desk(store.enter(token)))) == sorted(said)
        assert len(said) == 45


def test_a_store_is_made_once_by_three_processes_at_once(path, nursery):
    begin(nursery, *[("keep", path)] * 3)
    assert heard(nursery) == ([], "[0, 0, 0]")
    with Store(path) as store:
        assert len(store.entries()) == 3


@pytest.mark.slow
def test_twenty_threads_write_to_one_desk_and_to_their_own(store):
    _, shared = store.new_desk("square")
    own = [store.new_desk("square")[1] for _ in range(20)]

    def work(number):
        for turn in range(5):
            until_done(store, shared, AddPlan(plan(f"{number}.{turn}")))
            done(store, own[number], AddPlan(plan(f"{turn}")))

    with ThreadPoolExecutor(20) as threads:
        # Whatever goes wrong in a thread is raised here.
        list(threads.map(work, range(20)))
    wanted = sorted(f"{number}.{turn}" for number in range(20) for turn in range(5))
    assert sorted(names(store.desk(shared))) == wanted
    assert all(names(store.desk(entry)) == ["0", "1", "2", "3", "4"] for entry in own)


def until_done(store, entry, act):
    """Do an act, looking anew as often as somebody else was first."""
    while True:
        try:
            return store.act(entry, act, on=store.desk(entry).version)
        except StaleError:
            continue


# -- files that are no store, and disks that refuse ----------------------------------------------


@pytest.mark.parametrize("content", [b"not a database at all", b"PK\x03\x04" * 100, b"SQLite"])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "x.store"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"x\.store is no store") as refused:
        Store(path)
    assert "n’est pas un registre" in refused.value.said(Language("fr"))
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "x.store"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE desk (x)")
    other.commit()
    other.close()
    with pytest.raises(StoreError, match="another program"):
        Store(path)
    other = sqlite3.connect(path)
    assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["desk"]
    other.close()


@pytest.mark.parametrize("begins", [100, 4096, 20480])
@pytest.mark.slow
def test_a_damaged_store_is_told_as_damaged(path, begins):
    with Store(path) as store:
        _, entry = store.new_desk("square")
        done(store, entry, *(AddPlan(plan(f"{n}", *TEAM)) for n in range(30)))
    content = bytearray(path.read_bytes())
    content[begins : begins + 4000] = b"\xa5" * 4000
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged|plan is not what was written"), Store(path) as store:
        store.desk(store.entries()[0])


def test_a_plan_changed_behind_the_stores_back_is_told(path):
    with Store(path) as store:
        _, entry = store.new_desk("square")
        done(store, entry, AddPlan(plan("A")))
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        other.execute("UPDATE content SET text = replace(text, 'camp', 'mill')")
    other.execute("DROP TRIGGER content_no_update")
    other.execute("UPDATE content SET text = replace(text, 'camp', 'mill')")
    other.commit()
    other.close()
    with Store(path) as store, pytest.raises(StoreError, match="not what was written"):
        store.desk(entry)


def test_a_newer_store_is_refused_and_left_alone(path):
    Store(path).close()
    other = sqlite3.connect(path)
    other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.commit()
    other.close()
    with pytest.raises(StoreError, match="newer version of the tool"):
        Store(path)


def test_a_full_disk_loses_the_last_act_alone_and_says_so(path):
    with Store(path) as store:
        _, entry = store.new_desk("square")
        before = done(store, entry, AddPlan(plan("A")))

        def full(connection, _record, _proxy):
            # The driver takes the limit for a disk that has no room left.
            connection.execute("PRAGMA max_page_count = 1")

        event.listen(store._engine, "checkout", full)
        big = plan("B", *(CloseSite(f"{n:0>100}") for n in range(300)))
        with pytest.raises(StoreError, match="disk is full"):
            store.act(entry, AddPlan(big), on=before.version)
        event.remove(store._engine, "checkout", full)
        store._engine.dispose()
        assert store.desk(entry) == before
        assert names(done(store, entry, AddPlan(big))) == ["A", "B"]


def test_files_that_may_not_grow_are_told(path, nursery):
    Store(path).close()
    begin(nursery, ("without_room", path))
    ((refusal,), _) = heard(nursery)
    assert "cannot be opened or written" in refusal or "disk is full" in refusal


def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be opened or written"):
        Store(tmp_path / "file" / "x.store")


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.slow
def test_a_read_only_folder_is_told(tmp_path, nursery, is_there):
    folder = tmp_path / "ro"
    folder.mkdir()
    path = folder / "x.store"
    if is_there:
        Store(path).close()
        path.chmod(0o444)
    folder.chmod(0o555)
    for above in list(folder.parents)[:3]:
        above.chmod(above.stat().st_mode | 0o055)
    begin(nursery, ("without_leave", path))
    ((refusal,), _) = heard(nursery)
    folder.chmod(0o755)
    assert "cannot be opened or written in the folder" in refusal
