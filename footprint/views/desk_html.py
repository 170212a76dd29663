"""HTML of the desk: sentence, legend, place, plans; every word of it escaped."""

from __future__ import annotations

from math import isnan

from footprint.indicators.indicator import Indicator
from footprint.language import Language
from footprint.views.escaping import escape, tag
from footprint.views.finding import MonthFinding, SentencePart, sentence
from footprint.views.palette import Legend


def sentence_html(finding: MonthFinding, notice: str, language: Language) -> str:
    """
    Return the finding as a line of HTML that a screen reader says again when it changes.

    Parameters
    ----------
    finding
        What is said.
    notice
        What boundaries do not mean, for small screens.
    language
        The reader's.
    """
    said = sentence(finding, language, _set)
    # Small screens have no room for it on the map.
    below = tag("div", escape(notice), class_="fp-notice-line")
    return tag("div", said, class_="fp-say", role="status") + below


def _set(part: SentencePart, words: str) -> str:
    name = "b" if part in {SentencePart.WHERE, SentencePart.NAME} else "span"
    return tag(name, escape(words), class_=f"fp-part-{part}")


def strip_legend(legend: Legend, keys: tuple[tuple[str, str], ...]) -> str:
    """
    Return the legend of a view as one line.

    Parameters
    ----------
    legend
        Of the view's classes.
    keys
        Marks besides, and what each means.
    """
    parts = [tag("span", escape(legend.title), class_="fp-title")] if legend.title else []
    for row in legend.rows:
        hatched = " fp-hatched" if row.hatched else ""
        swatch = tag("i", class_=f"fp-swatch{hatched}", style=f"background-color:{row.colour}")
        parts.append(tag("span", swatch, escape(row.label)))
    parts += [mark(name, label) for name, label in keys]
    return tag("div", *parts, class_="fp-strip-legend")


def dots_legend(language: Language, *, known: tuple[bool, bool], keys: tuple[tuple[str, str], ...]) -> str:
    """
    Return the legend of the dots as one line.

    Parameters
    ----------
    language
        Of the words.
    known
        Whether the data name troops, and somebody for every tier.
    keys
        Marks besides, and what each means.
    """
    text, (force, mission) = language.text, known
    troops = text("troops only: the gap") if mission else text("troops could reach")
    kinds = [
        ("mission", text("the mission could act") if mission else text("the mission: not known")),
        ("force", troops if force else text("troops: not known")),
        ("none", text("out of reach") if force else text("not known")),
    ]
    parts = [tag("span", _four_dots(kind), escape(label)) for kind, label in kinds]
    parts.append(tag("span", escape(text("1 dot = 0.01 % of the area’s need")), class_="fp-rest"))
    parts += [mark(name, label) for name, label in keys]
    return tag("div", *parts, class_="fp-strip-legend")


def _four_dots(kind: str) -> str:
    return tag("span", *[tag("i")] * 4, class_=f"fp-dots of-{kind}", aria_hidden="true")


def mark(name: str, label: str) -> str:
    """Return one mark of the map with what it means."""
    if name == "invented":
        return tag("span", escape(label), class_="fp-rest invented")
    sign = tag("span", "▾", class_="fp-worst") if name == "worst" else tag("i", class_=f"fp-mark {name}")
    return tag("span", sign, escape(label), class_="fp-rest")


def twelve_months(
    force: tuple[float, ...], mission: tuple[float, ...], chosen: int, language: Language
) -> str:
    """Return both chances at one place in each month as small bars that say their numbers."""
    made = []
    for number, pair in enumerate(zip(force, mission, strict=True), start=1):
        names = [language.text(each.short) for each in (Indicator.FORCE, Indicator.MISSION)]
        figures = ", ".join(
            f"{name} {language.percent(value, 0)}" for name, value in zip(names, pair, strict=True)
        )
        bars = tag(
            "div", *(_bar(kind, value) for kind, value in zip(("force", "mission"), pair, strict=True))
        )
        letter = tag("small", escape(language.month_short(number)[0].upper()))
        made.append(
            tag(
                "section",
                bars,
                letter,
                class_="fp-chosen" if number == chosen else "",
                title=language.labelled(language.month(number), figures),
            )
        )
    return tag("div", *made, class_="fp-mini")


def _bar(kind: str, value: float) -> str:
    if isnan(value):
        return tag("i", class_="fp-unknown")
    return tag("i", class_=f"of-{kind}", style=f"height:{100 * value:.0f}%")


def note(words: str) -> str:
    """Return a line of small print."""
    return tag("p", escape(words), class_="fp-note")


def heading(words: str) -> str:
    """Return the heading of a part of the drawer."""
    return tag("h3", escape(words), class_="fp-heading")


def invented_badge(language: Language) -> str:
    """Return the mark that some data are invented: in a word or two where there is little room."""
    text = language.text
    long, short = text("Some data are invented"), text("Invented data")
    return tag("span", tag("span", escape(long)), tag("i", escape(short)), class_="fp-badge", title=long)
