"""Part 6, harm and distance to those who help, in sums alone: no place is named by it."""

from __future__ import annotations

from math import isnan

from footprint.access.response import ResponseRate
from footprint.access.ring import WatchRing
from footprint.briefing.content.parts import DASH, Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.permitted import FEWEST, counted, counts_told
from footprint.briefing.content.telling import Telling
from footprint.compare import escort_days
from footprint.review import Review
from footprint.views.watch_words import watch_note


def harm(telling: Telling) -> Chapter:
    """Return the part."""
    text = telling.language.text
    blocks: list[ChapterBlock] = []
    if telling.brief.plans:
        blocks += [_ring(telling), _response(telling)]
    else:
        blocks.append(Prose(text("No plan is put forward: no site opens, closes or moves.")))
    blocks.append(_escorts(telling))
    near, asked = _of_proposals(telling)
    blocks += [Prose(near, ProseKind.DETAIL), Prose(asked, ProseKind.ITEM)]
    months = telling.brief.prepared.method.evidence.long_window_months
    blocks.append(Prose(watch_note(months, telling.language), ProseKind.NOTE))
    heading = text("Harm, and distance to those who help")
    return Chapter("harm", 6, heading, tuple(blocks))


def _of_proposals(telling: Telling) -> tuple[str, str]:
    """Say what is answered in the checks of proposals alone, and what is asked in the proposals."""
    text, number = telling.language.text, len(telling.proposals)
    near = text(
        "Schools, clinics, wells, markets, places of displaced people and humanitarian hubs are not on any "
        "page: whether a site would stand too near to one is answered in the checks of its proposal by yes "
        "or no, never where."
    )
    if number:
        return near, telling.language.plural(
            "Reprisals, consent, joint stays with national forces and grazing corridors are asked in each "
            "proposal; {n} was given with this briefing.",
            "Reprisals, consent, joint stays with national forces and grazing corridors are asked in each "
            "proposal; {n} were given with this briefing.",
            number,
        )
    return near, text(
        "Reprisals, consent, joint stays with national forces and grazing corridors are asked in each "
        "proposal; none was given with this briefing, so none of it is known here."
    )


def _ring(telling: Telling) -> TextTable:
    """Return what lies in the ring around what each plan opens, closes or moves."""
    text, language = telling.language.text, telling.language
    rings = [each.ring for each in telling.reckoning.beside]
    near, far = (language.number(km) for km in (rings[0].near_km, rings[0].far_km))
    rows = [
        (
            text("People {near} to {far} km from what opens or closes, to be watched", near=near, far=far),
            *(telling.people(each.people) for each in rings),
        ),
        (
            text("Incidents with killings that were there, of all"),
            *(_killings(telling, each) for each in rings),
        ),
        (text("Force in the ring, before and after"), *(_pair(telling, each, each.force) for each in rings)),
        (
            text("Mission in the ring, before and after"),
            *(_pair(telling, each, each.mission) for each in rings),
        ),
    ]
    return _by_plan(telling, text("To be watched, for violence can move rather than fall"), rows)


def _by_plan(telling: Telling, title: str, rows: list[tuple[str, ...]]) -> TextTable:
    plans = range(1, len(telling.brief.plans) + 1)
    return TextTable(
        title=title,
        header=("", *(telling.head(number) for number in plans)),
        rows=tuple(rows),
        numeric=(False, *(True for _ in plans)),
        note=telling.signs,
    )


def _killings(telling: Telling, ring: WatchRing) -> str:
    """Return the share of killings in a ring, unless so few that they would be singled out."""
    language = telling.language
    if not ring.places:
        return DASH
    if not counts_told(telling.brief.release):
        return language.text("not told")
    if 0 < ring.killings < FEWEST:
        return counted(ring.killings, language)
    return DASH if isnan(ring.killings_share) else language.percent(ring.killings_share, 0)


def _pair(telling: Telling, ring: WatchRing, pair: tuple[float, float]) -> str:
    before, after = (telling.share(each) for each in pair)
    return DASH if not ring.places or before == after == DASH else f"{before} → {after}"


def _response(telling: Telling) -> TextTable:
    """Return the share of past attacks that somebody could have been at in time, today and by plan."""
    text, language = telling.language.text, telling.language
    rates = [telling.reckoning.beside[0].before, *(each.after for each in telling.reckoning.beside)]
    limit = language.hours(rates[0].limit_min)

    def shares(label: str, values: list[tuple[float, float]]) -> tuple[str, ...]:
        return (label, *(_whole(telling, known, least) for known, least in values))

    rows = (
        shares(
            text(
                "Past attacks to which anybody could have come within {limit}, by air too: no protection",
                limit=limit,
            ),
            [(each.share, each.at_least) for each in rates],
        ),
        shares(text("by land or water alone"), [(each.by_land, float("nan")) for each in rates]),
        shares(text("troops by land or water"), [(each.troops_by_land, float("nan")) for each in rates]),
    )
    days = {"first": language.date(rates[0].first), "last": language.date(rates[0].last)}
    title = text("What could have been responded to, {first} to {last} [% of attacks on civilians]", **days)
    if counts_told(telling.brief.release):
        title = text(
            "What could have been responded to, {first} to {last} [% of {n} attacks on civilians]",
            n=counted(rates[0].alerts, language),
            **days,
        )
    return TextTable(
        title=title,
        header=("", *(telling.head(number) for number in range(len(rates)))),
        rows=rows,
        numeric=(False, *(True,) * len(rates)),
        note=_left_out(telling, rates[0]),
    )


def _whole(telling: Telling, known: float, least: float) -> str:
    percent = telling.language.percent
    if not isnan(known):
        return percent(known, 0)
    return DASH if isnan(least) or round(least, 2) <= 0 else f"≥\u00a0{percent(least, 0)}"


def _left_out(telling: Telling, rate: ResponseRate) -> str:
    if not rate.left_out or not counts_told(telling.brief.release):
        return ""
    number = counted(rate.left_out, telling.language)
    return telling.language.text("{left} more have no sure place or date.", left=number)


def _escorts(telling: Telling) -> Prose:
    """Say what escorts are asked of companies, and how much they cannot give."""
    parts = []
    reviews: tuple[Review, ...] = (telling.brief.today, *telling.brief.plans)
    for number, review in enumerate(reviews):
        days = escort_days(review)
        asked, given = (
            float(days.groupby("month")[name].sum(min_count=1).mean())
            for name in ("asked_days", "given_days")
        )
        said = telling.language.text("not known")
        if not (isnan(asked) or days["asked_days"].isna().any() or days["given_days"].isna().any()):
            said = telling.language.text(
                "{asked} days a month asked, {given} given",
                asked=telling.language.number(asked, 1),
                given=telling.language.number(given, 1),
            )
        parts.append(telling.language.labelled(telling.head(number), said))
    return Prose(
        telling.language.text("Escorts of civilian teams, mean of the year. {figures}.",
                              figures=telling.language.clauses(parts)),
        ProseKind.ITEM,
    )  # fmt: skip
