"""Need in words: what threat rests on, and where demand and incidents part company."""

from __future__ import annotations

from footprint.demand import KappaBasis
from footprint.documents.layout.review import NeedPart
from footprint.language import Language, msgid

BASIS_LABELS = {
    KappaBasis.ESTIMATED: msgid("estimated from the incidents"),
    KappaBasis.HELD_LOW: msgid("the least allowed; the incidents would have it smaller"),
    KappaBasis.HELD_HIGH: msgid("the most allowed; the incidents would have it larger"),
    KappaBasis.ALIKE: msgid("the most allowed; {districts} differ no more than chance makes them"),
    KappaBasis.NOTHING_COUNTED: msgid("assumed: no incident counts"),
    KappaBasis.NO_PAIR: msgid("assumed: no region has two {districts} to compare"),
}


def need_sentences(need: NeedPart, language: Language) -> tuple[str, ...]:
    """Return what the need for protection rests on, as sentences."""
    text = language.text
    pull = text(
        "Thin data: the rate of the {district} or region weighs like {thousand} thousand people, {basis}.",
        thousand=language.number(need.shrinkage_thousand, 1),
        basis=text(BASIS_LABELS[need.shrinkage_basis]),
    )
    if need.threat_from_place is None or need.threat_from_cercle is None or need.threat_from_region is None:
        return (text("There is no threat to show: no incident counts. The need goes by people alone."), pull)
    origin = text(
        "Threat rests for {place} on incidents placed within about 25 km, for {unit} on the rate of the "
        "{district}, for {wider} on that of the region.",
        place=language.percent(need.threat_from_place, 0),
        unit=language.percent(need.threat_from_cercle, 0),
        wider=language.percent(need.threat_from_region, 0),
    )
    return (origin, pull)


DIFFERENCES = msgid("Where the shares of incidents and of need differ most")
