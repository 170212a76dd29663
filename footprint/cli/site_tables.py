"""Terminal: what hangs on each site, and what a proposed one comes near."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from footprint.cli.tables import named_unit, unit_table
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.documents.layout.site import SiteDocument
    from footprint.documents.layout.sites import ResiliencePart, SitesDocument
    from footprint.proposals.gates import Nearness
    from layers.sensitive import SensitiveKind

_LOSSES = ("MF", "FF", "B1", "B2", "B3")
"""Columns of losses, as the document names them."""


def show_sites(screen: Console, document: SitesDocument, language: Language) -> None:
    """Print what would be lost with each site, and how the mission stands if sites fail."""
    text = language.text
    lost = unit_table(text("Lost without the site, points of need, mean of the year"), text("Site"), _LOSSES)
    heads = [text("only from here"), text("its fair part")]
    within = language.hours(document.within_min)
    title = text("People whom troops reach by land within {time}, mean of the year", time=within)
    people = unit_table(title, text("Site"), heads)
    for row in document.sites:
        lost.add_row(row.name, *(_points(getattr(row, name), language) for name in _LOSSES))
        numbers = (row.sole_people, row.shapley_people)
        people.add_row(row.name, *(language.number(number) for number in numbers))
    screen.print(lost)
    _show_parts(screen, document, language)
    screen.print(people)
    _show_backup(screen, document, language)
    if document.resilience is not None:
        names = {row.site_id: row.name for row in document.sites}
        _show_resilience(screen, document.resilience, names, language)


def _show_parts(screen: Console, document: SitesDocument, language: Language) -> None:
    text = language.text
    title = text("The site's fair part (Shapley), points of need, mean of the year")
    parts = unit_table(title, text("Site"), _LOSSES)
    for row in document.sites:
        parts.add_row(row.name, *(_points(getattr(row, f"{name}_part"), language) for name in _LOSSES))
    screen.print(parts)
    if not document.exact:
        screen.print(
            text(
                "Some parts are sampled, for too many sites count in one place; standard error at most "
                "{points} points.",
                points=_points(document.largest_error, language),
            )
        )


def _show_backup(screen: Console, document: SitesDocument, language: Language) -> None:
    """Print what is left of each unit's Force and Mission footprint without its most important site."""
    text, names = language.text, {row.site_id: row.name for row in document.sites}
    short = {each: text(each.short) for each in (Indicator.FORCE, Indicator.MISSION)}
    heads = [head for each in short.values() for head in (each, text("left"), text("without"))]
    table = unit_table(
        text("Left without the most important site, % of need, mean of the year"), text("Unit"), heads
    )
    for row in (row for row in document.backup if row.level is not Level.DISTRICT):
        own = {each.indicator: each for each in row.figures}
        cells = []
        for indicator in short:
            figure = own[indicator]
            gone = "–" if figure.site_id is None else names[figure.site_id]
            cells += [_percent_of(figure.now, language), _percent_of(figure.left, language), gone]
        table.add_row(named_unit(row.name, row.figures, language), *cells)
    screen.print(table)
    screen.print(text("Units of the lower level are in the document that --json prints."))
    depth = unit_table(
        text("Need that is reached, by how many sites can be lost, %, the area"),
        text("Indicator"),
        [text("not reached"), text("lost with one"), text("lost with two"), text("more")],
    )
    for each in document.backup[0].depths:
        shares = (each.not_reached, each.one, each.two, each.more)
        depth.add_row(text(each.indicator.label), *(_percent_of(share, language) for share in shares))
    screen.print(depth)


def _percent_of(share: float | None, language: Language) -> str:
    return "–" if share is None else language.number(100 * share, 1)


def _points(share: float | None, language: Language) -> str:
    return "–" if share is None else language.number(100 * share, 2)


def _percent(share: float | None, language: Language) -> str:
    return language.text("not known") if share is None else language.percent(share)


def _show_resilience(
    screen: Console, part: ResiliencePart, names: dict[str, str], language: Language
) -> None:
    text = language.text
    own = {each.indicator: each for each in part.figures}
    force, mission = own[Indicator.FORCE], own[Indicator.MISSION]
    screen.print(
        text(
            "If each site is open with probability {open}: Force footprint {force} → {expected}, Mission "
            "footprint {mission} → {mission_expected}; people whom troops reach by land {people} → "
            "{people_expected}.",
            open=language.percent(part.open_share, 0),
            force=_percent(force.now, language),
            expected=_percent(force.expected, language),
            mission=_percent(mission.now, language),
            mission_expected=_percent(mission.expected, language),
            people=language.number(part.people_reached),
            people_expected=language.number(part.people_expected),
        )
    )
    tiers = [own[each] for each in (Indicator.TIER_1, Indicator.TIER_2, Indicator.TIER_3)]
    screen.print(
        text(
            "On average then: {tiers}.",
            tiers=", ".join(
                f"{text(each.indicator.short)} {_percent(each.now, language)} → "
                f"{_percent(each.expected, language)}"
                for each in tiers
            ),
        )
    )
    screen.print(
        text(
            "Costliest to lose together: {sites}. Troops would no longer reach {people} people.",
            sites=", ".join(names[site_id] for site_id in part.worst_pair),
            people=language.number(part.worst_pair_people),
        )
    )


def show_answers(screen: Console, near: Mapping[SensitiveKind, Nearness], language: Language) -> None:
    """Print whether sensitive places may lie near a site, never where or how many."""
    # What checks proposals reads maps, and takes a while to import.
    from footprint.views.sensitive_words import answer_words  # noqa: PLC0415

    kinds, text = language.clauses(answer_words(near, language)), language.text
    screen.print(text("Sensitive places within 1 km (camps and hubs 5 km): {kinds}", kinds=kinds))


def show_budget(screen: Console, language: Language) -> None:
    """Print for how many questions about sensitive places there are answers."""
    # What checks proposals reads maps, and takes a while to import.
    from footprint.proposals.inquiries import BUDGET, BUDGET_WORDS  # noqa: PLC0415

    screen.print(language.text(BUDGET_WORDS, budget=BUDGET))


def show_site(screen: Console, document: SiteDocument, language: Language) -> None:
    """Print a proposed site: what it is, how it is reached, evacuation and escorts."""
    text, site = language.text, document.site
    where = f"{language.number(site.lat, 3)}° N, {language.number(site.lon, 3)}° E"
    holds = ", ".join(f"{each.count} × {text(each.label)}" for each in site.assets)
    donors = ", ".join(f"{each.site_id}: {each.count} × {text(each.label)}" for each in site.donors)
    late = [row.month for row in document.evacuation if row.month in site.months and not row.within]
    known = [row.surgery_min for row in document.evacuation if row.surgery_min is not None]
    slowest = language.hours(max(known)) if known else text("not reached")
    if late:
        slowest = text("{time}, too long: {months}", time=slowest, months=language.months(late))
    given = [row.given_days for row in document.escorts if row.given_days is not None]
    most = max(given, default=nan if document.escorts else 0.0)
    lines = [
        (text("Place"), f"{where} ({site.cercle.name or site.region.name or '–'})"),
        (text("Open"), language.months(site.months)),
        (text("Assets"), holds or "–"),
        (text("Donors"), donors or text("not named")),
        (text("Reached from other sites by land or water"), language.months(document.reachable_months)),
        (text("Call to surgery"), slowest),
        (text("Escort days a month, at most"), language.number(most, 1)),
    ]
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for label, value in lines:
        table.add_row(label, value)
    screen.print(table)
