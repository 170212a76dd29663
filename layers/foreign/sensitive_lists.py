"""Sensitive lists: whether rows of a sheet may be places that come to harm when a site opens beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from layers.foreign.seen import ColumnContent, ColumnSeen
from layers.formats.forbidden import plain

if TYPE_CHECKING:
    from layers.foreign.look import SheetLook


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PLACES = _set("hospital hospitals hopital hopitaux clinic clinics clinique cliniques polyclinique csref cscom csrefs cscoms phcc phcu dispensary dispensaire maternite health sante sanitaire sanitaires pharmacy pharmacie infirmerie medecin soins msf school schools ecole ecoles scolaire lycee lycees well wells puits forage forages borehole boreholes waterpoint pem aep pmh market markets marketplace marche marches idp idps pdi pdis displaced deplaces displacement refugee refugees refugie refugies")  # fmt: skip  # noqa: E501
"""Words for kinds of places that are for checks alone: care, schools, water, markets, displaced people."""
_PHRASES = re.compile(r"\b(points? d eau|sources? d eau|water (points?|sources?|wells?)|drinking water)\b")
"""The same of several words."""
_CALLED = _PLACES | _set("facility facilities facil hf education camp camps")
"""Words by which such lists are known beside, where they are not plainly a mission's own."""
_NAMING = _set("name names nom noms site sites place location lieu localite localisation label libelle base camp denomination emplacement structure point description designation intitule position")  # fmt: skip  # noqa: E501
"""Words of columns that say what a row is called."""
_ASIDE = _set("remark remarks remarque remarques comment comments commentaire commentaires note notes observation observations nearest near nearby closest proche proches distance dist source")  # fmt: skip  # noqa: E501
"""Words of columns that say something beside what a row is, where others say what it is."""
_UNITS = _set("battalion battalions bataillon bataillons infantry infanterie troops fpu fpus unpol tcc platoon platoons coy coys helicopter helicopters helicoptere helicopteres engineers unmo unmos")  # fmt: skip  # noqa: E501
"""Words of columns that count what a mission alone has."""
_MAYBE_UNITS = _UNITS | _set("inf company companies compagnie compagnies contingent contingents troupes upc genie isr uav")  # fmt: skip  # noqa: E501
"""Words that other lists have as well: INF counts nurses, a company drills wells."""
_BASES = _set("tob tobs bot cob fob pob stob hq qg base bases battalion bataillon")
"""Words of classes that are a mission's own."""
_LEVELS = _set("level role niveau")
"""Words of hospitals of troops, by their level."""
_PEOPLE = _set("individuals individus households menages familles families refugees population")
_GRADE = re.compile(r"(level |role |niveau |l ?)?(i{1,3}|\d)( ?\+)?|yes|no|oui|non|y|n|o|x|true|false|vrai|faux|none|aucun")  # fmt: skip  # noqa: E501
"""Cells that say whether something is there, or of which level, and name nothing."""
_WORDS = frozenset({ColumnContent.TEXT, ColumnContent.IDENTIFIER})
_SEVERAL = 2


def may_be_sensitive(look: SheetLook) -> bool:
    """
    Tell whether rows may be places of care, schools, water, markets or displaced people.

    Notes
    -----
    Doubt hides: one such word in the name of a column, a class or an example is enough. A list is plainly a
    mission's own if several of its columns count units, or its classes are words for bases; then what its
    other columns tell stands at its sites, as "Medical: Level II", unless a class or the name of a row says
    otherwise.
    """
    if _is_own(look):
        telling = [each for each in look.columns if not _words(each) & _ASIDE]
        called = any(_words(each) & _NAMING for each in telling)
        # Where no other column calls the rows anything, one of remarks does.
        telling = telling if called else list(look.columns)
        crowded = "camp" in look.words and any(_words(each) & _PEOPLE for each in telling)
        said = any(map(speaks, look.classes)) or any(_names_so(each, called=called) for each in telling)
        return crowded or said
    cells = (cell for each in look.columns for cell in (each.name, *each.examples))
    texts = [*look.classes, *map(parted, cells)]
    words = {word for each in texts for word in each.split()}
    return bool(words & _CALLED) or any(map(_PHRASES.search, texts))


def parted(text: str) -> str:
    """
    Return a text as plain words, those apart that an apostrophe of printers parts as well.

    Examples
    --------
    >>> parted("Point d’eau"), parted("L'École")
    ('point d eau', 'l ecole')
    """
    return plain(text.translate(_APOSTROPHES))


_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", " "))


def speaks(cell: str) -> bool:
    """
    Tell whether a cell says that its row is such a place; a hospital with a level is a mission's own.

    Examples
    --------
    >>> [speaks(each) for each in ("CSCOM 1", "Point d’eau", "Level II hospital", "Old Ford")]
    [True, True, False, False]
    """
    text = parted(cell)
    words = set(text.split())
    return (bool(words & _PLACES) and not words & _LEVELS) or _PHRASES.search(text) is not None


def any_speaks(cells: Iterable[str]) -> bool:
    """Tell whether one of the cells of a row says that it is such a place."""
    return any(map(speaks, cells))


def _is_own(look: SheetLook) -> bool:
    """Tell whether a list is plainly of a mission's own sites."""
    if any(set(each.split()) & _BASES for each in look.classes):
        return True
    counting = [_words(each) & _MAYBE_UNITS for each in look.columns if each.content not in _NOTHING]
    return sum(map(bool, counting)) >= _SEVERAL and any(each & _UNITS for each in counting)


_NOTHING = frozenset({ColumnContent.REFUSED, ColumnContent.EMPTY})


def _words(column: ColumnSeen) -> set[str]:
    return set(parted(column.name).split())


def _names_so(column: ColumnSeen, *, called: bool) -> bool:
    """Tell whether a column of a mission's own list calls rows such places all the same."""
    if column.content not in _WORDS or _grades(column):
        return False
    words = _words(column)
    # Where no other column calls the rows anything, one called "school" does.
    return any(map(speaks, column.examples)) or (not called and bool(words & _PLACES))


def _grades(column: ColumnSeen) -> bool:
    """Tell whether a column says of its rows whether they have something, or of which level it is."""
    return bool(column.examples) and all(_GRADE.fullmatch(plain(cell)) for cell in column.examples)
