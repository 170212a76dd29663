"""The log keeps every entry it acknowledged, whoever is killed and however many write at once."""

from __future__ import annotations

import json
import multiprocessing
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from footprint.disclosure import SIGNING_FILE, signing_seed
from footprint.errors import ReleaseError, SecretError
from footprint.releases import log as module
from footprint.releases.checkpoint import public_key, read_checkpoint, sign
from footprint.releases.log import CHECKPOINT_FILE, HEAD_FILE, LOG_FILE, ReleaseLog, canonical
from footprint.releases.merkle import root
from tests.footprint.releases.kits import log_in


def add(log: ReleaseLog, *numbers: int) -> None:
    for number in numbers:
        log.append(lambda before, number=number: {"number": number, "before": len(before)})


def test_entries_come_back_in_order_and_the_log_holds(tmp_path):
    log = log_in(tmp_path)
    add(log, 7, 8, 9)
    state = log.examine()
    assert [each["number"] for each in state.contents] == [7, 8, 9]
    assert state.faults == ()
    assert (state.checkpoint.size, state.checkpoint.root) == (3, root(state.leaves))


def test_a_log_that_nobody_wrote_to_holds_and_is_empty(tmp_path):
    state = log_in(tmp_path).examine()
    assert (state.lines, state.faults) == ((), ())


def test_the_root_is_that_of_another_program_that_reads_the_same_lines(tmp_path):
    log = log_in(tmp_path)
    add(log, *range(5))
    other = InmemoryTree()
    for line in (tmp_path / "state" / LOG_FILE).read_bytes().splitlines():
        other.append_entry(line)
    assert other.get_root() == log.examine().checkpoint.root


def test_log_checkpoint_and_keys_are_for_their_owner_alone(tmp_path):
    add(log_in(tmp_path), 1)
    for file in (
        "state/" + LOG_FILE,
        "state/" + CHECKPOINT_FILE,
        "data/" + HEAD_FILE,
        "data/" + SIGNING_FILE,
    ):
        assert stat.S_IMODE((tmp_path / file).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_a_log_that_others_may_write_is_refused(tmp_path):
    log = log_in(tmp_path)
    add(log, 1)
    (tmp_path / "state" / LOG_FILE).chmod(0o622)
    with pytest.raises(ReleaseError, match="The log of releases cannot be used"):
        log.examine()


def test_a_log_that_is_a_link_is_refused(tmp_path):
    log = log_in(tmp_path)
    add(log, 1)
    path = tmp_path / "state" / LOG_FILE
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReleaseError, match="cannot be used"):
        add(log, 2)


def test_without_a_safe_key_nothing_is_logged(tmp_path):
    log = log_in(tmp_path)
    signing_seed(tmp_path / "data")
    (tmp_path / "data" / SIGNING_FILE).chmod(0o640)
    with pytest.raises(SecretError, match=rf"{SIGNING_FILE}: other users may read"):
        add(log, 1)
    assert not (tmp_path / "state" / LOG_FILE).exists()


def test_nothing_is_added_to_a_log_that_does_not_hold(tmp_path):
    log = log_in(tmp_path)
    add(log, 1, 2)
    path = tmp_path / "state" / LOG_FILE
    path.write_bytes(path.read_bytes().replace(b'"number":1', b'"number":5'))
    with pytest.raises(ReleaseError, match="Nothing leaves while the log of releases does not hold"):
        add(log, 3)


class KilledError(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", ["next", "half a line", "line", "checkpoint"])
def test_whoever_is_killed_leaves_a_log_that_holds_and_goes_on(tmp_path, monkeypatch, step):
    log = log_in(tmp_path)
    add(log, 1, 2)
    kept = (module.append_own, module.replace_own)

    def append(path, content):
        if step == "next":
            raise KilledError
        kept[0](path, content[:9] if step == "half a line" else content)
        if step != "checkpoint":
            raise KilledError

    def replace(path, content):
        kept[1](path, content)
        if step == "checkpoint" and path.name == CHECKPOINT_FILE:
            raise KilledError

    monkeypatch.setattr(module, "append_own", append)
    monkeypatch.setattr(module, "replace_own", replace)
    with pytest.raises(KilledError):
        add(log, 3)
    monkeypatch.undo()
    assert log.examine().faults == ()
    add(log, 4)
    expected = [1, 2, 4] if step in {"next", "half a line"} else [1, 2, 3, 4]
    assert [each["number"] for each in log.examine().contents] == expected
    assert not (tmp_path / "state" / "releases.next").exists()


def test_an_old_note_put_back_does_not_make_a_cut_log_look_begun(tmp_path):
    """Whoever kept the notes of a shorter log cuts it to that, and lays the later of them where one begins."""
    log = log_in(tmp_path)
    folder = tmp_path / "state"
    notes, contents = [], []
    for number in range(4):
        add(log, number)
        notes.append((folder / CHECKPOINT_FILE).read_bytes())
        contents.append((folder / LOG_FILE).read_bytes())
    (folder / CHECKPOINT_FILE).write_bytes(notes[0])
    (folder / LOG_FILE).write_bytes(contents[1])
    (folder / "releases.next").write_bytes(notes[1])
    (folder / "releases.next").chmod(0o600)
    faults = log.examine().faults
    assert any("of the 4 entries that release.head knows, 2 missing" in fault for fault in faults)


def write_many(folder):
    add(log_in(folder), *range(12))


@pytest.mark.slow
def test_processes_that_write_at_once_lose_nothing(tmp_path):
    signing_seed(tmp_path / "data")
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(write_many, [tmp_path] * 3, chunksize=1)
    state = log_in(tmp_path).examine()
    assert state.faults == ()
    assert [each["before"] for each in state.contents] == list(range(36))
    assert sorted(each["number"] for each in state.contents) == sorted([*range(12)] * 3)


def test_a_checkpoint_is_a_signed_note_as_others_write_it():
    seed = bytes(range(32))
    checkpoint = sign(7, root([]), seed)
    first, size, tree, empty, signature, end = checkpoint.text.split("\n")
    assert (first, size, empty, end) == ("footprint/releases", "7", "", "")
    assert len(tree) == 44
    assert signature.startswith("— footprint/releases ")
    assert read_checkpoint(checkpoint.text) == checkpoint
    assert checkpoint.signed_by(public_key(seed))
    assert not checkpoint.signed_by(public_key(bytes(32)))


@given(st.data())
def test_a_note_with_any_letter_changed_is_no_note_or_not_signed(data):
    seed = bytes(range(32))
    text = sign(7, root([]), seed).text
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.characters(codec="utf-8")) + text[at + 1 :]
    note = read_checkpoint(changed)
    assert changed == text or note is None or not note.signed_by(public_key(seed))


def test_equal_entries_are_equal_bytes_and_what_may_be_written_twice_is_refused():
    assert canonical({"b": 1, "a": [True, None, "é"]}) == canonical(
        json.loads('{"a": [true, null, "\\u00e9"], "b": 1}')
    )
    for value in (1.5, {1: "a"}, {"a", "b"}, float("nan"), b"bytes"):
        with pytest.raises(TypeError):
            canonical({"value": value})


def test_the_log_lies_in_the_users_state_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert ReleaseLog.of_user().folder == tmp_path / "footprint"
    assert list(tmp_path.iterdir()) == []


def test_a_log_of_another_key_says_what_to_do(tmp_path):
    add(log_in(tmp_path), 1)
    other = ReleaseLog(tmp_path / "state", tmp_path / "elsewhere")
    last = other.examine().faults[-1]
    assert "begun with another key" in last
    assert SIGNING_FILE in last


def test_two_copies_of_the_program_of_one_user_share_one_log(tmp_path):
    add(log_in(tmp_path), 1)
    add(log_in(tmp_path), 2)
    assert log_in(tmp_path).examine().faults == ()


def test_a_log_of_another_key_begins_anew_once_it_is_moved_aside(tmp_path):
    add(log_in(tmp_path), 1)
    for file in (LOG_FILE, CHECKPOINT_FILE):
        (tmp_path / "state" / file).rename(tmp_path / file)
    other = ReleaseLog(tmp_path / "state", tmp_path / "elsewhere")
    add(other, 2)
    assert other.examine().faults == ()
