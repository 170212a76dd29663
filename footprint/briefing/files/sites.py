"""Sites: where they stand, what they are called and what stands at them, as a release lets it be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from footprint.briefing.brief import Brief
from footprint.briefing.files.plain import plain
from footprint.releases.profiles import tells_cells
from footprint.views.maps import STATE_LABELS, SiteState
from footprint.views.scene import as_released, site_marks
from footprint.views.words import CONFIDENCE_LABELS, KIND_LABELS
from layers.months import months_in
from layers.sites import SiteKind


@dataclass(frozen=True, slots=True)
class ToldSite:
    """A site of today's, or of the plan that is shown."""

    site_id: str
    """Its own, or a number where it is called by its unit."""
    name: str
    kind: SiteKind
    kind_label: str
    state: SiteState
    state_label: str
    months: str
    """When it is open, in words."""
    confidence: str
    """How far its row can be trusted, in words."""
    lon: float
    """[degrees]."""
    lat: float


@dataclass(frozen=True, slots=True)
class ToldAssets:
    """Assets of one kind at one site."""

    site_id: str
    site: str
    kind: str
    label: str
    today: int
    """How many [assets]."""
    plan: int
    confidence: str


def told_sites(brief: Brief) -> tuple[ToldSite, ...]:
    """Return every site of today's and of the plan that is shown, planned ones too."""
    return tuple(_released(brief).values())


def told_assets(brief: Brief) -> tuple[ToldAssets, ...] | None:
    """
    Return what stands at each site today, and under the plan that is shown.

    Returns
    -------
    tuple of ToldAssets
        None where a release is too coarse for it: who stands where, with what, is finer than any unit.
    """
    if not tells_cells(brief.release.precision):
        return None
    sites, assets = _released(brief), brief.prepared.method.assets
    before, after = (_counts(frame) for frame in (brief.today.laydown.assets, brief.shown.laydown.assets))
    trust = _trust(brief.today.laydown.assets) | _trust(brief.shown.laydown.assets)
    return tuple(
        ToldAssets(
            site_id=sites[key[0]].site_id,
            site=sites[key[0]].name,
            kind=plain(key[1]),
            label=plain(brief.language.text(assets[key[1]].label)) if key[1] in assets else plain(key[1]),
            today=before.get(key, 0),
            plan=after.get(key, 0),
            confidence=_confidence(brief, trust[key]),
        )
        for key in sorted(before.keys() | after.keys())
    )


@lru_cache(maxsize=2)
def _released(brief: Brief) -> Mapping[str, ToldSite]:
    area, language = brief.prepared.area, brief.language
    both = pd.DataFrame(brief.shown.laydown.sites).combine_first(pd.DataFrame(area.sites))
    kinds, months, trust = (both[name].to_dict() for name in ("kind", "months", "confidence"))
    told: dict[str, ToldSite] = {}
    for number, mark in enumerate(site_marks(brief.prepared, brief.shown, brief.month, language), start=1):
        own, kind = mark.site_id, SiteKind(kinds[mark.site_id])
        shown = as_released(area, mark, f"site-{number}", brief.release, language)
        told[own] = ToldSite(
            site_id=plain(shown.site_id),
            name=plain(shown.name),
            kind=kind,
            kind_label=language.text(KIND_LABELS[kind]),
            state=shown.state,
            state_label=language.text(STATE_LABELS[shown.state]),
            months=language.months(months_in(int(months[own]))),
            confidence=_confidence(brief, str(trust[own])),
            lon=shown.lon,
            lat=shown.lat,
        )
    return told


def _counts(assets: pd.DataFrame) -> dict[tuple[str, str], int]:
    totals: dict[tuple[str, str], int] = {}
    for site, kind, number in zip(
        *(assets[name].tolist() for name in ("site_id", "kind", "count")), strict=True
    ):
        totals[str(site), str(kind)] = totals.get((str(site), str(kind)), 0) + int(number)
    return totals


def _trust(assets: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return how far the first row of each kind at a site can be trusted."""
    first = assets.drop_duplicates(["site_id", "kind"])
    rows = zip(first["site_id"].tolist(), first["kind"].tolist(), first["confidence"].tolist(), strict=True)
    return {(str(site), str(kind)): str(own) for site, kind, own in rows}


def _confidence(brief: Brief, confidence: str) -> str:
    label = CONFIDENCE_LABELS.get(confidence)
    return plain(confidence) if label is None else brief.language.text(label)
