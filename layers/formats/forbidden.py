"""
Which columns may never come in, by their names.

Ethnicity, religion, affiliation, names of persons and names of armed actors are left out
at the door, by the column's name, in English and French. What is left out is stated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    # The process that parses foreign files asks these words, and has no frames.
    import pandas as pd

Frame = TypeVar("Frame", bound="pd.DataFrame")

_PERSON = """
victims? victimes? persons? personnes? suspects? individuals? individus? witness(es)? temoins? leaders?
chiefs? chefs?(?!_lieu) commanders? commandants? respondents? repondants? informants? informateurs?
contacts? staff reporters? patients? detainees? detenus? users? officers? officiers? owners?
proprietaires? author mapper
"""
_NAME = "names? noms? prenoms? surnames?"

_WORDS = {
    "ethnicity": """
        ethn[a-z]* tribes? tribus? tribal[a-z]* clans? clanique castes? race mother_tongue langue_maternelle
    """,
    "religion": "relig[a-z]* confession[a-z]* faith sects? sectes? culte",
    "affiliation": """
        affiliat[a-z]* allegiance allegeance appartenance loyalty loyaute sympath[a-z]*
        political_party parti_politique
    """,
    "armed actors": """
        actors? acteurs? side_[ab] dyads? dyadic gwno_?[ab] assoc inter_?[12] interaction perpetrators?
        auteurs?_presumes? belligerents? armed_groups? groupes?_armes? militias? milices? rebels? rebelles?
        insurgents? insurges? conflict_n(ame)? conflict_(new_|dset_)?id conflict_[12d] nom_conflit
        group_name nom_groupe
    """,
    "names of persons": """
        surnames? prenoms? (first|last|given|family|full|maiden|middle)_?names? nom_de_famille nom_complet
        nom_de_jeune_fille usernames? changeset_user commanders? commandants? suspects? informants?
        informateurs?
    """,
    "press text naming actors and persons": "source_(art(icle)?|hea(dline)?|ori(ginal)?|off(ice)?)",
}


def _either(words: str) -> str:
    """Return a pattern for any of the patterns in `words`, "_" standing for a blank."""
    return "(" + "|".join(words.split()).replace("_", " ") + ")"


def _patterns() -> dict[str, re.Pattern[str]]:
    """Return one pattern for each kind, for whole words of a normalised name."""
    person, name = _either(_PERSON), _either(_NAME)
    of = "((de|du|des|d|la|le|les|l|of|the) )*"
    named = f"|{person} ([a-z]+ )?{name}|{name} {of}{person}"
    kinds = {
        kind: _either(words) + (named if kind == "names of persons" else "") for kind, words in _WORDS.items()
    }
    return {kind: re.compile(rf"(^| )({pattern})( |$)") for kind, pattern in kinds.items()}


FORBIDDEN = _patterns()
"""What may never come in, and the words of a normalised column name that give it away."""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """
    Return `text` as lower-case words without accents, digits apart from letters.

    Examples
    --------
    >>> plain("Nom_Victime"), plain("actor1"), plain("sideA"), plain("Côte Élevée")
    ('nom victime', 'actor 1', 'side a', 'cote elevee')
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare)
    spaced = re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", spaced)
    return " ".join(re.findall(r"[a-z]+|\d+", spaced.lower()))


def slug(text: str) -> str:
    """Return `text` as an identifier: words of `plain` joined by underscores."""
    return plain(text).replace(" ", "_")


def forbidden_kind(column: str) -> str | None:
    """
    Tell what a column would bring in that is never taken in, None if it may pass.

    Examples
    --------
    >>> [forbidden_kind(c) for c in ("name", "actor1", "ethnie", "nom_victime")]
    [None, 'armed actors', 'ethnicity', 'names of persons']
    """
    words = plain(column)
    return next((kind for kind, pattern in FORBIDDEN.items() if pattern.search(words)), None)


def left_out(frame: Frame) -> tuple[Frame, tuple[str, ...]]:
    """
    Leave out every column that may never come in.

    Parameters
    ----------
    frame
        Any frame as read, columns as the file names them.

    Returns
    -------
    tuple
        The frame without such columns, and one statement for each kind left out, naming
        its columns.
    """
    names = [str(column) for column in frame.columns]
    kept = frame[[column for column in frame.columns if forbidden_kind(str(column)) is None]]
    return kept, statements(names)


def statements(columns: Iterable[str]) -> tuple[str, ...]:
    """Return one statement for each kind of column that may never come in, naming those of it."""
    kinds = {column: forbidden_kind(column) for column in columns}
    return tuple(_statement(kind, kinds) for kind in FORBIDDEN if kind in kinds.values())


def _statement(kind: str, kinds: dict[str, str | None]) -> str:
    """Say that the columns of one kind are left out."""
    names = [repr(column) for column, found in kinds.items() if found == kind]
    return f"{kind} never taken in: {'column' if len(names) == 1 else 'columns'} {', '.join(names)}"
