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

_OFFICE = """
focal_(points?|persons?) points?_foca(l|ux) points?_of_contact contact_points?
(person|officer)s?_in_charge in_charge oic managers? manageress supervisors? superviseurs? superviseuses?
coordinators? coordinat(eur|rice)s? coordonnat(eur|rice)s? gestionnaires? gerante?s? responsables? charges?_de
heads?_of_(office|base|team|mission|section|sector|unit|site|station|village|facility|school|clan|field_office)
head_?(teacher|master|mistress|nurse)s? headmasters? team_leaders? leaders? chiefs? chefs?(?!_lieux?)
commanders? commandants? commanding_officers? patrol_leaders? liaison_officers? officers? officiers?
directors? direct(eur|rice)s? mayors? maires? bourgmestres? governors? gouverneurs? prefets? sous_prefets?
commissioners? commissaires? administrators? administrateurs? presidents? presidente secretaires?
authors? auteure?s? redact(eur|rice)s? rapporteurs? rapporteuses? reporters? reporting_officer
enumerators? surveyors? data_collectors? collect(eur|rice)s? recenseurs? recenseuses? enqueteuses?
observers?_names? noms?_(de_l_|des_|d_)?observateurs?
witness(es)? temoins? informants? informateurs? informatrices? respondents? repondante?s?
complainants? plaignants? declarante?s? interviewees? interlocut(eur|rice)s?
(?<!water_)sources?_names? names?_of_(the_)?sources? noms?_(de_la_|des_)?sources?
representatives? representante?s? delegates? deleguee?s? owners? proprietaires? landlords? bailleurs?
custodians? caretakers? guardians? gardiens? elders? notables? sultans? sheikhs? cheikhs?
drivers? chauffeurs? pilots? pilotes? doctors? medecins? nurses? infirmi(er|ere)s? signatures? signataires?
personnes?_(de_)?(contact|ressources?)
"""
_DONE_BY = """
prepared compiled reported verified approved submitted collected recorded entered checked updated created
edited signed written drafted authored filled informed confirmed
"""
_FAIT_PAR = """
prepare etabli redige saisi rempli verifie valide rapporte collecte signale soumis approuve mis_a_jour cree
signe ecrit informe confirme
"""
_WHOLE_OFFICE = frozenset({"poc", "pocs", "poc name", "name of poc", "nom poc", "head", "signed", "incharge"})
"""Names that hold a person where they say nothing else: sites for the protection of civilians are none."""

_MORE = {
    "telephone numbers and addresses of persons": _PHONE,
    "names of persons": _PERSON,
    "ethnicity": _ETHNIC,
    "religion": _RELIGIOUS,
    "affiliation": _PARTY,
}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("(^| )(" + "|".join(each.replace("_", " ") for each in words.split()) + ")( |$)")


_PATTERNS = {kind: _pattern(words) for kind, words in _MORE.items()}
_OFFICES = _pattern(f"{_OFFICE} ({'|'.join(_DONE_BY.split())})_by ({'|'.join(_FAIT_PAR.split())})e?s?_par")

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
_NUMBER_WITHIN = re.compile(r"(?<![\w.+])(?:\+|00)\d{1,3}(?:[\s\-]?\d){7,12}(?![\d.])")
_DECIMALS = re.compile(r"\+?\d+\.\d+")
"""A number with a sign, as coordinates have it, that is no telephone number."""
_LOCAL = re.compile(r"\d\d( \d\d){3,4}|0\d{2,3}[ -]\d{3}[ -]\d{3,4}")
"""Numbers as they are called within a country, in twos or after a nought."""
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,64}\.[a-z]{2,8}", re.IGNORECASE)
_RANKS = """
lieutenant lieut lt ltn slt 2lt 1lt colonel col maj capitaine captain capt cpt cdt brig brigadier sergeant
sergent sgt ssgt msgt cpl caporal adjt inspecteur inspector supt cmdr cdr mr mrs mme mlle monsieur madame
mademoiselle mister dr docteur prof
"""
_DOTTED = "gen adj insp asp pte cne pr rev hon amb ms"
"""Ranks and titles that are words of their own, or parts of them, where no point follows."""
_RANK = "|".join(sorted(_RANKS.split(), key=len, reverse=True))
_FIRST = re.compile(r"\w+")
_BEFORE = "contacts contact focal point poc name nom m"
_FIRSTS = frozenset(f"{_RANKS} {_DOTTED} {_BEFORE}".split())
"""Words with which a titled name begins: most cells begin with none."""
_NAMED = r"[A-ZÀ-ÖØ-Þ][\w'’\-]*\.?"
_TITLED = re.compile(
    rf"(?:(?i:contacts?|focal point|point focal|poc|name|nom)\s*[:\-–]?\s*)?"
    rf"(?:(?:(?i:{_RANK})(?:\.|\s|[-/](?=[A-Z]))\s*|(?i:{_DOTTED.replace(' ', '|')})\.\s*"
    rf"|M\.(?:\s+|(?=[A-Z][a-zà-ÿ]))))+{_NAMED}(?=\W|$)"
)
_NO_PERSON = re.compile(
    r"\b(clini[cq]\w*|hospital\w*|hopital|hôpital|schools?|[ée]coles?|lyc[ée]es?|coll[èe]ges?|pharmac\w*|cent(re|er)s?"
    r"|camps?|markets?|march[ée]s?|streets?|roads?|avenues?|rues?|airports?|a[ée]roports?|foundation|fondation|memorial"
    r"|universit\w*|base|cabinet|laborato\w*|institut\w*|farms?|ferme|congo)\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(
    rf"\b(?i:(?:prepared|compiled|reported|approved|updated|drafted|authored)\s+by"
    rf"|(?:prépar|établ|rédig|prepar|etabl|redig|valid)\w{{1,3}}\s+par)\s*:?\s*{_NAMED}"
)
_IN_FULL = "mr|mrs|mme|mlle|monsieur|madame|colonel|capitaine|captain|lieutenant"
_TITLED_WITHIN = re.compile(rf"(?<!\w)(?:(?i:{_RANK})\.\s*|(?i:{_IN_FULL})\s+){_NAMED}(?=\W|$)")
"""As headings have it, which are short of words: "Col Total" is no colonel."""


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


def holder_of_office(column: str) -> bool:
    """
    Tell whether a column of this name holds who has an office, unless its cells are counts or answers.

    Examples
    --------
    >>> [holder_of_office(c) for c in ("Focal point", "Responsable", "Chef-lieu", "PoC site", "POC")]
    [True, True, False, False, True]
    """
    words = plain(column)
    return words in _WHOLE_OFFICE or _OFFICES.search(words) is not None


def is_personal(text: str) -> bool:
    """
    Tell whether a cell holds a telephone number or an e-mail address, or is one as a country's own are.

    Examples
    --------
    >>> is_personal("+223 70 00 00 00"), is_personal("a@b.org"), is_personal("14.5")
    (True, True, False)
    """
    if "@" in text and _ADDRESS.search(text):
        return True
    if _DECIMALS.fullmatch(text) is not None:
        return False
    if _NUMBER.fullmatch(text) is not None or _LOCAL.fullmatch(text) is not None:
        return True
    return ("+" in text or "00" in text) and _NUMBER_WITHIN.search(text) is not None


def is_titled(text: str) -> bool:
    """
    Tell whether a cell begins with a title or a rank and a name.

    Examples
    --------
    >>> [is_titled(t) for t in ("Maj. X", "Contact: Lt Col X", "Dr X Clinic", "Col de la Piste")]
    [True, True, False, False]
    """
    first = _FIRST.match(text)
    if first is None or first[0].lower() not in _FIRSTS:
        return False
    return _TITLED.match(text) is not None and _NO_PERSON.search(text) is None


def is_about_person(text: str) -> bool:
    """Tell whether a cell is not to be shown: it holds a telephone number, an address or a titled name."""
    return is_titled(text) or is_personal(text)


def names_person(text: str) -> bool:
    """
    Tell whether a heading holds a person rather than names a column.

    Examples
    --------
    >>> [names_person(t) for t in ("Prepared by J. X", "Prepared by", "Site (Maj. X)")]
    [True, False, True]
    """
    return _BY_WHOM.search(text) is not None or _TITLED_WITHIN.search(text) is not None or is_personal(text)


HOLDS_PERSONAL = _WHY["telephone numbers and addresses of persons"]
HOLDS_PERSONS = _WHY["names of persons"]
