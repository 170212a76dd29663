"""By unit: the figures of every combination in per cent, where the profile lets no cell be told apart."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from footprint.briefing.living.model import Model
from footprint.briefing.living.sections import Sections

STEPS = 100
"""Parts of a share: so coarse that one event more, or a single cell, moves few figures."""
MOST_SWITCHES = 10
"""A thousand combinations, reckoned one by one."""
_NOT_KNOWN, _NO_NEED = 0x8000, 0x7FFF


def write_units(model: Model, sections: Sections) -> dict[str, Any]:
    """
    Write the figures of every combination, and return what says how to read them.

    Parameters
    ----------
    model
        The model, of at most `MOST_SWITCHES` switches.
    sections
        Where numbers go.
    """
    n_switches, n_units = len(model.switches), len(model.units)
    moving = model.of_moving_cells()
    table = np.zeros((1 << n_switches, 2, n_units, 12), dtype=np.int64)
    for state in product((False, True), repeat=n_switches):
        own = moving.figures(state)
        number = sum(1 << switch for switch, is_on in enumerate(state) if is_on)
        for at, values in enumerate((own.force, own.mission)):
            none = np.isnan(values)
            table[number, at] = np.where(none, _NO_NEED, np.round(STEPS * np.nan_to_num(values)))
        table[number, 1] |= np.where(own.mission_known, 0, _NOT_KNOWN)
    months, of_month = np.unique(table.reshape(-1, 12), axis=1, return_inverse=True)
    # Combinations last: neighbours are alike then, which compresses.
    own_months = months.reshape(1 << n_switches, 2, n_units, -1)
    sections.whole("table", np.moveaxis(own_months, 0, -1))
    return {
        "kind": "units",
        "steps": STEPS,
        "months": of_month.ravel().tolist(),
        "groups": own_months.shape[-1],
    }
