"""
Write down every address this process connects to or asks the name service for.

Python imports a module of this name at start when its folder is on PYTHONPATH.
"""

from __future__ import annotations

import os
import sys

WATCHED = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
LOG = os.environ.get("FOOTPRINT_TEST_CONNECTIONS")


def write_down(event: str, arguments: tuple[object, ...]) -> None:
    if event in WATCHED and LOG:
        address = arguments[1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
        with open(LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib is not to be loaded so early
            log.write(f"{address[0] if isinstance(address, tuple) else address}\n")


if LOG:
    sys.addaudithook(write_down)
