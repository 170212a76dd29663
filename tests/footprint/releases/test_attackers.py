"""A thousand files, receipts and logs that somebody changed: every one is found, and none that nobody changed."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from footprint.disclosure import SIGNING_FILE
from footprint.errors import ReleaseError
from footprint.releases.checkpoint import sign
from footprint.releases.log import CHECKPOINT_FILE, HEAD_FILE, LOG_FILE, ReleaseLog, canonical
from footprint.releases.merkle import leaf_hash, root
from footprint.releases.verify import verify
from tests.footprint.releases.kits import log_in, released

pytestmark = pytest.mark.slow

LOG, CHECKPOINT, HEAD = Path("state", LOG_FILE), Path("state", CHECKPOINT_FILE), Path("data", HEAD_FILE)
KEPT = (LOG, CHECKPOINT, HEAD, Path("data", SIGNING_FILE))

Attack = Callable[[random.Random, dict[Path, bytes]], dict[Path, bytes]]
"""Changes some of what is kept, given what is kept."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a log of eight releases, every file that left, a receipt of each, and each state."""
    folder = tmp_path_factory.mktemp("world")
    log = log_in(folder)
    for number in range(8):
        names = [f"{number}-{kind}.html" for kind in ("map", "report")]
        files, receipt = released(log, *names)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (folder / f"{number}-receipt.json").write_text(receipt.text, encoding="utf-8")
        for path in (LOG, CHECKPOINT, HEAD):
            (folder / f"{path.name}.{number}").write_bytes((folder / path).read_bytes())
    return folder


@pytest.fixture
def folder(world: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "copy"
    shutil.copytree(world, copied)
    return copied


def kept(folder: Path) -> dict[Path, bytes]:
    return {path: (folder / path).read_bytes() for path in KEPT}


def put(folder: Path, contents: dict[Path, bytes]) -> None:
    for path, content in contents.items():
        (folder / path).write_bytes(content)
        (folder / path).chmod(0o600)


def is_found(folder: Path, asked: Path) -> bool:
    try:
        return not verify(log_in(folder), asked).holds
    except ReleaseError:
        return True


def flipped(lot: random.Random, content: bytes) -> bytes:
    at = lot.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << lot.randrange(8)]) + content[at + 1 :]


def lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def flip_log(lot, now):
    return {LOG: flipped(lot, now[LOG])}


def flip_checkpoint(lot, now):
    return {CHECKPOINT: flipped(lot, now[CHECKPOINT])}


def flip_head(lot, now):
    return {HEAD: flipped(lot, now[HEAD])}


def cut_bytes(lot, now):
    return {LOG: now[LOG][: lot.randrange(len(now[LOG]))]}


def cut_entries(lot, now):
    return {LOG: b"".join(lines(now[LOG])[: lot.randrange(len(lines(now[LOG])))])}


def remove_an_entry(lot, now):
    entries = lines(now[LOG])
    del entries[lot.randrange(len(entries))]
    return {LOG: b"".join(entries)}


def repeat_an_entry(lot, now):
    entries = lines(now[LOG])
    entries.insert(lot.randrange(len(entries)), lot.choice(entries))
    return {LOG: b"".join(entries)}


def swap_two_entries(lot, now):
    entries = lines(now[LOG])
    one, other = lot.sample(range(len(entries)), 2)
    entries[one], entries[other] = entries[other], entries[one]
    return {LOG: b"".join(entries)}


def reorder_entries(lot, now):
    entries = lines(now[LOG])
    turn = lot.randrange(1, len(entries))
    return {LOG: b"".join(entries[turn:] + entries[:turn])}


def rewrite_an_entry(lot, now):
    """As the program writes entries, with one word changed."""
    entries = lines(now[LOG])
    at = lot.randrange(0, len(entries), 2)
    content = json.loads(entries[at])
    content[lot.choice(["audience", "purpose", "releaser", "run", "at"])] = f"forged {lot.random()}"
    entries[at] = canonical(content) + b"\n"
    return {LOG: b"".join(entries)}


def add_an_entry(lot, now):
    forged = canonical({"kind": "begin", "lot": str(lot.random())}) + b"\n"
    entries = lines(now[LOG])
    entries.insert(lot.randrange(len(entries) + 1), forged)
    return {LOG: b"".join(entries)}


def sign_with_another_key(lot, now):
    """A history of the attacker's own, whole and signed, with every note that goes with it."""
    entries = lines(now[LOG])[: lot.randrange(1, 17)]
    content = json.loads(entries[0])
    content["audience"] = f"forged {lot.random()}"
    entries[0] = canonical(content) + b"\n"
    leaves = [leaf_hash(entry.rstrip(b"\n")) for entry in entries]
    note = sign(len(leaves), root(leaves), lot.randbytes(32)).text.encode()
    return {LOG: b"".join(entries), CHECKPOINT: note, HEAD: note}


def put_a_hint_of_the_key_on_it(lot, now):
    """Signed with another key whose hint is made to look like the user's."""
    changed = sign_with_another_key(lot, now)
    note = changed[CHECKPOINT].decode().split()
    ours = now[CHECKPOINT].decode().split()
    forged = changed[CHECKPOINT].decode().replace(note[-1], ours[-1][:5] + note[-1][5:]).encode()
    return {**changed, CHECKPOINT: forged, HEAD: forged}


def replace_the_key(lot, _now):
    return {Path("data", SIGNING_FILE): lot.randbytes(32)}


ATTACKS: tuple[Attack, ...] = (
    flip_log,
    flip_checkpoint,
    flip_head,
    cut_bytes,
    cut_entries,
    remove_an_entry,
    repeat_an_entry,
    swap_two_entries,
    reorder_entries,
    rewrite_an_entry,
    add_an_entry,
    sign_with_another_key,
    put_a_hint_of_the_key_on_it,
    replace_the_key,
)


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_every_tampered_log_is_found(folder, attack):
    lot, now = random.Random(attack.__name__), kept(folder)  # noqa: S311 - drawn anew alike each time
    asked = folder / "3-map.html"
    assert not is_found(folder, asked)
    for _ in range(40):
        changed = attack(lot, now)
        if all(now[path] == content for path, content in changed.items()):
            continue
        put(folder, changed)
        assert is_found(folder, asked), attack.__name__
        put(folder, now)
    assert not is_found(folder, asked)


@pytest.mark.parametrize("number", range(7))
def test_a_log_put_back_to_an_earlier_state_is_found_by_the_head_beside_the_key(folder, number):
    earlier = {path: (folder / f"{path.name}.{number}").read_bytes() for path in (LOG, CHECKPOINT)}
    put(folder, earlier)
    assert is_found(folder, folder / "0-map.html")


@pytest.mark.parametrize("number", range(7))
def test_a_log_put_back_with_everything_beside_it_is_found_by_any_later_receipt(folder, number):
    """Whoever holds the whole machine can turn it back; whoever holds a receipt still shows it."""
    put(folder, {path: (folder / f"{path.name}.{number}").read_bytes() for path in (LOG, CHECKPOINT, HEAD)})
    assert not is_found(folder, folder / f"{number}-receipt.json")
    for later in range(number + 1, 8):
        assert is_found(folder, folder / f"{later}-receipt.json")


def test_two_histories_by_the_key_itself_are_found_by_the_receipts_of_the_other(folder, world):
    """The releaser turns the log back and releases something else: each history holds by itself."""
    put(folder, {path: (folder / f"{path.name}.4").read_bytes() for path in (LOG, CHECKPOINT, HEAD)})
    log = log_in(folder)
    _, other = released(log, "other.html")
    released(log, "another.html")
    released(log, "a-third.html")
    assert log.examine().faults == ()
    for shared in range(5):
        assert not is_found(folder, folder / f"{shared}-receipt.json")
    for hidden in (5, 6, 7):
        assert is_found(folder, folder / f"{hidden}-receipt.json")
    path = folder / "other.json"
    path.write_text(other.text, encoding="utf-8")
    assert not is_found(folder, path)
    assert is_found(world, path)


def tampered_files(lot: random.Random, content: bytes) -> Iterator[bytes]:
    for _ in range(120):
        yield flipped(lot, content)
    for _ in range(40):
        yield content[: lot.randrange(len(content))]
        yield content + lot.randbytes(lot.randrange(1, 5))
        at = lot.randrange(len(content))
        yield content[:at] + lot.randbytes(1) + content[at:]


def test_every_tampered_file_and_receipt_is_found(folder):
    lot, tried = random.Random(10), 0  # noqa: S311 - drawn anew alike each time
    for name in ("2-map.html", "6-receipt.json"):
        path = folder / name
        content = path.read_bytes()
        assert not is_found(folder, path)
        for changed in tampered_files(lot, content):
            if changed == content:
                continue
            path.write_bytes(changed)
            assert is_found(folder, path)
            tried += 1
        path.write_bytes(content)
    assert tried > 440  # with the logs above well over a thousand in all


def test_the_file_of_another_release_under_ones_own_code_is_found(folder):
    log = ReleaseLog(folder / "state", folder / "data")
    mine = verify(log, folder / "1-map.html").code
    verdict = verify(log, folder / "5-map.html", mine)
    assert not verdict.holds


def packed(compression: int) -> bytes:
    """Return an archive of three files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", f"file {number} " * 200)
    return content.getvalue()


@pytest.mark.parametrize(
    "compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_an_archive_damaged_in_any_way_is_looked_at_and_ends_nothing(tmp_path: Path, compression: int):
    log, path, whole = log_in(tmp_path), tmp_path / "set.zip", packed(compression)
    draw = random.Random(compression)  # noqa: S311 - drawn anew alike each time
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(draw.choice((1, 2, 5, 20))):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        cut = draw.randrange(len(damaged)) if draw.random() < 0.2 else len(damaged)
        path.write_bytes(bytes(damaged[:cut]))
        assert not verify(log, path).holds
