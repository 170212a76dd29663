"""Seasons and the months of rain, as an area's `area.toml` states them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.errors import Fault
from layers.months import months_in, months_mask
from layers.sentences import say

FILE = "area.toml"

_YEAR = range(1, 13)
_MONTHS_REMEDY = say('Write months as "12-2" or "6,7".')


@dataclass(frozen=True, slots=True)
class Season:
    """A part of the year with a name; every month belongs to exactly one."""

    season_id: str
    labels: tuple[tuple[str, str], ...]
    """Pairs of language and name, English among them."""
    months: int
    """Months of the season, bit m-1 for m."""

    def label(self, language: str) -> str:
        """
        Return the season's name in a language, in English where the folder gives none in it.

        Examples
        --------
        >>> QUARTERS[0].label("fr"), QUARTERS[0].label("pt")
        ('Janvier–mars', 'January–March')
        """
        names = dict(self.labels)
        return names.get(language, names["en"])


QUARTERS = (
    Season("Q1", (("en", "January–March"), ("fr", "Janvier–mars")), months_mask("1-3")),
    Season("Q2", (("en", "April–June"), ("fr", "Avril–juin")), months_mask("4-6")),
    Season("Q3", (("en", "July–September"), ("fr", "Juillet–septembre")), months_mask("7-9")),
    Season("Q4", (("en", "October–December"), ("fr", "Octobre–décembre")), months_mask("10-12")),
)
"""The quarters of the year: what stands where a folder states no seasons."""


@dataclass(frozen=True, slots=True)
class StatedYear:
    """What `area.toml` says of the year."""

    seasons: tuple[Season, ...] = QUARTERS
    """In the order of the file; every month in exactly one."""
    rains_months: int = 0
    """Months in which roads are wet, bit m-1 for m; 0 where the folder states none."""
    start_month: int = 1
    """Month in which the area's year of seasons begins."""
    unstated: tuple[str, ...] = ("seasons", "rains", "start_month")
    """What the folder does not say, so that the above stands in for it."""


def read_year(content: Mapping[str, Any]) -> StatedYear:
    """Return the calendar of an `area.toml` in which `year_faults` found nothing."""
    stated = content.get("calendar", {})
    seasons = tuple(
        Season(season_id, tuple(table["label"].items()), months_mask(table["months"]))
        for season_id, table in content.get("seasons", {}).items()
    )
    named = {"seasons": "seasons" in content} | {key: key in stated for key in ("rains", "start_month")}
    return StatedYear(
        seasons=seasons or QUARTERS,
        rains_months=months_mask(stated.get("rains", "")),
        start_month=stated.get("start_month", 1),
        unstated=tuple(name for name, is_said in named.items() if not is_said),
    )


def year_faults(content: Mapping[str, Any]) -> list[Fault]:
    """Return everything wrong with the tables `seasons` and `calendar`; a file may lack both."""
    faults = _stated_faults(content.get("calendar", {}))
    if "seasons" not in content:
        return faults
    seasons = content["seasons"]
    if not isinstance(seasons, dict) or not seasons:
        return [
            *faults,
            Fault(FILE, say("there is no season in it"), say("Write [seasons.DRY] and so on."), "seasons"),
        ]
    per_season = [fault for season_id, table in seasons.items() for fault in _season_faults(season_id, table)]
    return faults + (per_season or _shared_out(seasons))


def _stated_faults(stated: object) -> list[Fault]:
    """Return what is wrong with the table `calendar`."""
    if not isinstance(stated, dict):
        remedy = say('Write [calendar] and, below it, rains = "6-9".')
        return [Fault(FILE, say("it is no table"), remedy, "calendar")]
    faults = [
        Fault(
            FILE,
            say("the key is not known"),
            say("Known are {known}.", known="rains, start_month"),
            f"calendar.{key}",
        )
        for key in stated
        if key not in {"rains", "start_month"}
    ]
    if "rains" in stated and not _are_months(stated["rains"]):
        faults.append(Fault(FILE, say("these are no months"), _MONTHS_REMEDY, "calendar.rains"))
    start = stated.get("start_month", 1)
    if not isinstance(start, int) or isinstance(start, bool) or start not in _YEAR:
        remedy = say("Write a number from 1 to 12.")
        faults.append(Fault(FILE, say("it is no month"), remedy, "calendar.start_month"))
    return faults


def _season_faults(season_id: str, table: object) -> list[Fault]:
    """Return what is wrong with one season."""
    column = f"seasons.{season_id}"
    if not isinstance(table, dict):
        return [Fault(FILE, say("it is no table"), say("Give it months and label.en."), column)]
    faults = []
    if not _are_months(table.get("months")) or not months_mask(table["months"]):
        faults.append(Fault(FILE, say("it names no months"), _MONTHS_REMEDY, f"{column}.months"))
    label = table.get("label")
    named = (
        isinstance(label, dict) and "en" in label and all(isinstance(text, str) for text in label.values())
    )
    if not named:
        faults.append(
            Fault(
                FILE,
                say("there is no English name, or a name is no text"),
                say('Write {key} = "{value}".', key="label.en", value="…"),
                f"{column}.label",
            )
        )
    return faults


def _shared_out(seasons: Mapping[str, Any]) -> list[Fault]:
    """Return a fault for months that no season holds and for months that several hold."""
    times = Counter(month for table in seasons.values() for month in months_in(months_mask(table["months"])))
    checks = (
        ([month for month in _YEAR if not times[month]], say("month {months} is in no season")),
        ([month for month in _YEAR if times[month] > 1], say("month {months} is in several seasons")),
    )
    return [
        Fault(
            FILE,
            what.having(months=", ".join(map(str, months))),
            say("Put every month in exactly one season."),
            "seasons",
        )
        for months, what in checks
        if months
    ]


def _are_months(text: object) -> bool:
    """Tell whether `text` is a list of months as `months_mask` reads them."""
    try:
        return isinstance(text, str) and months_mask(text) >= 0
    except ValueError:
        return False
