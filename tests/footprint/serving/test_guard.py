"""The guard: whom it turns away, how much it takes in, and what every answer carries."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from footprint.proposals.decoding import LARGEST_BYTES
from footprint.serving.endpoint import Endpoint
from footprint.serving.guard import MOST_BODY_BYTES, Guard
from footprint.serving.options import LARGEST_BROUGHT_MB, LARGEST_FILE_MB, streamlit_options
from footprint.serving.policy import Part, security_headers
from footprint.workshop.plans import MOST_BYTES
from layers.foreign.limits import FILE_BYTES

HERE = {"host": "localhost:8501"}
Headers = dict[str, str] | list[tuple[str, str]]
INDEX = "<script>x</script>"
OWN = HERE | {"origin": "http://localhost:8501"}


async def length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())), headers={"x-frame-options": "ALLOWALL"})


async def fails(_request: Request) -> PlainTextResponse:
    raise ZeroDivisionError


async def speak(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("heard")
    await socket.close()


def run(talk: Coroutine[None, None, None]) -> None:
    """Run in a thread of its own: a browser's tests may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, talk).result()


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


def guarded(where: Endpoint | None = None) -> Guard:
    routes = [
        Route("/{path:path}", length, methods=["GET", "HEAD", "POST", "PUT"]),
        WebSocketRoute("/stream", speak),
    ]
    return Guard(Starlette(routes=routes), where or Endpoint(), INDEX)


def scope(kind: str, path: str, headers: Headers) -> dict[str, object]:
    pairs = headers.items() if isinstance(headers, dict) else headers
    return {
        "type": kind,
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in pairs],
    }


def ask(
    method: str = "GET", path: str = "/", headers: Headers = HERE, body: bytes = b"", app: Guard | None = None
) -> Answer:
    """Send one request, with its length declared, and return the answer."""
    answer, wanted = Answer(), scope("http", path, headers) | {"method": method}
    if body:
        wanted["headers"] = [*wanted["headers"], (b"content-length", str(len(body)).encode())]

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
        else:
            answer.text += message["body"].decode()

    run((app or guarded())(wanted, receive, send))
    return answer


def open_stream(headers: Headers) -> list[str]:
    """Try to open a connection; return the kinds of messages that came back."""
    heard: list[str] = []

    async def receive() -> dict[str, object]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, object]) -> None:
        heard.append(message["type"])

    run(guarded()(scope("websocket", "/stream", headers), receive, send))
    return heard


REFUSED = ["websocket.close"]


def test_what_the_app_itself_asks_is_heard():
    assert ask().text == "0"
    assert ask("PUT", "/upload", OWN, b"abc").text == "3"
    assert open_stream(OWN) == ["websocket.accept", "websocket.send", "websocket.close"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example"])
def test_a_name_turned_to_this_machine_is_told_nothing(host):
    headers = {"host": host, "origin": f"http://{host}"}
    answer = ask(headers=headers)
    assert answer.status == 421
    assert "localhost" in answer.text
    assert "Utilisez" in answer.text
    assert open_stream(headers) == REFUSED


@pytest.mark.parametrize("headers", [{}, [("host", "localhost"), ("host", "evil.example")]])
def test_no_host_and_two_hosts_are_refused(headers):
    assert ask(headers=headers).status == 421
    assert open_stream(headers) == REFUSED


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://localhost:3000",
        "http://localhost",
        "http://127.0.0.1:8501",
        "http://localhost:8501@evil.example",
        "http://LOCALHOST:8501",
        "http://[::1",
    ],
)
def test_pages_of_other_sites_are_not_heard(origin):
    headers = HERE | {"origin": origin}
    for method in ("GET", "POST", "PUT"):
        assert ask(method, headers=headers).status == 403
    assert open_stream(headers) == REFUSED


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("same-origin", "cors", "empty", 200),
        ("none", "navigate", "document", 200),
        ("cross-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "no-cors", "script", 403),
        ("cross-site", "no-cors", "image", 403),
        ("same-site", "no-cors", "script", 403),
    ],
)
def test_a_link_from_another_site_is_followed_and_nothing_is_used_there(site, mode, dest, status):
    headers = HERE | {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert ask(headers=headers).status == status
    if site == "cross-site":
        assert ask("POST", headers=headers).status == 403
        assert open_stream(headers) == REFUSED


def test_every_answer_carries_the_headers_once_and_ours_win():
    for answer in (
        ask(),
        ask(headers={"host": "evil.example"}),
        ask("PUT", body=bytes(MOST_BODY_BYTES + 1)),
    ):
        for name, value in security_headers(Part.PAGE, INDEX):
            assert answer.header(name) == [value]


def test_maps_have_their_own_headers_below_a_base_path():
    path = "/fp/component/streamlit_folium.st_folium/index.html"
    below = guarded(Endpoint(base_path="fp"))
    assert ask(path=path, app=below).header("x-frame-options") == ["SAMEORIGIN"]
    assert ask(path=path).header("x-frame-options") == ["DENY"]


def test_a_body_at_the_limit_is_taken_in_and_one_byte_more_is_not():
    assert ask("PUT", body=bytes(MOST_BODY_BYTES)).text == str(MOST_BODY_BYTES)
    answer = ask("PUT", body=bytes(MOST_BODY_BYTES + 1))
    assert answer.status == 413
    assert "5 MB" in answer.text
    assert "5 Mo" in answer.text


def test_the_largest_plan_and_proposal_fit_with_the_form_around_them():
    assert LARGEST_BYTES == MOST_BYTES
    assert MOST_BODY_BYTES - LARGEST_BYTES > 100_000
    assert streamlit_options(Endpoint("0.0.0.0"))["server.maxUploadSize"] == LARGEST_FILE_MB  # noqa: S104
    assert LARGEST_FILE_MB * 1024**2 == MOST_BODY_BYTES


def test_a_file_is_brought_on_ones_own_machine_alone_and_nowhere_else_is_as_much_taken_in():
    body = bytes(MOST_BODY_BYTES + 1)
    files = "/_stcore/upload_file/s/f"
    assert ask("PUT", files, body=body).status == 200
    assert ask("PUT", "/_stcore/other", body=body).status == 413
    assert ask("PUT", f"/fp{files}", body=body).status == 413
    assert ask("PUT", f"/fp{files}", body=body, app=guarded(Endpoint(base_path="fp"))).status == 200
    for shared in (Endpoint(names=("proxy.example",)), Endpoint("0.0.0.0")):  # noqa: S104
        assert ask("PUT", files, body=body, app=guarded(shared)).status == 413


def test_the_page_takes_in_what_is_looked_at_and_no_more():
    assert streamlit_options(Endpoint())["server.maxUploadSize"] == LARGEST_BROUGHT_MB
    assert LARGEST_BROUGHT_MB * 1024**2 == FILE_BYTES


@dataclass
class Asker:
    """Sends a body in pieces without saying how long it is, and counts what was asked of it."""

    pieces: int
    asked: int = 0
    answered: list[dict[str, object]] = field(default_factory=list)

    async def receive(self) -> dict[str, object]:
        self.asked += 1
        return {"type": "http.request", "body": bytes(1_000_000), "more_body": self.asked < self.pieces}

    async def send(self, message: dict[str, object]) -> None:
        self.answered.append(message)


def asked(app: Starlette, asker: Asker) -> list[object]:
    wanted = scope("http", "/", HERE | {"transfer-encoding": "chunked"}) | {"method": "PUT"}
    run(Guard(app, Endpoint(), "")(wanted, asker.receive, asker.send))
    return [message.get("status") for message in asker.answered if message["type"] == "http.response.start"]


def test_a_body_of_no_declared_length_is_cut_off_and_not_read_to_its_end():
    asker = Asker(pieces=1000)
    assert asked(Starlette(routes=[Route("/", length, methods=["PUT"])]), asker) == [413]
    assert asker.asked == 6


def test_a_short_one_is_read_whole():
    asker = Asker(pieces=5)
    assert asked(Starlette(routes=[Route("/", length, methods=["PUT"])]), asker) == [200]
    assert asker.answered[-1]["body"] == b"5000000"


def test_faults_of_the_app_are_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        asked(Starlette(routes=[Route("/", fails, methods=["PUT"])]), Asker(pieces=1))
