"""Command line: the same steps as the app, from a terminal."""

# What reads maps or reckons takes seconds to import, so the commands that need it import it
# themselves: `--help`, usage errors and `run` answer at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from footprint.cli import arguments, tables
from footprint.cli.answered import answered
from footprint.cli.area import area_app
from footprint.cli.arguments import Join
from footprint.cli.bench import bench_app
from footprint.cli.brief import brief_app
from footprint.cli.common import (
    Step,
    faults_said,
    load_asked,
    load_prepared,
    print_json,
    refuse,
    speaking,
)
from footprint.cli.compared import compare
from footprint.cli.doctor import doctor
from footprint.cli.grouped import (
    AreaFolder,
    Output,
    PlaceAsked,
    ProposedSite,
    ReviewAsked,
    Span,
    grouped,
)
from footprint.cli.options import options
from footprint.cli.paths import bundled_case
from footprint.cli.plan import plan_app
from footprint.cli.proposal import proposal_app
from footprint.cli.serve import OPEN_TO_OTHERS, serve
from footprint.cli.site_tables import show_answers, show_budget, show_site, show_sites
from footprint.cli.stagger import stagger
from footprint.cli.sure import sure
from footprint.cli.violence import calendar, hotspots
from footprint.documents.schema import DocumentName, schema_json
from footprint.language import Language
from footprint.serving.endpoint import Endpoint

if TYPE_CHECKING:
    from footprint.documents.layout.review import ReviewDocument
    from footprint.documents.review import Findings
    from footprint.prepared import Prepared

app = typer.Typer(
    help="Where can a whole peacekeeping mission, not only its force, deliver protection, in each month?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"max_content_width": tables.WIDTH, "help_option_names": ["-h", "--help"]},
)
app.add_typer(area_app, name="area")
app.add_typer(proposal_app, name="proposal")
app.add_typer(plan_app, name="plan")
app.add_typer(brief_app, name="brief")
app.command()(options)
app.command()(compare)
app.add_typer(bench_app, name="bench")
app.command()(sure)
app.command()(stagger)
app.command()(hotspots)
app.command()(calendar)
app.command()(doctor)


@app.command()
@grouped
def review(
    *,
    asked: ReviewAsked,
    span: Span,
    weakest: Annotated[
        Join,
        typer.Option(help="How a tier's groups join: the weakest, geometric mean, product."),
    ] = Join.MINIMUM,
    output: Output,
) -> None:
    """Print what could be reached: area, objectives, units; the year unless told otherwise."""
    with faults_said(output.lang):
        with tables.progress(4) as step:
            found = _reviewed(asked, weakest, step)
            months = _months(found.prepared, span)
            step("writing")
            from footprint.documents.review import review_document

            document = review_document(found, months)
        if output.as_json:
            print_json(document)
            return
        _show_review(document, found, speaking(output.lang, found.prepared.area), span)


def _reviewed(asked: ReviewAsked, join: Join, step: Step) -> Findings:
    prepared, scenario, stale = load_asked(asked, step)
    step("reviewing")
    from footprint.caveats import STALE
    from footprint.coverage.footprints import Weakest
    from footprint.documents.review import findings
    from footprint.review import review as reckon
    from footprint.scenario import Scenario

    router, weakest, measure = prepared.router(), Weakest(join), asked.measure
    answer = reckon(prepared, scenario, router, measure=measure, weakest=weakest)
    before = None
    if scenario.changes:
        before = reckon(prepared, Scenario("today"), router, measure=measure, weakest=weakest)
    return findings(prepared, router, answer, before, further=(STALE,) if stale else (), measure=measure)


def _months(prepared: Prepared, span: Span) -> tuple[int, ...]:
    if span.month is not None:
        return (span.month,)
    if span.season is None:
        return tuple(range(1, 13))
    from footprint.indicators.seasons import season_months

    return season_months(prepared.area.seasons, span.season.upper())


def _show_review(document: ReviewDocument, findings: Findings, language: Language, span: Span) -> None:
    screen = tables.console()
    with answered(screen, document, findings.caveats, language, subject=document.subject):
        by_month = bool(span.month or span.season or span.each)
        if by_month:
            tables.show_months(screen, document, language, each=span.each)
        else:
            tables.show_year(screen, document, findings.prepared.area.seasons, language)
        tables.show_objectives(screen, document, language)
        if not by_month:
            from footprint.cli.need_table import show_need

            tables.show_remoteness(screen, document, language)
            show_need(screen, findings.prepared.demand, document.need, language)
        if document.comparison is not None:
            tables.show_changes(screen, document, document.comparison, findings.beside, language)


@app.command()
@grouped
def site(*, proposed: ProposedSite, asked: ReviewAsked, output: Output) -> None:
    """Report what one proposed site changes, for whom, in which months."""
    place, kinds = arguments.degrees(proposed.at), arguments.counts(proposed.assets)
    when = arguments.open_months(proposed.months)
    with faults_said(output.lang):
        with tables.progress(4) as step:
            prepared, base, stale = load_asked(asked, step)
            step("reviewing")
            from footprint.cli.proposed import consequences, near, proposal

            changes = proposal(proposed.name, place, when, kinds, proposed.donor)
            found, document = consequences(prepared, base, changes, stale=stale, measure=asked.measure)
            step("writing")
        if output.as_json:
            print_json(document)
            return
        language, screen = speaking(output.lang, prepared.area), tables.console()
        with answered(screen, document, found.caveats, language, subject=document.subject):
            show_site(screen, document, language)
            # On the screen alone: documents travel, and these answers are not to.
            show_answers(screen, near(prepared, found.answer), language)
            show_budget(screen, language)
            tables.show_changes(screen, document, document.changes, found.beside, language)


@app.command()
@grouped
def why(*, asked: ReviewAsked, about: PlaceAsked, output: Output) -> None:
    """Explain one place in one month: who could reach it, what is weakest, what would close it."""
    asked, place_text = about.place_of(asked)
    with faults_said(output.lang):
        with tables.progress(4) as step:
            prepared, scenario, stale = load_asked(asked, step)
            language = speaking(output.lang, prepared.area)
            step("reviewing")
            from footprint.cli.explained import explained

            answer = explained(prepared, scenario, place_text, about, measure=asked.measure, stale=stale)
            step("writing")
        if output.as_json:
            print_json(answer.document)
            return
        from footprint.cli.place_table import show_place
        from footprint.views.place_words import PlaceWords

        screen, words = tables.console(), PlaceWords(prepared, answer.result, language)
        with answered(screen, answer.document, answer.caveats, language, subject=answer.document.subject):
            show_place(screen, answer.place, answer.closings, words, language)


@app.command()
@grouped
def sites(
    *,
    asked: ReviewAsked,
    open_share: Annotated[
        float, typer.Option("--open", min=0, max=1, help="Probability that each site is open.")
    ] = 0.9,
    output: Output,
) -> None:
    """Print what hangs on each site, and how the mission stands if sites fail."""
    with faults_said(output.lang):
        with tables.progress(4) as step:
            prepared, scenario, stale = load_asked(asked, step)
            step("reviewing")
            from footprint.caveats import STALE, caveats
            from footprint.documents.sites import sites_document
            from footprint.review import review as reckon

            router = prepared.router()
            answer = reckon(prepared, scenario, router, measure=asked.measure)
            step("taking each site away")
            beside = (*((STALE,) if stale else ()), *caveats(prepared, answer))
            document = sites_document(
                prepared, router, answer, beside, measure=asked.measure, open_share=open_share
            )
        if output.as_json:
            print_json(document)
            return
        language, screen = speaking(output.lang, prepared.area), tables.console()
        with answered(screen, document, beside, language, subject=document.subject):
            show_sites(screen, document, language)


@app.command()
@grouped
def evidence(*, area: AreaFolder = None, output: Output) -> None:
    """Print what could be reached of what happened, what rules foretold, and what all hangs on."""
    with faults_said(output.lang):
        with tables.progress(4) as step:
            prepared = load_prepared(area or bundled_case(), step)
            step("holding events against reach")
            from footprint.caveats import of_the_evidence
            from footprint.documents.evidence import evidence_document
            from footprint.evidence.fragility import fragility
            from footprint.evidence.gathered import gather
            from footprint.scenario import Scenario

            beside, router = tuple(of_the_evidence(prepared)), prepared.router()
            found = gather(prepared, router)
            step("leaving out each piece in turn")
            hangs_on = fragility(prepared, Scenario("today"), router)
            document = evidence_document(prepared, found, hangs_on, beside)
        if output.as_json:
            print_json(document)
            return
        from footprint.cli.evidence_table import show_evidence

        language, screen = speaking(output.lang, prepared.area), tables.console()
        with answered(screen, document, beside, language):
            show_evidence(screen, document, language)


@app.command()
def schema(
    name: Annotated[
        DocumentName | None, typer.Argument(help="Document whose JSON Schema is printed.")
    ] = None,
) -> None:
    """Print what a document of --json holds, as JSON Schema; without a name, the names."""
    if name is None:
        typer.echo("\n".join(DocumentName))
    else:
        typer.echo(schema_json(name))


@app.command()
def run(
    *,
    area: AreaFolder = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the app.")] = 8501,
    address: Annotated[str, typer.Option(help="Address the app listens on.")] = "localhost",
    base_path: Annotated[str, typer.Option(help="Path before the app's own, behind a proxy.")] = "",
    host: Annotated[
        list[str] | None,
        typer.Option(help="Further name that browsers ask for, such as a proxy's; may be repeated."),
    ] = None,
    opens: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the browser when the app answers.")
    ] = True,
) -> None:
    """Start the app and open it in the browser; Ctrl-C stops it."""
    folder = (area or bundled_case()).resolve()
    if not (folder / "area.toml").is_file():
        refuse(f"{folder.name}: there is no area.toml; name an area folder")
    where = Endpoint(address, port, base_path.strip("/"), tuple(host or ()))
    if not where.is_free():
        refuse(f"port {port} is in use or not ours to use; choose another with --port")
    if not where.is_local:
        typer.echo(OPEN_TO_OTHERS.format(address=where.reached_as), err=True)
    raise typer.Exit(serve(folder, where, opens=opens))


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
