"""Staggering as a document for other programs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from footprint.caveats import LIMITS, Caveat
from footprint.documents.head import about, notes, subject
from footprint.documents.layout.stagger import (
    MobilePlaceRow,
    StaggerDocument,
    StayRow,
    StayRules,
    UnitAssetRow,
    UnitsMonthRow,
)
from footprint.documents.layout.violence import Sentences
from footprint.documents.stagger_columns import NO_BOUND, NOTHING_ADDED, STAGGER
from footprint.language import Language
from footprint.options.stagger import Staggered
from footprint.options.stagger_words import (
    CALENDAR_ALIKE,
    CALENDAR_FOLLOWED,
    STAGGER_LIMITS,
    stagger_words,
    stay_words,
)
from footprint.prepared import Prepared


def stagger_document(
    prepared: Prepared, staggered: Staggered, caveats: tuple[Caveat, ...]
) -> StaggerDocument:
    """
    Return stays of mobile units as a document.

    Parameters
    ----------
    prepared
        The area.
    staggered
        The answer.
    caveats
        What must stand beside it.
    """
    without, with_units = (_number("StaggerDocument.mission_with", share) for share in staggered.raised)
    limits = {"bound": staggered.bound, "gap": staggered.gap}
    told = {name: STAGGER[f"StaggerDocument.{name}"].rounded(value) for name, value in limits.items()}
    why = {"bound": NO_BOUND, "gap": NO_BOUND if np.isinf(staggered.bound) else NOTHING_ADDED}
    return StaggerDocument(
        head=about("footprint-stagger", prepared.area, staggered.review.provenance),
        subject=subject(prepared, staggered.plan),
        notes=notes(
            (
                CALENDAR_FOLLOWED if prepared.calendar_digest else CALENDAR_ALIKE,
                *STAGGER_LIMITS,
                *LIMITS,
            ),
            caveats,
            (),
        ),
        rules=_rules(prepared, staggered),
        status=staggered.status,
        seconds=_number("StaggerDocument.seconds", staggered.seconds),
        mission_known=staggered.known,
        mission_without=without,
        mission_with=with_units,
        bound=told["bound"],
        gap=told["gap"],
        reasons={name: why[name] for name, value in told.items() if value is None},
        rotates=staggered.rotates,
        sentence=_said(lambda language: stagger_words(staggered, language), prepared),
        stays=_stays(prepared, staggered),
        places=_places(staggered),
        months=_months(staggered),
    )


def _number(column: str, value: float) -> float:
    rounded = STAGGER[column].rounded(value)
    if rounded is None:
        raise ValueError(f"{column}: {value} is no number")
    return rounded


def _rules(prepared: Prepared, staggered: Staggered) -> StayRules:
    asked = staggered.asked
    return StayRules(
        units=asked.units,
        assets=tuple(UnitAssetRow(kind=kind, count=count) for kind, count in asked.assets),
        stay_min_months=asked.stay_min_months,
        stay_max_months=asked.stay_max_months,
        rest_months=asked.rest_months,
        notice_months=asked.notice_months,
        mean_share=asked.mean_share,
        calendar=bool(prepared.calendar_digest),
    )


def _said(words: Callable[[Language], str], prepared: Prepared) -> Sentences:
    units = prepared.area.unit_words
    return Sentences(en=words(Language.of_area("en", units)), fr=words(Language.of_area("fr", units)))


def _stays(prepared: Prepared, staggered: Staggered) -> tuple[StayRow, ...]:
    return tuple(
        StayRow(
            place_id=made.place.place_id,
            name=made.place.name,
            unit=made.unit,
            months=made.stay.when(),
            units=made.units,
            adds=_number("StayRow.adds", made.adds),
            sentence=_said(lambda language, made=made: stay_words(made, language), prepared),  # type: ignore[misc]
        )
        for made in staggered.stays
    )


def _places(staggered: Staggered) -> tuple[MobilePlaceRow, ...]:
    return tuple(
        MobilePlaceRow(
            place_id=place.place_id,
            name=place.name,
            lon=_number("MobilePlaceRow.lon", place.lon),
            lat=_number("MobilePlaceRow.lat", place.lat),
            usable_months=tuple((np.flatnonzero(staggered.usable[number]) + 1).tolist()),
            held_months=staggered.months_at(number),
        )
        for number, place in enumerate(staggered.asked.places)
    )


def _months(staggered: Staggered) -> tuple[UnitsMonthRow, ...]:
    return tuple(
        UnitsMonthRow(
            month=own.month,
            out=own.out,
            on_the_way=own.on_the_way,
            resting=own.resting,
            free=own.free,
            mission_without=_number("UnitsMonthRow.mission_without", float(staggered.without[own.month - 1])),
            mission_with=_number("UnitsMonthRow.mission_with", float(staggered.with_units[own.month - 1])),
        )
        for own in staggered.units
    )
