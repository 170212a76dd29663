"""One place as the drawer shows it; every word of it escaped."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from footprint.indicators.levels import EQUAL
from footprint.language import Language
from footprint.method import Method
from footprint.place.closing import Closing
from footprint.place.explain import Place, TierThere
from footprint.views.desk_html import twelve_months
from footprint.views.escaping import escape, tag
from footprint.views.place_words import PlaceWords

_MOST_MEANS = 3


def place_head(
    place: Place, closing: Closing | None, words: PlaceWords, method: Method, language: Language
) -> str:
    """Return where the place is, who lives there, whether and how troops could, and what would let them."""
    title, *inside = words.title(place).split(", ")
    head = tag("h2", escape(title))
    sub = [
        tag("div", escape(line), class_="fp-sub") for line in (", ".join(inside), words.people(place)) if line
    ]
    closes = [] if closing is None else [tag("div", _closes(closing, words, language), class_="fp-tier")]
    return tag("div", head, *sub, _force(place, words, method, language), *closes, class_="fp-place")


def _closes(closing: Closing, words: PlaceWords, language: Language) -> str:
    """Return what would close Force or a tier."""
    said = tag("em", escape(language.text("What would close it:"))) + " " + escape(words.closing(closing))
    return tag("p", said, class_="fp-closes")


def _force(place: Place, words: PlaceWords, method: Method, language: Language) -> str:
    text, force = language.text, place.force
    if isnan(force.level):
        return tag("div", tag("b", escape(text("Not known: the data name no troops"))), class_="fp-answer")
    if not force.means:
        why = "" if force.hindrance is None else words.hindrance(force.hindrance)
        lines = [escape(f"{why[:1].upper()}{why[1:]}.")] if why else []
        head = tag("b", escape(text("No troops could get here in time")))
        return tag("div", head, *lines, class_="fp-answer")
    level = language.percent(force.level, 0)
    often = force.level >= method.reporting.class_threshold
    head = text("Troops could get here: chance {level}", level=level)
    if not often:
        head = text("Troops could rarely get here: chance {level}", level=level)
    share = text(
        "by ground alone {ground}, by air alone {air}",
        ground=language.percent(force.ground, 0),
        air=language.percent(force.air, 0),
    )
    lines = [words.means(each) for each in force.means[:_MOST_MEANS]]
    if len(force.means) > _MOST_MEANS:
        more = len(force.means) - _MOST_MEANS
        lines.append(language.plural("and {n} more way", "and {n} more ways", more))
    body = "<br>".join(escape(line) for line in (*lines, share))
    return tag("div", tag("b", escape(head)), body, class_="fp-answer fp-yes")


def place_tiers(
    place: Place, closings: Sequence[Closing | None], words: PlaceWords, language: Language
) -> str:
    """
    Return each tier with its links, what is weakest and why, and what would close it.

    Parameters
    ----------
    place
        The place.
    closings
        Of its tiers in their order; None where nothing needs closing.
    words
        Of the review.
    language
        Of the words.
    """
    rows = [_tier(tier, found, words, language) for tier, found in zip(place.tiers, closings, strict=True)]
    return tag("div", *rows, class_="fp-place")


def _tier(tier: TierThere, closing: Closing | None, words: PlaceWords, language: Language) -> str:
    links = [
        tag(
            "span",
            "" if isnan(link.chance) else tag("i", style=f"width:{100 * link.chance:.0f}%"),
            class_="" if link.chance > 0 else "fp-lacking",
            title=language.labelled(words.group(link.capabilities), language.percent(link.chance, 0)),
        )
        for link in tier.links
    ]
    level = tag(
        "span", escape(words.level(tier.level)), class_="fp-level" if tier.level > 0 else "fp-level fp-zero"
    )
    weak = tag("em", escape(language.text("Weakest link:"))) + " " + escape(words.link(tier.weakest))
    lacking = [
        words.group(link.capabilities)
        for link in tier.links
        if link is not tier.weakest and not link.chance > 0
    ]
    lines = [tag("p", weak)]
    if lacking:
        also = language.text("Also missing: {what}.", what=language.listing(lacking))
        lines.append(tag("p", escape(also)))
    if closing is not None:
        lines.append(_closes(closing, words, language))
    name = tag("span", escape(words.tier(tier.bundle_id)), class_="fp-name-of")
    return tag("div", name, level, tag("div", *links, class_="fp-links"), *lines, class_="fp-tier")


def place_year(place: Place, language: Language) -> str:
    """Return the place over twelve months."""
    mission = tuple(
        sum(weight * tier.months[month] for weight, tier in zip(EQUAL, place.tiers, strict=True))
        for month in range(12)
    )
    at, names = place.month - 1, language.text
    line = names(
        "{month}: Force {force}, Mission {mission}",
        month=language.month(place.month),
        force=language.percent(place.force.months[at], 0),
        mission=language.percent(mission[at], 0),
    )
    return tag(
        "div",
        tag("h3", escape(language.text("This place over twelve months"))),
        twelve_months(place.force.months, mission, place.month, language),
        tag("div", escape(line), class_="fp-sub"),
        class_="fp-place",
    )
