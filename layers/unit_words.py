"""What an area calls its units of the first and second level, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from layers.errors import Fault
from layers.sentences import say

FILE = "area.toml"

Forms = tuple[str, str]
"""A word in the singular and in the plural."""

_PLURAL_FROM_FR = 2
"""In French the plural begins here: 1.5 is still singular."""


class UnitLevel(StrEnum):
    """A level of units below the country."""

    REGION = "region"
    """First level."""
    DISTRICT = "district"
    """Second level."""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """Words for the units of each level, by level and language."""

    forms: tuple[tuple[str, str, Forms], ...]
    """UnitLevel, language, and the word's two forms."""

    def word(self, level: str, language: str, count: float = 1) -> str:
        """
        Return what units of a level are called.

        Parameters
        ----------
        level
            "region" or "district", a `UnitLevel`.
        language
            For instance "en"; in one that the folder has no word for, the English one stands.
        count
            How many units are spoken of.

        Returns
        -------
        str
            In the singular for one; in French also for less than two.

        Raises
        ------
        KeyError
            If there is no such level.

        Examples
        --------
        >>> COMMON_WORDS.word("district", "en", 0), COMMON_WORDS.word("region", "fr", 0)
        ('districts', 'région')
        """
        known = {(each, spoken): forms for each, spoken, forms in self.forms}
        spoken = language if (level, language) in known else "en"
        plural = count >= _PLURAL_FROM_FR if spoken == "fr" else count != 1
        return known[level, spoken][plural]

    def of_one_level(self) -> UnitWords:
        """Return the words of an area whose second level is its first again: both are called as the first."""
        first = [(language, forms) for level, language, forms in self.forms if level == UnitLevel.REGION]
        return UnitWords(tuple((level, *each) for level in map(str, UnitLevel) for each in first))


def is_one_level(regions: Iterable[str], districts: Iterable[str]) -> bool:
    """
    Tell whether units of the second level are those of the first again, for want of others.

    Parameters
    ----------
    regions, districts
        Names of the units of each level.

    Examples
    --------
    >>> is_one_level(["West", "East"], ["East", "West"]), is_one_level(["West"], ["North", "South"])
    (True, False)
    """
    return sorted(regions) == sorted(districts)


COMMON_WORDS = UnitWords(
    (
        ("region", "en", ("region", "regions")),
        ("region", "fr", ("région", "régions")),
        ("district", "en", ("district", "districts")),
        ("district", "fr", ("district", "districts")),
    )
)
"""What stands where a folder has no words of its own."""


def read_unit_words(content: Mapping[str, Any]) -> UnitWords:
    """Return the words of an `area.toml` in which `unit_word_faults` found nothing."""
    stated = {
        (level, language): (forms[0], forms[1])
        for level, words in content.get("units", {}).items()
        for language, forms in words.items()
    }
    # A level with words of its own has those alone: "county" beside "district" would be two words for one.
    common = {
        (level, language): forms
        for level, language, forms in COMMON_WORDS.forms
        if level not in {told for told, _ in stated}
    }
    return UnitWords(
        tuple((level, language, forms) for (level, language), forms in (common | stated).items())
    )


def unit_word_faults(content: Mapping[str, Any]) -> list[Fault]:
    """Return everything wrong with the table `units`; a file may lack it."""
    units = content.get("units", {})
    if not isinstance(units, dict):
        return [
            Fault(FILE, say("it is no table"), say("Write [units.region] and [units.district]."), "units")
        ]
    faults = []
    for level, words in units.items():
        column = f"units.{level}"
        if level not in list(UnitLevel):
            remedy = say("Known are {known}.", known=", ".join(UnitLevel))
            faults.append(Fault(FILE, say("the level is not known"), remedy, column))
        elif not isinstance(words, dict) or "en" not in words:
            remedy = say('Write en = ["county", "counties"].')
            faults.append(Fault(FILE, say("there is no English word"), remedy, column))
        else:
            faults += [
                Fault(
                    FILE,
                    say("it is no singular and plural"),
                    say('Write two words, such as ["county", "counties"].'),
                    f"{column}.{language}",
                )
                for language, forms in words.items()
                if not _are_forms(forms)
            ]
    return faults


def _are_forms(forms: object) -> bool:
    """Tell whether `forms` is a list of two words."""
    two = 2
    return isinstance(forms, list) and len(forms) == two and all(isinstance(f, str) and f for f in forms)
