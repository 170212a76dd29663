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
        "Time is length over speed, by travel profile, road class, surface and month; no road is slower "
        "than the ground beside it. Flooded roads and cells are shut in their months. Last legs, from a "
        "road or a site to a cell, go by street for a first stretch, across country beyond it, and lead "
        "no farther. Open country near a road searched for explosive devices is held to search speed "
        "too: nobody dodges the search by driving beside it. Helicopters fly the great circle. A place "
        "that is not reached has a reason."
    ),
    msgid(
        "**Protection need.** Attacks on civilians, battles and explosions are weighed by severity, source"
        " and age. Those precisely placed stay in place, others go over the people of where they may be. "
        "Incidents and people are both summed over the same neighbourhood, whatever the size of cells; "
        "their rate is drawn to that of the {district}, and that to the {region}'s, the more the fewer "
        "people there are. How much is estimated from the incidents (empirical Bayes). Every month is "
        "alike unless a season has earned its place. Need adds up to one over the whole area; an "
        "objective's figure is the same need within its scope. A cell that a border cuts gives each side "
        "the people who live on it, and what goes with them. People only, threat only and a blend of both "
        "are always on offer."
    ),
    msgid(
        "**Capabilities.** Effect is full up to one time and falls in a straight line to nothing at "
        "another. Several assets join as the chance that at least one is there in time and fit for use: "
        "C = 1 − Π(1 − availability × effect). What comes by air needs an aircraft and a team, both "
        "ready: effect × (1 − Π(1 − aircraft)) × (1 − Π(1 − teams)); five companies with one helicopter "
        "are one lift. Evacuation is as likely as helicopter and surgery together, where a pair makes it"
        " in time. Whoever must be back before dark does not go where the day is too short for the way "
        "there, a stay and the way back. Stated availability, notice and number of every asset act."
    ),
    msgid(
        "**Footprints.** Force F = 1 − (1 − patrol)(1 − road reaction)(1 − air reaction); its ground "
        "part leaves out the air. A tier is as good as the weakest of what it needs. Mission M is the "
        "mean of the three tiers. F is an *or*, M a mean of *ands*: F above M is partly by construction,"
        " so Tier II is always shown beside F, which it can never exceed. Four classes of places: both "
        "(F, and tier I or III), force only, civilian and police only, neither; hatched where tier II "
        "fails."
    ),
    msgid(
        "**Escorts.** On ground searched for explosive devices civilian teams need an escort, which "
        "takes days from the companies of their own site. A team asks in proportion to the people within"
        " its reach whose quickest way crosses such ground, on the roads as if nothing were closed or "
        "repaired: closing or repairing a road never changes it. Another civilian team may therefore "
        "lower the Force footprint and tier II; where companies cannot give all that is asked, a further"
        " team also takes from the others. Without companies a team keeps off such ground."
    ),
    msgid(
        "**Evidence.** Killings of civilians are held against the reach of their month, their cell and the "
        "sites of their time: the mean of F and of each tier over them, beside the mean over people, with "
        "a band by drawing events anew and p by drawing as many places by people. Rules that rank "
        "{districts} and months by the end of one year are held against the next: last year's ranking, the "
        "whole record's, the same month, people, all alike, and the threat reckoned here, whoever wins. "
        "Threat fails if the 90 % band of its difference to the best simple rule lies wholly below minus "
        "two points; a band wider than ten points tells nothing. It describes: no effect, no prediction "
        "and no blame is claimed."
    ),
    msgid(
        "**How sure.** Travel times, helicopters, availability, the half-life of incidents, the share of "
        "people, the pull of thin data, weights of tiers and places of incidents are drawn between limits "
        "stated below, all of them judgements; what an area's data state is not drawn. Every plan is "
        "reckoned under the same draws. A band leaves out as many draws above as below. Bands that overlap "
        "say nothing: two plans are compared draw by draw, and told apart where one of them is better in "
        "nearly every draw. Differences that moving the cells of the map makes by itself are marked."
    ),
    msgid(
        "**Options.** Each place has one of its choices; costs, posts and assets of each kind are "
        "limited, and what a site gives up another may get. What each choice does is what a review "
        "reckons, and every plan shown is reviewed again. The search tells what it found and what no "
        "plan within the limits exceeds: a concave overestimate that holds for every plan, made exact "
        "around the plans that were tried. An order's cost is proved by solving again with it. "
        "Nothing is blended into one score; gates of harm and consent are not among the limits. It "
        "suggests, and people decide."
    ),
    msgid(
        "**What it does not say.** Nobody is counted as protected. No deaths averted are predicted. Empty "
        "cells are not safe cells. Reporting, access and data dates shape every figure."
    ),
)


def formulas(language: Language) -> str:
    """Return the method in nine paragraphs of Markdown."""
    return "\n\n".join(language.text(part) for part in _PARTS)
