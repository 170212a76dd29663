"""The method in words and formulas, for readers who must defend a result."""

from __future__ import annotations

from footprint.language import Language, msgid

_PARTS = (
    msgid(
        "**The question.** Not only where troops can arrive, but where the whole mission (military, "
        "police and civilian) could deliver protection to civilians, in each month. Where the two part "
        "company is the finding."
    ),
    msgid(
        "**Travel.** One network of roads, cross-country cells, bridges, ferries and navigable rivers. "
        "Time is length over speed, by travel profile, road class, surface and month. Flooded roads and "
        "cells are shut in their months. Helicopters fly the great circle. A place that is not reached "
        "has a reason."
    ),
    msgid(
        "**Protection need.** Attacks on civilians, battles and explosions are weighed by severity, source"
        " and age. Those precisely placed stay in place, others go over the people of where they may be. "
        "Incidents and people are both summed over the same neighbourhood, whatever the size of cells; "
        "their rate is drawn to that of the {district}, and that to the region's, the more the fewer "
        "people there are. How much is estimated from the incidents (empirical Bayes). Every month is "
        "alike unless a season has earned its place. Need adds up to one over the whole area; an "
        "objective's figure is the same need within its scope. People only, threat only and a blend of "
        "both are always on offer."
    ),
    msgid(
        "**Capabilities.** Effect is full up to one time and falls in a straight line to nothing at "
        "another. Several assets join as the chance that at least one is there in time and fit for use: C "
        "= 1 − Π(1 − availability × effect)."
    ),
    msgid(
        "**Footprints.** Force F = 1 − (1 − patrol)(1 − road reaction)(1 − air reaction). A tier is as "
        "good as the weakest of what it needs. Mission M is the mean of the three tiers. F is an *or*, M "
        "a mean of *ands*: F above M is partly by construction, so Tier II is always shown beside F, "
        "which it can never exceed."
    ),
    msgid(
        "**Escorts.** On roads searched for explosive devices civilian teams need an escort, which takes "
        "days from the companies of their own site. There another civilian team may lower the Force "
        "footprint, and without companies a team does not use such roads."
    ),
    msgid(
        "**What it does not say.** Nobody is counted as protected. No deaths averted are predicted. Empty "
        "cells are not safe cells. Reporting, access and data dates shape every figure."
    ),
)


def formulas(language: Language) -> str:
    """Return the method in seven paragraphs of Markdown."""
    return "\n\n".join(language.text(part) for part in _PARTS)
