"""The method's numbers, read from the file itself."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import footprint

FILE = Path(footprint.__file__).parent / "method" / "method.toml"


def numbers():
    """Return the method as nested namespaces; a parameter is its value, capabilities and bundles are dicts."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return SimpleNamespace(
        demand=SimpleNamespace(**_plain(raw["demand"])),
        travel=SimpleNamespace(**_plain(raw["travel"])),
        tasking=SimpleNamespace(**_plain(raw["tasking"])),
        reporting=SimpleNamespace(**_plain(raw["reporting"])),
        capabilities={name: _plain(table) for name, table in raw["capability"].items()},
    )


def _plain(table):
    """Strip a table of parameters to its values."""
    if not isinstance(table, dict):
        return table
    return table["value"] if "value" in table else {name: _plain(part) for name, part in table.items()}
