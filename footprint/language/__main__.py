"""
Bring the catalogues up to date with the code, or check that they are.

    python -m footprint.language            add new sentences, drop stale ones
    python -m footprint.language --check    fail if one is missing or stale
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from footprint.language import CATALOGUES, LANGUAGES
from footprint.language.catalogue import (
    faults,
    labels,
    read_catalogue,
    sentences,
    source_files,
    update,
    write_catalogue,
)


def main(arguments: list[str] | None = None) -> int:
    """Update every catalogue, or with `--check` only report; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m footprint.language", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on any fault")
    check = parser.parse_args(arguments).check
    root = Path(__file__).parents[2]
    said = labels(root / "footprint" / "method" / "method.toml") | sentences(source_files(root))
    found: list[str] = []
    for code in (code for code in LANGUAGES if code != "en"):
        folder = CATALOGUES / code
        if not check:
            write_catalogue(update(read_catalogue(folder, code), said), folder, said)
        found += [f"{code}: {fault}" for fault in faults(read_catalogue(folder, code), said)]
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
