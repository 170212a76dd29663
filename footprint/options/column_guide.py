"""Column guide: what each column of the table of choices holds, and which words may stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.language import msgid
from footprint.method import Method
from footprint.options.choices import Act, Allowed, CostSource

_COLUMNS = {
    "place": msgid(
        "Which place: the identifier of a site (as in sites.csv), or one of your own where no site stands. "
        "Needed. Each row is one thing that may become of it; a place may have many rows."
    ),
    "name": msgid("What the place is called. Empty: as the site is called, or as its identifier."),
    "act": msgid("What may become of the place: one of the words below. Needed."),
    "assets": msgid(
        "Kinds and numbers, separated by semicolons: what a new site gets, or what a site gets more or "
        "fewer. Only with open, strengthen, thin and reshape. Kinds stand below."
    ),
    "lon": msgid("Longitude of the place where something opens, or to which a site moves [degrees east]."),
    "lat": msgid("Latitude of the same place [degrees north]."),
    "months": msgid(
        "Months in which it is open, 1 to 12, single or from-to, over the new year too. Empty, or all: the "
        "whole year. Only with open and seasonal."
    ),
    "one_off_usd": msgid(
        "What it costs once to bring it about [US dollars], digits alone, from 0 on. Empty: not known, which "
        "is not 0; the row is left out where there is a budget for it."
    ),
    "recurrent_usd": msgid(
        "What the site costs a year once it is so [US dollars], all of it and not only what is added. Write "
        "it in the row keep for the site as it stands today. Empty: not known."
    ),
    "confidence": msgid("How far the costs can be trusted: one of the words below. Empty: nobody has said."),
    "posts": msgid(
        "Posts of the site once it is so, a whole number from 0 on; in the row keep those it has today. "
        "Empty: not known."
    ),
    "allowed": msgid("Whether the search is free to take the row: one of the words below. Empty: free."),
    "office": msgid("Which office asks for it, plain text. Not used in the search."),
    "source": msgid("Where row and costs come from, plain text. Not used in the search."),
}

_ACTS = {
    Act.KEEP: msgid("the site stays as it is; the row says what it costs today"),
    Act.CLOSE: msgid("the site closes, and its assets are free to go elsewhere"),
    Act.OPEN: msgid("a new site where none stands: needs lon, lat and assets"),
    Act.STRENGTHEN: msgid("the site gets more assets"),
    Act.THIN: msgid("the site gives up some assets, written as numbers above 0"),
    Act.RESHAPE: msgid("some assets more and others fewer: write +1 and -1"),
    Act.MOVE: msgid("the site moves with all its assets: needs lon and lat"),
    Act.SEASONAL: msgid("the site stays open in some months only: needs months"),
}
_ALLOWED = {
    Allowed.FREE: msgid("the search may take it or leave it"),
    Allowed.FIXED: msgid("every plan takes it; one row of a place at most"),
    Allowed.FORBIDDEN: msgid("no plan takes it; it can still be asked about, by --why-not"),
}
_TRUSTED = {
    CostSource.INVENTED: msgid("made up, so that there is something to reckon with; results say so"),
    CostSource.LOW: msgid("a guess"),
    CostSource.MEDIUM: msgid("after a comparable site"),
    CostSource.HIGH: msgid("an office's own estimate or account"),
}

_EXAMPLES = {
    "place": "SITE_12",
    "name": "Old Ford",
    "act": "open",
    "assets": "infantry_company 1; fpu_platoon 2",
    "lon": "-3.52",
    "lat": "14.07",
    "months": "10-1",
    "one_off_usd": "1500000",
    "recurrent_usd": "4000000",
    "confidence": "low",
    "posts": "12",
    "allowed": "free",
    "office": "OPS",
    "source": "budget 2018/19",
}


@dataclass(frozen=True, slots=True)
class GuideRow:
    """What one column holds, or what one word in it means."""

    name: str
    """The column, or the word, as it is typed."""
    meaning: str
    """A message of the catalogue."""
    example: str = ""


@dataclass(frozen=True, slots=True)
class GuideTable:
    """Rows about one thing."""

    title: str
    """A message of the catalogue."""
    rows: tuple[GuideRow, ...]


def column_guide(method: Method) -> tuple[GuideTable, ...]:
    """
    Return what the table of choices is made of: its columns, then the words that some of them take.

    Parameters
    ----------
    method
        Its kinds of asset are what column `assets` takes; its packages are what suggested tables and
        `footprint stagger --package` are made of.
    """
    columns = (GuideRow(name, meaning, _EXAMPLES[name]) for name, meaning in _COLUMNS.items())
    words = (
        (msgid("Words in column act"), _ACTS),
        (msgid("Words in column allowed"), _ALLOWED),
        (msgid("Words in column confidence"), _TRUSTED),
    )
    kinds = tuple(GuideRow(kind, each.label) for kind, each in method.assets.items())
    packages = tuple(
        GuideRow(name, each.label, "; ".join(f"{kind} {count}" for kind, count in each.assets))
        for name, each in method.packages.items()
    )
    return (
        GuideTable(msgid("Columns of the table of choices"), tuple(columns)),
        *(
            GuideTable(title, tuple(GuideRow(str(word), meaning) for word, meaning in own.items()))
            for title, own in words
        ),
        GuideTable(msgid("Kinds in column assets"), kinds),
        GuideTable(msgid("Packages, of which suggested rows and mobile units are made"), packages),
    )
