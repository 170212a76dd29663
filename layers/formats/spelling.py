"""Names that providers write without accents or in an old spelling, as the tool writes them."""

from __future__ import annotations

import pandas as pd

SPELLING = {
    "Abeibara": "Abeïbara",
    "Bafoulabe": "Bafoulabé",
    "Baroueli": "Barouéli",
    "Baraouéli": "Barouéli",
    "Diema": "Diéma",
    "Dioila": "Dioïla",
    "Dire": "Diré",
    "Djenne": "Djenné",
    "Dyabali": "Diabaly",
    "Kenieba": "Kéniéba",
    "Keniéba": "Kéniéba",
    "Kolondieba": "Kolondiéba",
    "Koulikouro": "Koulikoro",
    "Leré": "Léré",
    "Menaka": "Ménaka",
    "Mopti/Sevare": "Mopti/Sévaré",
    "Niafunke": "Niafunké",
    "Segou": "Ségou",
    "Sevare": "Sévaré",
    "Tenenkou": "Ténenkou",
    "Ti-N-Essako": "Tin-Essako",
    "Tombouctou (Timbuktu)": "Tombouctou",
    "Yelimane": "Yélimané",
}
"""Provider's spelling -> spelling in official use in Mali; names not listed stay as they are."""


def spelled(names: pd.Series) -> pd.Series:
    """Return `names` with the spellings of `SPELLING` put right, the others untouched."""
    return names.replace(SPELLING)
