"""Brief audit: what can be worked out of small numbers and of places from everything that was released."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from footprint.cli import tables
from footprint.cli.common import FAULT, faults_said, print_json, read_area
from footprint.cli.grouped import AreaFolder, Output, grouped
from footprint.cli.paths import bundled_case
from footprint.language import Language, msgid

if TYPE_CHECKING:
    from footprint.documents.layout.release_audit import AuditedPlanRow, ReleaseAuditDocument

_KNOWN = {
    "strict": msgid("known by their unit alone"),
    "public": msgid("known by their unit alone"),
    "internal": msgid("known to the square of about one kilometre"),
    "restricted": msgid("known as in the data"),
}
"""How exactly a planned site is known, by the most exact profile under which its plan left."""
_MOST_LISTED = 20
"""Rows that are printed; the document of --json holds all."""


@grouped
def audit(*, area: AreaFolder = None, output: Output) -> None:
    """Print what somebody who holds every release could work out; exit code 1 where it is too much."""
    from footprint.disclosure import local_secret
    from footprint.documents.release_audit import release_audit_document
    from footprint.releases.log import ReleaseLog
    from footprint.releases.plans_left import plans_left
    from footprint.releases.seal import told_before
    from footprint.releases.suppress import small_counts

    with faults_said(output.lang), tables.progress(2) as step:
        place = read_area(area or bundled_case(), step)
        log = ReleaseLog.of_user()
        before = told_before(log, place.area_id)
        plans = plans_left(log.examine().contents, place.area_id, local_secret(log.keys))
        step("working out what can be worked out")
        bounds = small_counts(place, before.counts)
        document = release_audit_document(place.area_id, len(before.counts), bounds, plans)
    if output.as_json:
        print_json(document)
    else:
        _show(document, Language(output.lang))
    if not document.holds:
        raise typer.Exit(FAULT)


def _show(document: ReleaseAuditDocument, language: Language) -> None:
    text, number = language.text, language.number
    screen = tables.console()
    screen.print(
        text(
            "Counts of incidents released: {told}. Numbers below three that they rest on: {small}.",
            told=number(document.counts_told),
            small=number(len(document.counts)),
        )
    )
    for each in document.counts[:_MOST_LISTED]:
        years = f"{each.first_year}–{each.last_year}"
        most = text("any number") if each.most is None else number(each.most)
        line = text(
            "{unit}, {years}: {least} to {most}",
            unit=each.unit_id,
            years=years,
            least=number(each.least),
            most=most,
        )
        screen.print(line if each.open else text("{count}: too narrow", count=line))
    for words in _of_plans(document.plans, language):
        screen.print(words)


def _of_plans(plans: tuple[AuditedPlanRow, ...], language: Language) -> list[str]:
    """Say how exactly the sites of each plan that left can be known, and what the log cannot tell."""
    text = language.text
    if not plans:
        return [text("No plan was released: no site of one can be narrowed.")]
    told = []
    for each in plans[:_MOST_LISTED]:
        known = text(_KNOWN[each.finest])
        if each.narrowing_pairs:
            known = language.plural(
                "{known}; where the limit of a unit crosses that square, to its part inside ({n} pair of "
                "releases)",
                "{known}; where the limit of a unit crosses that square, to its part inside ({n} pairs of "
                "releases)",
                each.narrowing_pairs,
                known=known,
            )
        numbers = language.listing(each.numbers)
        told.append(text("Sites of the plan released as {numbers}: {known}.", numbers=numbers, known=known))
    told.append(
        text(
            "The log holds no places, no figures, and of each set the first plan alone: what figures of one "
            "plan tell of another's sites when they are held against one another is not known from it."
        )
    )
    return told
