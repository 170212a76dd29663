"""A proposal as the drawer shows it: what stands against it, and what its donors' people lose."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import monthly
from footprint.language import Language, msgid
from footprint.method import Method
from footprint.proposals.case import Check, Severity
from footprint.proposals.consequences import DonorLoss
from footprint.views.escaping import escape, tag

SEVERITY_LABELS = {
    Severity.BLOCK: msgid("Blocked"),
    Severity.GATE: msgid("To be signed"),
    Severity.WARN: msgid("Warning"),
    Severity.INFO: msgid("To know"),
}
"""What each severity is called."""

_MOST_LOSERS = 4


def checks_html(checks: Sequence[Check], shown: Collection[Severity], language: Language) -> str:
    """Return checks of some severities, one box each, the gravest first, each with who must sign."""
    boxes = []
    for severity in (each for each in Severity if each in shown):
        words = [_words(each, language) for each in checks if each.severity is severity]
        if words:
            label = tag("b", escape(f"{language.text(SEVERITY_LABELS[severity])} ({len(words)})"))
            lines = tag("ul", *(tag("li", escape(line)) for line in words))
            boxes.append(tag("div", label, lines, class_=f"fp-check fp-{severity}"))
    return tag("div", *boxes)


def _words(check: Check, language: Language) -> str:
    words = check.phrase.said(language)
    if check.signed_by is None:
        return words
    return f"{words} {language.text('Signature: {role}.', role=check.signed_by.said(language))}"


def donors_html(
    donors: Sequence[DonorLoss], unknown: Collection[Indicator], method: Method, language: Language
) -> str:
    """Return what each donor gives up, and which units lose most by that alone, in their worst month."""
    return tag("div", *(_donor(each, unknown, method, language) for each in donors), class_="fp-note")


def _donor(donor: DonorLoss, unknown: Collection[Indicator], method: Method, language: Language) -> str:
    text = language.text
    given = language.listing(f"{count} × {text(method.assets[kind].label)}" for kind, count in donor.given)
    lines = [text("{name} gives up {given}.", name=donor.name, given=given)]
    for indicator in (Indicator.FORCE, Indicator.MISSION):
        if indicator in unknown:
            lines.append(text("{indicator}: what is lost is not known.", indicator=text(indicator.short)))
            continue
        losers = _losers(donor, indicator, language)
        if losers:
            lines.append(
                text("{indicator}, worst month: {losers}.", indicator=text(indicator.short), losers=losers)
            )
        else:
            lines.append(text("{indicator}: no {district} loses by it.", indicator=text(indicator.short)))
    first, *rest = (escape(line) for line in lines)
    return tag("p", tag("b", first), "<br>", "<br>".join(rest))


def _losers(donor: DonorLoss, indicator: Indicator, language: Language) -> str:
    names, values = monthly(donor.losses, [indicator])
    worst = np.nan_to_num(values[:, 0]).min(axis=1)
    order = np.argsort(worst, kind="stable")[:_MOST_LOSERS]
    titles = names["name"].tolist()
    return language.listing(
        f"{titles[row]} {language.points(float(worst[row]))}" for row in order if worst[row] <= -SMALL
    )
