"""Place: who could reach one place in one month, and why not, as a document for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isnan, nan

import geopandas as gpd
from shapely import Point

from footprint.caveats import LIMITS, Caveat
from footprint.documents.columns import NO_DEMAND, PEOPLE_UNKNOWN, SILENT
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.place import (
    AdditionPart,
    ClosingPart,
    DonorPart,
    ForcePart,
    HindrancePart,
    LinkRow,
    LoserRow,
    MeansRow,
    PackagePart,
    PackedRow,
    PlaceDocument,
    PlacePart,
    TierPart,
)
from footprint.documents.place_columns import PLACES
from footprint.objectives import Measure
from footprint.place.closing import Addition, Closing, PackageHere, changes_of, package_changes, standing_at
from footprint.place.donors import DonorCost
from footprint.place.explain import Link, Place, TierThere
from footprint.place.hindrance import Hindrance
from footprint.place.means import Means
from footprint.place.spot import HERE
from footprint.prepared import Prepared
from footprint.review import Review
from layers.antimeridian import wrapped
from layers.tables import WGS84

NO_ARRIVAL = "comes by no dated arrival"
NO_TIME = "not found within the longest search"
FOUND = "the minutes are told, or there is no way"
NO_LIMIT = "not a matter of time"
NO_SITE = "no site"
NO_TOWN = "the data name no towns"


def place_document(
    prepared: Prepared,
    result: Review,
    place: Place,
    closings: Sequence[Closing],
    beside: tuple[tuple[Caveat, ...], tuple[str, ...]],
) -> PlaceDocument:
    """
    Return one place of a review as a document.

    Parameters
    ----------
    prepared, result
        The area, and the review.
    place
        What was explained.
    closings
        What would close Force, and then each tier, in their order.
    beside
        What must stand beside it: caveats, and limits of such answers.
    """
    (caveats, limits), threshold = beside, prepared.method.reporting.class_threshold
    return PlaceDocument(
        head=about("footprint-why", prepared.area, result.provenance),
        subject=subject(prepared, result.scenario),
        notes=notes((*limits, *LIMITS), caveats, ()),
        measure=Measure(result.provenance.measure),
        month=place.month,
        threshold=threshold,
        place=_place(prepared, place),
        force=_force(prepared, place, closings[0]),
        tiers=tuple(
            _tier(prepared, place, tier, closing)
            for tier, closing in zip(place.tiers, closings[1:], strict=True)
        ),
    )


def _lonlat(prepared: Prepared, x_m: float, y_m: float) -> tuple[float, float]:
    point = gpd.GeoSeries([Point(x_m, y_m)], crs=prepared.area.crs).to_crs(WGS84).iloc[0]
    digits = PLACES["PlacePart.lon"].digits
    return round(wrapped(point.x), digits), round(float(point.y), digits)


def _rounded(name: str, value: float) -> float | None:
    return PLACES[name].rounded(value)


def _sure(name: str, value: float) -> float:
    """Return a number that is always known, rounded."""
    return round(value, PLACES[name].digits) + 0.0


def _place(prepared: Prepared, place: Place) -> PlacePart:
    spotted, around = place.spotted, place.around
    lon, lat = _lonlat(prepared, spotted.x_m, spotted.y_m)
    gaps = {"people": (place.people, PEOPLE_UNKNOWN), "town_km": (around.town_km, NO_TOWN)}
    return PlacePart(
        lon=lon,
        lat=lat,
        named=spotted.named,
        name=spotted.name,
        own_id=spotted.own_id,
        region_id=around.region_id or None,
        district_id=around.district_id or None,
        town_id=around.town_id or None,
        town_km=_rounded("PlacePart.town_km", around.town_km),
        people=None if isnan(place.people) else round(place.people),
        need_share=_sure("PlacePart.need_share", place.need_share),
        reasons={name: why for name, (value, why) in gaps.items() if isnan(value)},
    )


def _reached(months: Sequence[float], threshold: float) -> int | None:
    return None if any(map(isnan, months)) else sum(level >= threshold - 1e-6 for level in months)


def _months(months: Sequence[float]) -> tuple[float | None, ...]:
    return tuple(_rounded("TierPart.by_month", level) for level in months)


def _force(prepared: Prepared, place: Place, closing: Closing) -> ForcePart:
    force = place.force
    levels = {name: getattr(force, name) for name in ("level", "ground", "air")}
    reached = _reached(force.months, prepared.method.reporting.class_threshold)
    gaps = [name for name, value in levels.items() if isnan(value)]
    return ForcePart(
        **{name: _rounded("ForcePart.level", value) for name, value in levels.items()},
        by_month=_months(force.months),
        months_reached=reached,
        means=tuple(map(_means, force.means)),
        hindrance=_hindrance(force.hindrance),
        closing=_closing(prepared, place, closing),
        reasons=dict.fromkeys([*gaps, *(["months_reached"] if reached is None else [])], SILENT),
    )


def _means(means: Means) -> MeansRow:
    minutes = _rounded("MeansRow.minutes", means.minutes)
    return MeansRow(
        capability_id=means.capability_id,
        from_site=means.site_id,
        to_site=means.to_site_id or None,
        by=means.by,
        minutes=minutes,
        chance=_sure("MeansRow.chance", means.chance),
        reasons={"minutes": NO_ARRIVAL} if minutes is None else {},
    )


def _hindrance(hindrance: Hindrance | None) -> HindrancePart | None:
    if hindrance is None:
        return None
    over_min = hindrance.over_min if hindrance.over_min > 0 else nan
    gaps = {
        "straight_km": (hindrance.straight_km, NO_SITE),
        "minutes": (hindrance.minutes, NO_TIME if hindrance.site_id else NO_SITE),
        "over_min": (over_min, FOUND),
        "limit_min": (hindrance.limit_min, NO_LIMIT),
    }
    return HindrancePart(
        why=hindrance.why,
        capability_id=hindrance.capability_id,
        from_site=hindrance.site_id or None,
        asset=hindrance.kind or None,
        straight_km=_rounded("HindrancePart.straight_km", hindrance.straight_km),
        minutes=_rounded("HindrancePart.minutes", hindrance.minutes),
        over_min=_rounded("HindrancePart.over_min", over_min),
        limit_min=_rounded("HindrancePart.limit_min", hindrance.limit_min),
        reasons={name: why for name, (value, why) in gaps.items() if not isfinite(value)},
    )


def _tier(prepared: Prepared, place: Place, tier: TierThere, closing: Closing) -> TierPart:
    level = _rounded("TierPart.level", tier.level)
    reached = _reached(tier.months, prepared.method.reporting.class_threshold)
    gaps = {"level": level, "months_reached": reached}
    return TierPart(
        tier=tier.bundle_id,
        level=level,
        by_month=_months(tier.months),
        months_reached=reached,
        links=tuple(_link(link, weakest=link is tier.weakest) for link in tier.links),
        closing=_closing(prepared, place, closing),
        reasons={name: SILENT for name, value in gaps.items() if value is None},
    )


def _link(link: Link, *, weakest: bool) -> LinkRow:
    chance = _rounded("LinkRow.chance", link.chance)
    return LinkRow(
        capabilities=link.capabilities,
        weakest=weakest,
        chance=chance,
        means=None if link.means is None else _means(link.means),
        hindrance=_hindrance(link.hindrance),
        reasons={"chance": SILENT} if chance is None else {},
    )


def _closing(prepared: Prepared, place: Place, closing: Closing) -> ClosingPart:
    return ClosingPart(
        addition=_addition(prepared, place, closing.addition),
        package=_package(prepared, place, closing.package),
        open=closing.open,
        lacking=closing.lacking,
    )


def _package(prepared: Prepared, place: Place, package: PackageHere | None) -> PackagePart | None:
    if package is None:
        return None
    return PackagePart(
        assets=tuple(PackedRow(asset=kind, count=count) for kind, count in package.assets),
        level=_sure("PackagePart.level", package.level),
        changes=package_changes(prepared, place, package),
    )


def _addition(prepared: Prepared, place: Place, addition: Addition | None) -> AdditionPart | None:
    if addition is None:
        return None
    lon, lat = _lonlat(prepared, *standing_at(place, addition))
    return AdditionPart(
        asset=addition.kind,
        count=addition.count,
        at_site=None if addition.site_id == HERE else addition.site_id,
        lon=lon,
        lat=lat,
        level=_sure("AdditionPart.level", addition.level),
        changes=changes_of(prepared, place, addition),
        donor=None if addition.cost is None else _donor(addition.cost),
    )


def _donor(cost: DonorCost) -> DonorPart:
    return DonorPart(
        from_site=cost.site_id,
        **_losses(cost.force, cost.mission),
        losers=tuple(
            LoserRow(
                unit_id=each.unit_id,
                name=each.name,
                **_losses(each.force, each.mission),
                reasons=_no_need(each.force, each.mission),
            )
            for each in cost.losers
        ),
        reasons=_no_need(cost.force, cost.mission),
    )


def _losses(force: float, mission: float) -> dict[str, float | None]:
    return {"force": _rounded("DonorPart.force", force), "mission": _rounded("DonorPart.mission", mission)}


def _no_need(force: float, mission: float) -> dict[str, str]:
    return {name: NO_DEMAND for name, value in _losses(force, mission).items() if value is None}
