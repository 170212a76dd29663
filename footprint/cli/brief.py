"""Brief on the command line: sheets and all else that is told of a region, and on what terms it leaves."""

# What reads maps or reckons takes seconds to import, so the command imports it itself.
# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from footprint.cli import tables
from footprint.cli.arguments import Lang
from footprint.cli.brief_audit import audit
from footprint.cli.brief_verify import verify
from footprint.cli.common import Step, faults_said, load_prepared, refuse
from footprint.cli.grouped import AreaFolder, grouped
from footprint.cli.paths import bundled_case
from footprint.language import Language
from footprint.objectives import Measure

if TYPE_CHECKING:
    from footprint.briefing.make import ReleasedSet
    from footprint.briefing.recipe import Recipe

_STEPS = 40
"""About how many are told."""


class _MakesOtherwise(TyperGroup):
    """A group whose first word may be an area: then a set is made of it."""

    # Some versions of Typer carry a Click of their own, so the type has no name that all know.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read a command line that names no command as that of `make`."""
        named = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["make", *args])


brief_app = typer.Typer(
    cls=_MakesOtherwise,
    help="Make sheets for a briefing (brief [AREA] --region NAME --out DIR …), or tell what became of one.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefAsked:
    """What is told."""

    area: AreaFolder = None
    recipe: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Recipe (TOML); what is typed besides goes before it."
        ),
    ] = None
    region: Annotated[
        str | None, typer.Option(metavar="NAME", help="Region, cercle or named focus; all if left out.")
    ] = None
    plan: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, dir_okay=False, help="Plan held against today's sites; repeat, at most four."
        ),
    ] = None
    lang: Annotated[list[Lang] | None, typer.Option(help="Language; repeat. Both if left out.")] = None
    month: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=12,
            help="Month of the main sheet; the one in which the mission could do least if left out.",
        ),
    ] = None
    measure: Annotated[Measure | None, typer.Option("--measure", help="Whose need counts.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsked:
    """What is made."""

    out: Annotated[Path, typer.Option(file_okay=False, help="Folder for the set; made if it is not there.")]
    product: Annotated[
        list[str] | None,
        typer.Option(help="sheet, atlas (a sheet for each unit), months (one for each month) …; repeat."),
    ] = None
    page: Annotated[
        list[str] | None, typer.Option(help="a4-landscape, a4-portrait, a3-landscape, a3-portrait; repeat.")
    ] = None
    file_format: Annotated[
        list[str] | None, typer.Option("--format", help="Of sheets: pdf, png or svg; repeat.")
    ] = None
    view: Annotated[
        str | None, typer.Option(help="dots of need, or cells: divergence, mission, force, minutes …")
    ] = None
    write_recipe: Annotated[
        bool, typer.Option("--write-recipe", help="Write into the folder the recipe that makes this set.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAsked:
    """On what terms it leaves; all of it stands on every page and in the log."""

    purpose: Annotated[str | None, typer.Option(help="What it is for.")] = None
    audience: Annotated[str | None, typer.Option(help="Whom it is for.")] = None
    releaser: Annotated[str | None, typer.Option(help="Who answers for it: a function, not a name.")] = None
    marking: Annotated[
        str | None, typer.Option(help="unclassified, confidential or strictly_confidential.")
    ] = None
    precision: Annotated[
        str | None,
        typer.Option(
            help="strict (by unit), public (0.1 degree), internal (about 1 km) or restricted (as the data)."
        ),
    ] = None
    clearance: Annotated[str | None, typer.Option(help="draft, not_cleared or cleared.")] = None
    cleared_by: Annotated[
        str | None, typer.Option(help="Who cleared it: a function, not a name; with --clearance cleared.")
    ] = None
    number: Annotated[str | None, typer.Option(help="Number of the set, as the office counts them.")] = None
    revision: Annotated[int | None, typer.Option(min=1, help="Its revision; the next if left out.")] = None


brief_app.command()(verify)
brief_app.command()(audit)


@brief_app.command()
@grouped
def make(asked: BriefAsked, wanted: SetAsked, terms: TermsAsked) -> None:
    """Make a set of sheets for a region, in each language, and log it before it leaves."""
    own = Language((asked.lang or [Lang.EN])[0])
    with faults_said(own.code):
        recipe = _recipe(asked, wanted, terms)
        _refuse_taken(wanted.out, own)
        with tables.progress(_STEPS) as step:
            sets = _released(asked, recipe, step)
        from footprint.briefing.make import RECIPE, packed

        for path, content in packed(sets, recipe).items():
            if wanted.write_recipe or path != RECIPE:
                _put(wanted.out / path, content)
    for language, each in sets.items():
        for name, code in each.codes.items():
            typer.echo(f"{code}  {language}/{name}")


def _refuse_taken(out: Path, language: Language) -> None:
    """Refuse a folder that holds a set: what was released stays as it was, with its receipt."""
    if out.is_dir() and any(out.glob("*/receipt.json")):
        refuse(
            language.text("{folder}: there is a set in it already. Choose another folder.", folder=out.name)
        )


def _recipe(asked: BriefAsked, wanted: SetAsked, terms: TermsAsked) -> Recipe:
    """Return the recipe of a file, with what was typed in place of what it says."""
    from footprint.briefing.recipe import FORMAT, recipe_entries, recipe_of

    typed: dict[str, object] = {
        "region": asked.region,
        # Whole, for a recipe reads them from where it lies itself.
        "plans": [str(path.resolve()) for path in asked.plan] if asked.plan else None,
        "languages": [str(each) for each in asked.lang] if asked.lang else None,
        "month": asked.month,
        "measure": asked.measure,
        "products": wanted.product,
        "pages": wanted.page,
        "formats": wanted.file_format,
        "view": wanted.view,
        "purpose": terms.purpose,
        "audience": terms.audience,
        "releaser": terms.releaser,
        "marking": terms.marking,
        "precision": terms.precision,
        "clearance": terms.clearance,
        "cleared_by": terms.cleared_by,
        "number": terms.number,
        "revision": terms.revision,
    }
    said = {key: value for key, value in typed.items() if value is not None}
    if asked.recipe is None:
        return recipe_of({"format": FORMAT, **said}, None)
    found = recipe_entries(asked.recipe)
    plans = found.get("plans")
    if isinstance(plans, list):
        # Beside the recipe, wherever the command is called from.
        found["plans"] = [str(asked.recipe.parent / str(each)) for each in plans]
    return recipe_of({**found, **said}, asked.recipe.name)


def _released(asked: BriefAsked, recipe: Recipe, step: Step) -> dict[str, ReleasedSet]:
    """Make and log the set in each language."""
    from footprint.briefing.brief import Brief
    from footprint.briefing.make import focus_named, release_sets
    from footprint.caveats import silent
    from footprint.releases.log import ReleaseLog
    from footprint.releases.seal import next_revision
    from footprint.review import review
    from footprint.scenario import Scenario, load
    from footprint.views.finding import footprint_months, lowest_month
    from footprint.views.focus import focus_of

    prepared = load_prepared(asked.area or bundled_case(), step)
    area, router = prepared.area, prepared.router()
    step("reviewing the plans")
    plans = [load(Path(path), area=area).scenario for path in recipe.plans]
    today, *others = (
        review(prepared, each, router, measure=recipe.measure) for each in (Scenario("today"), *plans)
    )
    log, focus = ReleaseLog.of_user(), focus_named(area, recipe.region)
    shown = footprint_months((others or [today])[0], focus_of(area, focus), silent(prepared))
    first = Brief(
        prepared=prepared,
        router=router,
        today=today,
        plans=tuple(others),
        focus=focus,
        measure=recipe.measure,
        month=recipe.month or lowest_month(shown, area.start_month),
        language=Language.of_area(recipe.languages[0], area.unit_words),
        release=recipe.release,
        made=date.today(),  # noqa: DTZ011  the office's own day
        number=recipe.number,
        revision=recipe.revision or next_revision(log, area.area_id, recipe.number),
    )
    return release_sets(log, first, recipe, step)


def _put(path: Path, content: bytes) -> None:
    """Write a file under another name first, so that a half of it is never taken for the whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(content)
    half.replace(path)
