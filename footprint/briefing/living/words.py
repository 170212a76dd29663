"""Words of a living map in one language: all that the file says, numbers left to be filled in."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.briefing.brief import Brief
from footprint.briefing.living.marks import called_by_unit, switch_names
from footprint.briefing.living.notices import notices
from footprint.briefing.living.switches import Switch, SwitchKind
from footprint.caveats import silent
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import OUTSIDE, Level
from footprint.language import Language, msgid
from footprint.releases.profiles import hides_plans, tells_weak_points
from footprint.releases.terms import Clearance
from footprint.scenario import AddAssets, CloseSite, OpenSite, RateRoad, RemoveAssets, RetaskAssets
from footprint.views.escaping import Json
from footprint.views.focus import focus_name, within
from footprint.views.words import KIND_LABELS, change_words, missing_words
from layers.characters import printable
from layers.months import ALL_MONTHS, months_in

_FIXED = {
    "changes": msgid("The plan’s changes"),
    "months": msgid("Months"),
    "share": msgid("Share of need by month, %"),
    "today": msgid("As today"),
    "all": msgid("The whole plan"),
    "closer": msgid("Closer"),
    "farther": msgid("Farther"),
    "whole": msgid("Whole map"),
    "map": msgid("Map of need and of what could reach it"),
    "area": msgid("Whole area"),
    "plain_figures": msgid("Shares of need that could be reached"),
    "figures": msgid("Shares of need that could be reached; change against today in points"),
    "legend": msgid("Legend"),
    "river": msgid("River"),
    "lake": msgid("Lake"),
    "road": msgid("Road"),
    "flood": msgid("Flooded this month"),
    "existing": msgid("Existing site"),
    "proposed": msgid("Proposed site"),
    "closing": msgid("Site to close"),
    "moved": msgid("Moved site"),
    "changed": msgid("Site with other assets"),
    "closed": msgid("Closed this month"),
    "before": msgid("outline: today"),
    "worst": msgid("Force’s worst season"),
    "bars": msgid("Bars: Force above, Mission below; hatched and “?”: not known"),
    "off": msgid("Not made in this combination"),
    "print": msgid("Print"),
    "code": msgid("Code"),
    "none": msgid("The plan changes no site."),
    "north": msgid("N"),
    "damaged": msgid("This file is damaged: its figures cannot be read."),
    "invented": msgid("Some data are invented"),
}
_UNITS = {Level.REGION: msgid("{Region}"), Level.DISTRICT: msgid("{District}")}
"""What the units side by side are."""
_SENTENCES = {
    "plain": msgid("{where}, {month}: troops could reach {force} of need; the whole mission {mission}."),
    "missing": msgid(
        "{where}, {month}: troops could reach {force} of need; the whole mission: {mission} (the data "
        "name no {missing})."
    ),
    "changed": msgid("With {plan}: {mission}, {force} against today."),
    "widest": msgid("Measured in need, the gap is widest in {first} and {second}."),
    "some": msgid("{n} of {all} changes"),
    "spoken": msgid("{month}: troops {force}, mission {mission}"),
    "mission": msgid("mission {change}"),
    "mission_same": msgid("mission unchanged"),
    "mission_least": msgid("mission {change} at least"),
    "mission_unknown": msgid("mission: not known"),
    "force": msgid("troops {change}"),
    "force_same": msgid("troops unchanged"),
    "force_least": msgid("troops {change} at least"),
    "force_unknown": msgid("troops: not known"),
    "unknown": msgid("not known"),
    "outside": msgid("{where}, {month}: not known, for it lies mostly outside the outline of this area."),
    "unit_outside": OUTSIDE,
    "unknown_least": msgid("not known; {change} at least"),
}


def words_of(brief: Brief, turned: Sequence[Switch], language: Language, off_share: float) -> dict[str, Json]:
    """
    Return everything that is said in one language.

    Parameters
    ----------
    brief
        What is told, and on what terms.
    turned
        Switches of its plan.
    language
        Whose words.
    off_share
        How far a figure of the file may lie from the program's [share].
    """
    text, year = language.text, range(1, 13)
    known, level = silent(brief.prepared), within(brief.prepared.area, brief.focus)[0]
    names = [printable(each) for each in switch_names(brief, turned, language)]
    cleared = brief.release.clearance is Clearance.CLEARED
    return {
        "code": language.code,
        "decimal": "," if language.code == "fr" else ".",
        "where": printable(focus_name(brief.prepared.area, brief.focus, language.code)),
        "plan": _plan_name(brief, language),
        "missing": printable(language.listing(missing_words(brief.prepared, language))),
        "long": [language.month(month) for month in year],
        "short": [language.month_short(month) for month in year],
        "letters": [language.month_short(month)[0].upper() for month in year],
        "force": text(Indicator.FORCE.short),
        "mission": text(Indicator.MISSION.short),
        "marking": text(brief.release.marking.label),
        "watermark": "" if cleared else text(brief.release.clearance.label),
        "dots": _dots(language, force=Indicator.FORCE not in known, mission=Indicator.MISSION not in known),
        "say": {name: text(sentence) for name, sentence in _SENTENCES.items()},
        "fixed": {name: text(label) for name, label in _FIXED.items()} | {"unit": text(_UNITS[level])},
        "switches": [
            {"title": _title(brief, each, name, language), "details": _details(brief, each, language)}
            for each, name in zip(turned, names, strict=True)
        ],
        "sites": names,
        "notices": [printable(each) for each in notices(brief, language, off_share, cut=bool(turned))],
    }


def _plan_name(brief: Brief, language: Language) -> str:
    hidden = hides_plans(brief.release)
    name = printable(brief.shown.scenario.name).strip()
    return language.text("the plan") if hidden or not name else name


def _dots(language: Language, *, force: bool, mission: bool) -> list[Json]:
    """Return what the dots mean: the mission's, the troops', the others, and how much one is."""
    text = language.text
    troops = text("troops only: the gap") if mission else text("troops could reach")
    return [
        text("the mission could act") if mission else text("the mission: not known"),
        troops if force else text("troops: not known"),
        text("out of reach") if force else text("not known"),
        text("1 dot = 0.01 % of the area’s need"),
    ]


def _title(brief: Brief, switch: Switch, name: str, language: Language) -> str:
    text = language.text
    if called_by_unit(brief, switch):
        return printable(name)
    match switch.kind:
        case SwitchKind.OPEN:
            opened = next(each for each in switch.changes if isinstance(each, OpenSite))
            kind = text(KIND_LABELS[opened.kind])
            said = text(
                "Open {name} ({kind}){when}", name=name, kind=kind, when=_when(opened.months, language)
            )
        case SwitchKind.CLOSE:
            closed = next(each for each in switch.changes if isinstance(each, CloseSite))
            said = text("Close {name}{when}", name=name, when=_when(closed.months, language))
        case SwitchKind.MOVE:
            said = text("Move {name}", name=name)
        case SwitchKind.ASSETS:
            said = text("Other assets at {name}", name=name)
        case SwitchKind.ROADS:
            said = text("The plan’s changes to roads, all at once")
    return printable(said)


def _when(months: int, language: Language) -> str:
    return "" if months == ALL_MONTHS else f", {language.months(months_in(months))}"


def _details(brief: Brief, switch: Switch, language: Language) -> list[Json]:
    """Return what a switch brings and takes, a line for each."""
    area, method, scenario = brief.prepared.area, brief.prepared.method, brief.shown.scenario
    said, whole = [], tells_weak_points(brief.release)
    for change in switch.changes:
        match change:
            case AddAssets() | RemoveAssets() | RetaskAssets() | RateRoad() if not whole:
                pass
            case AddAssets(kind=kind, count=count) | RemoveAssets(kind=kind, count=count):
                sign = "+" if isinstance(change, AddAssets) else "−"
                said.append(f"{sign}{language.number(count)} × {language.text(method.assets[kind].label)}")
            case RetaskAssets(kind=kind, mission_share=share):
                what = language.text(method.assets[kind].label)
                said.append(
                    language.text(
                        "the mission tasks {share} of {what}", share=language.percent(share, 0), what=what
                    )
                )
            case OpenSite(kind=kind, months=months) if called_by_unit(brief, switch):
                said.append(f"{language.text(KIND_LABELS[kind])}{_when(months, language)}")
            case CloseSite(months=months) if called_by_unit(brief, switch) and months != ALL_MONTHS:
                said.append(language.months(months_in(months)))
            case _ if switch.kind is SwitchKind.ROADS:
                said.append(change_words(change, area, method, scenario, language))
            case _:
                pass
    return [printable(each) for each in said]
