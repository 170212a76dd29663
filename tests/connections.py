"""Which addresses a process started by a test has spoken to."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WATCHED = ROOT / "tests" / "watched"


def watched_environment(log: Path) -> dict[str, str]:
    """Return the environment of a process that writes every address it speaks to into `log`."""
    log.touch()
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": f"{WATCHED}{os.pathsep}{ROOT}", "FOOTPRINT_TEST_CONNECTIONS": str(log)}


def outside(log: Path) -> list[str]:
    """Return the addresses in `log` that are not this machine."""
    return sorted({line for line in log.read_text(encoding="utf-8").splitlines() if not _here(line)})


def _here(address: str) -> bool:
    if address.startswith("/") or address in {"localhost", "None", "0.0.0.0", "::"}:  # noqa: S104
        return True  # a socket in the file system, a name of this machine, an address to listen on
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
