"""
What a browser may do on the app's pages: use what comes from the app itself; each exception with its reason.

The exceptions were found by visiting every page in Chromium under `default-src 'self'` alone
and reading what it refused; `tests/browser/test_policy.py` does so again with them.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum

MAP_FRAME = "component/streamlit_folium.st_folium/"
"""Path of the frame that holds a map, after the app's base path."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Part(StrEnum):
    """What a policy is for."""

    PAGE = "page"
    """The page itself and every file it asks for."""
    MAP = "map"
    """The frame of a map."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One thing allowed besides what comes from the app itself."""

    part: Part
    directive: str
    source: str
    reason: str


RELAXATIONS = (
    Relaxation(
        Part.PAGE,
        "script-src",
        "'wasm-unsafe-eval'",
        "Streamlit's protobuf compiles WebAssembly for numbers of 64 bits; lets no text run as script",
    ),
    Relaxation(
        Part.PAGE,
        "script-src",
        "blob:",
        "Streamlit imports the program of a component (components.v2) from a blob that it makes of it",
    ),
    Relaxation(
        Part.PAGE,
        "style-src",
        "'unsafe-inline'",
        "Streamlit's widgets (emotion, styled-components, React) and our own tables write styles into it",
    ),
    Relaxation(
        Part.PAGE, "font-src", "data:", "Streamlit's style sheet carries one font of its icons inside it"
    ),
    Relaxation(Part.PAGE, "img-src", "data:", "small maps of the Hotspots page are pictures inside the page"),
    Relaxation(
        Part.MAP,
        "script-src",
        "'unsafe-inline'",
        "streamlit-folium writes the map's program into its frame as a script element",
    ),
    Relaxation(
        Part.MAP,
        "script-src",
        "'unsafe-eval'",
        "streamlit-folium runs each change of a map with eval; names reach it as data, never as program",
    ),
    Relaxation(
        Part.MAP,
        "style-src",
        "'unsafe-inline'",
        "the frame and the map's symbols carry styles",
    ),
    Relaxation(
        Part.MAP,
        "img-src",
        "data:",
        "a map's cells are one picture inside the scene; Leaflet's empty tile",
    ),
)
"""Every exception to `default-src 'self'`."""

_ALWAYS = ("base-uri 'self'", "form-action 'self'", "object-src 'none'")
_WITHOUT = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""Of a browser's abilities, those that no page may ask for."""


def part_of(path: str, base_path: str) -> Part:
    """Return the part that a path of the app belongs to; `base_path` has no slashes at its ends."""
    start = f"/{base_path}/" if base_path else "/"
    return Part.MAP if path.startswith(f"{start}{MAP_FRAME}") else Part.PAGE


def content_security_policy(part: Part, index: str) -> str:
    """
    Write the policy for one part of the app.

    Parameters
    ----------
    part
        Page or frame of a map.
    index
        HTML of the page that Streamlit serves. Scripts written into it are allowed by the
        hash of their text, so that no other script can be written into a page.

    Returns
    -------
    str
        Value of `Content-Security-Policy`.
    """
    allowed: dict[str, list[str]] = {}
    for each in RELAXATIONS:
        if each.part is part:
            allowed.setdefault(each.directive, ["'self'"]).append(each.source)
    if part is Part.PAGE:
        allowed["script-src"] += [_hash(script) for script in _INLINE.findall(index)]
    framed = "'self'" if part is Part.MAP else "'none'"
    relaxed = [f"{directive} {' '.join(sources)}" for directive, sources in allowed.items()]
    return "; ".join(["default-src 'self'", *relaxed, *_ALWAYS, f"frame-ancestors {framed}"])


def security_headers(part: Part, index: str) -> tuple[tuple[str, str], ...]:
    """Return the headers that every answer for one part of the app carries."""
    return (
        ("content-security-policy", content_security_policy(part, index)),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "SAMEORIGIN" if part is Part.MAP else "DENY"),
        ("referrer-policy", "no-referrer"),
        ("permissions-policy", ", ".join(f"{ability}=()" for ability in _WITHOUT)),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    )


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
