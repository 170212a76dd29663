"""Words for layers and fields while files are brought: what a person reads on page and terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from footprint.language import Language, msgid
from footprint.shipped import outlines
from layers.countries import read_countries
from layers.errors import LayerError
from layers.foreign.seen import ColumnContent
from layers.formats.registry import READERS
from layers.intake.answers import NOTHING
from layers.intake.fields import Absent, Form, IntakeField
from layers.intake.labels import layer_said
from layers.intake.titles import EARTH_TITLE, ledger_said
from layers.sentences import Sentence, say


def layer_name(layer: str) -> str:
    """Return what a layer is called, to be translated."""
    return msgid("nothing") if layer == NOTHING else str(layer_said(layer))


CONTENT_WORDS = {
    ColumnContent.EMPTY: msgid("empty"),
    ColumnContent.TEXT: msgid("text"),
    ColumnContent.IDENTIFIER: msgid("identifier"),
    ColumnContent.NUMBER: msgid("number"),
    ColumnContent.YEAR: msgid("year"),
    ColumnContent.DATE: msgid("date"),
    ColumnContent.LATITUDE: msgid("latitude"),
    ColumnContent.LONGITUDE: msgid("longitude"),
    ColumnContent.DEGREES: msgid("degrees"),
    ColumnContent.POSITION: msgid("latitude and longitude"),
    ColumnContent.UTM: msgid("UTM"),
    ColumnContent.MGRS: msgid("military grid"),
    ColumnContent.EASTING: msgid("easting"),
    ColumnContent.NORTHING: msgid("northing"),
    ColumnContent.ZONE: msgid("zone"),
    ColumnContent.OUTLINE: msgid("shape as text"),
    ColumnContent.REFUSED: msgid("refused"),
}
"""What a column holds, to be translated."""

CHOICES = {
    "count": msgid("people in each cell"),
    "density": msgid("people per square kilometre"),
    "leave_out": msgid("leave these rows out"),
    "day": msgid("the day"),
    "month": msgid("the month"),
    "latitude": msgid("the latitude"),
    "longitude": msgid("the longitude"),
    "decimals": msgid("commas before decimals"),
    "thousands": msgid("commas between thousands"),
    "once": msgid("one of each kind"),
    "drawn": msgid("as the map draws them"),
    "yes": msgid("yes"),
    "no": msgid("no"),
    "": msgid("none"),
}
"""Answers of questions that have a few, to be translated."""
_POINTS = {
    "decimals": msgid("points before decimals"),
    "thousands": msgid("points between thousands"),
}
_ANSWERED = {
    "order": msgid("First in dates"),
    "first": msgid("First in positions"),
    "commas": msgid("Commas in numbers"),
    "dots": msgid("Points in numbers"),
    "swapped": msgid("Latitude and longitude are swapped"),
    "reference": msgid("Reference system"),
    "option.unit": msgid("What a cell counts"),
    "option.country": msgid("Country of its places"),
    "option.strength": msgid("Units at a base"),
}
"""What is answered by a key, to be translated."""


def choice_words(key: str, stated: str, language: Language) -> str:
    """Return one of the answers to a question in the reader's words."""
    own = _POINTS.get(stated) if key == "dots" else CHOICES.get(stated)
    return stated if own is None else language.text(own)


def answered_words(key: str, stated: str, language: Language) -> str:
    """Return what was answered, in the reader's words; "" where it says nothing by itself."""
    text = language.text
    group, _, name = key.partition(".")
    if key in _ANSWERED:
        return language.labelled(text(_ANSWERED[key]), choice_words(key, stated, language))
    if group == "content":
        # What was taken for a place before is text then.
        holds = ColumnContent(stated)
        return "" if holds is ColumnContent.TEXT else language.labelled(name, text(CONTENT_WORDS[holds]))
    if group == "value":
        return text("{field} for all rows: {value}", field=name, value=stated)
    if group == "empty":
        meant = choice_words(key, stated, language)
        return text("{field} where its cell is empty: {value}", field=name, value=meant)
    if group in {"column", "asset"}:
        return text("{field}, from the column {column}", field=name, column=stated or text("none"))
    return ""


_MADE = {
    "source": msgid("the ledger's title"),
    "provider": msgid("the ledger's title"),
    "confidence": msgid("the ledger's confidence"),
    "year": msgid("the year of the date"),
    "date_precision": msgid("day, or year where only that is known"),
    "invented": msgid("as the ledger says"),
    "parent_id": msgid("the unit that it lies in"),
}


def absent_words(wanted: IntakeField) -> str:
    """Return what stands for a field that no column is taken for, to be translated."""
    if wanted.absent is Absent.EMPTY:
        return msgid("no column: stays empty, not known")
    if wanted.absent is Absent.MADE:
        return _MADE.get(wanted.name, msgid("made from the rest of the row"))
    return msgid("no column: empty") if not wanted.stands else msgid("no column; there stands:")


SOURCES = (
    msgid("OCHA, common operational datasets (COD-AB)"),
    msgid("Natural Earth, type of its units"),
    msgid("UNMIK, regulation 2000/45"),
    msgid("judged for the country as a whole"),
    msgid("judged for the country as a whole; longer in the south, shorter in the north"),
    msgid("FEWS NET, East Africa Seasonal Monitor (main season)"),
    msgid("FEWS NET, Somalia Seasonal Monitor (gu and deyr)"),
)
"""Who names units and months of rain as `data/outlines/proposals.csv` has them, to be translated."""

_ON_PAGE = {
    "Say --replace if they may give way.": say(
        "If they may give way, tick “It takes the place of” at the file and build again."
    ),
    "Say --replace, or bring its new edition by: footprint area update.": say(
        "Tick “It takes the place of” at the file, or bring its new edition."
    ),
    "Say by_hand = true under [layers.{layer}] of imports/catalogue.toml instead of what is read, "
    "or bring it by --replace.": say(
        "Bring the table that was changed as a file, and tick “It takes the place of” there."
    ),
    "Where boats pass is not stated, so no river carries any. Bring it again by --replace with --set "
    "'option.navigable=RIVER=MONTHS; RIVER=MONTHS', months such as 7-12 or all.": say(
        "Where boats pass is not stated, so no river carries any. To state it, bring the file of rivers "
        "again, tick “It takes the place of” and fill in “Rivers on which boats pass”."
    ),
    "Take part of it: name its units with --only.": say(
        "Take part of it: choose units under “Only some of its first-level units”."
    ),
    "footprint area look says which.": say("Choose another file, or mend this one."),
    "Bring it by: footprint area import.": say("Take it as a new file."),
    "footprint area countries lists them all.": say("Choose it from the list of countries."),
    "{column} is taken as platoons of formed police, and a unit has several. If it counts units,"
    " write platoons into the file, or leave the column out: asset.fpu_platoon= (empty).": say(
        "{column} is taken as platoons of formed police, and a unit has several. If it counts units,"
        " write platoons into the file, or choose no column for them."
    ),
    "Which column holds the day of each incident, or its year (column.year=…)?": say(
        "Which column holds the day of each incident, or its year?"
    ),
}
"""Sentences that name commands, and what a page says instead: what to click. By their English."""

_NOWHERE = say("nothing in it says where its rows are")
"""How a sentence begins that goes on with keys for a terminal: the page has fields beneath it."""


def on_page(sentence: Sentence) -> Sentence:
    """Return a sentence as a page says it: what to click where it names a command."""
    values = {
        name: on_page(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    if sentence.template.startswith(_NOWHERE.template):
        return _NOWHERE
    return _ON_PAGE.get(sentence.template, sentence).having(**values)


def faults_on_page(error: LayerError, language: Language) -> str:
    """Return everything that is wrong with files, a line for each, as a page says it."""
    shown = (
        replace(each, problem=on_page(each.problem), remedy=on_page(each.remedy)) for each in error.faults
    )
    return "\n".join(each.said(language) for each in shown)


@cache
def _countries(code: str) -> Mapping[str, str]:
    """Return what each country is called in a language, by its English name, as the ledger has it."""
    return {each.name("en"): each.name(code) for each in read_countries(outlines())}


def ledger_words(words: str, language: Language) -> str:
    """Return words of the ledger in the reader's language where they are our own."""
    made = ledger_said(words)
    country = words.removesuffix(EARTH_TITLE) if words.endswith(EARTH_TITLE) else ""
    if isinstance(made, Sentence):
        called = {"country": _countries(language.code).get(country, country)} if country else {}
        return made.having(**called).said(language)
    return language.text(words) if words in {reader.title for reader in READERS.values()} else words


def example_of(form: Form) -> str:
    """Return how a value of a form is written, to be translated; "" where any text will do."""
    return _EXAMPLES.get(form, "")


_EXAMPLES = {
    Form.MONTHS: msgid("such as 7-12, or 11-2,5; all: in every month"),
    Form.DAY: msgid("such as 2019-06-30"),
    Form.NUMBER: msgid("a number"),
    Form.WHOLE: msgid("a whole number"),
}
