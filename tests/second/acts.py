"""Capabilities and footprints, from sections 6 and 7 of the specification, given times of travel."""

from types import SimpleNamespace

import numpy as np

DAYS = 30.0
"""Days of a month, by which a company's days are counted."""
TOLERANCE_MIN = 1e-3
"""A limit is inclusive with a stated tolerance."""
MID_MONTH = (15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349)


def left(values, full, zero):
    """Return r(t): 1 to `full`, a straight line to 0 at `zero`."""
    return np.clip((zero - values) / (zero - full), 0.0, 1.0)


def stated(value, otherwise):
    """Return what is stated, or what stands for it."""
    return otherwise if value is None or np.isnan(value) else value


def some(assets, otherwise, notice_min, ready_min):
    """Return the chance that at least one is fit among assets ready within `ready_min`."""
    miss = 1.0
    for each in assets:
        if stated(each.notice_min, notice_min) <= ready_min:
            miss *= (1 - stated(each.availability, otherwise)) ** each.count
    return 1 - miss


def daylight_min(latitude, month):
    """Return mid-month daylight by Cooper's declination [min]."""
    declination = np.radians(23.45) * np.sin(2 * np.pi * (284 + MID_MONTH[month - 1]) / 365)
    return np.arccos(-np.tan(np.radians(latitude)) * np.tan(declination)) * 1440 / np.pi


def escort(site, capabilities, tasking, share):
    """Return days asked, what remains to companies and the share of escorts given."""
    kinds = {kind for each in capabilities.values() if each.get("escorted") for kind in each["assets"]}
    teams = sum(each.count for each in site.assets if each.kind in kinds)
    capacity = DAYS * sum(each.count for each in site.assets if each.kind == "infantry_company")
    asked = teams * tasking.escort_days * share
    given = min(asked, capacity)
    return SimpleNamespace(
        asked=asked,
        given=given,
        remains=1 - given / capacity if capacity else 1.0,
        effect=min(1.0, capacity / asked) if asked else 1.0,
    )


def rated_share(quickest, unrated, people, reach_min):
    """Return the share of the people within reach whose quickest way crosses rated ground."""
    within = quickest <= reach_min + TOLERANCE_MIN
    if not within.any():
        return 0.0
    weight = people if people[within].sum() > 0 else np.ones(len(people))
    crosses = within & (unrated > quickest + TOLERANCE_MIN)
    return weight[crosses].sum() / weight[within].sum()


def lifted(capability, site, numbers, day_min):
    """Return the chance of a capability by air from one site, in each cell."""
    best = np.zeros(len(site.flown_km))
    planes = [each for each in site.assets if each.kind == "helicopter"]
    teams = [each for each in site.assets if each.kind in capability["assets"]]
    waits = {
        max(stated(plane.notice_min, numbers.travel.helicopter_notice_min), stated(team.notice_min, 0.0))
        for plane in planes
        for team in teams
    }
    for wait in waits:
        lift = some(
            planes, numbers.tasking.helicopter_availability, numbers.travel.helicopter_notice_min, wait
        )
        ready = some(teams, capability["availability"], 0.0, wait)
        minutes = wait + site.flown_km / numbers.travel.helicopter_kmh * 60
        effect = left(minutes, capability["air_full_min"], capability["air_zero_min"])
        effect = by_day(effect, minutes, wait, capability, (day_min, numbers.tasking.stay_min))
        best = np.maximum(best, effect * lift * ready)
    return best


def by_day(effect, minutes, notice_min, capability, day):
    """Return an effect, 0 where the day is too short for way, stay and way back."""
    light_min, stay_min = day
    travel = minutes - notice_min
    away = minutes if capability.get("overnight") else notice_min + 2 * travel + stay_min
    return np.where(away <= light_min + TOLERANCE_MIN, effect, 0.0)


def grounded(capability, site, taken, numbers, day_min):
    """Return the chance of a capability by land and water from one site, in each cell."""
    miss = np.ones(len(site.flown_km))
    for asset in site.assets:
        if asset.kind not in capability["assets"]:
            continue
        share = stated(asset.availability, capability["availability"])
        share *= taken.remains if asset.kind == "infantry_company" else 1.0
        notice, best = stated(asset.notice_min, 0.0), np.zeros(len(miss))
        for profile in filter(None, (capability.get("ground"), "boat" if capability.get("boat") else "")):
            ways = [(site.minutes(profile), taken.effect if capability.get("escorted") else 1.0)]
            if capability.get("escorted") and taken.effect < 1:
                ways.append((site.minutes(profile, unrated_only=True), 1.0))
            for minutes, escorted in ways:
                effect = left(minutes + notice, capability["full_min"], capability["zero_min"])
                day = (day_min, numbers.tasking.stay_min)
                effect = by_day(effect, minutes + notice, notice, capability, day)
                if "full_km" in capability:
                    near = left(site.flown_km, capability["full_km"], capability["zero_km"])
                    effect = np.minimum(effect, near)
                best = np.maximum(best, escorted * effect)
        miss = miss * (1 - share * best) ** asset.count
    return 1 - miss


def watched(capability, site):
    """Return the chance of surveillance: within a radius, times the share the mission tasks."""
    miss = np.ones(len(site.flown_km))
    for asset in site.assets:
        if asset.kind in capability["assets"]:
            share = stated(asset.availability, capability["availability"]) * stated(asset.mission_share, 1.0)
            miss = miss * (1 - share * (site.flown_km <= capability["radius_km"])) ** asset.count
    return 1 - miss


def evacuated(sites, numbers):
    """Return the chance of evacuation in each cell: the best pair that makes it in time."""
    travel, best = numbers.travel, np.zeros(len(sites[0].flown_km))
    for fly in sites:
        planes = [each for each in fly.assets if each.kind == "helicopter"]
        for mend in sites:
            surgeries = [each for each in mend.assets if each.kind == "surgery"]
            for wait in {stated(each.notice_min, travel.helicopter_notice_min) for each in planes}:
                for ready in {stated(each.notice_min, 0.0) for each in surgeries}:
                    km = fly.flown_km + mend.flown_km
                    minutes = np.maximum(wait + km / travel.helicopter_kmh * 60 + travel.pick_up_min, ready)
                    chance = some(planes, 1.0, travel.helicopter_notice_min, wait) * some(
                        surgeries, 1.0, 0.0, ready
                    )
                    in_time = minutes <= numbers.reporting.casevac_limit_min + TOLERANCE_MIN
                    best = np.maximum(best, np.where(in_time, chance, 0.0))
    return best


def chances(sites, numbers, day_min):
    """Return C_k of every capability in each cell, over all sites (each with `taken`)."""
    found = {}
    for name, capability in numbers.capabilities.items():
        if capability.get("relay"):
            found[name] = evacuated(sites, numbers) * capability["availability"]
            continue
        miss = np.ones(len(day_min))
        for site in sites:
            if "radius_km" in capability:
                chance = watched(capability, site)
            else:
                chance = grounded(capability, site, site.taken, numbers, day_min)
                if capability.get("air"):
                    chance = np.maximum(chance, lifted(capability, site, numbers, day_min))
            miss = miss * (1 - chance)
        found[name] = 1 - miss
    return found


def footprints(c):
    """Return F, its ground part and the three tiers, by section 7 word for word."""
    most = np.maximum
    patrol, road, air = c["PATROL"], c["QRF_GROUND"], c["QRF_AIR"]
    first = np.minimum(most(most(c["CIVIL_AFFAIRS"], c["JPT"]), c["GOOD_OFFICES"]), c["CLA"])
    second = np.minimum(np.minimum(most(patrol, c["FPU"]), most(road, air)), c["CASEVAC"])
    third = np.minimum(most(c["UNPOL"], c["FPU"]), c["HUMAN_RIGHTS"])
    third = np.minimum(third, most(c["STABILISATION"], c["PARTNER"]))
    return SimpleNamespace(
        force=1 - (1 - patrol) * (1 - road) * (1 - air),
        ground=1 - (1 - patrol) * (1 - road),
        tiers=np.stack([first, second, third]),
    )


def classes(levels, threshold):
    """Return the class of each cell: 0 both, 1 force only, 2 civilian and police only, 3 neither."""
    arrives = levels.force >= threshold
    acts = most_of(levels.tiers[0], levels.tiers[2]) >= threshold
    return np.where(arrives, np.where(acts, 0, 1), np.where(acts, 2, 3))


def most_of(first, second):
    return np.maximum(first, second)
