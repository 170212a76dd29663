"""The policy: nothing but the app's own, and what is listed with its reason."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path

import pytest
import streamlit_folium
from streamlit import file_util

from footprint.serving.policy import (
    MAP_FRAME,
    RELAXATIONS,
    Part,
    content_security_policy,
    part_of,
    security_headers,
)

INDEX = "<script>\n  a = 1\n</script><script type='module' src='x.js'></script><script>b</script>"


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (each.split() for each in policy.split("; "))}


def test_without_an_exception_the_app_itself_alone_is_allowed():
    for part in Part:
        allowed = directives(content_security_policy(part, INDEX))
        assert allowed["default-src"] == ["'self'"]
        listed = {each.directive for each in RELAXATIONS if each.part is part}
        assert {name for name in allowed if name.endswith("-src")} == {"default-src", "object-src", *listed}


def test_every_exception_is_in_the_policy_of_its_part_alone_and_has_a_reason():
    assert len({(each.part, each.directive, each.source) for each in RELAXATIONS}) == len(RELAXATIONS)
    for each in RELAXATIONS:
        assert len(each.reason.split()) > 5
        assert each.source in directives(content_security_policy(each.part, INDEX))[each.directive]


def test_no_page_runs_text_as_a_program_and_nothing_comes_from_elsewhere():
    page = directives(content_security_policy(Part.PAGE, INDEX))
    assert {"'unsafe-inline'", "'unsafe-eval'"} & {*page["script-src"]} == set()
    for part in Part:
        policy = content_security_policy(part, INDEX)
        assert "//" not in policy
        assert "*" not in policy


def test_scripts_in_streamlits_page_are_allowed_by_their_text():
    page = directives(content_security_policy(Part.PAGE, INDEX))
    hashes = [
        f"'sha256-{b64encode(hashlib.sha256(text).digest()).decode()}'" for text in (b"\n  a = 1\n", b"b")
    ]
    assert page["script-src"][-2:] == hashes


def test_streamlits_own_page_holds_the_script_the_policy_looks_for():
    index = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    assert index.count("<script>") == content_security_policy(Part.PAGE, index).count("sha256-") > 0


def test_a_map_may_be_framed_by_the_app_and_a_page_by_nobody():
    assert directives(content_security_policy(Part.PAGE, INDEX))["frame-ancestors"] == ["'none'"]
    assert directives(content_security_policy(Part.MAP, INDEX))["frame-ancestors"] == ["'self'"]
    assert dict(security_headers(Part.PAGE, INDEX))["x-frame-options"] == "DENY"
    assert dict(security_headers(Part.MAP, INDEX))["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("base_path", ["", "fp", "a/b"])
def test_the_frame_of_a_map_alone_is_a_map(base_path):
    start = f"/{base_path}/" if base_path else "/"
    assert part_of(f"{start}{MAP_FRAME}index.html", base_path) is Part.MAP
    for path in (
        start,
        f"{start}map",
        f"{start}component/other/index.html",
        f"{start}x/{MAP_FRAME}index.html",
    ):
        assert part_of(path, base_path) is Part.PAGE


def test_the_frame_is_where_streamlit_folium_serves_it():
    assert f"component/{streamlit_folium._component_func.name}/" == MAP_FRAME
