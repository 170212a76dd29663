"""Guess: what a column is taken for, by its cells first and its name second, and why."""

from __future__ import annotations

from dataclasses import dataclass

from layers.foreign.amounts import Parting, parting
from layers.foreign.cells import DateForm, NumberForm
from layers.foreign.positions import zone_named
from layers.foreign.profile import CLASS_LONG, DAYS, ColumnProfile
from layers.foreign.refused import HOLDS_PERSONAL, HOLDS_PERSONS, holder_of_office, refused_name
from layers.foreign.seen import ColumnContent, ColumnSeen
from layers.formats.forbidden import plain
from layers.sentences import Sentence, say

_MOST = 0.8
"""Share of the filled cells that must fit before a column is taken for something."""
_HALF = 0.5
"""Share that is enough where the name says the same: the rest are reported, row by row."""
_PERSONAL = 0.2
_TITLED = 1 / 3
"""Share of cells with a title and a name from which a column is one of persons."""
_ANSWERS = frozenset({"yes", "no", "oui", "non", "y", "n", "o", "x", "true", "false", "vrai", "faux"})
_SURELY = 0.95

_LATITUDE = frozenset({"lat", "latitude", "lati", "latitud", "latdd"})
_LONGITUDE = frozenset({"lon", "long", "longitude", "lng", "longi", "longitud", "londd"})
_WITH_XY = frozenset({"point", "coord", "coords", "coordinate", "coordonnee", "gps", "wgs", "84", "dd", "deg", "degrees", "centroid", "pos", "utm", "m"})  # fmt: skip  # noqa: E501
_EASTING = frozenset({"easting", "eastings", "est"})
_NORTHING = frozenset({"northing", "northings", "nord"})
_POSITION = frozenset({"coordinates", "coordinate", "coords", "coord", "coordonnees", "coordonnee", "position", "gps", "latlon", "latlong", "mgrs", "utm", "grid", "geolocalisation", "geolocation", "localisation"})  # fmt: skip  # noqa: E501
_DATE = frozenset({"date", "dates", "day", "jour", "datetime", "when", "start", "debut", "time"})
_SINCE = frozenset({"depuis", "since", "ouverture", "fermeture", "opening", "closing", "opened"})
_ZONE = frozenset({"zone", "utm", "fuseau"})
_LONGITUDES = 180.0
_YEAR = frozenset({"year", "annee", "an", "yr", "years"})
_SHORTEST = 3
"""Rows from which whole numbers between two years may be years without their name saying so."""
_RECENT = (1980, 2040)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    content: ColumnContent
    reason: Sentence
    share: float | None = None
    decided: bool = True
    day_first: bool | None = None
    longitude_first: bool | None = None
    thousands: bool | None = None
    points: bool | None = None
    marks: tuple[Parting, Parting] = (Parting.NOTHING, Parting.NOTHING)
    """What commas and what points do."""


@dataclass(frozen=True, slots=True)
class _Name:
    """The words of a column's name, and its tag."""

    order: tuple[str, ...]
    tag: str

    def has(self, words: frozenset[str]) -> bool:
        """Tell whether one of these words stands in it."""
        return not words.isdisjoint(self.order)

    def is_axis(self, letter: str) -> bool:
        """Tell whether it is x or y, with words about coordinates at most."""
        return letter in self.order and set(self.order) <= _WITH_XY | {letter}

    @property
    def is_latitude(self) -> bool:
        """Whether it says latitude."""
        return self.has(_LATITUDE) or "+lat" in self.tag or self.is_axis("y")

    @property
    def is_longitude(self) -> bool:
        """Whether it says longitude."""
        return self.has(_LONGITUDE) or "+lon" in self.tag or self.is_axis("x")


def guess(name: str, tag: str, profile: ColumnProfile) -> ColumnSeen:
    """
    Return what a column is taken for.

    Parameters
    ----------
    name, tag
        As the file has them; the tag of HXL is "" where there is none.
    profile
        Its cells, settled.

    Returns
    -------
    ColumnSeen
        A column about persons is refused, by its name or what it holds, and has no examples.
    """
    made = _refused(name, profile) or _content(name, tag, profile)
    hidden = made.content is ColumnContent.REFUSED
    return ColumnSeen(
        name=name,
        content=made.content,
        decided=made.decided,
        reason=made.reason,
        share=None if made.share is None else round(made.share, 4),
        filled=profile.filled,
        empty=profile.empty,
        examples=() if hidden else tuple(profile.examples),
        tag=tag,
        day_first=made.day_first,
        longitude_first=made.longitude_first,
        commas_part_thousands=made.thousands,
        points_part_thousands=made.points,
        commas=made.marks[0],
        points=made.marks[1],
        marked=profile.marked,
    )


def _refused(name: str, profile: ColumnProfile) -> _Guess | None:
    why = refused_name(name)
    if why is None and profile.filled and profile.share("personal") >= _PERSONAL:
        why = HOLDS_PERSONAL
    if why is None and profile.filled and profile.share("titled") >= _TITLED:
        why = HOLDS_PERSONS
    if why is None and holder_of_office(name) and _may_be_persons(profile):
        why = HOLDS_PERSONS
    return None if why is None else _Guess(content=ColumnContent.REFUSED, reason=why)


def _may_be_persons(profile: ColumnProfile) -> bool:
    """Tell whether cells are neither counts nor answers nor days, as those of an office's holders are not."""
    days = sum(profile.share(form) for form in DAYS)
    # Longer cells are no answers, and do not stand among the classes.
    answers = profile.longest <= CLASS_LONG and {each.lower() for each in profile.classes} <= _ANSWERS
    return profile.filled > 0 and not answers and max(profile.share("number"), days) < _MOST


def _content(name: str, tag: str, profile: ColumnProfile) -> _Guess:
    if not profile.filled:
        lost = say("no cell has a value, but some hold an error or a formula without one")
        why = lost if profile.marked else say("no cell is filled")
        return _Guess(content=ColumnContent.EMPTY, reason=why)
    words = _Name(tuple(plain(zone_named(name)[1]).split()), tag.lower())
    for attempt in (_place, _date, _number):
        made = attempt(words, profile)
        if made is not None:
            return made
    if profile.distinct == profile.filled > 1 and profile.longest <= 40 and not profile.counts["number"]:  # noqa: PLR2004
        return _Guess(content=ColumnContent.IDENTIFIER, reason=say("each cell is another text"))
    return _Guess(content=ColumnContent.TEXT, reason=say("most cells are words"))


_GRIDS = (
    ("utm", ColumnContent.UTM, say("zone, easting and northing")),
    ("mgrs", ColumnContent.MGRS, say("squares of a military grid")),
)


def _place(name: _Name, profile: ColumnProfile) -> _Guess | None:
    if profile.share("outline") >= _MOST and profile.share("pair") < _MOST:
        return _Guess(
            content=ColumnContent.OUTLINE,
            reason=say("shapes written as text"),
            share=profile.share("outline"),
        )
    if profile.share("zone") >= _MOST and name.has(_ZONE):
        return _Guess(content=ColumnContent.ZONE, reason=say("zones of UTM"), share=profile.share("zone"))
    made = _position(name, profile)
    if made is not None:
        return made
    says_which = name.is_latitude or name.is_longitude
    # "S1", "N2" and "12E" number sites, roads and wards; nobody writes all places in whole degrees unsaid.
    codes = 0.0 if says_which else profile.share("code")
    if profile.share("degrees") - codes >= _HALF and profile.share("degrees") >= _MOST:
        return _degrees(name, profile)
    return _mixed(name, profile) if name.is_latitude != name.is_longitude else None


def _position(name: _Name, profile: ColumnProfile) -> _Guess | None:
    """Return whole places in a cell, in one form or each in its own."""
    for label, content, reason in _GRIDS:
        if profile.share(label) >= _MOST:
            return _Guess(content=content, reason=reason, share=profile.share(label))
    enough = _HALF if name.has(_POSITION) else _MOST
    share = profile.share("position")
    if profile.share("pair") >= _MOST or (share >= enough and profile.counts["pair"]):
        return _pair(name, profile)
    if share < enough:
        return None
    reason = say("places, each in its own form")
    return _Guess(content=ColumnContent.POSITION, reason=reason, share=share)


def _mixed(name: _Name, profile: ColumnProfile) -> _Guess | None:
    """Return the axis that a name says, where some cells are decimals and others have minutes."""
    axis = ColumnContent.LATITUDE if name.is_latitude else ColumnContent.LONGITUDE
    other = ColumnContent.LONGITUDE if name.is_latitude else ColumnContent.LATITUDE
    share = profile.share("degrees") + profile.share(axis)
    mixed = profile.counts["degrees"] and profile.counts[axis] and not profile.counts[f"degrees {other}"]
    if not mixed or share < _HALF:
        return None
    reason = say("its name; decimals and degrees with minutes, each cell in its own form")
    return _Guess(content=axis, reason=reason, share=share, thousands=False)


def _pair(name: _Name, profile: ColumnProfile) -> _Guess:
    share = max(profile.share("pair"), profile.share("position"))
    first, second = profile.counts["latitude first"], profile.counts["longitude first"]
    if first and not second:
        reason = say("two degrees in a cell, latitude first: letters or values beyond 90 say so")
        return _Guess(content=ColumnContent.POSITION, reason=reason, share=share, longitude_first=False)
    if second and not first:
        reason = say("two degrees in a cell, longitude first: letters or values beyond 90 say so")
        return _Guess(content=ColumnContent.POSITION, reason=reason, share=share, longitude_first=True)
    if name.has(_LATITUDE) and name.has(_LONGITUDE):
        reason = say("two degrees in a cell, in the order its name says")
        longitude_first = next(word for word in name.order if word in _LATITUDE | _LONGITUDE) in _LONGITUDE
        return _Guess(
            content=ColumnContent.POSITION, reason=reason, share=share, longitude_first=longitude_first
        )
    reason = say("two degrees in a cell; read as latitude first, which nothing in the file confirms")
    return _Guess(content=ColumnContent.POSITION, reason=reason, share=share, decided=False)


def _degrees(name: _Name, profile: ColumnProfile) -> _Guess:
    share = profile.share("degrees")
    north, east = profile.counts["degrees latitude"], profile.counts["degrees longitude"]
    if north and not east:
        reason = say("degrees and minutes with N or S")
        return _Guess(content=ColumnContent.LATITUDE, reason=reason, share=share)
    if east and not north:
        reason = say("degrees and minutes with E, W or O")
        return _Guess(content=ColumnContent.LONGITUDE, reason=reason, share=share)
    if name.is_latitude:
        return _Guess(
            content=ColumnContent.LATITUDE, reason=say("degrees and minutes, and its name"), share=share
        )
    if name.is_longitude:
        return _Guess(
            content=ColumnContent.LONGITUDE, reason=say("degrees and minutes, and its name"), share=share
        )
    reason = say("degrees and minutes, and nothing says which way")
    return _Guess(content=ColumnContent.DEGREES, reason=reason, share=share, decided=False)


def _date(name: _Name, profile: ColumnProfile) -> _Guess | None:
    named = name.has(_DATE | _SINCE) or name.tag.startswith("#date")
    share = sum(profile.share(form) for form in DAYS)
    surely = named and "source" not in name.order
    # A month without a day may be a number of a paper, such as 5/2019, and a year may count anything.
    share += profile.share("month") if named or share > 0 else 0.0
    share += profile.share("year") if surely and share > 0 else 0.0
    if share >= (_HALF if surely else _MOST) or (
        named and share + profile.share(DateForm.SERIAL) >= _MOST and share > 0
    ):
        return _slashed(profile, share + (profile.share(DateForm.SERIAL) if named else 0.0))
    if named and profile.share(DateForm.SERIAL) >= _MOST and profile.share("number") >= _MOST:
        reason = say("days as a spreadsheet numbers them, and its name")
        return _Guess(content=ColumnContent.DATE, reason=reason, share=profile.share(DateForm.SERIAL))
    return None


def _slashed(profile: ColumnProfile, share: float) -> _Guess:
    day_first, month_first = profile.counts["day first"], profile.counts["month first"]
    if not profile.counts[DateForm.SLASHED]:
        reason = say("months, without a day")
        if profile.counts[DateForm.ISO]:
            reason = say("days with the year first")
        elif profile.counts[DateForm.NAMED]:
            reason = say("days with the month's name")
        return _Guess(content=ColumnContent.DATE, reason=reason, share=share)
    if day_first and month_first:
        reason = say(
            "days in both orders; only day first: {n}, only month first: {m}", n=day_first, m=month_first
        )
        return _Guess(content=ColumnContent.DATE, reason=reason, share=share, decided=False)
    if day_first:
        reason = say("day before month; cells with more than 12 in first place: {n}", n=day_first)
        return _Guess(content=ColumnContent.DATE, reason=reason, share=share, day_first=True)
    if month_first:
        reason = say("month before day; cells with more than 12 in second place: {n}", n=month_first)
        return _Guess(content=ColumnContent.DATE, reason=reason, share=share, day_first=False)
    reason = say("days, but no number above 12 says whether the day or the month stands first")
    return _Guess(content=ColumnContent.DATE, reason=reason, share=share, decided=False)


def _number(name: _Name, profile: ColumnProfile) -> _Guess | None:
    share = profile.share("number")
    if share < (_HALF if name.is_latitude or name.is_longitude else _MOST):
        return None
    return (
        _by_name(name, profile)
        or _grid(name, profile)
        or _year(name, profile)
        or (_serial(profile) or _amount(profile, share) if share >= _MOST else None)
    )


def _by_name(name: _Name, profile: ColumnProfile) -> _Guess | None:
    """Return latitude or longitude where name and range agree, or the other where only the range fits."""
    latitude, longitude = name.is_latitude, name.is_longitude
    if latitude == longitude:
        return None
    fits, wide = profile.share("latitude"), profile.share("longitude")
    comma = profile.counts[NumberForm.COMMA] > profile.counts[NumberForm.POINT]
    thousands = False if comma else None
    if latitude and fits >= _HALF:
        reason = (
            say("its name, and values within 90, with a decimal comma")
            if comma
            else say("its name, and values within 90")
        )
        return _Guess(content=ColumnContent.LATITUDE, reason=reason, share=fits, thousands=thousands)
    if latitude and wide - fits >= _HALF:
        reason = say("its name says latitude, but values lie beyond 90: the two are swapped")
        return _Guess(content=ColumnContent.LONGITUDE, reason=reason, share=wide, thousands=thousands)
    if longitude and wide >= _HALF:
        reason = (
            say("its name, and values within 180, with a decimal comma")
            if comma
            else say("its name, and values within 180")
        )
        return _Guess(content=ColumnContent.LONGITUDE, reason=reason, share=wide, thousands=thousands)
    return None


def _grid(name: _Name, profile: ColumnProfile) -> _Guess | None:
    if (name.has(_EASTING) or name.is_axis("x")) and profile.share("easting") >= _MOST:
        return _Guess(
            content=ColumnContent.EASTING, reason=say("its name, and metres"), share=profile.share("easting")
        )
    metres = profile.share("northing") >= _MOST and (profile.most or 0) > _LONGITUDES
    if metres and (name.has(_NORTHING) or name.is_axis("y")):
        return _Guess(
            content=ColumnContent.NORTHING,
            reason=say("its name, and metres"),
            share=profile.share("northing"),
        )
    return None


def _year(name: _Name, profile: ColumnProfile) -> _Guess | None:
    share = profile.share("year")
    if share < _SURELY:
        return None
    if name.has(_YEAR) or "+year" in name.tag:
        return _Guess(
            content=ColumnContent.YEAR, reason=say("its name, and whole numbers that are years"), share=share
        )
    recent = profile.least is not None and profile.most is not None
    recent = recent and _RECENT[0] <= (profile.least or 0) and (profile.most or 0) <= _RECENT[1]
    if recent and profile.filled >= _SHORTEST:
        reason = say("whole numbers that could be years; its name does not say so")
        return _Guess(content=ColumnContent.YEAR, reason=reason, share=share, decided=False)
    return None


def _serial(profile: ColumnProfile) -> _Guess | None:
    if profile.share(DateForm.SERIAL) < 1 or profile.filled < _SHORTEST or profile.distinct < _SHORTEST:
        return None
    spread = (profile.most or 0.0) - (profile.least or 0.0)
    if (profile.least or 0.0) < 36_526 or spread > 10_000:  # noqa: PLR2004  from 2000 on, within 27 years
        return None
    reason = say("numbers that could be days as a spreadsheet numbers them; its name does not say so")
    return _Guess(content=ColumnContent.NUMBER, reason=reason, share=1.0, decided=False)


def _amount(profile: ColumnProfile, share: float) -> _Guess:
    """Return a number, and what its commas and points do: the column decides, or nobody."""
    commas, points, reason = parting(profile.counts)
    return _Guess(
        content=ColumnContent.NUMBER,
        reason=reason,
        share=share,
        decided=Parting.UNKNOWN not in {commas, points},
        thousands=commas.as_choice,
        points=points.as_choice,
        marks=(commas, points),
    )
