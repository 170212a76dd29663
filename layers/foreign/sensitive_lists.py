"""Sensitive lists: whether rows of a sheet may be places that come to harm when a site opens beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layers.foreign.seen import ColumnContent, ColumnSeen
from layers.formats.forbidden import plain

if TYPE_CHECKING:
    from layers.foreign.kinds import SheetLook


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PLACES = _set("hospital hospitals hopital hopitaux clinic clinics clinique csref cscom phcc phcu dispensary dispensaire maternite health sante sanitaire school schools ecole ecoles lycee well wells puits forage forages borehole boreholes market markets marketplace marche marches idp idps pdi displaced deplaces refugee refugees refugie refugies")  # fmt: skip  # noqa: E501
"""Words for kinds of places that are for checks alone: care, schools, water, markets, displaced people."""
_CALLED = _PLACES | _set("facility facilities facil hf education displacement")
"""Words of columns by which such lists are known beside."""
_NAMING = _set("name names nom noms site sites place location lieu localite localisation label libelle base camp denomination")  # fmt: skip  # noqa: E501
"""Words of columns that say what a row is called."""
_ASIDE = _set("remark remarks remarque remarques comment comments commentaire commentaires note notes observation observations description details nearest near nearby closest proche proches distance dist source")  # fmt: skip  # noqa: E501
"""Words of columns that say something beside what a row is."""
_UNITS = _set("battalion battalions bataillon company companies compagnie compagnies coy coys infantry inf infanterie troops troupes contingent contingents tcc fpu fpus upc platoon platoons unpol")  # fmt: skip  # noqa: E501
_BASES = _set("tob tobs bot cob fob pob hq qg battalion bataillon stob")
"""Words of classes that are a mission's own."""
_LEVELS = _set("level role niveau")
"""Words of hospitals of troops, by their level."""
_PEOPLE = _set("individuals individus households menages familles families refugees population")
_GRADE = re.compile(r"(level |role |niveau |l ?)?(i{1,3}|\d)( ?\+)?|yes|no|oui|non|y|n|o|x|true|false|vrai|faux|none|aucun")  # fmt: skip  # noqa: E501
"""Cells that say whether something is there, or of which level, and name nothing."""
_WORDS = frozenset({ColumnContent.TEXT, ColumnContent.IDENTIFIER})
_COUNTED = _set("idp idps pdi displaced deplaces refugee refugees refugie refugies")


def may_be_sensitive(look: SheetLook) -> bool:
    """
    Tell whether rows may be places of care, schools, water, markets or displaced people.

    Notes
    -----
    What rows are is said by their classes, by what they are called, and by what a column of names is called.
    A list that counts units of a mission, or calls rows its bases, is of the mission's own sites: whatever
    else its columns tell stands there, as "Medical: Level II", unless most rows are called so.
    """
    words = frozenset(word for each in look.classes for word in each.split())
    own = bool(look.words & _UNITS or words & _BASES)
    if any(_speaks(cell, own=own) for cell in look.classes):
        return True
    # Where no other column calls the rows anything, one called "school" does.
    called = any(set(plain(each.name).split()) & _NAMING for each in look.columns)
    if any(_named_so(each, own=own and called) for each in look.columns):
        return True
    return not own and "camp" in look.words and bool(look.words & _PEOPLE)


def _speaks(cell: str, *, own: bool) -> bool:
    """Tell whether a cell says that its row is such a place; a hospital with a level is a mission's own."""
    words = set(plain(cell).split())
    return bool(words & _PLACES) and not (own and words & _LEVELS)


def _named_so(column: ColumnSeen, *, own: bool) -> bool:
    """Tell whether a column calls its rows such places, by its own name or by its cells."""
    words = set(plain(column.name).split())
    if words & _ASIDE:
        return False
    if column.content not in _WORDS:
        return not own and bool(words & _COUNTED) and column.content is ColumnContent.NUMBER
    speaking = sum(_speaks(cell, own=own) for cell in column.examples)
    if own:
        return bool(words & _NAMING) and 2 * speaking > len(column.examples)
    return bool(speaking) or (bool(words & _CALLED) and not _grades(column))


def _grades(column: ColumnSeen) -> bool:
    """Tell whether a column says of its rows whether they have something, or of which level it is."""
    return bool(column.examples) and all(_GRADE.fullmatch(plain(cell)) for cell in column.examples)
