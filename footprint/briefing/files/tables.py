"""Tables: what spreadsheets and other programs get of a brief, row by row, with a reason for every gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from footprint.briefing.brief import Brief
from footprint.briefing.files.about import AboutRow, not_known
from footprint.briefing.files.plain import plain
from footprint.briefing.files.sites import told_assets, told_sites
from footprint.briefing.files.units import UnitYear, level_name, unit_years
from footprint.caveats import LAYERS
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS_OF_YEAR
from footprint.language import Language, msgid
from footprint.releases.profiles import tells_cells
from footprint.views.finding import FOOTPRINTS
from footprint.views.intake import ledger_words
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
_TITLES = {
    "figures": msgid("Figures by month"),
    "seasons": msgid("Seasons"),
    "changes": msgid("Changes against today"),
    "sites": msgid("Sites"),
    "assets": msgid("Assets"),
    "sources": msgid("Sources"),
    "about": msgid("Terms of release"),
    "not_known": msgid("What is not known"),
}
_SHARES = {"need", "force", "mission", "force_change", "mission_change", "mean", "worst"}
_INVENTED = {"no": msgid("no"), "partly": msgid("partly"), "yes": msgid("yes")}


def table_titles(brief: Brief) -> dict[str, str]:
    """Return the title of each table of a brief, by its name; none of what the release is too coarse for."""
    left_out = set() if brief.plans else {"changes"}
    if not tells_cells(brief.release.precision):
        left_out.add("assets")
    return {name: brief.language.text(title) for name, title in _TITLES.items() if name not in left_out}


def table(brief: Brief, name: str, rows: tuple[AboutRow, ...]) -> DataTable:
    """
    Return a table of a brief.

    Parameters
    ----------
    brief
        What is told.
    name
        One of `table_titles`.
    rows
        What its file says of itself, from `about`.
    """
    return about_table(brief, rows) if name == "about" else _MAKERS[name](brief)


def tables(brief: Brief, rows: tuple[AboutRow, ...]) -> tuple[DataTable, ...]:
    """Return every table of a brief in turn; `rows` is what its file says of itself."""
    return tuple(table(brief, name, rows) for name in table_titles(brief))


def figures(brief: Brief) -> DataTable:
    """Return the two footprints of each unit, month by month."""
    language = brief.language
    rows = (
        (*_unit(each, language), month, each.need[month - 1],
         *(each.footprints[own].by_month[month - 1] for own in FOOTPRINTS),
         _note(each, language, changes=False))
        for each in unit_years(brief)
        for month in MONTHS_OF_YEAR
    )  # fmt: skip
    columns = ("plan", "level", "unit_id", "unit", "month", "need", "force", "mission", "note")
    return _table(brief, "figures", columns, rows)


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
    return DataTable("seasons", language.text(_TITLES["seasons"]), (*first, *own, *last), tuple(rows))


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
    return _table(brief, "changes", columns, rows())


def sites(brief: Brief) -> DataTable:
    """Return the sites, where and as they may be told."""
    rows = (
        (each.site_id, each.name, each.kind_label, each.state_label, each.months, each.lon, each.lat,
         each.confidence)
        for each in told_sites(brief)
    )  # fmt: skip
    columns = ("site_id", "name", "kind", "state", "months", "lon", "lat", "confidence")
    return _table(brief, "sites", columns, rows)


def _assets(brief: Brief) -> DataTable:
    rows = (
        (each.site_id or "", each.site, each.label, each.today, each.plan, each.confidence)
        for each in told_assets(brief) or ()
    )
    columns = ("site_id", "site", "asset", "today", "with_plan", "confidence")
    return _table(brief, "assets", columns, rows)


def sources(brief: Brief) -> DataTable:
    """
    Return the files that results rest on, with their licences; nothing of sensitive places.

    A layer that nobody has brought is no source: its name stands in the ledger to be filled in.
    """
    text, area = brief.language.text, brief.prepared.area
    rows = (
        (plain(own.layer), *(plain(ledger_words(words, brief.language))
                            for words in (own.title, own.origin, own.date, own.licence)),
         text(_INVENTED[own.invented]), _trust(own.confidence, brief.language))
        for own in area.sources
        if own.layer in LAYERS and own.layer.casefold() != SENSITIVE and own.layer not in area.absent
    )  # fmt: skip
    columns = ("layer", "title", "origin", "date", "licence", "invented", "confidence")
    return _table(brief, "sources", columns, rows)


def _trust(confidence: str, language: Language) -> str:
    label = CONFIDENCE_LABELS.get(confidence)
    return plain(confidence) if label is None else language.text(label)


def about_table(brief: Brief, rows: tuple[AboutRow, ...]) -> DataTable:
    """Return what a file says of itself, as a table."""
    own = ((row.key, row.label, row.value) for row in rows)
    return _table(brief, "about", ("key", "about", "value"), own)


def _unsaid(brief: Brief) -> DataTable:
    rows = ((sentence,) for sentence in not_known(brief))
    return _table(brief, "not_known", ("sentence",), rows)


def _unit(each: UnitYear, language: Language) -> tuple[str, str, str, str]:
    return each.plan, level_name(each.unit.level, language), each.unit.shown_id, each.unit.name


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


def _table(brief: Brief, name: str, keys: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> DataTable:
    language = brief.language
    return DataTable(name, language.text(_TITLES[name]), _columns(keys, language), tuple(rows))


_MAKERS: dict[str, Callable[[Brief], DataTable]] = {
    "figures": figures,
    "seasons": years,
    "changes": changes,
    "sites": sites,
    "assets": _assets,
    "sources": sources,
    "not_known": _unsaid,
}
