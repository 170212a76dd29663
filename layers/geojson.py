"""
What a GeoJSON file may say of its reference system.

GDAL follows a `crs` member of type "link" to the address it gives, whatever drivers are
allowed. So a vector file is looked at before GDAL opens it: by its first bytes, not its
name, since GDAL goes by them too.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from layers.errors import Fault, LayerError
from layers.sentences import say

_GEOPACKAGE = b"SQLite format 3\0"

_KEY = re.compile(rb"crs|\\u")
"""Without one of these in its bytes, no member of a file can be called `crs`."""

_LOCAL_NAME = re.compile(r"https?://www\.opengis\.net/def/crs(?:/[\w.]+)+|(?:[^/\\]| / )*", re.ASCII)
"""A name such as EPSG:4326 or urn:ogc:def:crs:…, or the same as an OGC address, which GDAL takes apart."""

_PROBLEM = say("its member 'crs' is not of type 'name'")
_REMEDY = say("Export it again in WGS 84 (EPSG:4326).")


def refuse_linked_crs(path: Path) -> None:
    """
    Look at a vector file before GDAL does, and refuse it if it sends GDAL elsewhere.

    Raises
    ------
    LayerError
        If any member `crs` of a GeoJSON file, in whatever object, is not of type "name"
        or names an address, or if the file has such a member and does not read as JSON.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_GEOPACKAGE)) == _GEOPACKAGE:
                return
            file.seek(0)
            content = file.read()
    except OSError as error:
        raise LayerError([Fault(path.name, say("it cannot be opened"), say("Allow reading it."))]) from error
    if not _KEY.search(content):
        return
    members: list[Any] = []
    try:
        json.loads(content.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _noted(pairs, members))
    except UnicodeDecodeError as error:
        raise LayerError(
            [Fault(path.name, say("its text is not UTF-8"), say("Export it in UTF-8."))]
        ) from error
    except (ValueError, RecursionError) as error:
        raise LayerError(
            [
                Fault(
                    path.name,
                    say("it does not read as a map layer"),
                    say("Export it again from its program."),
                )
            ]
        ) from error
    if not all(_is_local(crs) for crs in members):
        raise LayerError([Fault(path.name, _PROBLEM, _REMEDY)])


def _noted(pairs: list[tuple[str, Any]], members: list[Any]) -> dict[str, Any]:
    """Return an object's members; each that is called `crs` goes to `members`, one given twice too."""
    members += [value for key, value in pairs if key == "crs"]
    return dict(pairs)


def _is_local(crs: object) -> bool:
    """Tell whether GDAL reads a `crs` member without fetching anything."""
    if not isinstance(crs, dict):
        # None, or an attribute of a feature that happens to be called so.
        return True
    properties = crs.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    return crs.get("type") == "name" and isinstance(name, str) and _LOCAL_NAME.fullmatch(name) is not None
