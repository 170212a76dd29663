"""Need, from section 5 of the specification: weights, spread, kappa, rates, blend."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import shapely

COUNTED = ("attack_on_civilians", "battle", "explosion", "unknown")
GAUSSIAN_CUT = 3.0
"""Standard deviations at which the spread of precision 2 ends: the specification names no cut."""
EARLIER_YEARS = 4


def incident_weights(incidents, numbers, day):
    """Return sev·rel·2^(−age/H) of each incident on a day; 0 where it has not happened."""
    day = pd.Timestamp(day)
    deaths = incidents["deaths"].fillna(0.0).to_numpy()
    severity = np.minimum(1 + np.log2(1 + deaths), numbers.severity_cap)
    grades = {1: numbers.reliability_good, 2: numbers.reliability_fair, 3: numbers.reliability_poor}
    reliability = incidents["reliability"].map(grades).to_numpy()
    age, counted = np.empty(len(incidents)), np.ones(len(incidents))
    for at, (date, year) in enumerate(zip(incidents["date"], incidents["year"], strict=True)):
        if not pd.isna(date):
            age[at], counted[at] = (day - date).days, date <= day
        else:
            age[at], counted[at] = _only_year(int(year), day)
    return severity * reliability * counted * 0.5 ** (np.maximum(age, 0) / numbers.half_life_days)


def _only_year(year, day):
    """Return age [days] and share counted of an event of which only the year is known."""
    first, last = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    length = (last - first).days + 1
    elapsed = min(max((day - first).days + 1, 0), length)
    # The part runs from midnight to midnight; the day itself is taken at its first moment.
    age = (day - first).days - elapsed / 2
    return age, elapsed / length


def unit_of(units, points):
    """Return the position of the unit each point lies in, -1 for none."""
    found = np.full(len(points), -1)
    for number, shape in enumerate(units.geometry):
        shapely.prepare(shape)
        found[(found < 0) & shapely.intersects(shape, points)] = number
    near = np.flatnonzero(found < 0)
    for at in near:
        found[at] = int(np.argmin(shapely.distance(units.geometry.to_numpy(), points[at])))
    return found


def spread(area, shares, numbers):
    """Return weight in each cell of the incidents that count; a list of what was weighed beside it."""
    grid, people = area.grid, np.nan_to_num(area.population.people)
    events = area.incidents[area.incidents["event_type"].isin(COUNTED)]
    weight = incident_weights(events, numbers, area.frame_date)
    x, y = events.geometry.x.to_numpy(), events.geometry.y.to_numpy()
    points = events.geometry.to_numpy()
    precision = events["geo_precision"].to_numpy()
    district, region = unit_of(area.districts, points), unit_of(area.regions, points)
    whole = np.zeros(grid.n_cells)
    placed = np.zeros(grid.n_cells)
    own = grid.cell_at(x, y)
    for at in range(len(events)):
        if precision[at] == 1:
            placed[own[at]] += weight[at]
        elif precision[at] == 2:
            # Round the middle of its cell: the specification does not say round what.
            metres = np.hypot(grid.x_m - grid.x_m[own[at]], grid.y_m - grid.y_m[own[at]])
            sigma_m = numbers.spread_near_km * 1000
            bell = np.where(metres <= GAUSSIAN_CUT * sigma_m, np.exp(-0.5 * (metres / sigma_m) ** 2), 0)
            placed += weight[at] * _dealt(bell, people)
        elif precision[at] in (3, 4):
            units, unit = (shares[0], district[at]) if precision[at] == 3 else (shares[1], region[at])
            whole += weight[at] * _dealt(units[[unit]].toarray().ravel(), people)
    return SimpleNamespace(
        whole=whole + placed,
        placed=placed,
        events=events,
        weight=weight,
        precision=precision,
        district=district,
    )


def _dealt(land, people):
    """Return shares of land in proportion to people; by land where nobody lives."""
    held = land * people
    return held / held.sum() if held.sum() > 0 else land / land.sum()


def neighbourhood_sums(values, grid, numbers):
    """Sum cell values over a Gaussian with weight 1 at its centre, cut; by plain loops over offsets."""
    reach = int(numbers.neighbourhood_cut_km * 1000 // grid.cell_m)
    laid = np.zeros((grid.shape[0] + 2 * reach, grid.shape[1] + 2 * reach))
    laid[reach : reach + grid.shape[0], reach : reach + grid.shape[1]] = grid.raster(values, 0.0)
    total = np.zeros(grid.shape)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            km = np.hypot(down, right) * grid.cell_m / 1000
            if km <= numbers.neighbourhood_cut_km + 1e-9:
                row, column = reach + down, reach + right
                window = laid[row : row + grid.shape[0], column : column + grid.shape[1]]
                total += np.exp(-0.5 * (km / numbers.neighbourhood_km) ** 2) * window
    return total.ravel()[grid.cells]


def kappa_of(area, told, people_by_district, numbers):
    """Return the pull of thin data [thousand people] by empirical Bayes."""
    n = people_by_district / 1000
    parents = area.districts["parent_id"].to_numpy()
    frame = pd.Timestamp(area.frame_date)
    days = [frame] + [pd.Timestamp(frame.year - back, 12, 31) for back in range(1, EARLIER_YEARS + 1)]
    above, below, of_frame = 0.0, 0.0, None
    for day in days:
        w = incident_weights(told.events, numbers, day)
        kept = (told.precision <= 3) & (w > 0)
        if not kept.any():
            continue
        w, at = w[kept], told.district[kept]
        observed = np.bincount(at, weights=w, minlength=len(n))
        phi, m = (w**2).sum() / w.sum(), observed.sum() / n.sum()
        of_frame = (phi, m) if day == frame else of_frame
        big_n, big_d = _moments(observed, n, parents, phi)
        above, below = above + big_n, below + m**2 * big_d
    least, most = numbers.shrinkage_low_thousand, numbers.shrinkage_high_thousand
    if of_frame is None or below <= 0:
        return numbers.shrinkage_unknown_thousand * numbers.shrinkage_factor
    if above <= 0:
        return most * numbers.shrinkage_factor
    phi, m = of_frame
    return float(np.clip(phi / (above / below * m), least, most)) * numbers.shrinkage_factor


def _moments(observed, n, parents, phi):
    """Return N and D of the estimate, over regions."""
    big_n = big_d = 0.0
    for region in np.unique(parents):
        own = (parents == region) & (n > 0)
        if not own.any():
            continue
        rate = observed[own].sum() / n[own].sum()
        big_n += (n[own] * (observed[own] / n[own] - rate) ** 2).sum() - phi * (own.sum() - 1) * rate
        big_d += n[own].sum() - (n[own] ** 2).sum() / n[own].sum()
    return big_n, big_d


def need(area, shares, numbers):
    """
    Return the need of every cell: people, threat and their blend, and kappa.

    `shares` are the shares of cells in districts and in regions (sparse, units × cells).
    """
    people = np.nan_to_num(area.population.people)
    told = spread(area, shares, numbers)
    n_c, n_r = (each @ people / 1000 for each in shares)
    o_c, o_r = (each @ told.whole for each in shares)
    kappa = kappa_of(area, told, shares[0] @ people, numbers)
    region_rate = np.divide(o_r, n_r, out=np.zeros_like(o_r), where=n_r > 0)
    of_region = pd.Series(region_rate, index=area.regions.index)
    rate_r = area.districts["parent_id"].map(of_region).to_numpy()
    rate_c = (o_c + kappa * rate_r) / (n_c + kappa)
    around = neighbourhood_sums(told.whole, area.grid, numbers)
    crowd = neighbourhood_sums(people / 1000, area.grid, numbers)
    rate = (around + kappa * (shares[0].T @ rate_c)) / (crowd + kappa)
    threat = rate * people
    by_people, by_threat = people / people.sum(), threat / threat.sum()
    alpha = numbers.people_share
    blend = alpha * by_people + (1 - alpha) * by_threat
    return SimpleNamespace(
        people=by_people, threat=by_threat, blend=blend / blend.sum(), kappa=kappa, told=told
    )
