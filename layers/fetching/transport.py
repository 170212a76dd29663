"""Transport: one request over HTTPS, by the proxy of the environment, redirects held to the same rules."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError, SSLError

from layers.errors import Fault, LayerError
from layers.fetching.addresses import Address, address
from layers.sentences import say

_CONNECT_S, _READ_S = 20.0, 30.0
_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_HEADERS = {
    "User-Agent": "footprint (peacekeeping footprint review; on request of a person)",
    # As it lies there: what unpacks itself on the way could be of any size.
    "Accept-Encoding": "identity",
}


class Unreachable(Exception):  # noqa: N818  it is no error of the files
    """Nobody answers: no network, no such machine, or the line broke."""


@contextmanager
def opened(
    url: str, file: str, *, loopback: bool, headers: Mapping[str, str] | None = None
) -> Iterator[urllib3.BaseHTTPResponse]:
    """
    Ask for an address and yield the answer, its body not yet read.

    Parameters
    ----------
    url
        Address; redirects of it may lead to public machines by HTTPS alone.
    file
        What is fetched, for the words of a refusal.
    loopback
        Whether the source itself names this machine.
    headers
        Further headers.

    Raises
    ------
    LayerError
        If an address may not be asked, or redirects do not end.
    Unreachable
        If nobody answers, or not in time.
    """
    for _ in range(_REDIRECTS + 1):
        pool, answer = _asked(url, file, {**_HEADERS, **(headers or {})}, loopback=loopback)
        try:
            if answer.status not in _MOVED or "Location" not in answer.headers:
                yield answer
                return
            url = urljoin(url, answer.headers["Location"])
        finally:
            answer.close()
            pool.clear() if isinstance(pool, urllib3.PoolManager) else pool.close()
    problem = say("its address leads on more than {n} times", n=_REDIRECTS)
    raise LayerError([Fault(file, problem, say("Fetch it by hand."))])


def _asked(
    url: str, file: str, headers: Mapping[str, str], *, loopback: bool
) -> tuple[Any, urllib3.BaseHTTPResponse]:
    """Return the pool of one connection and the answer that came over it."""
    proxy, failure = _proxy(url), ""
    try:
        place = address(url, file, loopback=loopback, proxied=bool(proxy))
    except OSError as error:
        raise Unreachable(str(error)) from error
    # A machine of two numbers may be met by one of them alone.
    for pool in [_through(proxy)] if proxy else [_straight(place, each) for each in place.numbers]:
        try:
            answer = pool.request(
                "GET",
                url if proxy else place.path,
                headers={**headers, "Host": place.url.netloc},
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
        except (HTTPError, OSError) as error:
            failure = str(error)
            pool.clear() if isinstance(pool, urllib3.PoolManager) else pool.close()
            if isinstance(error, SSLError):
                raise _unproven(file, place.host) from error
        else:
            return pool, answer
    raise Unreachable(failure)


def _unproven(file: str, host: str) -> LayerError:
    """Return the refusal of a machine whose certificate is not good here."""
    problem = say(
        "what answers cannot prove that it is {host}: its certificate is not trusted here", host=host
    )
    remedy = say(
        "A gateway that reads along may stand between. Ask who keeps the network for its certificate, "
        "and name the file in SSL_CERT_FILE; or fetch it by hand."
    )
    return LayerError([Fault(file, problem, remedy)])


def _proxy(url: str) -> str:
    """Return the proxy that the environment names for an address, "" for none."""
    parts = urlsplit(url)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if proxy_bypass(f"{parts.hostname or ''}{port}"):
        return ""
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all", "")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def _timeout() -> urllib3.Timeout:
    return urllib3.Timeout(connect=_CONNECT_S, read=_READ_S)


def _through(proxy: str) -> urllib3.ProxyManager:
    """Return what asks through a proxy; certificates are those of the machine asked, not of the proxy."""
    signed = urlsplit(proxy)
    login = unquote(f"{signed.username}:{signed.password or ''}") if signed.username else None
    headers = urllib3.make_headers(proxy_basic_auth=login) if login else None
    return urllib3.ProxyManager(
        proxy, proxy_headers=headers, ssl_context=ssl.create_default_context(), timeout=_timeout()
    )


def _straight(place: Address, number: str) -> urllib3.HTTPConnectionPool:
    """Return what asks the machine itself, by the number looked up; the certificate is held to its name."""
    if place.url.scheme == "http":
        return urllib3.HTTPConnectionPool(number, place.port, timeout=_timeout(), maxsize=1)
    return urllib3.HTTPSConnectionPool(
        number,
        place.port,
        timeout=_timeout(),
        maxsize=1,
        ssl_context=ssl.create_default_context(),
        server_hostname=place.host,
        assert_hostname=place.host,
    )
