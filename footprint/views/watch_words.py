"""Watch in words: what a plan may push away, and what could have been responded to, said and as rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from footprint.access.changed import SiteChange
from footprint.access.ring import WatchedPlace, WatchRing
from footprint.access.watched import Watched
from footprint.compare import Equity
from footprint.language import Language, msgid
from footprint.views.escaping import escape, tag
from footprint.views.plan_facts import criterion_row

_NAMED = 5
"""Units of the ring that are named, most people first."""

_CHANGES = {
    SiteChange.OPENS: msgid("opens"),
    SiteChange.CLOSES: msgid("closes"),
    SiteChange.LEAVES: msgid("moves away"),
    SiteChange.ARRIVES: msgid("moves there"),
}


def watch_sentences(beside: Watched, language: Language) -> tuple[str, ...]:
    """Return what is to be watched, and what could have been responded to, as sentences."""
    return (*_of_ring(beside.ring, language), *_of_response(beside, language))


def _of_ring(ring: WatchRing, language: Language) -> list[str]:
    text = language.text
    if not ring.places:
        return [text("No site opens, closes or moves, so there is no ring around one to be watched.")]
    told = [
        text(
            "To be watched, for violence can move rather than fall: {near} to {far} km by the shortest way "
            "over land from {places} live {people} people, most in {units}. This is no prediction.",
            near=language.number(ring.near_km),
            far=language.number(ring.far_km),
            places=language.listing(_place(each, language) for each in ring.places),
            people=language.people(ring.people),
            units=_units(ring, language) or text("no {district}"),
        ),
        text("Incidents in which civilians died are not known here, for nobody has brought any.")
        if isnan(ring.killings_all)
        else text(
            "Of the incidents in which civilians died from {first} to {last}, {here} of {all} were there "
            "({share}); {left} more have no sure place or date.",
            first=language.date(ring.first),
            last=language.date(ring.last),
            here=language.number(ring.killings, _digits(ring.killings)),
            all=language.number(ring.killings_all, _digits(ring.killings_all)),
            share=language.percent(ring.killings_share, 0),
            left=language.number(ring.left_out),
        ),
        text(
            "In the ring Force goes from {force} to {force_then} of the need, Mission from {mission} to "
            "{mission_then}.",
            force=language.percent(ring.force[0]),
            force_then=language.percent(ring.force[1]),
            mission=language.percent(ring.mission[0]),
            mission_then=language.percent(ring.mission[1]),
        ),
    ]
    told += [
        text(
            "From {place} no way over land leads to {people} people who live less than {far} km away in a "
            "straight line: its ring is what remains.",
            place=each.name,
            people=language.people(each.stranded),
            far=language.number(ring.far_km),
        )
        for each in ring.places
        if each.stranded > 0
    ]
    return told


def _digits(count: float) -> int:
    """Return how many decimals a count needs: one where years without months were parted among months."""
    return 0 if abs(count - round(count)) < 1e-6 else 1  # noqa: PLR2004  rounding


def _place(place: WatchedPlace, language: Language) -> str:
    change = language.text(_CHANGES[place.change])
    months = () if len(place.months) == 12 else (language.months(place.months),)  # noqa: PLR2004  all year
    return f"{place.name} ({', '.join((change, *months))})"


def _units(ring: WatchRing, language: Language) -> str:
    names = [each.name for each in ring.units if (each.people > 0 or isnan(each.people)) and not each.outside]
    return language.listing(names[:_NAMED])


def _of_response(beside: Watched, language: Language) -> list[str]:
    text, after = language.text, beside.after
    first, last = language.date(after.first), language.date(after.last)
    if not after.alerts:
        return [
            text(
                "What could have been responded to is not known: no attack on civilians from {first} to "
                "{last} has a sure place and date; {left} have not.",
                first=first,
                last=last,
                left=language.number(after.left_out),
            )
        ]
    return [
        text(
            "Of {n} attacks on civilians from {first} to {last}, somebody could have been there within "
            "{limit}, by land, water or air, for {before}, after the change for {then}; {left} more have no "
            "sure place or date.",
            n=language.number(after.alerts),
            first=first,
            last=last,
            limit=language.hours(after.limit_min),
            before=_share(beside.before.share, beside.before.at_least, language),
            then=_share(after.share, after.at_least, language),
            left=language.number(after.left_out),
        ),
        text(
            "By land or water alone: {land}, after the change {land_then}; troops so: {troops}, after it "
            "{troops_then}.",
            land=language.percent(beside.before.by_land, 0),
            land_then=language.percent(after.by_land, 0),
            troops=language.percent(beside.before.troops_by_land, 0),
            troops_then=language.percent(after.troops_by_land, 0),
        ),
    ]


def _share(share: float, at_least: float, language: Language) -> str:
    """Return a share in words, or how much of it is known."""
    if isnan(share) and not isnan(at_least):
        return language.text("{share} at least", share=language.percent(at_least, 0))
    return language.percent(share, 0)


def watch_note(months: int, language: Language) -> str:
    """Say what the rows below the matrix rest on; `months` are looked back on from the frame date."""
    return language.text(
        "Past attacks and killings are those of the {n} months before the frame date; each plan is held "
        "against today. To have come is not to have protected: nobody asks whether anybody would have been "
        "sent, how strong, or before it was over. What is to be watched is no prediction: violence can move "
        "rather than fall.",
        n=language.number(months),
    )


def watch_rows(plans: Sequence[tuple[Watched, Equity]], language: Language) -> tuple[str, ...]:
    """
    Return rows of the matrix of plans, as HTML.

    Parameters
    ----------
    plans
        What stands beside each plan, held against today, and who pays for a gain; in the matrix's order.
    language
        The reader's.
    """
    text = language.text
    rates = [beside.after for beside, _ in plans]
    rings = [beside.ring for beside, _ in plans]
    limit = language.hours(rates[0].limit_min) if rates else ""
    somebody = text(
        "Past attacks to which anybody could have come within {limit}, by air too: no protection", limit=limit
    )
    responses = (
        (somebody, [rate.share for rate in rates]),
        (text("by land or water alone"), [rate.by_land for rate in rates]),
        (text("troops by land or water"), [rate.troops_by_land for rate in rates]),
    )
    rows = [_shares_row(label, values, language, more=True) for label, values in responses]
    near, far = (language.number(km) for km in (rings[0].near_km, rings[0].far_km)) if rings else ("", "")
    label = text("People {near} to {far} km from what opens or closes, to be watched", near=near, far=far)
    heads = [(each.people, language.people(each.people)) for each in rings]
    rows.append(criterion_row(label, heads, more=False))
    killings = [each.killings_share if each.places else 0.0 for each in rings]
    label = text("Incidents with killings that were there, of all")
    rows.append(_shares_row(label, killings, language, more=False))
    for label, pairs in (
        (text("Force in the ring, change"), [each.force for each in rings]),
        (text("Mission in the ring, change"), [each.mission for each in rings]),
    ):
        changes = [
            after - before if each.places else 0.0 for (before, after), each in zip(pairs, rings, strict=True)
        ]
        # Rounded as they print: what reads alike ranks alike.
        values = [(round(change, 3), language.points(change)) for change in changes]
        rows.append(criterion_row(label, values, more=True))
    rows.append(_words_row(text("{Districts} to be watched"), [_units(each, language) for each in rings]))
    paid = [_paid(each, language) for _, each in plans]
    rows.append(_words_row(text("{Regions} that pay for a gain on average"), paid))
    return tuple(rows)


def _shares_row(label: str, shares: Sequence[float], language: Language, *, more: bool) -> str:
    return criterion_row(label, [(share, language.percent(share, 0)) for share in shares], more=more)


def _words_row(label: str, words: Sequence[str]) -> str:
    cells = (tag("td", escape(each or "—"), class_="fp-words") for each in words)
    return tag("tr", tag("th", escape(label), scope="row"), *cells)


def _paid(paid: Equity, language: Language) -> str:
    told = [flag.name for flag in paid.flags]
    if paid.cannot_tell:
        names = language.listing(name for _, name in paid.cannot_tell)
        told.append(language.text("cannot tell: {names}", names=names))
    return language.clauses(told)
