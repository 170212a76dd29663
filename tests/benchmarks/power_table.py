"""
Simulate the power of the calendar's scan and write its table.

Run `python -m tests.benchmarks.power_table [--worlds 1000]`. Each world is one area with the same number of
incidents in every year, dealt to the months at random, three neighbouring months three times as likely as the others,
beginning anywhere. Found: p of the scan at most 0.05. From seed 20, as shipped; about a quarter of an hour.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np

from footprint.violence.seasonality.power import TABLE
from footprint.violence.seasonality.scan import scan
from tests.worlds import SEASONALITY_NUMBERS

EVENTS = (4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 60)
YEARS = (4, 5, 6, 7, 8, 10, 12, 15)
P_MAX = 0.05
DRAWS = 999


def season(rng, events, years, times=3.0, length=3):
    """Draw the months of one area with a season, shape (12 * years,)."""
    weights = np.ones(12)
    weights[(rng.integers(12) + np.arange(length)) % 12] = times
    return rng.multinomial(events, weights / weights.sum(), size=years).ravel()


def found_share(rng, events, years, worlds):
    """Return the share of worlds whose season is found."""
    # As soon as more rotations than p <= 0.05 allows have done as well, the answer is no.
    rule = replace(SEASONALITY_NUMBERS, draws=DRAWS, exceedances_max=int(P_MAX * (DRAWS + 1)))
    return np.mean(
        [
            scan(season(rng, events, years), replace(rule, seed=world)).p <= P_MAX + 1e-9
            for world in range(worlds)
        ]
    )


def main():
    """Write the table, a row per number of incidents a year and a column per number of years."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=1_000, help="worlds per entry")
    worlds = parser.parse_args().worlds
    rng = np.random.default_rng(20)
    lines = [
        "# Chance that the calendar's scan, pooled over twelve cuts, finds at p <= 0.05 a season of three months",
        "# three times as busy as the others, by incidents in each year (rows) and years (columns).",
        f"# Simulated: {worlds} worlds an entry, {DRAWS} rotations, seed 20: python -m tests.benchmarks.power_table",
        "events," + ",".join(str(years) for years in YEARS),
    ]
    for events in EVENTS:
        shares = [found_share(rng, events, years, worlds) for years in YEARS]
        lines.append(f"{events}," + ",".join(f"{share:.3f}" for share in shares))
        print(lines[-1], flush=True)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
