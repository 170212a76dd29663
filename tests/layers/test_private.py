"""Code that somebody else laid ready is never run as ours."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from layers import drivers, private
from layers.drivers import keep_compiled_code_somewhere
from layers.errors import LayerError
from layers.private import is_trusted, private_folder

SOMEBODY_ELSE = 65_533


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The user's cache folder, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    return tmp_path / "cache" / "footprint"


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_folder_is_made_for_its_owner_alone(cache):
    before = os.umask(0)
    try:
        folder = private_folder("kernels")
    finally:
        os.umask(before)
    assert folder == cache / "kernels"
    assert (mode(cache), mode(folder)) == (0o700, 0o700)
    assert private_folder("kernels") == folder


@pytest.mark.usefixtures("cache")
def test_what_is_kept_is_found_again():
    (private_folder("kernels") / "kept").write_text("ours")
    assert (private_folder("kernels") / "kept").read_text() == "ours"


@pytest.mark.parametrize("which", ["", "kernels"])
def test_a_folder_made_ready_by_another_user_is_refused(cache, monkeypatch, which):
    (cache / which).mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(private.os, "geteuid", lambda: SOMEBODY_ELSE)
    with pytest.raises(LayerError, match=r"it belongs to another user\. Have it removed"):
        private_folder("kernels")


@pytest.mark.parametrize("which", ["", "kernels"])
def test_a_link_in_its_place_is_refused(cache, tmp_path, which):
    (tmp_path / "theirs").mkdir()
    link = cache / which if which else cache
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "theirs")
    with pytest.raises(LayerError, match="it is a link or a file"):
        private_folder("kernels")
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_file_in_its_place_is_refused(cache):
    cache.parent.mkdir(parents=True)
    cache.write_text("")
    with pytest.raises(LayerError, match="it is a link or a file"):
        private_folder("kernels")


def test_a_folder_of_ours_that_all_could_write_to_is_closed(cache):
    (cache / "kernels").mkdir(parents=True)
    (cache / "kernels").chmod(0o777)
    assert mode(private_folder("kernels")) == 0o700


def test_what_others_left_in_a_folder_of_ours_is_refused_each_time(cache):
    folder = private_folder("kernels")
    (folder / "planted.nbi").symlink_to(cache / "elsewhere")
    for _ in range(2):
        with pytest.raises(LayerError, match=r"'planted\.nbi' in it is a link or another user's"):
            private_folder("kernels")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.usefixtures("cache")
def test_a_file_that_another_user_planted_is_refused():
    folder = private_folder("kernels")
    (folder / "deep").mkdir()
    (folder / "deep" / "planted.nbc").write_bytes(b"code")
    os.chown(folder / "deep" / "planted.nbc", SOMEBODY_ELSE, SOMEBODY_ELSE)
    with pytest.raises(LayerError, match=r"planted\.nbc"):
        private_folder("kernels")


def test_a_cache_folder_that_cannot_be_made_is_told(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(LayerError, match=r"it cannot be made\. Allow writing"):
        private_folder("kernels")


def test_a_folder_that_others_may_write_to_is_not_trusted(tmp_path):
    for rights, trusted in ((0o700, True), (0o755, True), (0o775, False), (0o777, False)):
        tmp_path.chmod(rights)
        assert is_trusted(tmp_path) == trusted
    tmp_path.chmod(0o700)
    (tmp_path / "link").symlink_to(tmp_path)
    assert not is_trusted(tmp_path / "link")
    assert not is_trusted(tmp_path / "nothing")


@pytest.fixture
def installed(monkeypatch):
    """The package lies where this user may not write."""
    monkeypatch.setattr(drivers.os, "access", lambda *_: False)


@pytest.mark.usefixtures("installed")
def test_compiled_code_of_an_installed_package_goes_to_a_private_folder(cache, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    keep_compiled_code_somewhere()
    assert os.environ["NUMBA_CACHE_DIR"] == str(cache / "kernels")


@pytest.mark.usefixtures("installed")
def test_a_refused_folder_is_replaced_by_a_new_one_and_told(cache, monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    cache.mkdir(parents=True)
    (cache / "kernels").symlink_to(tmp_path)
    with pytest.warns(RuntimeWarning, match="kept for this run only"):
        keep_compiled_code_somewhere()
    assert os.environ["NUMBA_CACHE_DIR"] not in {str(cache / "kernels"), str(tmp_path)}
    assert is_trusted(private.Path(os.environ["NUMBA_CACHE_DIR"]))


def test_a_chosen_folder_that_others_may_write_to_is_not_used(cache, monkeypatch, tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "open"))
    with pytest.warns(RuntimeWarning, match="could be written to by others"):
        keep_compiled_code_somewhere()
    assert os.environ["NUMBA_CACHE_DIR"] == str(cache / "kernels")


def test_a_chosen_folder_of_ours_is_kept(monkeypatch, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    keep_compiled_code_somewhere()
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path)


@pytest.mark.slow
def test_the_folder_that_used_to_be_guessed_is_not_looked_at(tmp_path):
    """The attack as it was carried out: a folder of the known name, made ready before the program starts."""
    temporary = tmp_path / "tmp"
    guessed = temporary / f"footprint-kernels-{os.getuid()}"
    guessed.mkdir(parents=True)
    guessed.chmod(0o777)
    code = (
        "import os; real = os.access; os.access = lambda *a, **k: False\n"
        "import layers; print(os.environ['NUMBA_CACHE_DIR'])"
    )
    given = {**os.environ, "TMPDIR": str(temporary), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    given.pop("NUMBA_CACHE_DIR", None)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=given)
    assert ran.stdout.strip() == str(tmp_path / "cache" / "footprint" / "kernels")
