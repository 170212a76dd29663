"""Choices: what may become of each place, at what cost, as a table that people edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce

from footprint.errors import FootprintError
from footprint.scenario import (
    AddAssets,
    Change,
    CloseSite,
    MoveSite,
    OpenSite,
    RemoveAssets,
    Scenario,
)
from layers.months import ALL_MONTHS
from layers.sentences import Sentence, say
from layers.sites import SiteKind


class OptionError(FootprintError):
    """A table of choices, or a limit on them, makes no sense for this area."""


class Act(StrEnum):
    """What may become of a place."""

    KEEP = "keep"
    """A site stays as it is."""
    CLOSE = "close"
    OPEN = "open"
    """A new site, in all months or some."""
    STRENGTHEN = "strengthen"
    THIN = "thin"
    RESHAPE = "reshape"
    """Some assets more, others fewer."""
    MOVE = "move"
    """With all its assets, elsewhere."""
    SEASONAL = "seasonal"
    """Open in some months only from now on."""


class Allowed(StrEnum):
    """Whether a choice is free."""

    FREE = "free"
    FIXED = "fixed"
    """It must be taken."""
    FORBIDDEN = "forbidden"
    """It must not be taken, and stands in the table to be asked about."""


class CostSource(StrEnum):
    """How far a cost can be trusted."""

    INVENTED = "invented"
    """Made up so that there is something to reckon with."""
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class RowOrigin:
    """Where a choice was read, so that what is wrong with it can be mended there."""

    file: str = ""
    """Name of its file; "" where it has none, as on a page."""
    row: int | None = None
    """As a spreadsheet numbers rows, the head being the first; None for a plan's file."""

    @property
    def said(self) -> str:
        """Return file and row, as far as there are any; a sentence, where it has words."""
        if self.row is None:
            return self.file
        if not self.file:
            return say("row {row}", row=str(self.row))
        return say("{file}, row {row}", file=self.file, row=str(self.row))


Assets = tuple[tuple[str, int], ...]
"""Kinds and counts, ascending by kind; fewer is a negative count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that may become of one place: a row of the table."""

    place: str
    """Identifier of a site, or of a place where none stands."""
    name: str
    """What the place is called."""
    act: Act
    assets: Assets = ()
    """What a new site gets, or what a site gets more and fewer."""
    lon: float | None = None
    """Longitude of a new site, or of where a site moves to [degrees east]."""
    lat: float | None = None
    months: int = ALL_MONTHS
    """Months in which it is open, bit m-1 for m; where a site is kept, as the site itself."""
    one_off_usd: float | None = None
    """Cost of bringing it about [US dollars]; None where nobody has stated it, which is not nought."""
    recurrent_usd: float | None = None
    """Cost of a year of the site once it is so [US dollars]."""
    confidence: CostSource | None = None
    """None where nobody has said."""
    posts: int | None = None
    """Posts of the site once it is so."""
    allowed: Allowed = Allowed.FREE
    office: str = ""
    """Who asks for it."""
    source: str = ""
    """Where row and costs come from."""
    origin: RowOrigin | None = field(default=None, compare=False, repr=False)
    """Where it was read; None for one that was suggested."""

    @property
    def key(self) -> str:
        """Identify what would be done, whatever it costs: equal keys at one place do the same."""
        assets = "+".join(f"{kind}:{count}" for kind, count in self.assets)
        at = "" if self.lon is None or self.lat is None else f"{self.lon:.6f},{self.lat:.6f}"
        months = "" if self.months == ALL_MONTHS else str(self.months)
        return "|".join(filter(None, (self.place, self.act, assets, at, months)))

    @property
    def is_seasonal(self) -> bool:
        """Whether it puts something new somewhere for some months only."""
        return self.act is Act.OPEN and self.months != ALL_MONTHS

    def changes(self) -> tuple[Change, ...]:
        """Return what it changes on the baseline, at its own place alone."""
        more = tuple(AddAssets(self.place, kind, count) for kind, count in self.assets if count > 0)
        fewer = tuple(RemoveAssets(self.place, kind, -count) for kind, count in self.assets if count < 0)
        match self.act:
            case Act.KEEP:
                return ()
            case Act.CLOSE:
                return (CloseSite(self.place),)
            case Act.OPEN:
                return (self._opened(), *more)
            case Act.MOVE:
                return (MoveSite(self.place, *self._point()),)
            case Act.SEASONAL:
                return (CloseSite(self.place, ALL_MONTHS & ~self.months),)
            case _:
                return (*fewer, *more)

    def _point(self) -> tuple[float, float]:
        if self.lon is None or self.lat is None:
            raise OptionError(say("{place}: it needs longitude and latitude", place=self.place))
        return self.lon, self.lat

    def _opened(self) -> OpenSite:
        lon, lat = self._point()
        kind = SiteKind.TOB if self.months == ALL_MONTHS else SiteKind.SEASONAL_TOB
        return OpenSite(self.place, self.name, lon, lat, kind, self.months)


@dataclass(frozen=True, slots=True)
class ChoicePlace:
    """A place, and everything that may become of it; the first is how it stands today."""

    place_id: str
    name: str
    choices: tuple[Choice | None, ...]
    """None, the first of a place where no site stands, is nothing at all."""

    @property
    def stands(self) -> bool:
        """Whether a site stands there today."""
        return self.choices[0] is not None


@dataclass(frozen=True, slots=True)
class ChoiceSet:
    """The table: every choice of every place, on the roads of a plan."""

    choices: tuple[Choice, ...] = field(repr=False)
    roads: tuple[Change, ...] = ()
    """Changes of roads that hold whatever is chosen."""

    def places(self, sites: Mapping[str, str]) -> tuple[ChoicePlace, ...]:
        """
        Return the places, by identifier, each with its choices in the order of the table.

        Parameters
        ----------
        sites
            Name of each site of the baseline. A site of which the table says nothing is kept as it is.

        Raises
        ------
        OptionError
            Naming every choice that cannot be one, and why.
        """
        rows: dict[str, list[Choice]] = {site_id: [] for site_id in sites}
        for choice in self.choices:
            rows.setdefault(choice.place, []).append(choice)
        _must_make_sense(rows, sites)
        found = []
        for place_id, own in sorted(rows.items()):
            today: Choice | None = None
            if place_id in sites:
                kept = Choice(place=place_id, name=sites[place_id], act=Act.KEEP)
                today = next((each for each in own if each.act is Act.KEEP), kept)
            rest = (each for each in own if each.act is not Act.KEEP)
            found.append(
                ChoicePlace(place_id, sites.get(place_id, own[0].name if own else place_id), (today, *rest))
            )
        return tuple(found)

    def with_choices(self, *more: Choice) -> ChoiceSet:
        """Return the table with further rows; one that does the same as a row takes its place."""
        rows = {choice.key: choice for choice in self.choices}
        rows |= {choice.key: choice for choice in more}
        return replace(self, choices=tuple(rows.values()))

    def scenario(self, chosen: tuple[Choice, ...], name: str) -> Scenario:
        """Return a plan: the roads, what is taken away, then what is brought, by place."""
        taken = [choice for choice in sorted(chosen, key=lambda each: each.key) if choice.act is not Act.OPEN]
        new = [choice for choice in sorted(chosen, key=lambda each: each.key) if choice.act is Act.OPEN]
        changes = [change for choice in (*taken, *new) for change in choice.changes()]
        return Scenario(name, (*self.roads, *changes))


_ONLY_OF_SITES = frozenset(Act) - {Act.OPEN}
_WITH_ASSETS = frozenset({Act.OPEN, Act.STRENGTHEN, Act.THIN, Act.RESHAPE})
_SIGNS = {Act.OPEN: (1,), Act.STRENGTHEN: (1,), Act.THIN: (-1,), Act.RESHAPE: (1, -1)}


def _must_make_sense(rows: Mapping[str, list[Choice]], sites: Mapping[str, str]) -> None:
    faults = [
        at_its_row(choice, column, fault)
        for own in rows.values()
        for choice in own
        for column, fault in faults_of(choice, sites)
    ]
    for place_id, own in rows.items():
        alike = Counter(choice.key for choice in own)
        for key in (key for key, n in alike.items() if n > 1):
            twice = listed_rows([choice for choice in own if choice.key == key])
            told = say(
                "{place}: {choice} stands twice; keep one of: {rows}", place=place_id, choice=key, rows=twice
            )
            faults.append(told)
        fixed = [choice for choice in own if choice.allowed is Allowed.FIXED]
        if len(fixed) > 1:
            told = say(
                "{place}: {n} choices are fixed; one can be: set all but one of these free: {rows}",
                place=place_id,
                n=len(fixed),
                rows=listed_rows(fixed),
            )
            faults.append(told)
        opened = [choice for choice in own if choice.act is Act.OPEN]
        if len({choice.name for choice in opened}) > 1:
            told = say(
                "{place}: it has two names; give each place one: {rows}",
                place=place_id,
                rows=listed_rows(opened),
            )
            faults.append(told)
    if faults:
        raise OptionError(*faults)


def at_its_row(choice: Choice, column: str, fault: Sentence) -> Sentence:
    """Return what is wrong with a choice, after the file, row and column in which it stands."""
    if choice.origin is None:
        return fault
    if choice.origin.row is None:
        return say("{where}: {fault}", where=choice.origin.said, fault=fault)
    return say("{where}, column {column}: {fault}", where=choice.origin.said, column=column, fault=fault)


def listed_rows(choices: Iterable[Choice]) -> Sentence:
    """Return one choice or more in a list, each by what it does, whether it is free, and where it stands."""
    return reduce(
        lambda first, second: say("{first}; {second}", first=first, second=second), map(_named, choices)
    )


def _named(choice: Choice) -> Sentence:
    values = {"act": str(choice.act), "place": choice.name, "allowed": str(choice.allowed)}
    if choice.origin is None:
        return say("{act} {place} ({allowed})").having(**values)
    return say("{act} {place} ({allowed}; {where})").having(**values, where=choice.origin.said)


def faults_of(choice: Choice, sites: Mapping[str, str]) -> list[tuple[str, Sentence]]:
    """
    Return what is wrong with one row, whatever stands in the others, each with the column to mend.

    Parameters
    ----------
    choice
        The row.
    sites
        Name of each site of the baseline.
    """
    found = (*_wrong_at(choice, sites), *_wrong_in(choice))
    return [(column, fault.having(place=choice.place, act=choice.act)) for column, fault in found]


def _wrong_at(choice: Choice, sites: Mapping[str, str]) -> Iterator[tuple[str, Sentence]]:
    """Yield what is wrong with the place of a choice."""
    place, act = choice.place, choice.act
    if not place.strip() or not (place + choice.name).isprintable():
        yield "place", say("a place needs an identifier and a name, plain text in one line")
    if act in _ONLY_OF_SITES and place not in sites:
        yield "place", say("{place}: there is no such site, so it cannot be that of {act}")
    if act is Act.OPEN and place in sites:
        yield "act", say("{place}: a site stands there already; strengthen it instead")
    if act in {Act.OPEN, Act.MOVE} and None in (choice.lon, choice.lat):
        yield "lon", say("{place}: it needs longitude and latitude")


def _wrong_in(choice: Choice) -> Iterator[tuple[str, Sentence]]:
    """Yield what is wrong with what a choice does, and when."""
    act = choice.act
    if act in _WITH_ASSETS and not choice.assets:
        yield "assets", say("{place}: {act} needs assets, such as: infantry_company 1")
    signs = _SIGNS.get(act, ())
    if any(count == 0 or (1 if count > 0 else -1) not in signs for _, count in choice.assets):
        yield "assets", say("{place}: {act} cannot have these numbers of assets")
    if act not in {Act.OPEN, Act.SEASONAL, Act.KEEP} and choice.months != ALL_MONTHS:
        yield (
            "months",
            say("{place}: {act} is for the whole year; write seasonal, with the months it stays open"),
        )
    if act is Act.SEASONAL and not 0 < choice.months < ALL_MONTHS:
        yield "months", say("{place}: seasonal needs some months, and not all")
    if act not in {Act.OPEN, Act.MOVE} and (choice.lon, choice.lat) != (None, None):
        yield "lon", say("{place}: {act} takes no longitude and latitude")
