"""Guard: stands before Streamlit, turns away whom it must not hear, and gives every answer its headers."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from footprint.serving.endpoint import Endpoint
from footprint.serving.options import LARGEST_BROUGHT_MB
from footprint.serving.policy import Part, part_of, security_headers

MOST_BODY_BYTES = 5 * 1024**2
"""Largest body of a request [bytes]: a plan or proposal of 5 MB, with the form it comes in."""
MOST_BROUGHT_BYTES = (LARGEST_BROUGHT_MB + 1) * 1024**2
"""Largest body that brings a file into an area, on one's own machine alone [bytes]."""

_UPLOADS = "/_stcore/upload_file/"
"""Where Streamlit takes in files, after the base path."""

WRONG_HOST = (
    421,
    (
        "This app does not answer by that name. Ask for it as localhost, or start it with --host NAME.\n"
        "Cette application ne répond pas à ce nom. Utilisez localhost, ou démarrez-la avec --host NOM.\n"
    ),
)
FOREIGN = (
    403,
    (
        "Pages of other sites may not speak to this app.\n"
        "Les pages d'autres sites ne peuvent pas s'adresser à cette application.\n"
    ),
)
TOO_LARGE = (
    413,
    (
        "Larger than 5 MB: this app takes in no plan or proposal of that size.\n"
        "Plus de 5 Mo : cette application n'accepte aucun plan ni aucune proposition de cette taille.\n"
    ),
)
"""Said in both languages: who asks has not chosen one yet."""


class Guard:
    """
    Middleware before Streamlit's own.

    Parameters
    ----------
    app
        What is guarded.
    endpoint
        Where the app listens, and by which names.
    index
        HTML of Streamlit's page, for the hashes of its scripts.
    """

    def __init__(self, app: ASGIApp, endpoint: Endpoint, index: str) -> None:
        self._app = app
        self._endpoint = endpoint
        self._headers = {
            part: [(name.encode(), value.encode()) for name, value in security_headers(part, index)]
            for part in Part
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "http":
            await self._http(scope, receive, self._with_headers(scope, send))
        elif scope["type"] == "websocket" and self._turned_away(scope) is not None:
            # Before Streamlit compares origins itself: it would ask an address of the outside for ours.
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._turned_away(scope)
        most = self._most_bytes(scope)
        if refusal is None and _declared_bytes(scope) > most:
            refusal = TOO_LARGE
        if refusal is not None:
            await _refuse(refusal, send)
            return
        body = _Body(receive, send, most)
        try:
            await self._app(scope, body.receive, body.send)
        except ClientDisconnect:
            if not body.is_refused:
                raise

    def _most_bytes(self, scope: Scope) -> int:
        start = f"/{self._endpoint.base_path}" if self._endpoint.base_path else ""
        brings = self._endpoint.is_local and scope["path"].startswith(f"{start}{_UPLOADS}")
        return MOST_BROUGHT_BYTES if brings else MOST_BODY_BYTES

    def _turned_away(self, scope: Scope) -> tuple[int, str] | None:
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or not self._endpoint.admits(hosts[0]):
            return WRONG_HOST
        # Letter for letter: what passes here is what Streamlit takes for the same origin at once.
        own = {f"http://{hosts[0]}", f"https://{hosts[0]}"}
        if not own.issuperset(_values(scope, b"origin")):
            return FOREIGN
        return FOREIGN if _from_another_site(scope) else None

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        own = self._headers[part_of(scope["path"], self._endpoint.base_path)]
        names = {name for name, _ in own}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [pair for pair in message.get("headers", ()) if pair[0].lower() not in names]
                message = {**message, "headers": [*others, *own]}
            await send(message)

        return sending


class _Body:
    """A request's body as it comes in; past the limit the answer is ours, and the app hears no more of it."""

    def __init__(self, receive: Receive, send: Send, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._receive = receive
        self._send = send
        self._bytes = 0
        self._is_answered = False
        self.is_refused = False

    async def receive(self) -> Message:
        """Hand on the next piece, or say that the asker has gone once there was too much."""
        if self.is_refused:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes <= self._most_bytes:
            return message
        self.is_refused = True
        if not self._is_answered:
            await _refuse(TOO_LARGE, self._send)
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Hand on the app's answer, unless it was ours."""
        if not self.is_refused:
            self._is_answered = True
            await self._send(message)


def _from_another_site(scope: Scope) -> bool:
    """Tell whether another site's page asks for something to use in itself, which following a link is not."""
    site = _values(scope, b"sec-fetch-site")
    if not {"cross-site", "same-site"} & {*site}:
        return False
    return not (
        scope["type"] == "http"
        and scope["method"] in {"GET", "HEAD"}
        and _values(scope, b"sec-fetch-mode") == ["navigate"]
        and _values(scope, b"sec-fetch-dest") == ["document"]
    )


def _declared_bytes(scope: Scope) -> int:
    lengths = [int(value) for value in _values(scope, b"content-length") if value.isdecimal()]
    return max(lengths, default=0)


def _values(scope: Scope, name: bytes) -> list[str]:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]


async def _refuse(refusal: tuple[int, str], send: Send) -> None:
    status, words = refusal
    body = words.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # what more is on its way is not read
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
