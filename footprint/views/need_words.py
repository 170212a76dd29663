"""Need in words: what threat rests on, and where demand and incidents part company."""

from __future__ import annotations

from footprint.caveats import NO_THREAT
from footprint.demand import DemandSurface, KappaBasis
from footprint.language import Language, msgid

BASIS_LABELS = {
    KappaBasis.ESTIMATED: msgid("estimated from the incidents"),
    KappaBasis.HELD_LOW: msgid("the least allowed; the incidents would have it smaller"),
    KappaBasis.HELD_HIGH: msgid("the most allowed; the incidents would have it larger"),
    KappaBasis.ALIKE: msgid("the most allowed; {districts} differ no more than chance makes them"),
    KappaBasis.NOTHING_COUNTED: msgid("assumed: no incident is known that counts"),
    KappaBasis.NO_PAIR: msgid("assumed: no {region} has two {districts} to compare"),
}


def need_sentences(demand: DemandSurface, language: Language) -> tuple[str, ...]:
    """Return what the need for protection rests on, as sentences."""
    text = language.text
    pull = text(
        "Thin data: the rate of the {district} or {region} weighs like {thousand} thousand people, {basis}.",
        thousand=language.number(demand.kappa.thousand, 1),
        basis=text(BASIS_LABELS[demand.kappa.basis]),
    )
    if not demand.has_threat:
        return (text(NO_THREAT), pull)
    origin = text(
        "Threat rests for {place} on incidents placed within about 25 km, for {unit} on the rate of the "
        "{district}, for {wider} on that of the {region}.",
        place=language.percent(demand.origin.place, 0),
        unit=language.percent(demand.origin.district, 0),
        wider=language.percent(demand.origin.region, 0),
    )
    return (origin, pull)


DIFFERENCES = msgid("Where the shares of incidents and of need differ most")
