"""
An offer: what would be taken of one sheet of a file, for which layer and how, and what is still to be said.

Nothing is taken by it. It is shown, a person answers what is open or corrects what is wrong, and a new
offer is made; one without questions can be taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from layers.foreign.isolation import Looked
from layers.foreign.marked import is_of_marks
from layers.foreign.seen import Likely, SheetSeen
from layers.formats.registry import READERS
from layers.intake.answers import NOT_STATED, NOTHING, Answers, OpenQuestion, merged
from layers.intake.feeds import LEVELS, layers_for, layers_of, level_named
from layers.intake.ground import own_reference
from layers.intake.held import AreaHeld
from layers.intake.identifiers import with_identifier
from layers.intake.known import ALONE, KnownFile, known_file
from layers.intake.ledgers import noted
from layers.intake.mapping import IntakeMapping, as_answered, corrected, guessed_mapping, not_counted
from layers.intake.publishers import publisher_of
from layers.intake.questions import (
    in_reference,
    ledger_questions,
    mapping_questions,
    swap_questions,
    unfit_questions,
)
from layers.intake.raster_questions import dated, raster_questions
from layers.intake.row_words import known_words, without_strange_words
from layers.intake.rows import RowSource, TakenRows, take
from layers.intake.shown import with_examples
from layers.sentences import Sentence, say

LISTED = "listed"
"""Reader of lists that are no known provider's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts:
    """What is known of the area that a file comes into."""

    name: str
    country: str
    """ISO code of two letters, "" where it is not known."""
    unit_id: str
    """Identifier of its outline."""
    companions: frozenset[str]
    """Providers' kinds of file that come together with this one."""
    rains: str
    """Months of rain such as "4-11", "" where they are not stated."""
    sites: Mapping[str, str]
    """Identifier of each of its sites, by itself and by its name as `plain` writes it."""
    outline: Any = None
    """Its shape in longitude and latitude [degrees], None where none reads."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Offer:
    """What would be taken of one sheet."""

    place: int
    """Of the sheet in its file, from 0."""
    sheet: SheetSeen
    layer: str
    """Layer that it is taken for, `NOTHING` where none."""
    why_nothing: Sentence | None
    reader: str
    slot: str
    options: Mapping[str, object]
    mapping: IntakeMapping | None
    """Of lists that are no known provider's."""
    ledger: Mapping[str, str]
    """What the ledger will say, as far as it is known."""
    questions: tuple[OpenQuestion, ...]
    taken: TakenRows | None
    """Rows of a list, where nothing is open."""
    meanings: Mapping[str, Mapping[str, str]]
    """By field of words, what cells of a list are taken to mean."""
    provider: str

    @property
    def placed_by(self) -> tuple[str, ...]:
        """Columns of a list that say where its rows are; none where shapes do, or nothing does."""
        if self.mapping is None or self.sheet.shapes or not self.mapping.target.shapes:
            return ()
        where = self.mapping.placing(self.sheet.columns)
        return () if where is None else where.columns

    @property
    def is_nothing(self) -> bool:
        """Whether nothing of the sheet is taken."""
        return self.layer == NOTHING


def offers(looked: Looked, answers: Sequence[Answers], facts: AreaFacts) -> tuple[Offer, ...]:
    """
    Return what would be taken of every sheet of a file.

    Parameters
    ----------
    looked
        The file, as long as it is open.
    answers
        What a person said, of all sheets or of one by its name; later ones win.
    facts
        Of the area.
    """
    return tuple(
        _offer(looked, n, merged(answers, sheet.name, looked.seen.file), facts)
        for n, sheet in enumerate(looked.seen.sheets)
    )


def _offer(looked: Looked, place: int, answers: Answers, facts: AreaFacts) -> Offer:
    sheet = looked.seen.sheets[place]
    provider = next((each.provider for each in sheet.likely if each.provider), "")
    known, level = known_file(provider)
    if provider in ALONE and ALONE[provider] not in facts.companions:
        # Without the file that it only names, it is a list like any other.
        known, level, provider = None, None, ""
    layers = layers_for(sheet, known, level)
    layer = answers.stated.get("layer", layers[0] if layers else NOTHING)
    if layer == NOTHING:
        why = _AS_BEFORE if answers.as_before else say("it was said so")
        if "layer" not in answers.stated or not sheet.rows:
            why = _why_nothing(sheet, known)
        return _nothing(sheet, place, why, provider)
    if known is not None and layer in known.layers:
        return _of_known(looked, place, answers, facts, (provider, known, layer))
    if layer == "population":
        return _raster(looked, place, answers, provider)
    return _list(looked, place, answers, facts, layer)


_NOWHERE = say(
    "nothing in it says where its rows are; say its layer, and for its columns what they hold, such as"
    " content.Y=latitude and content.X=longitude"
)
_AS_BEFORE = say("it is like no sheet that was taken before; say its layer if it is to be taken")


def _why_nothing(sheet: SheetSeen, known: KnownFile | None) -> Sentence:
    if known is not None and known.why_not is not None:
        return known.why_not
    if known is not None:
        return say("units below the second level are no layer here")
    if sheet.likely[0].layer is Likely.PEOPLE:
        return say(
            "it counts people by unit without saying where within it they live: bring a population raster"
        )
    if not sheet.rows:
        return say("it is empty")
    return _NOWHERE


def _nothing(sheet: SheetSeen, place: int, why: Sentence, provider: str) -> Offer:
    return Offer(
        place=place,
        sheet=sheet,
        layer=NOTHING,
        why_nothing=why,
        reader="",
        slot="",
        options={},
        mapping=None,
        ledger={},
        questions=(),
        taken=None,
        meanings={},
        provider=provider,
    )


def _of_known(
    looked: Looked, place: int, answers: Answers, facts: AreaFacts, what: tuple[str, KnownFile, str]
) -> Offer:
    provider, known, layer = what
    options: dict[str, object] = {**known.options, **_options(answers, known.reader)}
    sheet, questions = in_reference(looked.seen.sheets[place], answers.stated.get("reference", ""))
    if known.reader == "geonames" and facts.country:
        # Of an area begun with its country's code nobody need be asked; another can be said all the same.
        options.setdefault("country", facts.country)
    elif known.reader == "geonames" and "country" not in options:
        questions.append(OpenQuestion(key="option.country", asks=_WHOSE_PLACES))
    questions += [each for each in known.asks if each.key.removeprefix("option.") not in options]
    if "navigable" in options:
        options["navigable"] = navigable_tables(str(options["navigable"]))
    if known.reader == "osm_roads":
        options |= _of_streets(options, facts)
    if known.reader == "cod_boundaries":
        options["level"] = next(n for n, name in LEVELS.items() if name == layer)
    ledger = {
        "title": known.title,
        "origin": known.origin,
        "licence": known.licence,
        "confidence": known.confidence,
        "date": dated(looked.seen.file),
    }
    ledger = {name: text for name, text in {**ledger, **answers.of("ledger")}.items() if text}
    return Offer(
        place=place,
        sheet=replace(sheet, remarks=(*sheet.remarks, *known.remarks)),
        layer=layer,
        why_nothing=None,
        reader=known.reader,
        slot=known.slot,
        options=options,
        mapping=None,
        ledger=ledger,
        questions=(*questions, *ledger_questions(ledger)),
        taken=None,
        meanings={},
        provider=provider,
    )


_WHOSE_PLACES = say("Of which country are its places taken? Two letters, as ISO has them.")


def _options(answers: Answers, reader: str) -> dict[str, object]:
    """Return what a person said of a reader's options; what is said of other files is left aside."""
    known = READERS[reader].options
    return {name: text for name, text in answers.of("option").items() if name in known and text}


def navigable_tables(text: str) -> list[dict[str, str]]:
    """
    Return where boats pass as a catalogue has it, from rivers and months as a person types them.

    Examples
    --------
    >>> navigable_tables("Sobat=7-12; Bahr el Jebel=all")
    [{'name': 'Sobat', 'months': '7-12'}, {'name': 'Bahr el Jebel', 'months': 'all'}]
    """
    parts = [each.partition("=") for each in text.split(";") if each.strip()]
    return [{"name": name.strip(), "months": months.strip()} for name, _, months in parts]


def _of_streets(options: Mapping[str, object], facts: AreaFacts) -> dict[str, object]:
    """Return what streets are read by: months of rain as the area states them, and classes left out."""
    classes = [each.strip() for each in str(options.get("leave_out", "")).split(",") if each.strip()]
    wet = options.get("wet_months") or facts.rains
    return {**({"leave_out": classes} if classes else {}), **({"wet_months": wet} if wet else {})}


def _raster(looked: Looked, place: int, answers: Answers, provider: str) -> Offer:
    options: dict[str, object] = _options(answers, "worldpop")
    questions = raster_questions(looked.seen.file, options)
    ledger = {"title": looked.seen.file, "confidence": "low", **answers.of("ledger")}
    if "year" in options and ledger.get("date", NOT_STATED) == NOT_STATED:
        ledger["date"] = str(options["year"])
    return Offer(
        place=place,
        sheet=looked.seen.sheets[place],
        layer="population",
        why_nothing=None,
        reader="worldpop",
        slot="file",
        options=options,
        mapping=None,
        ledger=ledger,
        questions=(*questions, *ledger_questions(ledger)),
        taken=None,
        meanings={},
        provider=provider,
    )


def _mapped(looked: Looked, place: int, answers: Answers, layer: str) -> IntakeMapping:
    """Return which columns of a sheet are which fields: as guessed, and as a person corrected it."""
    sheet = looked.seen.sheets[place]
    mapping = replace(
        corrected(
            guessed_mapping(sheet, layer),
            columns=answers.of("column"),
            values=answers.of("value"),
            assets=answers.of("asset"),
            words=answers.words,
            contents=answers.of("content"),
        ),
        day_first=answers.choice("order"),
        longitude_first=_flipped(answers.choice("first")),
        commas_part_thousands=_flipped(answers.choice("commas")),
        points_part_thousands=_flipped(answers.choice("dots")),
        reference=answers.stated.get("reference", ""),
        is_swapped=answers.choice("swapped") is True,
    )
    mapping = without_strange_words(mapping, sheet, looked.rows(place), answers.of("column"))
    return with_identifier(mapping, sheet, looked.rows(place), answers.of("column"))


def _list(looked: Looked, place: int, answers: Answers, facts: AreaFacts, layer: str) -> Offer:
    sheet = looked.seen.sheets[place]
    if "layer" in answers.stated and layer != str(Likely.SENSITIVE):
        sheet = with_examples(sheet, looked.rows(place))
    mapping = _mapped(looked, place, answers, layer)
    sheet = as_answered(mapping, sheet)
    sheet = replace(sheet, remarks=(*sheet.remarks, *own_reference(sheet, mapping.reference)))
    publisher = publisher_of(sheet)
    ledger = {"title": looked.seen.file}
    if publisher is not None:
        ledger |= publisher.ledger
        sheet = replace(sheet, remarks=(*sheet.remarks, *publisher.remarks))
    ledger |= answers.of("ledger")
    questions = []
    units = sheet.likely[0].layer is Likely.UNITS
    likely = tuple(dict.fromkeys(name for each in sheet.likely for name in layers_of(sheet, each.layer)))
    if "layer" in answers.stated:
        questions += unfit_questions(sheet, layer, (*likely, NOTHING))
    elif units or not sheet.likely[0].decided:
        ask = say("For which layer is it taken? It looks like {what}.", what=sheet.likely[0].title)
        suggested = level_named(sheet) or layer if units else layer
        questions.append(OpenQuestion(key="layer", asks=ask, choices=(*likely, NOTHING), suggested=suggested))
    if "swapped" not in answers.stated:
        questions += swap_questions(sheet)
    questions += mapping_questions(mapping, sheet, looked, place)
    questions += ledger_questions(ledger)
    taken = None
    if questions:
        # Said before answers are given: which column counts what is one of them.
        sheet = replace(sheet, remarks=(*sheet.remarks, *not_counted(mapping, sheet)))
    else:
        taken = take(
            mapping,
            sheet,
            looked.rows(place),
            RowSource(
                title=ledger["title"],
                confidence=ledger["confidence"],
                invented=ledger.get("invented", "no") == "yes",
            ),
            AreaHeld(facts.sites, facts.outline),
        )
        # Where rows are taken, notes say which such cells are in columns that are not.
        sheet = replace(sheet, remarks=tuple(each for each in sheet.remarks if not is_of_marks(each)))
    return Offer(
        place=place,
        sheet=sheet,
        layer=layer,
        why_nothing=None,
        reader=LISTED,
        slot="file",
        options={},
        mapping=mapping,
        ledger=noted(ledger, taken, looked.seen.file),
        questions=tuple(questions),
        taken=taken,
        meanings=known_words(mapping, sheet, looked.rows(place)),
        provider="",
    )


def _flipped(choice: bool | None) -> bool | None:  # noqa: FBT001  three-valued
    return None if choice is None else not choice
