"""One place in words: who could reach it and how, what is weakest and why, what would close it."""

from __future__ import annotations

from math import isfinite, isnan

from footprint.language import Language, msgid
from footprint.method import Method
from footprint.place.closing import MOST_ADDED, Addition, Closing, Open
from footprint.place.donors import DonorCost
from footprint.place.explain import Link, Place
from footprint.place.finding import Named
from footprint.place.hindrance import Hindrance, Why
from footprint.place.means import Means, Passage
from footprint.place.spot import HERE
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.travel.profiles import Profile
from footprint.views.words import site_name

_HOW = {
    str(Profile.PATROL): msgid("by patrol"),
    str(Profile.CONVOY): msgid("by convoy"),
    str(Profile.CIVIL): msgid("by civilian vehicle"),
    str(Profile.SEARCHED): msgid("by convoy that searches the road"),
    str(Profile.FOOT): msgid("on foot"),
    str(Profile.BOAT): msgid("by boat, then on foot"),
    str(Passage.AIR): msgid("by air"),
    str(Passage.CIRCLE): msgid("from above"),
}
"""How somebody comes."""

_WHY = {
    Why.ESCORTS: msgid("{site} is in range, but no escort is left for it"),
    Why.DAY_LIMIT: msgid("{site} is in range, but nobody would be back by daylight"),
    Why.NOT_READY: msgid("{site} is in range, but what it has is never ready"),
    Why.CUT_OFF: msgid("cut off this month; in other months {site} could reach it"),
    Why.TOO_FAR_FROM_ROADS: msgid("only {site} has a way, and it lies too far from any road"),
    Why.NO_ROUTE: msgid("no way from {site} in any month"),
    Why.CLOSED: msgid("{site} has it, but is closed this month"),
}
_OPEN = {
    Open.REACHED: msgid("Nothing is needed: {level} is reached."),
    Open.NOT_KNOWN: msgid("Not known who is there, and no single kind of asset would do by itself."),
    Open.DONOR: msgid("Nothing that the donor holds would do by itself."),
}

_ROUNDING = 1e-6
"""Chances this close are equal."""

PLACE_LIMITS = (
    msgid(
        "A chance says that somebody could be there in time and fit for use, not that anyone is protected."
    ),
    msgid("What would close it is reckoned for this place and month alone; elsewhere it may cost more."),
)
"""What holds for every answer about a place."""


class PlaceWords:
    """Names and sentences about the places of one review, in one language."""

    def __init__(self, prepared: Prepared, result: Review, language: Language) -> None:
        """Speak of a review in a language."""
        self._prepared, self._result, self._language = prepared, result, language

    @property
    def _method(self) -> Method:
        return self._prepared.method

    def title(self, place: Place) -> str:
        """Return what the place is called: its name, or where it lies."""
        text, around, area = self._language.text, place.around, self._prepared.area
        if place.spotted.named is not Named.POINT:
            name = place.spotted.name
        elif around.town_id:
            town = str(area.places.at[around.town_id, "name"])
            name = text("{km} km from {town}", km=self._language.number(around.town_km, 1), town=town)
        else:
            name = text("A place without a name")
        units = ((area.districts, around.district_id), (area.regions, around.region_id))
        inside = [str(frame.at[unit_id, "name"]) for frame, unit_id in units if unit_id]
        return ", ".join([name, *(unit for unit in dict.fromkeys(inside) if unit != name)])

    def people(self, place: Place) -> str:
        """Return who lives there and what they need."""
        language = self._language
        return language.text(
            "People in this cell: {people}. Its share of the area's need this month: {share}.",
            people=language.people(place.people),
            share=language.percent(place.need_share, 3),
        )

    def force(self, place: Place) -> str:
        """Return how far troops could get there."""
        language, force = self._language, place.force
        if isnan(force.level):
            return language.text("Force: not known; the data name no troops.")
        return language.text(
            "Force: troops could be there with chance {level}; by ground alone {ground}, by air alone {air}.",
            level=language.percent(force.level, 0),
            ground=language.percent(force.ground, 0),
            air=language.percent(force.air, 0),
        )

    def means(self, means: Means) -> str:
        """Return who comes from where, how, how soon, with what chance."""
        text = self._language.text
        said = text(
            "{what} from {site}, {how}: {time}, chance {chance}",
            what=self.capability(means.capability_id),
            site=self.site(means.site_id),
            how=text(_HOW[means.by]),
            time=self._language.hours(means.minutes),
            chance=self._language.percent(means.chance, 0),
        )
        if means.to_site_id:
            said += " " + text("(surgery at {site})", site=self.site(means.to_site_id))
        return said

    def link(self, link: Link) -> str:
        """Return what one group of a tier comes to, and why it is no better."""
        if link.means is not None and not isnan(link.chance):
            best, chance = self.means(link.means), self._language.percent(link.chance, 0)
            if link.chance <= link.means.chance + _ROUNDING:
                return best
            return self._language.text("{chance} in all; the best: {best}", chance=chance, best=best)
        if link.hindrance is None:
            return self.group(link.capabilities)
        whom = [link.hindrance.capability_id]
        if link.hindrance.why in {Why.NOT_KNOWN, Why.NOBODY}:
            whom = list(link.capabilities)
        return self._language.labelled(self.group(tuple(whom)), self.hindrance(link.hindrance))

    def group(self, capabilities: tuple[str, ...]) -> str:
        """Return the names of a group of capabilities, of which one is enough."""
        return " / ".join(self.capability(name) for name in capabilities)

    def hindrance(self, hindrance: Hindrance) -> str:
        """Return why nobody comes."""
        text, site = self._language.text, self.site(hindrance.site_id)
        match hindrance.why:
            case Why.NOT_KNOWN:
                return text("not known; the data name nobody who holds it")
            case Why.NOBODY:
                kind = self._method.assets.get(hindrance.kind)
                what = text(kind.label) if kind is not None else text("such assets")
                return text("no site that could send it has: {what}", what=what)
            case Why.WATER:
                return text("water bars the way from {site}", site=site)
            case Why.OUT_OF_RANGE | Why.THERE:
                return self._range(hindrance)
            case other:
                return text(_WHY[other], site=site)

    def _range(self, hindrance: Hindrance) -> str:
        """Return how far it is: in minutes as found, else more than so many, else in a straight line."""
        text, site, hours = self._language.text, self.site(hindrance.site_id), self._language.hours
        limit = hours(hindrance.limit_min)
        if isfinite(hindrance.minutes) and isfinite(hindrance.limit_min):
            return text(
                "out of range: {time} from {site}, no effect from {limit} on",
                time=hours(hindrance.minutes),
                site=site,
                limit=limit,
            )
        if hindrance.over_min > 0 and isfinite(hindrance.limit_min):
            return text(
                "out of range: more than {time} from {site}, no effect from {limit} on",
                time=hours(hindrance.over_min),
                site=site,
                limit=limit,
            )
        km = self._language.number(hindrance.straight_km)
        return text("out of range: {site}, {km} km away in a straight line", site=site, km=km)

    def closing(self, closing: Closing) -> str:
        """Return what would lift Force or a tier to the threshold, or why nothing single does."""
        text, addition = self._language.text, closing.addition
        if addition is not None:
            return self._addition(addition)
        if closing.package is not None:
            together = self._language.listing(
                f"{self._language.number(count)} × {text(self._method.assets[kind].label)}"
                for kind, count in closing.package.assets
            )
            level = self._language.percent(closing.package.level, 0)
            return text(
                "{assets} together at a new site here would do: chance {level}.", assets=together, level=level
            )
        if closing.open is Open.SEVERAL:
            lacking = self._language.listing(self.group(group) for group in closing.lacking)
            return text("More than one kind of asset is lacking: {lacking}.", lacking=lacking)
        if closing.open is None or closing.open is Open.NOT_ENOUGH:
            return text("Up to {n} of one kind would not do, at any site or here.", n=MOST_ADDED)
        level = self._language.number(self._method.reporting.class_threshold, 1)
        return text(_OPEN[closing.open], level=level)

    def _addition(self, addition: Addition) -> str:
        text, language = self._language.text, self._language
        words = {
            "count": language.number(addition.count),
            "what": text(self._method.assets[addition.kind].label),
            "level": language.percent(addition.level, 0),
        }
        if addition.site_id == HERE:
            said = text("{count} × {what} at a new site here would do: chance {level}.", **words)
        else:
            site = self.site(addition.site_id)
            said = text("{count} × {what} more at {site} would do: chance {level}.", site=site, **words)
        return said if addition.cost is None else f"{said} {self._cost(addition.cost)}"

    def _cost(self, cost: DonorCost) -> str:
        text, points = self._language.text, self._language.points
        said = text(
            "Taken from {site}: Force of the whole area {force}, Mission {mission}, mean of the year.",
            site=self.site(cost.site_id),
            force=points(cost.force, 2),
            mission=points(cost.mission, 2),
        )
        if not cost.losers:
            return said
        losers = self._language.listing(
            f"{each.name} ({points(each.force)}, {points(each.mission)})" for each in cost.losers
        )
        return said + " " + text("Who loses most (Force, Mission): {losers}.", losers=losers)

    def site(self, site_id: str) -> str:
        """Return a site's name."""
        return site_name(site_id, self._prepared.area, self._result.scenario)

    def capability(self, name: str) -> str:
        """Return what a capability is called."""
        return self._language.text(self._method.capabilities[name].label)

    def tier(self, bundle_id: str) -> str:
        """Return what a tier is called."""
        return self._language.text(self._method.bundles[bundle_id].label)

    def level(self, level: float) -> str:
        """Return a level, or that it is not known."""
        return self._language.percent(level, 0)
