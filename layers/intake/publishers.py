"""Publishers: who made a list that no reader is written for, where its columns tell."""

from __future__ import annotations

from dataclasses import dataclass

from layers.cautions import LABEL
from layers.foreign.seen import SheetSeen
from layers.formats.forbidden import plain
from layers.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """What a publisher says of its lists, as the ledger has it."""

    columns: frozenset[str]
    """Columns that stand in its lists together, and in no other's."""
    origin: str
    licence: str
    confidence: str
    remarks: tuple[Sentence, ...] = ()
    """What a person must know before such a list is taken."""
    note: str = ""
    """What the ledger notes of it, so that every answer says it too."""

    @property
    def ledger(self) -> dict[str, str]:
        """Return what the ledger says."""
        said = {"origin": self.origin, "licence": self.licence, "confidence": self.confidence}
        return said | ({"note": self.note} if self.note else {})


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PUBLISHERS = (
    Publisher(
        columns=_set("featurecla scalerank name region min_label max_label"),
        origin="Natural Earth",
        licence="public domain",
        confidence="low",
        remarks=(
            say(
                "Natural Earth draws such an area to write its name on; it is not surveyed, and not how far a"
                " flood reaches."
            ),
        ),
        note=str(LABEL),
    ),
    Publisher(
        columns=_set("featurecla scalerank name min_zoom name_alt"),
        origin="Natural Earth",
        licence="public domain",
        confidence="low",
    ),
    Publisher(
        columns=_set("pcode loc_type loc_subtype unhcr_assist"),
        origin="UNHCR, locations of displaced people (Zhou & Shaver 2021)",
        licence="none stated; cite Zhou & Shaver 2021 and UNHCR",
        confidence="medium",
    ),
    Publisher(
        columns=_set("state_code county_code payam_code health_facility_name functional_status"),
        origin="Ministry of Health of South Sudan and WHO, master facility list",
        licence="not stated",
        confidence="medium",
    ),
)


def publisher_of(sheet: SheetSeen) -> Publisher | None:
    """Return who made a sheet, None where its columns do not tell."""
    names = {plain(each.name).replace(" ", "_") for each in sheet.columns}
    return next((each for each in _PUBLISHERS if names >= each.columns), None)
