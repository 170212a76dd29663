"""Refused: columns about persons, by their name and by what they hold: never shown, never taken."""

from __future__ import annotations

import re

from layers.formats.forbidden import forbidden_kind, plain
from layers.sentences import Sentence, say

_PHONE = """
phones? telephones? tel mobile(?=_(phone|number)|$) gsm whatsapp signal_number viber
cell(ulaire|phone)? emails? e_mails? mails?
courriels? contacts? contact_(number|phone|person|email|details) numero_de_(telephone|contact)
"""
_PERSON = """
chefs?_(de_)?(menage|famille|village|quartier|fraction)s? head_of_(household|family)
household_head hoh village_(chief|head) interviewers? enumerators? enqueteurs? enquetes?
nom_prenoms? noms?_et_prenoms? prenoms?_noms? beneficiar(y|ies)_names?
maires? mayors? passports? nina national_id id_card carte_(d_)?identite birth_?date
date_of_birth date_de_naissance
"""
_ETHNIC = """
ethnie groupe_ethnique ethnic_group peuls? peulhs? fulanis? fulas? foulanis? touaregs? tuaregs? arabes? arabs?
bambaras? bamanans? dogons? dozos? songhais? songhays? sonrhais? soninkes? malinkes? hausas? haoussas?
dinkas? nuers? shilluks? murles? bari azandes? zandes? gbayas? hutus? tutsis? twas? hemas? lendus?
pygmees? pygmys? nomades? communaute_ethnique language_spoken langue_parlee langue_maternelle
"""
_RELIGIOUS = """
imams? marabouts? pretres? priests? pasteurs? pastors? bishops? eveques? muslims? musulmane?s? islam
islamic christians? chretien(ne)?s? catholi(c|que)s?
protestante?s? animistes? animists? jews? juifs? sunni shia
sunnites? chiites?
"""
_PARTY = "partis? party parties factions? syndicats? membership membres?_de"

_MORE = {
    "telephone numbers and addresses of persons": _PHONE,
    "names of persons": _PERSON,
    "ethnicity": _ETHNIC,
    "religion": _RELIGIOUS,
    "affiliation": _PARTY,
}


def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile("(^| )(" + "|".join(words.replace("_", " ") for words in text.split()) + ")( |$)")
        for kind, text in _MORE.items()
    }


_PATTERNS = _patterns()

_WHY = {
    "ethnicity": say("it speaks of ethnicity"),
    "religion": say("it speaks of religion"),
    "affiliation": say("it speaks of affiliation"),
    "armed actors": say("it names armed actors"),
    "names of persons": say("it names persons"),
    "press text naming actors and persons": say("it holds press text that names actors and persons"),
    "telephone numbers and addresses of persons": say("it holds telephone numbers or addresses of persons"),
}
"""Why a column is refused, by its kind."""

_NUMBER = re.compile(r"(\+|00)\d{1,3}[\s.\-]?(\d[\s.\-]?){6,12}")
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,64}\.[a-z]{2,8}", re.IGNORECASE)


def refused_name(column: str) -> Sentence | None:
    """
    Return why a column of this name is refused, None if it may pass.

    Examples
    --------
    >>> [refused_name(c) for c in ("site", "chef de ménage", "actor1", "Imam")]
    [None, 'it names persons', 'it names armed actors', 'it speaks of religion']
    """
    kind = forbidden_kind(column)
    if kind is None:
        words = plain(column)
        kind = next((each for each, pattern in _PATTERNS.items() if pattern.search(words)), None)
    return None if kind is None else _WHY[kind]


def is_personal(text: str) -> bool:
    """
    Tell whether a cell holds a telephone number in its international form or an e-mail address.

    Examples
    --------
    >>> is_personal("+223 70 00 00 00"), is_personal("a@b.org"), is_personal("14.5")
    (True, True, False)
    """
    return _NUMBER.fullmatch(text) is not None or _ADDRESS.fullmatch(text) is not None


HOLDS_PERSONAL = _WHY["telephone numbers and addresses of persons"]
