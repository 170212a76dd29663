"""Pages find the map's files beside Streamlit's own, under any base path."""

from __future__ import annotations

import stat

import pytest

from footprint.pages import _assets


def test_addresses_are_relative_to_the_frame_of_a_map():
    assets = _assets.map_assets()
    assert assets.leaflet_js.startswith("../footprint.pages._assets.leaflet/leaflet.js?")
    assert assets.client_css.startswith("../footprint.pages._assets.client/footprint.css?")


def test_a_basemap_is_written_once_and_whole(tmp_path):
    kept = tmp_path / "kept"
    url = _assets.basemap_url("ab12cd34", '{"é":1}', folder=kept)
    assert url == "../footprint.pages._assets.basemap/ab12cd34.json"
    assert (kept / "ab12cd34.json").read_text(encoding="utf-8") == '{"é":1}'
    _assets.basemap_url("ab12cd34", "other", folder=kept)
    assert (kept / "ab12cd34.json").read_text(encoding="utf-8") == '{"é":1}'
    assert [path.name for path in kept.iterdir()] == ["ab12cd34.json"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


@pytest.mark.parametrize("digest", ["", "../../etc", "ABCDEF12", "ab"])
def test_only_a_digest_names_a_file(digest, tmp_path):
    with pytest.raises(ValueError, match="no hexadecimal digest"):
        _assets.basemap_url(digest, "{}", folder=tmp_path)
