"""Where the app and the bundled case lie: in a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def app_script() -> Path:
    """Return the script that Streamlit runs."""
    return _found(Path("launch") / "app.py", Path("app.py"))


def bundled_case() -> Path:
    """Return the area folder that ships with the project."""
    return _found(Path("data") / "mali", Path("data") / "mali")


def _found(inside: Path, beside: Path) -> Path:
    # A wheel carries both inside the package; a checkout has them beside it.
    carried = _PACKAGE / inside
    return carried if carried.exists() else _PACKAGE.parent / beside
