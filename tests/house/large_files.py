"""Fail when a tracked file outside `data/` is over 200 kB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LIMIT_BYTES = 200_000


def main() -> int:
    """Print each file that is too large; return 1 if there is one."""
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
    large = [
        name
        for name in listed.split("\0")
        if name
        and not name.startswith(("data/", "docs/"))
        and Path(name).is_file()
        and Path(name).stat().st_size > LIMIT_BYTES
    ]
    for name in large:
        print(f"{name}: {Path(name).stat().st_size} bytes; at most {LIMIT_BYTES} outside data/")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
