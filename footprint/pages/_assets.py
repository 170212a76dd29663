"""
Serve the map's scripts and the basemap beside Streamlit's own pages, with no internet.

Whatever is served here is outside any sign-in: program files and the public ground, no more.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import streamlit.components.v1 as components

from footprint.views.assets import CLIENT_FOLDER, JQUERY_FOLDER, LEAFLET_FOLDER, MapAssets, served
from layers.private import private_folder

_DIGEST = re.compile(r"[0-9a-f]{8,128}")


def map_assets() -> MapAssets:
    """Return where a map on a page finds its scripts and styles, under any base path."""
    return served(
        _served("leaflet", LEAFLET_FOLDER),
        _served("jquery", JQUERY_FOLDER),
        _served("client", CLIENT_FOLDER),
    )


def basemap_url(digest: str, json_text: str, *, folder: Path | None = None, name: str = "basemap") -> str:
    """
    Write a basemap once and return the address a map on a page finds it at.

    Parameters
    ----------
    digest
        Hash of `json_text`, hexadecimal, perhaps keyed; it names the file.
    json_text
        Text from `basemap.basemap_json`: public ground only, since anyone can fetch it.
    folder
        Where basemaps are kept; by default a private folder of this user.
    name
        What the address calls that folder; one name for each folder.

    Returns
    -------
    str
        Relative to a map's own frame. One file is kept per digest, so browsers may
        keep it too.
    """
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"{digest!r} is no hexadecimal digest")
    kept = folder or private_folder("basemaps")
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = kept / f"{digest}.json"
    if not path.exists():
        # Under another name first, so that no reader meets half a file.
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=kept, delete=False) as file:
            file.write(json_text)
        Path(file.name).replace(path)
    return f"{_served(name, kept)}{path.name}"


def _served(name: str, folder: Path) -> str:
    """Serve `folder` and return its address as seen from the frame of a map."""
    component: Any = components.declare_component(name, path=str(folder))
    return f"../{component.name}/"
