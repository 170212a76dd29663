"""Watch: what a plan may push away and what could be responded to, as parts of a document."""

from __future__ import annotations

from math import isnan

from footprint.access.response import ResponseRate
from footprint.access.ring import WatchRing
from footprint.access.watched import Watched
from footprint.documents.columns import NO_DEMAND, OUTSIDE_AREA, PEOPLE_UNKNOWN, SILENT
from footprint.documents.layout.watch import (
    ResponsePart,
    ResponseShares,
    WatchedPlaceRow,
    WatchedUnitRow,
    WatchPart,
)
from footprint.documents.watch_columns import NO_ALERT, NO_KILLING, NO_LAYER, NO_RING, WATCH
from footprint.objectives import Measure
from footprint.prepared import Prepared


def watch_part(prepared: Prepared, ring: WatchRing) -> WatchPart:
    """Return the ring to be watched as a part of a document."""
    shares = {
        "force_before": ring.force[0],
        "force_after": ring.force[1],
        "mission_before": ring.mission[0],
        "mission_after": ring.mission[1],
    }
    known = "incidents" not in prepared.area.absent
    numbers = {
        "people": ring.people,
        "killings": ring.killings,
        "killings_all": ring.killings_all,
        "killings_share": ring.killings_share,
        **shares,
    }
    held = {name: WATCH[f"WatchPart.{name}"].rounded(value) for name, value in numbers.items()}
    lacking = {
        "people": PEOPLE_UNKNOWN,
        "killings_share": NO_KILLING if known else NO_LAYER,
        **dict.fromkeys(shares, SILENT if _has_need(prepared, ring) else NO_DEMAND),
    }
    reasons = {name: why if ring.places else NO_RING for name, why in lacking.items() if held[name] is None}
    reasons |= {} if known else dict.fromkeys(("killings", "killings_all"), NO_LAYER)
    people = held.pop("people")
    return WatchPart(
        near_km=ring.near_km,
        far_km=ring.far_km,
        places=tuple(
            WatchedPlaceRow(
                site_id=each.site_id,
                name=each.name,
                change=each.change,
                months=each.months,
                people=_heads(each.people),
                stranded_people=_heads(each.stranded),
                reasons={
                    name: PEOPLE_UNKNOWN
                    for name, value in (("people", each.people), ("stranded_people", each.stranded))
                    if isnan(value)
                },
            )
            for each in ring.places
        ),
        people=None if people is None else int(people),
        units=_unit_rows(ring, known=known),
        first=ring.first,
        last=ring.last,
        known_by_year=ring.by_year,
        left_out=ring.left_out,
        not_stated=ring.unstated,
        reasons=reasons,
        **held,
    )


def _unit_rows(ring: WatchRing, *, known: bool) -> tuple[WatchedUnitRow, ...]:
    """Return the units of a ring; `known` is whether the area has incidents at all."""
    return tuple(
        WatchedUnitRow(
            unit_id=each.unit_id,
            name=each.name,
            people=_heads(each.people),
            killings=WATCH["WatchedUnitRow.killings"].rounded(each.killings),
            reasons=dict.fromkeys(("people", "killings"), OUTSIDE_AREA)
            if each.outside
            else {
                **({"people": PEOPLE_UNKNOWN} if isnan(each.people) else {}),
                **({} if known else {"killings": NO_LAYER}),
            },
        )
        for each in ring.units
    )


def _heads(people: float) -> int | None:
    return None if isnan(people) else round(people)


def _has_need(prepared: Prepared, ring: WatchRing) -> bool:
    """Tell whether anybody lives in the ring, so that what is not known is not for want of need."""
    return bool((prepared.surfaces[str(Measure.BLEND)][ring.inside] > 0).any())


def response_part(prepared: Prepared, beside: Watched) -> ResponsePart:
    """Return the projected response to past alerts, before and after, as a part of a document."""
    after = beside.after
    return ResponsePart(
        first=after.first,
        last=after.last,
        limit_min=after.limit_min,
        alerts=after.alerts,
        known_by_year=after.by_year,
        near=after.near,
        left_out=after.left_out,
        not_stated=after.unstated,
        before=_shares(prepared, beside.before),
        after=_shares(prepared, after),
    )


def _shares(prepared: Prepared, rate: ResponseRate) -> ResponseShares:
    names = ("share", "at_least", "by_land", "troops", "troops_by_land")
    held = {name: WATCH[f"ResponseShares.{name}"].rounded(getattr(rate, name)) for name in names}
    why = SILENT if rate.alerts else NO_ALERT
    if "incidents" in prepared.area.absent:
        why = NO_LAYER
    return ResponseShares(**held, reasons={name: why for name, value in held.items() if value is None})
