"""Addresses: whom a fetch may speak to: public ones by HTTPS, this machine where the source names it."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from layers.errors import Fault, LayerError
from layers.sentences import Sentence, say

_LONGEST = 4000
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked, and the numbers of the machine to connect to."""

    url: SplitResult
    numbers: tuple[str, ...]
    """Looked up once and held to, lest a second look-up lead elsewhere; none where a proxy connects."""

    @property
    def host(self) -> str:
        """Name of the machine."""
        return self.url.hostname or ""

    @property
    def port(self) -> int:
        """Port to connect to."""
        return self.url.port or _PORTS[self.url.scheme]

    @property
    def path(self) -> str:
        """What is asked for there."""
        query = f"?{self.url.query}" if self.url.query else ""
        return f"{self.url.path or '/'}{query}"


def is_loopback(url: str) -> bool:
    """Tell whether an address names this machine by number."""
    try:
        return ipaddress.ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


def address(url: str, file: str, *, loopback: bool, proxied: bool) -> Address:
    """
    Return an address if it may be asked.

    Parameters
    ----------
    url
        As the source or a redirect names it.
    file
        What is fetched, for the words of a refusal.
    loopback
        Whether the source itself names this machine.
    proxied
        Whether a proxy connects, which then looks the name up.

    Raises
    ------
    LayerError
        If it is no HTTPS, carries a password, or leads to a machine that is not public.
    OSError
        If the name cannot be looked up.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise _refused(file, say("the address does not read as one")) from error
    host = parts.hostname or ""
    here = loopback and is_loopback(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        problem = say("its address leads to {scheme}; only https is asked", scheme=repr(parts.scheme[:20]))
        raise _refused(file, problem)
    if not host or parts.username or parts.password or len(url) > _LONGEST or not url.isascii():
        raise _refused(file, say("the address does not read as one"))
    if proxied:
        numbers = [host] if _is_number(host) or host == "localhost" else []
    else:
        numbers = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for number in numbers:
        if not (_is_public(number) or here):
            problem = say("{host} leads to a machine that is not public", host=repr(host))
            raise _refused(file, problem)
    return Address(parts, () if proxied else tuple(dict.fromkeys(numbers)))


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(number: str) -> bool:
    """Tell whether a machine is on the public internet: not ours, not the building's, not the cloud's own."""
    try:
        known = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    inside = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    return known.is_global and not known.is_multicast and (inside is None or inside.is_global)


def _refused(file: str, problem: Sentence) -> LayerError:
    remedy = say("Nothing was fetched; fetch it by hand if you trust where it leads.")
    return LayerError([Fault(file, problem, remedy)])
