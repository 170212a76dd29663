"""Sites: where they stand, what they are called and what stands at them, as a release lets it be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from footprint.briefing.brief import Brief
from footprint.briefing.files.plain import plain
from footprint.language import msgid
from footprint.releases.profiles import hides_plans, tells_cells, tells_weak_points
from footprint.views.maps import STATE_LABELS, SiteState
from footprint.views.scene import released_marks
from footprint.views.words import CONFIDENCE_LABELS, KIND_LABELS
from layers.antimeridian import wrapped
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
    """Assets of one kind at one site, or at all of them in sum."""

    site_id: str | None
    """None of the sum."""
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
    Return what stands at each site today, and under the plan that is shown; or at all of them in sum.

    Returns
    -------
    tuple of ToldAssets
        Site by site only where a release may tell weak points, for these are what one would strike at; None
        where it is too coarse for any of it.
    """
    if not tells_cells(brief.release.precision):
        return None
    if not tells_weak_points(brief.release):
        return _summed(brief)
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


_ALL_SITES = msgid("all sites of the area, in sum")


def _summed(brief: Brief) -> tuple[ToldAssets, ...]:
    """Return the assets of each kind at all sites of the area in sum, no surer than the least sure row."""
    assets = brief.prepared.method.assets
    frames = (brief.today.laydown.assets, brief.shown.laydown.assets)
    before, after = (frame.groupby("kind", observed=True)["count"].sum().to_dict() for frame in frames)
    rows = pd.concat([frame[["kind", "confidence"]] for frame in frames])
    trust = {str(kind): set(map(str, own)) for kind, own in rows.groupby("kind", observed=True)["confidence"]}
    return tuple(
        ToldAssets(
            site_id=None,
            site=brief.language.text(_ALL_SITES),
            kind=plain(kind),
            label=plain(brief.language.text(assets[kind].label)) if kind in assets else plain(kind),
            today=int(before.get(kind, 0)),
            plan=int(after.get(kind, 0)),
            confidence=_confidence(brief, max(trust[kind], key=_doubt)),
        )
        for kind in sorted(map(str, before.keys() | after.keys()))
    )


def _doubt(confidence: str) -> tuple[int, str]:
    """Return how little a row can be trusted; one in words of its own the least."""
    order = list(CONFIDENCE_LABELS)
    return (order.index(confidence) if confidence in order else len(order)), confidence


@lru_cache(maxsize=2)
def _released(brief: Brief) -> Mapping[str, ToldSite]:
    language = brief.language
    after, before = pd.DataFrame(brief.shown.laydown.sites), pd.DataFrame(brief.prepared.area.sites)
    # Where a plan is hidden, the sites that stand are told as they do today, months and all.
    both = before.combine_first(after) if hides_plans(brief.release) else after.combine_first(before)
    kinds, months, trust = (both[name].to_dict() for name in ("kind", "months", "confidence"))
    told: dict[str, ToldSite] = {}
    marks = released_marks(brief.prepared, brief.shown, brief.month, brief.release, language)
    for own, shown in marks.items():
        kind = SiteKind(kinds[own])
        told[own] = ToldSite(
            site_id=plain(shown.site_id),
            name=plain(shown.name),
            kind=kind,
            kind_label=language.text(KIND_LABELS[kind]),
            state=shown.state,
            state_label=language.text(STATE_LABELS[shown.state]),
            months=language.months(months_in(int(months[own]))),
            confidence=_confidence(brief, str(trust[own])),
            lon=wrapped(shown.lon),
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
