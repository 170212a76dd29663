"""Choices: what may become of each place, at what cost, as a table that people edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

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
    faults = [fault for own in rows.values() for choice in own for fault in faults_of(choice, sites)]
    for place_id, own in rows.items():
        twice = [key for key, n in Counter(choice.key for choice in own).items() if n > 1]
        faults += [say("{place}: {choice} stands twice", place=place_id, choice=key) for key in twice]
        fixed = [choice for choice in own if choice.allowed is Allowed.FIXED]
        if len(fixed) > 1:
            faults.append(say("{place}: {n} choices are fixed; one can be", place=place_id, n=len(fixed)))
        if len({choice.name for choice in own if choice.act is Act.OPEN}) > 1:
            faults.append(say("{place}: it has two names; give each place one", place=place_id))
    if faults:
        raise OptionError(*faults)


def faults_of(choice: Choice, sites: Mapping[str, str]) -> list[Sentence]:
    """
    Return what is wrong with one row, whatever stands in the others.

    Parameters
    ----------
    choice
        The row.
    sites
        Name of each site of the baseline.
    """
    place, faults = choice.place, []
    if not place.strip() or not (place + choice.name).isprintable():
        faults.append(say("a place needs an identifier and a name, plain text in one line"))
    if choice.act in _ONLY_OF_SITES and place not in sites:
        faults.append(
            say("{place}: there is no such site, so it cannot be that of {act}", place=place, act=choice.act)
        )
    if choice.act is Act.OPEN and place in sites:
        faults.append(say("{place}: a site stands there already; strengthen it instead", place=place))
    if choice.act in {Act.OPEN, Act.MOVE} and (choice.lon is None or choice.lat is None):
        faults.append(say("{place}: it needs longitude and latitude", place=place))
    if choice.act in _WITH_ASSETS and not choice.assets:
        faults.append(
            say("{place}: {act} needs assets, such as: infantry_company 1", place=place, act=choice.act)
        )
    signs = _SIGNS.get(choice.act, ())
    if any(count == 0 or (1 if count > 0 else -1) not in signs for _, count in choice.assets):
        faults.append(say("{place}: {act} cannot have these numbers of assets", place=place, act=choice.act))
    if choice.act not in {Act.OPEN, Act.SEASONAL, Act.KEEP} and choice.months != ALL_MONTHS:
        faults.append(
            say(
                "{place}: {act} is for the whole year; write seasonal, with the months it stays open",
                place=place,
                act=choice.act,
            )
        )
    if choice.act not in {Act.OPEN, Act.MOVE} and not (choice.lon is None and choice.lat is None):
        faults.append(say("{place}: {act} takes no longitude and latitude", place=place, act=choice.act))
    if choice.act is Act.SEASONAL and not 0 < choice.months < ALL_MONTHS:
        faults.append(say("{place}: seasonal needs some months, and not all", place=place))
    return faults
