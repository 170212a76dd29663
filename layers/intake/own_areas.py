"""Own areas: area folders that a person begins on a page lie together in their own data folder."""

from __future__ import annotations

import re
from pathlib import Path

from platformdirs import user_data_path

from layers.assemble.blank import area_id
from layers.intake.imports import FOLDER

_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")


def areas_home() -> Path:
    """Return the folder of this user's own areas; it need not be there."""
    return user_data_path("footprint", appauthor=False) / "areas"


def own_area(name: str) -> Path | None:
    """
    Return the folder of one of this user's own areas, None if there is none of this name.

    A name from an address leads nowhere else: it is a plain word, and its folder no link.
    """
    if not _NAME.fullmatch(name):
        return None
    folder = areas_home() / name
    return None if folder.is_symlink() or not (folder / FOLDER).is_dir() else folder


def own_areas() -> tuple[Path, ...]:
    """Return the folders of this user's own areas, in the order of their names."""
    home = areas_home()
    names = sorted(path.name for path in home.iterdir()) if home.is_dir() else []
    return tuple(folder for name in names if (folder := own_area(name)) is not None)


def free_folder(title: str) -> Path:
    """Return a folder for a new area, called by its title and a number where that name is taken."""
    name, n = area_id(title), 2
    folder = areas_home() / name
    while folder.exists() or folder.is_symlink():
        folder, n = areas_home() / f"{name}_{n}", n + 1
    return folder
