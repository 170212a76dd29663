"""Nothing is shown more precisely than its profile allows."""

from __future__ import annotations

import multiprocessing
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint import disclosure
from footprint.disclosure import KEY_FILE, SIGNING_FILE, Precision, local_secret, rounded, signing_seed
from footprint.errors import SecretError


@given(st.floats(-12, 4), st.floats(10, 25))
def test_a_public_position_gives_no_more_than_a_tenth_of_a_degree(lon, lat):
    for value in rounded(lon, lat, Precision.PUBLIC):
        assert abs(value * 10 - round(value * 10)) < 1e-6


def test_there_are_no_squares_by_unit():
    with pytest.raises(KeyError):
        rounded(-4.1, 14.5, Precision.STRICT)


def test_the_key_of_the_log_is_another_one_kept_beside_the_secret(tmp_path):
    assert signing_seed(tmp_path) == (tmp_path / SIGNING_FILE).read_bytes() != local_secret(tmp_path)
    assert mode(tmp_path / SIGNING_FILE) == 0o600


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def test_the_secret_is_drawn_once_and_its_owner_alone_may_read_it(tmp_path):
    before = os.umask(0)
    try:
        secret = local_secret(tmp_path / "new" / "data")
    finally:
        os.umask(before)
    folder = tmp_path / "new" / "data"
    assert len(secret) == 32
    assert local_secret(folder) == secret
    assert (mode(folder), mode(folder / KEY_FILE)) == (0o700, 0o600)
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    assert local_secret(tmp_path / "elsewhere") != secret


def test_the_secret_lies_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert local_secret() == (tmp_path / "footprint" / KEY_FILE).read_bytes()


def test_access_that_others_have_to_the_folder_is_taken_away(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o777)
    local_secret(folder)
    assert mode(folder) == 0o700


@pytest.mark.parametrize("others", [0o640, 0o604, 0o620, 0o602])
def test_a_secret_that_others_may_read_or_write_is_refused(tmp_path, others):
    local_secret(tmp_path)
    (tmp_path / KEY_FILE).chmod(others)
    with pytest.raises(SecretError, match=rf"{KEY_FILE}: other users may read or write it\. Remove it"):
        local_secret(tmp_path)


def test_a_secret_or_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    local_secret(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 65_533)
    with pytest.raises(SecretError, match=r"no safe folder.*it belongs to another user"):
        local_secret(tmp_path)
    monkeypatch.setattr(disclosure, "make_private", lambda _: None)
    with pytest.raises(SecretError, match="it belongs to another user"):
        local_secret(tmp_path)


@pytest.mark.parametrize("held", [b"", b"x" * 31, b"x" * 33])
def test_a_damaged_secret_is_refused(tmp_path, held):
    local_secret(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(held)
    with pytest.raises(SecretError, match="it holds no 32 bytes"):
        local_secret(tmp_path)


def test_a_link_folder_or_pipe_in_place_of_the_secret_is_refused(tmp_path):
    path = tmp_path / KEY_FILE
    path.symlink_to(tmp_path / "theirs")
    with pytest.raises(SecretError, match="it cannot be used"):
        local_secret(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(SecretError):
        local_secret(tmp_path)
    path.rmdir()
    os.mkfifo(path, 0o600)
    with pytest.raises(SecretError, match="it is no file"):
        local_secret(tmp_path)


def test_of_two_that_draw_at_once_the_first_wins(tmp_path, monkeypatch):
    """The other process puts its secret in place after this one saw none."""
    theirs = local_secret(tmp_path)
    monkeypatch.setattr(disclosure.os.path, "lexists", lambda _: False)
    assert local_secret(tmp_path) == theirs
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.slow
def test_many_processes_that_ask_at_once_get_the_same_secret(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(local_secret, [tmp_path / "data"] * 16, chunksize=1))) == 1
