"""A server on this machine that replays files and misbehaves as it is told."""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from layers.fetching.download import FileWanted, download

Answering = Callable[[BaseHTTPRequestHandler, dict[str, str]], None]


@dataclass
class Replay:
    """What the server holds, and every request it was sent."""

    base: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answering] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    break_after: dict[str, list[int]] = field(default_factory=dict)
    """Bytes after which the line breaks, one for each request; then it holds."""
    ranges: bool = True
    if_range: bool = True
    server: ThreadingHTTPServer | None = None

    def url(self, path: str) -> str:
        return f"{self.base}{path}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    replay: Replay

    def do_GET(self) -> None:
        heads, replay = dict(self.headers), self.replay
        replay.requests.append((self.path, heads))
        path = re.sub(r"^http://[^/]+", "", self.path)
        if path in replay.answers:
            replay.answers[path](self, heads)
            return
        if path not in replay.files:
            self.send_error(404)
            return
        self._file(path, heads)

    def _file(self, path: str, heads: dict[str, str]) -> None:
        content, etag = self.replay.files[path], self.replay.etags.get(path, '"one"')
        asked = re.fullmatch(r"bytes=(\d+)-", heads.get("Range", ""))
        begins = 0
        if asked and self.replay.ranges and (heads.get("If-Range") == etag or not self.replay.if_range):
            begins = int(asked[1])
            if begins >= len(content):
                self.send_response(416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {begins}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(content) - begins))
        self.end_headers()
        breaks = self.replay.break_after.get(path, [])
        most = breaks.pop(0) if breaks else len(content)
        self.wfile.write(content[begins : begins + most])
        if most < len(content) - begins:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def replay(monkeypatch) -> Iterator[Replay]:
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    replay = Replay()
    handler = type("Told", (Handler,), {"replay": replay})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    replay.server = server
    replay.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield replay
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def secured(replay, tmp_path) -> tuple[Replay, int, Path]:
    """The server behind TLS: what it replays, its port, and the certificate it signed itself for one name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "data.example.org")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("data.example.org")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "server.pem", tmp_path / "server.key"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    replay.server.socket = context.wrap_socket(replay.server.socket, server_side=True)
    return replay, replay.server.server_address[1], pem


@pytest.fixture
def fetch(replay, tmp_path):
    """Return a function that fetches a path of the server under a name."""

    def fetching(path: str, name: str = "", **more: object):
        url = path if "://" in path else replay.url(path)
        wanted = {"most_bytes": 10_000_000, "page": "https://publisher.example/page", **more}
        target = tmp_path / "got" / (name or path.rpartition("/")[2])
        target.parent.mkdir(exist_ok=True)
        return download(FileWanted(url=url, target=target, **wanted), loopback=True, progress=lambda *_: None)

    return fetching


def answering(status: int, heads: dict[str, str], *pieces: bytes, pause_s: float = 0) -> Answering:
    """Return an answer of a status, headers and pieces of a body."""

    def answer(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
        handler.send_response(status)
        for key, value in heads.items():
            handler.send_header(key, value)
        handler.end_headers()
        handler.close_connection = True
        try:
            for piece in pieces:
                handler.wfile.write(piece)
                time.sleep(pause_s)
        except (BrokenPipeError, ConnectionResetError):
            return

    return answer
