"""Briefs over small worlds and the bundled case, with what was reckoned for them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from footprint.briefing.brief import Brief
from footprint.briefing.content import Content, Reckoning, Telling, content_of, reckon
from footprint.briefing.content.parts import Chapter
from footprint.disclosure import Precision
from footprint.language import Language
from footprint.prepared import Prepared
from footprint.releases.terms import Clearance, Marking, Release
from footprint.review import Review
from footprint.scenario import AddAssets, CloseSite, OpenSite, RemoveAssets, Scenario
from tests.worlds import (
    bundled_prepared,
    lonlat,
    make_area,
    make_assets,
    make_basis,
    make_incidents,
    make_roads,
    make_sites,
    make_units,
    review,
    router_of,
)

RELEASE = Release(
    purpose="Review workshop",
    audience="Sector commander",
    releaser="Chief of plans",
    marking=Marking.CONFIDENTIAL,
    precision=Precision.INTERNAL,
    clearance=Clearance.DRAFT,
)


@cache
def valley(mill: str = "Mill", east: str = "East") -> Prepared:
    """
    Two districts of 50 km side by side with a road through both, one site with troops in the west.

    Both names are free, for names that nobody should give anything.
    """
    sites = make_sites({"mill": (10, 25)})
    sites.loc["mill", "name"] = mill
    units = {"west": (0, 0, 50, 50), "east": (50, 0, 100, 50)}
    districts = make_units(units, dict.fromkeys(units, "region"))
    districts.loc["east", "name"] = east
    return make_basis(
        make_area(
            sites=sites,
            assets=make_assets({"mill": {"infantry_company": 3, "helicopter": 1, "surgery": 1}}),
            roads=make_roads({"road": [(0, 25), (100, 25)]}, name={"road": f"Road to {mill}"}),
            districts=districts,
            incidents=make_incidents(
                [{"at": (60 + 2 * each, 25), "deaths_civilians": 2.0, "deaths": 2.0} for each in range(4)]
            ),
        )
    )


def outpost(name: str = "Outpost") -> Scenario:
    """Return a plan: one of the three companies moves to a new site in the east, with civil affairs."""
    return Scenario(
        f"Plan of {name}",
        (
            OpenSite("outpost", name, **lonlat(75, 25)),
            RemoveAssets("mill", "infantry_company", 1),
            AddAssets("outpost", "infantry_company", 1),
            AddAssets("outpost", "civil_affairs_team", 1),
        ),
    )


def brief_of(prepared: Prepared, *plans: Scenario | Review, language: str = "en", **differs: Any) -> Brief:
    """Return a brief of a prepared area and plans; `differs` overrides its fields."""
    usual: dict[str, Any] = {
        "prepared": prepared,
        "router": router_of(prepared),
        "today": review(prepared, Scenario("today")),
        "plans": tuple(each if isinstance(each, Review) else review(prepared, each) for each in plans),
        "month": 9,
        "language": Language.of_area(language, prepared.area.unit_words),
        "release": RELEASE,
        "made": date(2019, 7, 15),
        "number": "FP-0042",
        "revision": 3,
    }
    return Brief(**(usual | differs))


def at(precision: Precision) -> Release:
    """Return the usual terms at another precision."""
    return replace(RELEASE, precision=precision)


def told(brief: Brief, reckoning: Reckoning | None = None, **further: Any) -> Content:
    """Return the content of a brief."""
    return content_of(Telling(brief, reckoning or reckon(brief, lambda _: None), **further))


def bundled_plan() -> Scenario:
    """Return a plan on the bundled case: a new base in the east of the region of Mopti, out of Kidal's troops."""
    prepared = bundled_prepared()
    companies = prepared.area.assets[prepared.area.assets["kind"] == "infantry_company"]
    donor = str(companies.sort_values("count")["site_id"].iloc[-1])
    return Scenario(
        "TOB near Koro",
        (
            OpenSite("p1", "TOB Koro", -3.08, 14.07),
            RemoveAssets(donor, "infantry_company", 1),
            AddAssets("p1", "infantry_company", 1),
            AddAssets("p1", "civil_affairs_team", 1),
        ),
    )


@cache
def bundled_reckoning() -> Reckoning:
    """Return what is reckoned for the bundled plan, once in a run: it belongs to no language."""
    return reckon(bundled_brief("en"), lambda _: None)


def bundled_brief(language: str, **differs: Any) -> Brief:
    """Return the brief of the bundled plan on Mopti."""
    return brief_of(bundled_prepared(), bundled_plan(), language=language, **({"focus": "Mopti"} | differs))


@cache
def bundled_content(language: str) -> Content:
    """Return the content of the bundled plan's brief, once in a run."""
    return told(bundled_brief(language), bundled_reckoning())


def chapter_of(content: Content, key: str) -> Chapter:
    """Return the part with a key."""
    return next(each for each in content.chapters if each.key == key)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text of a part of a content, from first to last."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_of(getattr(value, each.name))


def png(width: int = 40, height: int = 30) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


__all__ = [
    "CloseSite",
    "at",
    "brief_of",
    "bundled_brief",
    "bundled_content",
    "bundled_reckoning",
    "chapter_of",
    "outpost",
    "png",
    "texts_of",
    "told",
    "valley",
]
