"""Settings: none calls out, and a checkout started with Streamlit alone has the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

from streamlit import config

from footprint.serving.endpoint import LOOPBACK, Endpoint
from footprint.serving.options import streamlit_options

ROOT = Path(__file__).resolve().parents[3]
OTHERWISE = {
    "server.port",
    "server.address",
    "server.baseUrlPath",
    "server.allowedHosts",
    "logger.hideWelcomeMessage",
}


def test_every_setting_is_one_of_streamlits():
    assert streamlit_options(Endpoint()).keys() <= config._config_options_template.keys()


def test_nothing_is_sent_and_nothing_asked_for():
    options = streamlit_options(Endpoint())
    assert options["browser.gatherUsageStats"] is False
    assert options["logger.hideWelcomeMessage"] is True
    assert options["server.enableAgentApi"] is False
    assert options["client.allowedOrigins"] == []


def test_a_checkout_started_with_streamlit_alone_has_the_same_settings():
    """Streamlit reads this file itself, so that it cannot read ours; it welcomes, and says where it is."""
    file = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    written = {f"{part}.{name}": value for part, values in file.items() for name, value in values.items()}
    ours = {name: value for name, value in streamlit_options(Endpoint()).items() if name not in OTHERWISE}
    assert written["server.address"] == Endpoint().address
    assert {*written["server.allowedHosts"]} == {*LOOPBACK}
    assert {name: written.get(name) for name in ours} == ours
