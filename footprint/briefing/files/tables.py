"""Tables: what spreadsheets and other programs get of a brief, row by row, with a reason for every gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from footprint.briefing.brief import Brief
from footprint.briefing.files.about import AboutRow, not_known
from footprint.briefing.files.plain import plain
from footprint.briefing.files.sites import told_assets, told_sites
from footprint.briefing.files.units import UnitYear, level_name, unit_years
from footprint.briefing.findings import FOOTPRINTS
from footprint.caveats import LAYERS
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS_OF_YEAR
from footprint.language import Language, msgid
from footprint.views.words import CONFIDENCE_LABELS
from layers.manifest import SENSITIVE

Cell = str | float | int | None
"""What stands in a cell; None where nothing is known, and the row says why."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table."""

    key: str
    """For programs, in English."""
    label: str
    share: bool = False
    """Whether its numbers are shares from 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class DataTable:
    """A table of a brief."""

    name: str
    """For programs, in English."""
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)


_NAMES = {Indicator.FORCE: "force", Indicator.MISSION: "mission"}
_LABELS = {
    "plan": msgid("Plan"),
    "level": msgid("Level"),
    "unit_id": msgid("Identifier"),
    "unit": msgid("Name"),
    "month": msgid("Month"),
    "period": msgid("Period"),
    "footprint": msgid("Footprint"),
    "need": msgid("Share of the need"),
    "force": msgid("Force footprint"),
    "mission": msgid("Mission footprint"),
    "force_change": msgid("Force, change"),
    "mission_change": msgid("Mission, change"),
    "mean": msgid("Mean of the year"),
    "worst": msgid("Worst season"),
    "worst_season": msgid("Which season"),
    "note": msgid("Note"),
    "site_id": msgid("Identifier"),
    "name": msgid("Name"),
    "kind": msgid("Kind"),
    "state": msgid("State"),
    "months": msgid("Months open"),
    "lon": msgid("Longitude"),
    "lat": msgid("Latitude"),
    "confidence": msgid("Confidence"),
    "site": msgid("Site"),
    "asset": msgid("Asset"),
    "today": msgid("Today"),
    "with_plan": msgid("With the plan"),
    "layer": msgid("Layer"),
    "title": msgid("Title"),
    "origin": msgid("Origin"),
    "date": msgid("Date"),
    "licence": msgid("Licence"),
    "invented": msgid("Invented"),
    "key": msgid("Key"),
    "about": msgid("About"),
    "value": msgid("Value"),
    "sentence": msgid("What the data leave unsaid"),
}
_SHARES = {"need", "force", "mission", "force_change", "mission_change", "mean", "worst"}
_INVENTED = {"no": msgid("no"), "partly": msgid("partly"), "yes": msgid("yes")}


def tables(brief: Brief, rows: tuple[AboutRow, ...]) -> tuple[DataTable, ...]:
    """
    Return every table of a brief.

    Parameters
    ----------
    brief
        What is told.
    rows
        What its file says of itself, from `about`.
    """
    made = [figures(brief), years(brief)]
    if brief.plans:
        made.append(changes(brief))
    made.append(sites(brief))
    assets = _assets(brief)
    if assets is not None:
        made.append(assets)
    return (*made, sources(brief), about_table(brief, rows), _unsaid(brief))


def figures(brief: Brief) -> DataTable:
    """Return the two footprints of each unit, month by month."""
    language = brief.language
    rows = (
        (*_unit(each, language), month, each.need[month - 1],
         *(each.footprints[own].by_month[month - 1] for own in FOOTPRINTS), _note(each, language, changes=False))
        for each in unit_years(brief)
        for month in MONTHS_OF_YEAR
    )  # fmt: skip
    columns = ("plan", "level", "unit_id", "unit", "month", "need", "force", "mission", "note")
    return _table("figures", language.text("Figures by month"), columns, rows, language)


def years(brief: Brief) -> DataTable:
    """Return the seasons, the mean and the worst season of each unit."""
    language, seasons = brief.language, brief.prepared.area.seasons
    names = {each.season_id: plain(each.label(language.code)) for each in seasons}
    rows = (
        (*_unit(each, language), language.text(_LABELS[_NAMES[own]]), *series.by_season, series.mean,
         series.worst, names.get(series.worst_season, ""), series.why)
        for each in unit_years(brief)
        for own, series in each.footprints.items()
    )  # fmt: skip
    first = _columns(("plan", "level", "unit_id", "unit", "footprint"), language)
    own = tuple(TableColumn(plain(key), name, share=True) for key, name in names.items())
    last = _columns(("mean", "worst", "worst_season", "note"), language)
    return DataTable("seasons", language.text("Seasons"), (*first, *own, *last), tuple(rows))


def changes(brief: Brief) -> DataTable:
    """Return what each plan changes in each unit against today's sites."""
    language = brief.language

    def rows() -> Iterator[tuple[Cell, ...]]:
        for each in unit_years(brief):
            if each.changes is None:
                continue
            own = [each.changes[footprint] for footprint in FOOTPRINTS]
            note = _note(each, language, changes=True)
            for month in MONTHS_OF_YEAR:
                values = (change.by_month[month - 1] for change in own)
                yield (*_unit(each, language), language.month(month), *values, note)
            yield (*_unit(each, language), language.text(_LABELS["mean"]), *(c.mean for c in own), note)
            yield (*_unit(each, language), language.text(_LABELS["worst"]), *(c.worst for c in own), note)

    columns = ("plan", "level", "unit_id", "unit", "period", "force_change", "mission_change", "note")
    return _table("changes", language.text("Changes against today"), columns, rows(), language)


def sites(brief: Brief) -> DataTable:
    """Return the sites, where and as they may be told."""
    language = brief.language
    rows = (
        (each.site_id, each.name, each.kind_label, each.state_label, each.months, each.lon, each.lat,
         each.confidence)
        for each in told_sites(brief)
    )  # fmt: skip
    columns = ("site_id", "name", "kind", "state", "months", "lon", "lat", "confidence")
    return _table("sites", language.text("Sites"), columns, rows, language)


def _assets(brief: Brief) -> DataTable | None:
    told = told_assets(brief)
    if told is None:
        return None
    rows = ((each.site_id, each.site, each.label, each.today, each.plan, each.confidence) for each in told)
    columns = ("site_id", "site", "asset", "today", "with_plan", "confidence")
    return _table("assets", brief.language.text("Assets"), columns, rows, brief.language)


def sources(brief: Brief) -> DataTable:
    """Return the files that results rest on, with their licences; nothing of sensitive places."""
    text = brief.language.text
    rows = (
        (plain(own.layer), plain(own.title), plain(own.origin), plain(own.date), plain(own.licence),
         text(_INVENTED[own.invented]), _trust(own.confidence, brief.language))
        for own in brief.prepared.area.sources
        if own.layer in LAYERS and own.layer.casefold() != SENSITIVE
    )  # fmt: skip
    columns = ("layer", "title", "origin", "date", "licence", "invented", "confidence")
    return _table("sources", text("Sources"), columns, rows, brief.language)


def _trust(confidence: str, language: Language) -> str:
    label = CONFIDENCE_LABELS.get(confidence)
    return plain(confidence) if label is None else language.text(label)


def about_table(brief: Brief, rows: tuple[AboutRow, ...]) -> DataTable:
    """Return what a file says of itself, as a table."""
    own = ((row.key, row.label, row.value) for row in rows)
    return _table("about", brief.language.text("Terms of release"), ("key", "about", "value"), own, brief.language)


def _unsaid(brief: Brief) -> DataTable:
    rows = ((sentence,) for sentence in not_known(brief))
    title = brief.language.text("What is not known")
    return _table("not_known", title, ("sentence",), rows, brief.language)


def _unit(each: UnitYear, language: Language) -> tuple[str, str, str, str]:
    return each.plan, level_name(each.unit.level, language), each.unit.unit_id, each.unit.name


def _note(each: UnitYear, language: Language, *, changes: bool) -> str:
    """Return why figures of a unit are not known, or known at least, footprint by footprint."""
    if changes:
        own = {_NAMES[name]: change.why for name, change in (each.changes or {}).items()}
    else:
        own = {"need": each.need_why} | {_NAMES[name]: one.why for name, one in each.footprints.items()}
    return language.clauses(
        [language.labelled(language.text(_LABELS[name]), why) for name, why in own.items() if why]
    )


def _columns(keys: tuple[str, ...], language: Language) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(key, language.text(_LABELS[key]), share=key in _SHARES) for key in keys)


def _table(
    name: str, title: str, keys: tuple[str, ...], rows: Iterator[tuple[Cell, ...]], language: Language
) -> DataTable:
    return DataTable(name, title, _columns(keys, language), tuple(rows))
