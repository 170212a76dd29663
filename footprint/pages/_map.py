"""The map on a page: the ground that stays, and the scene over it."""

from __future__ import annotations

from collections.abc import Callable

from streamlit_folium import st_folium

from footprint.language import Language
from footprint.pages import _session
from footprint.pages._assets import map_assets
from footprint.views.clicks import RETURNED
from footprint.views.maps import MapContent, base_map, overlays


def show(
    content: MapContent,
    language: Language,
    *,
    key: str,
    height_px: int,
    on_click: Callable[[], None] | None = None,
) -> None:
    """
    Draw a scene.

    Parameters
    ----------
    content
        From `footprint.views.scene.scene`.
    language
        Language of the map's own words.
    key
        Key of the map in Streamlit's state.
    height_px
        Height [px].
    on_click
        Called before the page is drawn again after a click; None where clicks mean nothing.
    """
    st_folium(
        base_map(map_assets(), _session.frame().bounds, basemap_url=_session.basemap()),
        key=key,
        height=height_px,
        use_container_width=True,
        returned_objects=list(RETURNED) if on_click else [],
        feature_group_to_add=overlays(content, language),
        on_change=on_click,
    )
