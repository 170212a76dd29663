"""Place on the terminal: who could reach it in a month, what is weakest, what would close it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from footprint.cli.tables import show_notes, unit_table
from footprint.language import Language

if TYPE_CHECKING:
    from footprint.place.closing import Closing
    from footprint.place.explain import Place, TierThere
    from footprint.views.place_words import PlaceWords

_MOST_MEANS = 5
"""Most ways of troops that are printed."""


def show_place(
    screen: Console, place: Place, closings: Sequence[Closing], words: PlaceWords, language: Language
) -> None:
    """Print one place in one month; `closings` are of Force, then of each tier."""
    text = language.text
    screen.print(f"{words.title(place)} · {language.month(place.month)}")
    screen.print(words.people(place))
    screen.print(words.force(place))
    shown = [words.means(each) for each in place.force.means[:_MOST_MEANS]]
    rest = len(place.force.means) - len(shown)
    if rest:
        shown.append(language.plural("and {n} more", "and {n} more", rest))
    if place.force.hindrance is not None:
        shown.append(words.hindrance(place.force.hindrance))
    to_close = [text("To close it: {closing}", closing=words.closing(each)) for each in closings]
    show_notes(screen, [*shown, to_close[0]], mark="-")
    for tier, closing in zip(place.tiers, to_close[1:], strict=True):
        screen.print(_tier_line(tier, words, language))
        show_notes(screen, [text("Weakest link: {link}", link=words.link(tier.weakest)), closing], mark="-")
    heads = [language.month_short(month) for month in range(1, 13)]
    table = unit_table(text("Chance in each month, %"), "", heads)
    rows = [(text("Force"), place.force.months)]
    rows += [(words.tier(tier.bundle_id), tier.months) for tier in place.tiers]
    for name, months in rows:
        table.add_row(name, *(_percent(level, language) for level in months))
    screen.print(table)


def _tier_line(tier: TierThere, words: PlaceWords, language: Language) -> str:
    return language.labelled(words.tier(tier.bundle_id), words.level(tier.level))


def _percent(level: float, language: Language) -> str:
    # NaN alone differs from itself: not known is a dash, never 0.
    return "–" if level != level else language.number(100 * level)  # noqa: PLR0124
