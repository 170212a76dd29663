"""How sure, on the command line: plans under the method's common draws."""

# What reckons takes seconds to import, so the command imports it.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import tables
from footprint.cli.answered import answered
from footprint.cli.common import faults_said, load_prepared, print_json, speaking
from footprint.cli.grouped import AreaFolder, Output, grouped
from footprint.cli.paths import bundled_case
from footprint.language import msgid
from footprint.objectives import Measure

if TYPE_CHECKING:
    from footprint.prepared import Prepared
    from footprint.scenario import Scenario

NOTHING = msgid("Do nothing")


@grouped
def sure(
    *,
    area: AreaFolder = None,
    scenario: Annotated[
        list[Path] | None,
        typer.Option(exists=True, dir_okay=False, help="Scenario file; may be repeated, one for each plan."),
    ] = None,
    measure: Annotated[
        Measure, typer.Option("--measure", help="Whose need counts outside the objectives.")
    ] = Measure.BLEND,
    output: Output,
) -> None:
    """Print how sure figures are, and whether plans can be told apart: bands over 200 common draws."""
    with faults_said(output.lang):
        with tables.progress(4) as step:
            prepared = load_prepared(area or bundled_case(), step)
            language = speaking(output.lang, prepared.area)
            # Documents are in English.
            plans, stale = _plans(
                prepared, scenario or [], NOTHING if output.as_json else language.text(NOTHING)
            )
            step("drawing")
            from footprint.caveats import STALE, caveats
            from footprint.documents.sure import sure_document
            from footprint.review import review
            from footprint.uncertainty import sureness

            router = prepared.router()
            found = sureness(prepared, router, plans, measure)
            step("writing")
            today = review(prepared, next(iter(plans.values())), router, measure=measure)
            beside = (*((STALE,) if stale else ()), *caveats(prepared, today))
            document = sure_document(prepared, found, plans, beside, measure=measure)
        if output.as_json:
            print_json(document)
            return
        from footprint.cli.sure_table import show_sure

        screen = tables.console()
        with answered(screen, document, beside, language):
            show_sure(screen, found, prepared, language)


def _plans(prepared: Prepared, files: list[Path], nothing: str) -> tuple[dict[str, Scenario], bool]:
    """Return "do nothing" and the scenario of each file by name, and whether any is stale."""
    from footprint.scenario import Scenario, load

    plans, stale = {nothing: Scenario("today")}, False
    for file in files:
        loaded = load(file, area=prepared.area)
        name, number = loaded.scenario.name, 1
        while name in plans:
            number += 1
            name = f"{loaded.scenario.name} ({number})"
        plans[name] = loaded.scenario
        stale |= loaded.stale
    return plans, stale
