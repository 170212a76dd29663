"""
Proposals: what units of a country are called, and its months of rain, with where that is said.

They stand in the fields when an area is begun, to be changed; where nothing is known the fields stay empty.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping

COLUMNS = (
    "iso3",
    "region_en",
    "regions_en",
    "region_fr",
    "regions_fr",
    "district_en",
    "districts_en",
    "district_fr",
    "districts_fr",
    "units_from",
    "rains",
    "start_month",
    "rains_from",
)
COD = "OCHA, common operational datasets (COD-AB)"
EARTH = "Natural Earth, type of its units"
JUDGED = "judged for the country as a whole"

Forms = tuple[str, str, str, str]
"""Singular and plural in English, singular and plural in French."""

_REGION: Forms = ("region", "regions", "région", "régions")
_DISTRICT: Forms = ("district", "districts", "district", "districts")
_PROVINCE: Forms = ("province", "provinces", "province", "provinces")
_STATE: Forms = ("state", "states", "État", "États")
_COUNTY: Forms = ("county", "counties", "comté", "comtés")
_DEPARTMENT: Forms = ("department", "departments", "département", "départements")
_GOVERNORATE: Forms = ("governorate", "governorates", "gouvernorat", "gouvernorats")
_MUNICIPALITY: Forms = ("municipality", "municipalities", "municipalité", "municipalités")
_PREFECTURE: Forms = ("prefecture", "prefectures", "préfecture", "préfectures")
_COMMUNE: Forms = ("commune", "communes", "commune", "communes")
_NONE: Forms = ("", "", "", "")

LEVELS: dict[str, tuple[Forms, Forms, str]] = {
    "AFG": (_PROVINCE, _DISTRICT, COD),
    "BDI": (_PROVINCE, _COMMUNE, COD),
    "CAF": (
        _PREFECTURE,
        ("sub-prefecture", "sub-prefectures", "sous-préfecture", "sous-préfectures"),
        COD,
    ),
    "CMR": (_REGION, _DEPARTMENT, COD),
    "COD": (_PROVINCE, ("territory", "territories", "territoire", "territoires"), COD),
    "COL": (_DEPARTMENT, _MUNICIPALITY, COD),
    "CYP": (_DISTRICT, _NONE, EARTH),
    "GNB": (_REGION, ("sector", "sectors", "secteur", "secteurs"), COD),
    "HTI": (_DEPARTMENT, _COMMUNE, COD),
    "IRQ": (_GOVERNORATE, _DISTRICT, COD),
    "LBN": (_GOVERNORATE, ("district", "districts", "caza", "cazas"), COD),
    "LBR": (_COUNTY, _DISTRICT, COD),
    "LBY": (_REGION, _DISTRICT, COD),
    "MLI": (_REGION, ("cercle", "cercles", "cercle", "cercles"), COD),
    "NER": (_REGION, _DEPARTMENT, COD),
    "NGA": (
        _STATE,
        (
            "local government area",
            "local government areas",
            "zone d’administration locale",
            "zones d’administration locale",
        ),
        COD,
    ),
    "SDN": (_STATE, ("locality", "localities", "localité", "localités"), COD),
    "SOM": (_REGION, _DISTRICT, COD),
    "SSD": (_STATE, _COUNTY, COD),
    "SYR": (_GOVERNORATE, _DISTRICT, COD),
    "TCD": (_PROVINCE, _DEPARTMENT, COD),
    # What Natural Earth draws are the municipalities of UNMIK's regulation of 2000.
    "XKX": (_MUNICIPALITY, _NONE, "UNMIK, regulation 2000/45"),
    "YEM": (_GOVERNORATE, _DISTRICT, COD),
    # Words for them would be an opinion, or the units drawn are none of theirs.
    "ESH": (_NONE, _NONE, ""),
    "PSE": (_NONE, _NONE, ""),
}
"""First and second level, and who names them so; of countries with missions and operations of 2018 and 2019."""

TYPES: dict[str, Forms] = {
    "Canton": ("canton", "cantons", "canton", "cantons"),
    "County": _COUNTY,
    "Department": _DEPARTMENT,
    "District": _DISTRICT,
    "Division": ("division", "divisions", "division", "divisions"),
    "Emirate": ("emirate", "emirates", "émirat", "émirats"),
    "Governorate": _GOVERNORATE,
    "Municipality": _MUNICIPALITY,
    "Parish": ("parish", "parishes", "paroisse", "paroisses"),
    "Prefecture": _PREFECTURE,
    "Province": _PROVINCE,
    "Region": _REGION,
    "State": _STATE,
}
"""Words for Natural Earth's types of unit."""

RAINS: dict[str, tuple[str, str, str]] = {
    "MLI": ("6-9", "10", JUDGED),
    "SDN": ("6-9", "", "FEWS NET, East Africa Seasonal Monitor (main season)"),
    "SOM": ("4-6,10-12", "", "FEWS NET, Somalia Seasonal Monitor (gu and deyr)"),
    "SSD": ("4-11", "12", f"{JUDGED}; longer in the south, shorter in the north"),
}
"""Months of rain, month in which its year of seasons begins, and who says so; all others are not known here."""

_SHARE = 0.8
"""Of a country's units that must be of one type, or it names none."""


def proposals_bytes(types: Mapping[str, Iterable[str | None]]) -> bytes:
    """Return what is proposed for each country as CSV, given the types of its first-level units."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for code, named in sorted(types.items()):
        first, second, source = LEVELS.get(code) or (*_typed(named), EARTH)
        rains = RAINS.get(code, ("", "", ""))
        if any((*first, *second, *rains)):
            rows.writerow((code, *first, *second, source if any(first) else "", *rains))
    return text.getvalue().encode()


def _typed(named: Iterable[str | None]) -> tuple[Forms, Forms]:
    """Return the words for the one type that nearly all units have, none where there is no such."""
    count = Counter(named)
    word, units = count.most_common(1)[0]
    fits = units >= _SHARE * count.total()
    return (TYPES.get(word or "", _NONE) if fits else _NONE), _NONE
