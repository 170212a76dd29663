"""Endpoint: where the app listens, and by which names browsers may ask for it."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address

_EVERYWHERE = {"0.0.0.0": "localhost", "::": "[::1]"}  # noqa: S104  only if the user asks for it
LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""This machine's names for itself, allowed always."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the app listens."""

    address: str = "localhost"
    port: int = 8501
    base_path: str = ""
    """Path before the app's own, without slashes at its ends."""
    names: tuple[str, ...] = ()
    """Further names that browsers may ask for, such as a proxy's."""

    @property
    def url(self) -> str:
        """Address for a browser on this machine."""
        host = _EVERYWHERE.get(self.address, _bracketed(self.address))
        return f"http://{host}:{self.port}/{self.base_path}".rstrip("/")

    @property
    def reached_as(self) -> str:
        """The address or names by which others reach the app, in words."""
        return ", ".join(self.names) or self.address

    @property
    def is_local(self) -> bool:
        """Whether this machine alone can reach the app."""
        if self.names:
            return False
        try:
            return ip_address(self.address).is_loopback
        except ValueError:
            return self.address == "localhost"

    def is_free(self) -> bool:
        """Tell whether we may listen here."""
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((self.address, self.port))
            except OSError:
                return False
        return True

    def admits(self, host: str) -> bool:
        """
        Tell whether a browser may ask for the app by this name.

        Parameters
        ----------
        host
            The request's `Host`, with or without a port.

        Returns
        -------
        bool
            True for this machine's own names, the address listened on and the names given.
            Where the app listens on every address, also for any address in figures.

        Notes
        -----
        A foreign page can make its own name lead to this machine (DNS rebinding), and would
        then be of one origin with the app; the browser still sends that name as `Host`. No
        name has to be resolved for an address in figures, so none can be turned that way.
        """
        name = hostname(host)
        if name is None:
            return False
        if name in {*LOOPBACK, self.address.lower(), *(each.lower() for each in self.names)}:
            return name not in _EVERYWHERE
        return self.address in _EVERYWHERE and _in_figures(name)


def hostname(host: str) -> str | None:
    """
    Return the name in a `Host` header, in lower case and without brackets and port.

    >>> hostname("Localhost:8501"), hostname("[::1]:8501")
    ('localhost', '::1')
    >>> hostname("localhost:8501@elsewhere.example") is None
    True
    """
    name, port = host, ""
    if host.startswith("["):
        name, closed, rest = host[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            return None
        port = rest[1:] if rest else ""
    elif ":" in host:
        name, _, port = host.partition(":")
    if not name or not (port == "" or (port.isascii() and port.isdigit())):
        return None
    return name.lower()


def _in_figures(name: str) -> bool:
    try:
        return not ip_address(name).is_unspecified
    except ValueError:
        return False


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
