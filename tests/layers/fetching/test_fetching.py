"""Fetching from a server on this machine: whole or not at all, gone on with, held to rules, on request only."""

from __future__ import annotations

import ast
import gzip
import hashlib
import io
import itertools
import json
import random
import socket
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from footprint.cli.main import app
from layers import LayerError
from layers.fetching import read_sources_file
from layers.fetching.addresses import address
from layers.fetching.fetch import offers
from layers.foreign.isolation import looked_at
from tests.layers.fetching.conftest import answering
from tests.worlds import CATALOGUES

ROOT = Path(__file__).resolve().parents[3]
BUNDLED = CATALOGUES.parent / "sources" / "public.toml"
BODY = random.Random(3).randbytes(300_000)  # noqa: S311


def got(tmp_path, name):
    return (tmp_path / "got" / name).read_bytes()


def left(tmp_path):
    return sorted(path.name for path in (tmp_path / "got").iterdir())


def asked(replay):
    return [heads.get("Range", "") for _, heads in replay.requests]


def test_a_file_comes_whole_with_its_checksum(fetch, replay, tmp_path):
    replay.files["/roads.bin"] = BODY
    come = fetch("/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY
    assert (come.size_bytes, come.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())
    assert left(tmp_path) == ["roads.bin"]
    assert replay.requests[0][1]["Accept-Encoding"] == "identity"


def test_a_line_that_breaks_is_gone_on_with_from_where_it_broke(fetch, replay, tmp_path):
    replay.files["/roads.bin"], replay.break_after["/roads.bin"] = BODY, [100_000, 50_000]
    fetch("/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY
    assert asked(replay) == ["", "bytes=100000-", "bytes=150000-"]


def test_what_came_is_kept_when_a_line_breaks_too_often_and_gone_on_with_the_next_time(
    fetch, replay, tmp_path
):
    replay.files["/roads.bin"], replay.break_after["/roads.bin"] = BODY, [1000] * 4
    with pytest.raises(LayerError, match="broke off again and again"):
        fetch("/roads.bin")
    assert left(tmp_path) == [".roads.bin.part", ".roads.bin.part.json"]
    fetch("/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY
    assert asked(replay)[-1] == "bytes=4000-"


def test_a_server_that_knows_no_ranges_sends_it_all_again(fetch, replay, tmp_path):
    replay.files["/roads.bin"], replay.break_after["/roads.bin"], replay.ranges = BODY, [100_000], False
    fetch("/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY


def test_an_edition_that_changed_meanwhile_is_fetched_from_its_beginning(fetch, replay, tmp_path):
    replay.files["/roads.bin"], replay.break_after["/roads.bin"] = BODY, [1000] * 4
    with pytest.raises(LayerError, match="broke off"):
        fetch("/roads.bin")
    replay.files["/roads.bin"], replay.etags["/roads.bin"] = BODY[::-1], '"two"'
    fetch("/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY[::-1]


@pytest.mark.parametrize("tail", [b"", b"more"])
def test_a_server_that_would_mix_two_editions_is_asked_from_the_beginning(fetch, replay, tmp_path, tail):
    replay.if_range = False
    replay.files["/roads.bin"], replay.break_after["/roads.bin"] = BODY, [1000] * 4
    with pytest.raises(LayerError, match="broke off"):
        fetch("/roads.bin")
    replay.files["/roads.bin"], replay.etags["/roads.bin"] = BODY[::-1] + tail, '"two"'
    fetch("/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY[::-1] + tail
    assert asked(replay)[-2:] == ["bytes=4000-", ""]


def test_what_came_of_another_address_is_not_gone_on_with(fetch, replay, tmp_path):
    replay.files |= {"/a/roads.bin": BODY, "/b/roads.bin": BODY[::-1]}
    replay.break_after["/a/roads.bin"] = [1000] * 4
    with pytest.raises(LayerError, match="broke off"):
        fetch("/a/roads.bin")
    fetch("/b/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY[::-1]
    assert asked(replay)[-1] == ""


def test_a_server_that_goes_on_from_another_byte_is_refused(fetch, replay):
    replay.files["/roads.bin"], replay.break_after["/roads.bin"] = BODY, [1000] * 4
    with pytest.raises(LayerError, match="broke off"):
        fetch("/roads.bin")
    replay.answers["/roads.bin"] = answering(
        206, {"Content-Range": "bytes 7-9/10", "Content-Length": "3"}, b"abc"
    )
    with pytest.raises(LayerError, match="went on from another byte"):
        fetch("/roads.bin")


def test_what_came_that_is_longer_than_the_file_now_is_fetched_anew(fetch, replay, tmp_path):
    replay.files["/roads.bin"], replay.break_after["/roads.bin"] = BODY, [1000] * 4
    with pytest.raises(LayerError, match="broke off"):
        fetch("/roads.bin")
    replay.files["/roads.bin"] = BODY[:500]
    fetch("/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY[:500]


@pytest.mark.parametrize("kind", ["sha256", "md5"])
def test_a_wrong_checksum_leaves_nothing_and_a_right_one_is_said(fetch, replay, tmp_path, kind):
    replay.files["/roads.bin"] = BODY
    with pytest.raises(LayerError, match="not what its publisher's checksum says"):
        fetch("/roads.bin", **{kind: "0" * 32})
    assert left(tmp_path) == []
    assert fetch("/roads.bin", **{kind: hashlib.new(kind, BODY).hexdigest()}).is_checked


def test_a_body_without_end_is_cut_off_at_its_cap(fetch, replay, tmp_path):
    def endless(handler, _):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.close_connection = True
        try:
            for _ in itertools.count():
                handler.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    replay.answers["/endless.bin"] = endless
    with pytest.raises(LayerError, match="larger than the 1 MB allowed"):
        fetch("/endless.bin", most_bytes=1_000_000)
    assert left(tmp_path) == []


def test_a_declared_size_above_the_cap_is_refused_before_a_byte_of_it_is_read(fetch, replay, tmp_path):
    replay.answers["/large.bin"] = answering(200, {"Content-Length": str(10**15)})
    with pytest.raises(LayerError, match="larger than the 1 MB allowed"):
        fetch("/large.bin", most_bytes=1_000_000)
    assert left(tmp_path) == []


@pytest.mark.slow
def test_what_unpacks_itself_on_the_way_is_refused_packed(fetch, replay, tmp_path):
    bomb = gzip.compress(bytes(50_000_000))
    heads = {"Content-Encoding": "gzip", "Content-Length": str(len(bomb))}
    replay.answers["/bomb.csv"] = answering(200, heads, bomb)
    with pytest.raises(LayerError, match="packs it on the way"):
        fetch("/bomb.csv")
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("file:///etc/passwd", "leads to 'file'; only https"),
        ("ftp://ftp.example.org/x", "leads to 'ftp'; only https"),
        ("http://example.org/x", "leads to 'http'; only https"),
        ("http://169.254.169.254/latest/meta-data/", "leads to 'http'; only https"),
        ("https://169.254.169.254/latest/meta-data/", "a machine that is not public"),
        ("https://10.0.0.1/x", "a machine that is not public"),
        ("https://[::1]/x", "nobody answers|not public"),
        ("https://[::ffff:10.0.0.1]/x", "a machine that is not public"),
        ("https://[fd00::1]/x", "a machine that is not public"),
        ("https://0.0.0.0/x", "a machine that is not public"),
        ("https://100.64.0.1/x", "a machine that is not public"),
        ("https://user:secret@example.org/x", "does not read as one"),
        ("https://example.org:port/x", "does not read as one"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_a_redirect_leads_nowhere_but_to_public_machines_by_https(fetch, replay, tmp_path, to, words):
    replay.answers["/away.csv"] = answering(302, {"Location": to, "Content-Length": "0"})
    with pytest.raises(LayerError, match=words):
        fetch("/away.csv")
    assert len(replay.requests) == 1
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/x", "http://127.0.0.1/x", "https://localhost/x", "https://192.168.1.1/x"]
)
def test_a_source_elsewhere_cannot_lead_to_this_machine_or_its_neighbours(url):
    with pytest.raises(LayerError, match=r"not public|only https"):
        address(url, "x", loopback=False, proxied=False)
    if "localhost" not in url:
        with pytest.raises(LayerError, match=r"not public|only https"):
            address(url, "x", loopback=False, proxied=True)


def test_redirects_on_the_same_machine_are_followed_but_not_without_end(fetch, replay, tmp_path):
    replay.files["/b/roads.bin"] = BODY
    replay.answers["/a"] = answering(301, {"Location": "/b/roads.bin", "Content-Length": "0"})
    fetch("/a", "roads.bin")
    assert got(tmp_path, "roads.bin") == BODY
    replay.answers["/round"] = answering(302, {"Location": "/round", "Content-Length": "0"})
    with pytest.raises(LayerError, match="leads on more than 5 times"):
        fetch("/round")


def test_a_file_that_is_not_there_is_told_with_the_page_to_look_at(fetch):
    with pytest.raises(LayerError, match=r"no such file \(404\).*publisher\.example/page"):
        fetch("/nothing.csv")


@pytest.mark.parametrize("code", [401, 403, 429, 500, 503])
def test_other_answers_of_a_server_are_told_by_their_number(fetch, replay, code):
    replay.answers["/x.csv"] = answering(code, {"Content-Length": "0"})
    with pytest.raises(LayerError, match=f"answered {code}"):
        fetch("/x.csv")


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("x.csv", b"\n<!DOCTYPE html><title>Log in", "a web page came in its place"),
        ("x.zip", b"Sorry", "no file of this kind"),
        ("x.tif", b"PK\x03\x04", "no file of this kind"),
        ("x.geojson", b"version https://git-lfs", "no file of this kind"),
    ],
)
def test_a_page_or_another_kind_in_a_file_s_place_is_refused(fetch, replay, tmp_path, name, body, words):
    replay.files[f"/{name}"] = body
    with pytest.raises(LayerError, match=words):
        fetch(f"/{name}")
    assert left(tmp_path) == []


def test_a_line_that_only_drips_is_broken_off(fetch, replay, monkeypatch):
    monkeypatch.setattr("layers.fetching.download._SLOW_S", 0.1)
    replay.answers["/drip.csv"] = answering(200, {"Content-Length": "1000"}, *[b"x"] * 100, pause_s=0.03)
    with pytest.raises(LayerError, match="broke off again and again"):
        fetch("/drip.csv")
    assert len(replay.requests) == 4


def test_a_server_that_says_nothing_is_left_in_time(fetch, monkeypatch):
    monkeypatch.setattr("layers.fetching.transport._READ_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(LayerError, match="nobody answers"):
        fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/x.csv")


def test_without_a_network_one_is_told_what_to_fetch_by_hand_and_how_to_bring_it(fetch, replay, monkeypatch):
    def nowhere(*_, **__):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr("layers.fetching.addresses.socket.getaddrinfo", nowhere)
    with pytest.raises(
        LayerError,
        match=r"no network here.*fetch https://data\.example\.org/x\.csv .*on a stick .*area look x\.csv",
    ):
        fetch("https://data.example.org/x.csv", "x.csv")
    assert replay.requests == []


def test_the_proxy_of_the_environment_is_asked_and_exceptions_from_it_are_kept(
    fetch, replay, tmp_path, monkeypatch
):
    replay.files["/roads.bin"] = BODY
    monkeypatch.setenv("http_proxy", replay.base.replace("http://", "http://user:secret@"))
    fetch("http://127.0.0.1:9/roads.bin", "roads.bin")
    assert got(tmp_path, "roads.bin") == BODY
    path, heads = replay.requests[0]
    assert path == "http://127.0.0.1:9/roads.bin"
    assert heads["proxy-authorization"].startswith("Basic ")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(LayerError, match="nobody answers"):
        fetch("http://127.0.0.1:9/roads.bin", "other.bin")
    assert len(replay.requests) == 1


def test_a_machine_proves_by_its_certificate_that_it_is_the_one_asked(fetch, secured, monkeypatch, tmp_path):
    """The name is looked up once; the connection goes to that number, the certificate is held to the name."""
    replay, port, authority = secured
    replay.files["/roads.bin"] = BODY
    monkeypatch.setattr(
        "layers.fetching.addresses.socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))]
    )
    monkeypatch.setattr("layers.fetching.addresses._is_public", lambda _: True)
    with pytest.raises(LayerError, match=r"cannot prove that it is data\.example\.org.*SSL_CERT_FILE"):
        fetch(f"https://data.example.org:{port}/roads.bin")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with pytest.raises(LayerError, match=r"cannot prove that it is other\.example\.org"):
        fetch(f"https://other.example.org:{port}/roads.bin")
    assert replay.requests == []
    fetch(f"https://data.example.org:{port}/roads.bin")
    assert got(tmp_path, "roads.bin") == BODY
    assert replay.requests[0][1]["Host"] == f"data.example.org:{port}"


def test_a_server_that_marks_no_edition_is_asked_from_the_beginning_again(fetch, replay):
    replay.answers["/x.bin"] = answering(200, {"Content-Length": "1000"}, b"x" * 10)
    with pytest.raises(LayerError, match="from nowhere but the beginning"):
        fetch("/x.bin")
    assert asked(replay) == [""] * 4


def test_a_file_that_is_there_already_is_neither_asked_for_nor_written_over(fetch, replay, tmp_path):
    replay.files["/roads.bin"] = BODY
    (tmp_path / "got").mkdir()
    (tmp_path / "got" / "roads.bin").write_bytes(b"mine")
    with pytest.raises(LayerError, match="is there already"):
        fetch("/roads.bin")
    assert (got(tmp_path, "roads.bin"), replay.requests) == (b"mine", [])


def test_a_link_where_the_part_would_be_written_is_not_followed(fetch, replay, tmp_path):
    replay.files["/roads.bin"] = BODY
    (tmp_path / "got").mkdir()
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "got" / ".roads.bin.part").symlink_to(tmp_path / "mine")
    fetch("/roads.bin")
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert got(tmp_path, "roads.bin") == BODY


LIST = """
[sources.units]
title = "Units"
publisher = "Nobody"
licence = "CC BY 4.0"
citation = "Nobody (2019)"
page = "https://publisher.example/units"
checked = ""
index = "{index}"
files = [{{ url = "{base}/list/{{ISO3}}", file = "units-{{iso3}}.geojson", formats = ["geojson"] }}]
[sources.people]
title = "People"
publisher = "Nobody"
licence = "CC0"
citation = "Nobody (2019)"
page = "https://publisher.example/people"
checked = ""
years = "2018-2019"
year = 2019
files = [{{ url = "{base}/people/{{year}}.csv", file = "people-{{year}}.csv", size_mb = 1 }}]
[countries]
SSD = {{ iso2 = "SS", name = "South Sudan" }}
"""
UNITS = b'{"type": "FeatureCollection", "features": []}'


@pytest.fixture
def command(replay, tmp_path):
    """Run the command with a list of sources on the server here; `index` says in whose form it lists."""

    def running(*arguments, index="geoboundaries"):
        (tmp_path / "list.toml").write_text(LIST.format(base=replay.base, index=index), encoding="utf-8")
        more = ["--sources", str(tmp_path / "list.toml"), "--to", str(tmp_path / "got")]
        return CliRunner().invoke(app, ["area", "fetch", *arguments, *more])

    return running


def put_units(replay):
    replay.files["/units.geojson"] = UNITS
    geo = {
        "gjDownloadURL": replay.url("/units.geojson"),
        "boundaryLicense": "ODbL 1.0",
        "boundaryID": "SSD-1",
    }
    resources = [
        {"format": "SHP", "url": replay.url("/units.zip")},
        {
            "format": "GeoJSON",
            "url": replay.url("/units.geojson"),
            "hash": hashlib.md5(UNITS, usedforsecurity=False).hexdigest(),
            "size": 45,
        },
    ]
    ckan = {"success": True, "result": {"license_title": "CC BY-IGO", "resources": resources}}
    return geo, ckan


def test_nobody_is_asked_before_somebody_has_agreed(command, replay):
    refused = command("people")
    assert refused.exit_code == 1
    assert "Licence: CC0" in refused.output
    assert "about 1 MB" in refused.output
    assert "Nothing was asked for" in refused.output
    assert command("--list").exit_code == 0
    assert replay.requests == []


@pytest.mark.parametrize("index", ["geoboundaries", "ckan"])
def test_an_index_says_where_the_file_is_and_under_which_licence_it_stands(command, replay, tmp_path, index):
    geo, ckan = put_units(replay)
    replay.files["/list/SSD"] = json.dumps(geo if index == "geoboundaries" else ckan).encode()
    done = command("units", "--country", "ssd", "--yes", index=index)
    assert done.exit_code == 0, done.output
    licence = "ODbL 1.0" if index == "geoboundaries" else "CC BY-IGO"
    assert f"Licence: {licence}" in done.output
    assert got(tmp_path, "units-ssd.geojson") == UNITS
    ledger = json.loads(got(tmp_path, "units-ssd.geojson.fetched.json"))
    assert (ledger["licence"], ledger["sha256"]) == (licence, hashlib.sha256(UNITS).hexdigest())
    assert ledger["url"] == replay.url("/units.geojson")
    assert ledger["checked_against_publisher"] is (index == "ckan")


def test_another_licence_that_is_not_agreed_to_leaves_the_file_unasked(command, replay, monkeypatch):
    geo, _ = put_units(replay)
    replay.files["/list/SSD"] = json.dumps(geo).encode()
    answers = iter([True, False])
    monkeypatch.setattr("footprint.cli.fetch._agreed", lambda *_, **__: next(answers))
    assert command("units", "--country", "SSD").exit_code == 0
    assert [path for path, _ in replay.requests] == ["/list/SSD"]


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"gjDownloadURL": 3}',
        b'{"gjDownloadURL": "file:///etc/passwd"}',
        b"[" * 100_000,
    ],
)
def test_an_index_that_makes_no_sense_leads_nowhere(command, replay, body):
    replay.files["/list/SSD"] = body
    done = command("units", "--country", "SSD", "--yes")
    assert done.exit_code == 1
    assert [path for path, _ in replay.requests] == ["/list/SSD"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "no source has this name"),
        (["units"], "Add --country"),
        (["units", "--country", "XXX"], "no country has this code"),
        (["people", "--year", "2030"], "it has the years 2018 to 2019"),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_anybody_is_asked(command, replay, arguments, words):
    done = command(*arguments, "--yes")
    assert (done.exit_code, replay.requests) == (1, [])
    assert words in done.output


def test_the_bundled_list_offers_every_source_for_every_country_by_https_alone():
    known = read_sources_file(BUNDLED)
    assert len(known.sources) == 10
    for source in known.sources.values():
        # Written where there is no internet: nobody may claim to have tried them.
        assert source.checked == ""
        for country in known.countries.values():
            if country.region or source.name != "osm":
                for offer in offers(source, country):
                    assert offer.url.startswith("https://")
                    assert "{" not in offer.url + offer.file + offer.page


def test_faults_of_a_list_of_sources_are_told_all_at_once(tmp_path):
    text = '[sources.x]\ntitle = 3\nurl = ""\nfiles = [{ url = "https://x/{place}", file = "../x" }]\n[countries]\nxx = {}\n'
    (tmp_path / "list.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LayerError) as caught:
        read_sources_file(tmp_path / "list.toml")
    columns = {fault.column for fault in caught.value.faults}
    assert {"sources.x.title", "sources.x.url", "sources.x.licence", "countries.xx"} <= columns


@pytest.mark.slow
def test_nothing_else_in_the_project_speaks_to_other_machines():
    reaching = {
        "urllib3",
        "requests",
        "httpx",
        "http.client",
        "urllib.request",
        "socket",
        "ftplib",
        "aiohttp",
    }
    found = set()
    for package in ("footprint", "layers"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if reaching & set(names):
                    found.add(path.relative_to(ROOT).as_posix())
    # The two that serve the app listen on this machine.
    assert {path for path in found if not path.startswith("footprint/serving/")} <= {
        "layers/fetching/addresses.py", "layers/fetching/download.py", "layers/fetching/transport.py", "footprint/cli/serve.py",
    }  # fmt: skip


def test_real_files_come_byte_for_byte_and_are_looked_at_like_any_other(
    fetch, replay, south_sudan_source, tmp_path
):
    name = "hdx_ucdp_ged_conflict_data_ssd_2011_2021.csv"
    content = (south_sudan_source / "incidents" / name).read_bytes()
    replay.files[f"/{name}"], replay.break_after[f"/{name}"] = content, [200_000, 70_000]
    fetch(f"/{name}")
    assert got(tmp_path, name) == content
    with looked_at(tmp_path / "got" / name, None) as looked:
        assert looked.seen.sheets[0].rows == 941


def test_a_zip_that_came_is_a_zip(fetch, replay, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.csv", "a,b\n1,2\n")
    replay.files["/x.zip"] = packed.getvalue()
    fetch("/x.zip")
    assert zipfile.is_zipfile(tmp_path / "got" / "x.zip")
