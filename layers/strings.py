"""How pandas keeps text: as Python's own strings, not Arrow's."""

from __future__ import annotations

import pandas as pd


def keep_plain_strings() -> None:
    """
    Let frames made from now on hold Python strings.

    Arrow's are made for millions of rows. A frame of figures has hundreds: on these each look costs more than
    the whole column, and hands the interpreter to whoever waits for it. With twenty readers at once,
    a third of the time went there.
    """
    pd.options.mode.string_storage = "python"
