"""Components of our own, without a frame: months, gains and losses, a package; they work offline."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from footprint.pages import _session
from footprint.views.assets import client_text
from footprint.views.escaping import Json


def _made(name: str) -> Callable[..., object]:
    return st.components.v2.component(
        f"footprint_{name}",
        html=f'<div class="{name}"></div>',
        css=client_text(f"{name}.css"),
        js=client_text("element.js") + client_text(f"{name}.js"),
    )


_STRIP, _HEAT, _PACKAGE = (_made(name) for name in ("strip", "heat", "package"))


def strip(data: Mapping[str, Json]) -> None:
    """Show twelve months, of which a click or an arrow key chooses one."""
    _STRIP(key="strip", data=dict(data), height=80, on_month_change=lambda: _choose_month("strip"))


def heat(data: Mapping[str, Json], key: str) -> None:
    """Show gains and losses by unit and month; a click chooses the month."""
    _HEAT(key=key, data=dict(data), on_month_change=lambda: _choose_month(key))


def _choose_month(key: str) -> None:
    month = _told(key, "month")
    if isinstance(month, int) and 1 <= month <= 12:  # noqa: PLR2004  months
        _session.choose(month=month)


def package(data: Mapping[str, Json], on_edit: Callable[[Mapping[str, object]], None]) -> None:
    """Show a package to be changed: numbers, donors, months open."""

    def edited() -> None:
        edit = _told("package", "edit")
        if isinstance(edit, Mapping):
            on_edit(edit)

    _PACKAGE(key="package", data=dict(data), on_edit_change=edited)


def _told(key: str, name: str) -> object:
    """Return what a component told last."""
    value = _session.widget_value(key)
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
