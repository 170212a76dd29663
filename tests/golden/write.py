"""
The bundled case's figures as one reviewed table, and the command that writes it anew.

    python -m tests.golden.write

Read the difference before keeping it: every changed number is a changed answer.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import monthly, over_year
from footprint.prepared import Prepared
from footprint.review import Review
from footprint.scenario import Scenario
from tests.worlds import bundled_prepared, review

TABLE = Path(__file__).with_name("mali_baseline.csv")
DECIMALS = 4


def baseline_table(prepared: Prepared, answer: Review) -> pd.DataFrame:
    """Return one row per unit: mean over the year and worst season of each indicator [share of demand]."""
    units, values = monthly(answer.figures, list(Indicator))
    year = over_year(values, prepared.area.seasons)
    frame = units[["level", "unit_id"]].astype({"level": str})
    for place, name in enumerate(Indicator):
        frame[f"{name}_mean"], frame[f"{name}_worst"] = year.mean[:, place], year.worst[:, place]
    return frame.round(DECIMALS)


def main() -> None:
    """Write the table and say how much of it changed."""
    prepared = bundled_prepared()
    new = baseline_table(prepared, review(prepared, Scenario("today")))
    old = pd.read_csv(TABLE) if TABLE.is_file() else new.iloc[:0]
    keys = ["level", "unit_id"]
    pairs = old.merge(new, on=keys, suffixes=("_old", "_new"))
    moved = [
        (pairs[f"{name}_old"] - pairs[f"{name}_new"]).abs().max()
        for name in new.columns.intersection(old.columns, sort=False).drop(keys)
        if len(pairs)
    ]
    new.to_csv(TABLE, index=False, float_format=f"%.{DECIMALS}f", lineterminator="\n")
    print(
        f"{TABLE.name}: {len(new)} units, was {len(old)}; largest change {max(moved, default=float('nan')):.4f}"
    )


if __name__ == "__main__":
    main()
