"""Compare on the command line: several plans by every criterion, and how each group would rank them."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.answered import answered
from footprint.cli.common import Step, faults_said, load_prepared, print_json, speaking
from footprint.cli.grouped import AreaFolder, Output, grouped
from footprint.cli.paths import bundled_case
from footprint.criteria.criterion import NOTHING
from footprint.objectives import Measure

if TYPE_CHECKING:
    from rich.console import Console

    from footprint.criteria.ranked import Ranking
    from footprint.criteria.terms import Terms
    from footprint.documents.compared import Option
    from footprint.language import Language
    from footprint.prepared import Prepared
    from footprint.scenario import Scenario

_ScenarioFiles = Annotated[
    list[Path],
    typer.Option(
        "--scenario", exists=True, dir_okay=False, help="Scenario file of an option; may be repeated."
    ),
]
_TermsFile = Annotated[
    Path | None,
    typer.Option(
        "--terms", exists=True, dir_okay=False, help="TOML file with weights of groups and costs of options."
    ),
]


@grouped
def compare(
    *,
    area: AreaFolder = None,
    scenario: _ScenarioFiles,
    terms: _TermsFile = None,
    measure: Annotated[
        Measure, typer.Option("--measure", help="Whose need counts outside the objectives.")
    ] = Measure.BLEND,
    output: Output,
) -> None:
    """Hold plans and doing nothing against each other, and say how each group would rank them."""
    with faults_said(output.lang):
        from footprint.criteria.terms import Terms, load_terms

        stated = Terms() if terms is None else load_terms(terms)
        with tables.progress(4) as step:
            prepared = load_prepared(area or bundled_case(), step)
            from footprint.caveats import STALE, caveats
            from footprint.criteria.ranked import ranked
            from footprint.documents.compared import compare_document

            plans, stale = _scenarios(prepared, scenario)
            options = _options(prepared, plans, stated, measure, step)
            step("ranking")
            rows = {name: values for name, _, values in options}
            ranking = ranked(rows, stated.weights, prepared.method.reporting)
            beside = (*((STALE,) if stale else ()), *caveats(prepared, options[0][1]))
            document = compare_document(prepared, options, ranking, beside, measure=measure)
        if output.as_json:
            print_json(document)
            return
        language, screen = speaking(output.lang, prepared.area), tables.console()
        with answered(screen, document, beside, language):
            _show(screen, options, ranking, language)


def _scenarios(prepared: Prepared, files: Sequence[Path]) -> tuple[list[Scenario], bool]:
    """Return doing nothing and the scenarios of files, and whether the area has changed since."""
    from footprint.scenario import Scenario, load

    loaded = [load(file, area=prepared.area) for file in files]
    return [Scenario(NOTHING), *(each.scenario for each in loaded)], any(each.stale for each in loaded)


def _options(
    prepared: Prepared, scenarios: Sequence[Scenario], terms: Terms, measure: Measure, step: Step
) -> list[Option]:
    """Return every option with its review and criteria, doing nothing first."""
    from footprint.criteria.values import criteria
    from footprint.errors import FootprintError
    from footprint.review import review
    from layers.sentences import say

    names = [each.name for each in scenarios]
    faults = [
        say("two options are called {name}; give each a name of its own", name=repr(name))
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    faults += [
        say(
            "the costs name {name}, which is no option; there are: {known}",
            name=repr(name),
            known=", ".join(names),
        )
        for name in sorted(terms.costs.keys() - set(names))
    ]
    if faults:
        raise FootprintError(*faults)
    router = prepared.router()
    step("reviewing")
    found = [(each.name, review(prepared, each, router, measure=measure)) for each in scenarios]
    before = found[0][1]
    return [
        (
            name,
            result,
            criteria(prepared, router, before, result, measure=measure, costs=terms.costs.get(name)),
        )
        for name, result in found
    ]


def _show(screen: Console, options: Sequence[Option], ranking: Ranking, language: Language) -> None:
    """Print the matrix, why numbers are missing, and how groups rank the options."""
    from footprint.views.criteria_words import arrival_words, option_words, ranking_sentences, value_words

    text = language.text
    heads = [option_words(name, language) for name, _, _ in options]
    table = tables.unit_table(text("Options by criteria"), text("Criterion"), heads)
    rows = zip(*(values for _, _, values in options), strict=True)
    reasons: dict[str, list[str]] = {}
    for row in rows:
        label = text(row[0].criterion.label)
        table.add_row(label, *(value_words(each, language) for each in row))
        for why in dict.fromkeys(each.why for each in row if each.why):
            reasons.setdefault(why, []).append(label)
    screen.print(table)
    arrival = arrival_words([values for _, _, values in options], language)
    if arrival:
        screen.print(arrival)
    for why, labels in reasons.items():
        told = text("Not known, for {why}: {names}.", why=text(why), names=language.clauses(labels))
        screen.print(told)
    for sentence in ranking_sentences(ranking, language):
        screen.print(sentence)
