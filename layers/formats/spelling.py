"""Names that providers write without accents or in an old spelling, as an area writes them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

Spelling = Mapping[str, str]
"""Provider's spelling -> the area's own; names not listed stay as they are."""

AS_GIVEN: Spelling = MappingProxyType({})
"""Leaves every name as the provider has it."""


def spelled(names: pd.Series, spelling: Spelling) -> pd.Series:
    """Return `names` with the spellings listed put right, the others untouched."""
    return names.replace(dict(spelling)) if spelling else names
