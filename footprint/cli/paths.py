"""Where the app and the bundled case lie: in a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

from footprint.shipped import bundled_case, shipped

__all__ = ["app_script", "bundled_case"]


def app_script() -> Path:
    """Return the script that Streamlit runs."""
    return shipped(Path("launch") / "app.py", Path("app.py"))
