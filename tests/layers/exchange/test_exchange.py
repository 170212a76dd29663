"""A folder is replaced whole or stays as it was: killed between every two file operations, full disks, two at once."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli.main import app
from footprint.language import Language
from layers import LayerError, load_area
from layers import area as area_module
from layers.assemble import assemble
from layers.exchange import recover, replacing
from layers.exchange import replace as replace_module
from tests.layers.own_country import write_own_country
from tests.layers.square import Folder
from tests.worlds import CATALOGUES

KILLED = Path(__file__).with_name("killed.py")
ROOT = Path(__file__).resolve().parents[3]


def build(target, text="new"):
    with replacing(target) as making:
        (making / "area.toml").write_text(text, encoding="utf-8")


def text_of(target):
    return (target / "area.toml").read_text(encoding="utf-8")


def begun(target, *, ready=False):
    """Leave what a build leaves that is killed as it writes."""
    work = target.with_name(f".{target.name}.footprint-work")
    (work / "new").mkdir(parents=True)
    work.chmod(0o700)
    (work / "new" / "area.toml").write_text("half", encoding="utf-8")
    number = (work / "new").stat().st_ino
    (work / "footprint-lock").write_text(f"a note\n{f'ready {number}' if ready else ''}\n", encoding="utf-8")
    return work


@pytest.fixture
def target(tmp_path):
    build(tmp_path / "land", "old")
    return tmp_path / "land"


HOW = ("swap", "moved", "first", "first-moved", "swap-again", "moved-again")
"""In one step, by moves, of a folder that is not there yet; and with whoever tidies up killed too."""


@pytest.fixture(scope="module")
def kills(tmp_path_factory):
    """What stands after a kill before each file operation."""
    folder = tmp_path_factory.mktemp("kills")
    done = subprocess.run(
        [sys.executable, KILLED, folder / "land", *HOW],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("how", HOW)
def test_a_build_killed_before_any_file_operation_leaves_the_old_or_the_new_whole_and_a_word(kills, how):
    rows = [row for row in kills if row["how"] == how]
    assert len(rows) > 30
    for row in rows:
        assert row["died"], row
        assert row["stands"] in {"before", "after"}, row
        assert row["beside"] == [], row
        assert row["next"] == "after", row
        # In one step there is never a moment without a folder; by moves there is one, until the next command.
        assert row["met"] != "broken" or how.startswith("moved"), row
    assert {row["stands"] for row in rows} == {"before", "after"}
    if not how.endswith("again"):
        # No word only where nothing lay unfinished: before the new folder was made, after the old one was gone.
        spoken = [at for at, row in enumerate(rows) if row["word"] is not None]
        assert spoken == list(range(spoken[0], spoken[-1] + 1))
        assert spoken[0] < 10
        assert len(rows) - spoken[-1] < 12


def test_words_about_what_was_left_say_which_folder_stands(target):
    begun(target)
    assert "as it was before" in recover(target)
    assert text_of(target) == "old"
    assert recover(target) is None
    begun(target.with_name("other"), ready=True)
    assert "whole and new" in recover(target.with_name("other"))
    begun(target.with_name("third"))
    assert "build it again" in recover(target.with_name("third"))
    assert sorted(path.name for path in target.parent.iterdir()) == ["land", "other"]


def test_a_second_build_is_turned_away_and_does_not_mix(target, monkeypatch):
    monkeypatch.setattr("layers.exchange.workplace._WAIT_S", 0)
    with replacing(target) as making:
        (making / "area.toml").write_text("first", encoding="utf-8")
        with pytest.raises(LayerError, match="another build is replacing it"):
            build(target, "second")
        assert recover(target) is None
    assert text_of(target) == "first"


def _many(target, word, times):
    for _ in range(times):
        build(Path(target), word)


@pytest.mark.slow
def test_many_builds_at_once_leave_one_folder_whole(target):
    # Each waits for a moment; whoever waits longer than that is told, which none has to here.
    fork = multiprocessing.get_context("fork")
    others = [fork.Process(target=_many, args=(str(target), f"by {n}", 15)) for n in range(3)]
    for each in others:
        each.start()
    while any(each.is_alive() for each in others):
        assert text_of(target) in {"old", "by 0", "by 1", "by 2"}
        assert recover(target) is None
    assert [each.exitcode for each in others] == [0, 0, 0]
    assert [path.name for path in target.parent.iterdir()] == ["land"]


def test_a_build_that_raises_leaves_the_old_folder_and_nothing_beside_it(target):
    with pytest.raises(UnicodeEncodeError):
        build(target, "half \ud800")
    assert text_of(target) == "old"
    assert [path.name for path in target.parent.iterdir()] == ["land"]


def test_a_disk_that_is_full_leaves_the_old_folder_and_says_so(target):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(LayerError, match="land: it cannot be written: File too large"):
            build(target, "x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert text_of(target) == "old"
    assert [path.name for path in target.parent.iterdir()] == ["land"]


def test_a_disk_that_fails_as_it_writes_through_leaves_the_old_folder(target, monkeypatch):
    def failing(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("layers.exchange.replace.os.fsync", failing)
    with pytest.raises(LayerError, match="No space left"):
        build(target)
    monkeypatch.undo()
    assert (text_of(target), recover(target)) == ("old", None)


def test_a_link_in_the_place_of_the_folder_is_refused_and_what_it_leads_to_untouched(target):
    link = target.with_name("link")
    link.symlink_to(target)
    with pytest.raises(LayerError, match="link: it is a link or a file"):
        build(link)
    assert link.is_symlink()
    assert text_of(target) == "old"


def test_a_link_among_what_is_built_is_refused(target):
    with pytest.raises(LayerError, match=r"'area\.toml' is a link"), replacing(target) as making:
        (making / "area.toml").symlink_to("/etc/passwd")
    assert text_of(target) == "old"


def test_links_in_the_old_folder_are_removed_and_not_followed(target, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kept").touch()
    (target / "away").symlink_to(tmp_path / "mine")
    build(target)
    assert (tmp_path / "mine" / "kept").exists()


def test_permissions_of_folder_and_files_are_kept(target):
    target.chmod(0o2770)
    (target / "area.toml").chmod(0o460)
    build(target)
    assert target.stat().st_mode & 0o7777 == 0o2770
    assert (target / "area.toml").stat().st_mode & 0o7777 == 0o460


def test_files_of_somebody_else_beside_the_folder_are_left_and_said(target):
    work = begun(target)
    (work / "letter.txt").write_text("mine", encoding="utf-8")
    assert "holds what is not ours" in recover(target)
    assert [path.name for path in work.iterdir()] == ["letter.txt"]
    # Without the lock there is no mark of ours.
    assert "bears no mark of ours" in recover(target)
    build(target)
    assert [path.name for path in work.iterdir()] == ["letter.txt"]
    assert text_of(target) == "new"


def test_a_folder_of_our_name_that_is_a_link_or_open_to_others_is_left_alone(target, tmp_path):
    work = begun(target)
    work.chmod(0o777)
    assert "another user" in recover(target)
    with pytest.raises(LayerError, match="is a link or another user's"):
        build(target)
    assert (work / "new" / "area.toml").exists()
    work.rename(tmp_path / "elsewhere")
    work.symlink_to(tmp_path / "elsewhere")
    assert "another user" in recover(target)
    assert (tmp_path / "elsewhere" / "new").exists()


def test_another_folder_put_in_the_place_of_one_that_was_moved_aside_costs_neither(target):
    work = begun(target, ready=True)
    target.rename(work / "old")
    build_by_hand = target
    build_by_hand.mkdir()
    (build_by_hand / "area.toml").write_text("by hand", encoding="utf-8")
    assert "somebody has put another folder in its place" in recover(target)
    with pytest.raises(LayerError, match="somebody has put another folder"):
        build(target)
    assert (text_of(target), text_of(work / "old")) == ("by hand", "old")


def test_where_two_folders_cannot_change_places_in_one_step_the_folder_is_replaced_all_the_same(
    target, monkeypatch
):
    monkeypatch.setattr(replace_module, "swap", lambda *_: False)
    build(target)
    assert text_of(target) == "new"
    assert [path.name for path in target.parent.iterdir()] == ["land"]


@pytest.mark.slow
def test_an_area_loads_after_its_folder_was_moved_aside_and_put_back(tmp_path):
    folder = tmp_path / "square"
    folder.mkdir()
    Folder(folder)
    work = begun(folder)
    folder.rename(work / "old")
    (work / "new" / "area.toml").unlink()
    assert "as it was before" in recover(folder)
    assert load_area(folder).area_id == "square"


@pytest.mark.slow
@pytest.mark.parametrize("what", [(), ("--updates",)], ids=["built anew", "updated by a file"])
def test_an_area_that_is_killed_at_random_loads_as_before_or_as_after(what, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_kills", "--quick", "--seed", "2", *what],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_folder_that_is_replaced_while_it_is_read_is_read_again(tmp_path, monkeypatch):
    with replacing(tmp_path / "square") as making:
        Folder(making)
    read, times = area_module.read_manifest, []

    def replaced_meanwhile(folder):
        manifest = read(folder)
        if not times:
            with replacing(folder) as making:
                Folder(making).say('area_id = "square"', 'area_id = "anew"')
        times.append(folder)
        return manifest

    monkeypatch.setattr(area_module, "read_manifest", replaced_meanwhile)
    assert load_area(tmp_path / "square").area_id == "anew"
    assert len(times) == 2


@pytest.mark.slow
def test_provider_files_that_lie_in_the_folder_are_taken_along(tmp_path):
    land = tmp_path / "land"
    assemble(write_own_country(tmp_path / "source"), land, catalogues=CATALOGUES)
    shutil.copytree(tmp_path / "source", land / "imports")
    assemble(land / "imports", land, catalogues=CATALOGUES)
    assert (land / "imports" / "catalogue.toml").exists()
    assert (land / "sites.csv").exists()


@pytest.mark.slow
def test_building_speaks_the_reader_s_language(tmp_path):
    source = write_own_country(tmp_path / "source")
    done = CliRunner().invoke(app, ["area", "build", str(source), str(tmp_path / "land"), "--lang", "fr"])
    assert done.exit_code == 0
    french = Language("fr").text
    for words in ("writing", "joining the road network", "no place of care (pharmacy, dentist …)"):
        assert french(words) != words
        assert french(words) in done.output
    begun(tmp_path / "land")
    again = CliRunner().invoke(app, ["area", "build", str(source), str(tmp_path / "land"), "--replace"])
    # Before it knows anything of the folder, the command tells what was left in both languages.
    assert "as it was before" in again.output
    assert "tel qu’il était" in again.output
