"""Questions: what a mapping and a ledger leave open, each with the key by which it is answered."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from layers.column_words import COLUMNS
from layers.foreign.amounts import Parting
from layers.foreign.assess import SWAPPED
from layers.foreign.cells import day, number
from layers.foreign.isolation import Looked
from layers.foreign.points import side_by_side
from layers.foreign.seen import ColumnContent, ColumnSeen, SheetSeen
from layers.intake.answers import EMPTY, LEAVE_OUT, LEDGER, NOT_STATED, NOTHING, OpenQuestion
from layers.intake.fields import TARGETS, Absent, Form, IntakeField
from layers.intake.ground import own_reference, read_reference
from layers.intake.labels import listed
from layers.intake.mapping import IntakeMapping, without_cells
from layers.intake.record import is_none, is_truth
from layers.intake.row_words import open_words
from layers.intake.shown import is_concealed, is_surely_sensitive
from layers.intake.words import allowed_word
from layers.months_typed import months_said
from layers.sentences import Sentence, say
from layers.sites import Confidence

_NO_WORD_EMPTY = say(
    "{value} is no word of {field}. What are rows with an empty cell? leave_out leaves them out."
)
_NO_CELLS = say(
    "No column of words is taken for {field}, so that no cell of it is empty. Take this back, or say what"
    " holds for all rows: value.{field}=…"
)
_NO_WORD = say("{value} is no word of {field}. What does {cell} mean? Nothing leaves its rows out.")


def mapping_questions(
    mapping: IntakeMapping, sheet: SheetSeen, looked: Looked, place: int
) -> list[OpenQuestion]:
    """Return what a mapping leaves open: where rows are, orders, fields that must be said, words."""
    columns = mapping.adjusted(sheet.columns)
    names = tuple(each.name for each in columns if each.content is not ColumnContent.REFUSED)
    questions = []
    questions += _of_place(mapping, sheet)
    questions += _of_columns(mapping, columns, names)
    questions += _of_counts(mapping, columns)
    if mapping.layer == "incidents" and not {"date", "year"} & {*mapping.columns, *mapping.stated}:
        ask = say("Which column holds the day of each incident, or its year (column.year=…)?")
        questions.append(OpenQuestion(key="column.date", asks=ask, choices=names))
    questions += _unfit(mapping)
    questions += [
        OpenQuestion(
            key=f"value.{each.name}",
            asks=_NO_FIELD.having(field=each.name, meaning=_meaning(mapping.layer, each)),
            choices=each.words or (("true", "false") if each.form is Form.TRUTH else ()),
        )
        for each in mapping.target.fields
        if each.absent is Absent.ASKED
        and each.name not in mapping.columns
        and each.name not in mapping.stated
    ]
    missing = [question for question in questions if question.key.startswith(("column.", "asset."))]
    if not missing:
        for name, cells in open_words(mapping, sheet, looked.rows(place)).items():
            words = TARGETS[mapping.layer].field(name)
            choices = words.words if words is not None else ()
            # What is asked is printed and logged: of a list that is surely sensitive no cell is.
            sure = is_surely_sensitive(sheet)
            shown = [
                each for each in cells if not (each and sure) and not is_concealed(mapping, sheet, name, each)
            ]
            questions += [_of_word(mapping, name, each, cells[each], choices) for each in shown]
            if len(shown) < len(cells):
                questions.append(_of_concealed(mapping, name, len(cells) - len(shown), choices))
    return questions


def _of_concealed(mapping: IntakeMapping, name: str, count: int, choices: tuple[str, ...]) -> OpenQuestion:
    """Return the question what cells mean that are not repeated."""
    column, words = repr(mapping.columns[name]), listed(choices)
    return OpenQuestion(
        key=f"{_WORD}.{name}.…", asks=_NOT_REPEATED.having(column=column, n=count, field=name, words=words)
    )


def _of_word(
    mapping: IntakeMapping, name: str, cell: str, rows: int, choices: tuple[str, ...]
) -> OpenQuestion:
    """Return the question what a cell of a column of words means; of an empty one, what its rows are."""
    if not cell:
        asks = _NO_CELL.having(column=repr(mapping.columns[name]), n=rows, field=name)
        return _of_empty(name, asks, choices)
    asks = _NO_MEANING.having(cell=repr(cell), field=name, n=rows)
    return OpenQuestion(key=f"{_WORD}.{name}.{cell}", asks=asks, choices=choices)


def _of_empty(name: str, asks: Sentence, choices: tuple[str, ...]) -> OpenQuestion:
    """Return the question what rows with an empty cell are: the layer's word for not known is proposed."""
    return OpenQuestion(
        key=f"{EMPTY}.{name}",
        asks=asks,
        choices=(*choices, LEAVE_OUT),
        suggested=_NOT_KNOWN if _NOT_KNOWN in choices else "",
    )


_WORD, _NOT_KNOWN = "word", "unknown"
_NOT_REPEATED = say(
    "{column} holds {n} different cells of which nothing says what they mean as {field}. They may name"
    " sensitive places and are not repeated here. Say of each word.{field}.CELL=WORD, or of all rows"
    " value.{field}=WORD. One of: {words}."
)
_NO_MEANING = say(
    "What does {cell} mean as {field}? It stands in rows: {n}. An empty answer leaves them out."
)
_NO_CELL = say(
    "The cell of {column} is empty in rows: {n}. What are they as {field}? leave_out leaves these rows out."
)


def _of_counts(mapping: IntakeMapping, columns: Sequence[ColumnSeen]) -> list[OpenQuestion]:
    """Return a question for each column that counts an asset and is not there."""
    names = {each.name for each in columns}
    return [
        OpenQuestion(
            key=f"asset.{kind}",
            asks=_NO_COUNTS.having(column=repr(column), kind=kind),
            choices=(*(each.name for each in columns if each.content is not ColumnContent.REFUSED), ""),
        )
        for kind, column in mapping.assets.items()
        if column not in names
    ]


_NO_COUNTS = say(
    "The column {column} is not there; which one counts {kind}? An empty answer counts none of them."
)


def _of_place(mapping: IntakeMapping, sheet: SheetSeen) -> list[OpenQuestion]:
    """Return what is open of where rows are: the columns that say it, or the reference system."""
    if not mapping.target.shapes:
        return []
    if not sheet.shapes:
        return _of_position(mapping, sheet)
    return [] if mapping.shapes_in(sheet) is not None else [OpenQuestion(key="reference", asks=_NO_REFERENCE)]


def in_reference(sheet: SheetSeen, stated: str) -> tuple[SheetSeen, list[OpenQuestion]]:
    """Return a provider's sheet with the reference system that a person says of shapes that state none."""
    if not sheet.shapes:
        return sheet, []
    if sheet.stated_reference is not None:
        return replace(sheet, remarks=(*sheet.remarks, *own_reference(sheet, stated))), []
    known = read_reference(stated) if stated else None
    if known is None:
        return sheet, [OpenQuestion(key="reference", asks=_NO_REFERENCE)]
    return replace(sheet, stated_reference=f"EPSG:{known.to_epsg()}"), []


def _of_position(mapping: IntakeMapping, sheet: SheetSeen) -> list[OpenQuestion]:
    """Return what is open of where the rows of a table are."""
    where = mapping.placing(sheet.columns)
    if where is not None:
        return [
            OpenQuestion(key="first", asks=_WHICH_FIRST.having(column=repr(each.name)), choices=_AXES)
            for each in mapping.adjusted(sheet.columns)
            if (each.name,) == where.columns and each.content is ColumnContent.POSITION and not each.decided
        ]
    columns = mapping.adjusted(sheet.columns)
    if (pair := side_by_side(columns)) is not None:
        names = ", ".join(repr(columns[n].name) for n in pair)
        return [OpenQuestion(key="first", asks=_WHICH_FIRST.having(column=names), choices=_AXES)]
    contents = {each.content for each in columns}
    if {ColumnContent.EASTING, ColumnContent.NORTHING} <= contents and ColumnContent.ZONE not in contents:
        return [OpenQuestion(key="reference", asks=_NO_ZONE)]
    return [OpenQuestion(key="content.…", asks=_NO_COLUMNS)]


_WHICH_FIRST = say("Which stands first in {column}, the latitude or the longitude? Nothing in it says so.")
_AXES = ("latitude", "longitude")
_NO_REFERENCE = say(
    "Its shapes state no reference system. In which one are their coordinates? Such as EPSG:4326 for"
    " longitude and latitude, or UTM 36N."
)
_NO_ZONE = say(
    "In which zone or reference system are its eastings and northings? Such as UTM 36N or EPSG:32636."
)
_NO_COLUMNS = say(
    "Nothing decided says where its rows are. Say for a column what it holds, such as content.Y=latitude and"
    " content.X=longitude, or content.X=easting, content.Y=northing and reference=UTM 36N."
)


def _of_columns(
    mapping: IntakeMapping, columns: Sequence[ColumnSeen], names: tuple[str, ...]
) -> list[OpenQuestion]:
    """Return a question for each field whose column is not there, or whose days have no order yet."""
    questions = []
    by_name = {each.name: each for each in columns}
    for name, column in mapping.columns.items():
        wanted, seen = mapping.target.field(name), by_name.get(column)
        if wanted is None:
            known = ", ".join(each.name for each in mapping.target.fields)
            ask = say("{field} is no field here; known are {known}", field=repr(name), known=known)
            questions.append(OpenQuestion(key=f"column.{name}", asks=ask, choices=("",)))
        elif seen is None:
            ask = say(
                "The column {column} is not there; which one is {field}?", column=repr(column), field=name
            )
            questions.append(OpenQuestion(key=f"column.{name}", asks=ask, choices=names))
        elif wanted.form is Form.DAY and not seen.decided and seen.day_first is None:
            ask = say(
                "Which stands first in {column}, the day or the month? {why}",
                column=repr(column),
                why=seen.reason,
            )
            questions.append(OpenQuestion(key="order", asks=ask, choices=("day", "month")))
    read = {*mapping.columns.values(), *mapping.assets.values()}
    for each in columns:
        if each.name in read and each.content is ColumnContent.NUMBER:
            questions += _of_marks(each)
    return list({each.key: each for each in reversed(questions)}.values())[::-1]


def _of_marks(column: ColumnSeen) -> list[OpenQuestion]:
    """Return whether commas or points part thousands in a column that leaves it open."""
    marks = (
        ("commas", column.commas, column.commas_part_thousands, _COMMAS),
        ("dots", column.points, column.points_part_thousands, _POINTS),
    )
    return [
        OpenQuestion(key=key, asks=ask.having(column=repr(column.name)), choices=("thousands", "decimals"))
        for key, does, known, ask in marks
        if does is Parting.UNKNOWN and known is None
    ]


_COMMAS = say("In {column}, is 1,250 a thousand and more (thousands), or one and a quarter (decimals)?")
_POINTS = say("In {column}, is 1.250 a thousand and more (thousands), or one and a quarter (decimals)?")


_NO_FIELD = say("No column is taken for {field} ({meaning}) What holds for all rows? Or: column.{field}=…")
_ONE_OF = say("One of: {words}.")
_WRITE_MONTHS = say("{meaning} Write 7-12, or July–December.")


def _meaning(layer: str, wanted: IntakeField) -> Sentence:
    """Return what a field holds: its words where it is one of some, else as the guide to columns says it."""
    if wanted.words:
        return _ONE_OF.having(words=listed(wanted.words))
    meaning = COLUMNS.get(f"{layer}.{wanted.name}", COLUMNS[wanted.name])
    return _WRITE_MONTHS.having(meaning=meaning) if wanted.form is Form.MONTHS else meaning


def _unfit(mapping: IntakeMapping) -> list[OpenQuestion]:
    """Return a question for each answer that cannot be one: another word, or no number in range."""
    made = []
    for name, stated in mapping.stated.items():
        wanted = mapping.target.field(name)
        if wanted is not None and not _is_fit(mapping.layer, wanted, stated):
            ask = say(
                "{value} will not do for {field} ({meaning}) What holds for all rows?",
                value=repr(stated),
                field=name,
                meaning=_meaning(mapping.layer, wanted),
            )
            made.append(OpenQuestion(key=f"value.{name}", asks=ask, choices=wanted.words))
    for name, words in mapping.words.items():
        wanted = mapping.target.field(name)
        for cell, word in words.items():
            if not cell and name in without_cells(mapping):
                made.append(
                    OpenQuestion(key=f"{EMPTY}.{name}", asks=_NO_CELLS.having(field=name), choices=("",))
                )
            elif wanted is None or (word and word not in wanted.words):
                ask = _NO_WORD.having(
                    value=repr(word),
                    field=name,
                    cell=repr(cell),
                )
                choices = () if wanted is None else wanted.words
                key = f"{_WORD}.{name}.{cell}"
                made.append(
                    OpenQuestion(key=key, asks=ask, choices=choices)
                    if cell
                    else _of_empty(name, _NO_WORD_EMPTY.having(value=repr(word), field=name), choices)
                )
    return made


def _is_fit(layer: str, wanted: IntakeField, stated: str) -> bool:
    if wanted.form is Form.WORD or is_none(wanted, stated):
        return not wanted.words or allowed_word(layer, wanted.name, stated, wanted.words) is not None
    if wanted.form in {Form.NUMBER, Form.WHOLE}:
        value = number(stated)
        least = -math.inf if wanted.least is None else wanted.least
        most = math.inf if wanted.most is None else wanted.most
        return value is not None and least <= value <= most
    if not stated.strip():
        return wanted.absent is not Absent.ASKED
    reads = _READS.get(wanted.form)
    return reads is None or reads(stated.strip())


def _is_one_day(text: str) -> bool:
    """Tell whether a text is a day whichever of day and month stands first."""
    written = day(text)
    return written is not None and written.day_first is not None and written.day_first == written.month_first


_READS: dict[Form, Callable[[str], bool]] = {
    Form.MONTHS: lambda text: bool(months_said(text)),
    Form.TRUTH: is_truth,
    Form.DAY: _is_one_day,
}


def unfit_questions(sheet: SheetSeen, layer: str, choices: Iterable[str]) -> list[OpenQuestion]:
    """Return for which layer points are taken, where the one that was said holds lines or areas alone."""
    if sheet.shapes or not TARGETS[layer].shapes or _holds_points(layer):
        return []
    fit = tuple(each for each in choices if each == NOTHING or _holds_points(each))
    return [OpenQuestion(key="layer", asks=_NO_POINTS.having(layer=layer), choices=fit)]


def _holds_points(layer: str) -> bool:
    return layer in TARGETS and "Point" in TARGETS[layer].shapes


_NO_POINTS = say("Its rows are points, and {layer} are none. For which layer is it taken?")


def swap_questions(sheet: SheetSeen) -> list[OpenQuestion]:
    """Return whether latitude and longitude are swapped, where places lie in the area only then."""
    return [
        OpenQuestion(key="swapped", asks=say("{remark} Are they?", remark=each), choices=("yes", "no"))
        for each in sheet.remarks
        if each.template == SWAPPED.template and not sheet.shapes
    ]


def ledger_questions(ledger: Mapping[str, str]) -> list[OpenQuestion]:
    """Return what the ledger must say and nobody has said yet."""
    asks = {
        "title": say("What is the file called in the ledger?"),
        "origin": say("Who made it, or where does it come from?"),
        "date": say("As of when is it? A year or a day."),
        "licence": say("Under which terms may it be used?"),
        "confidence": say("How far can it be trusted?"),
    }
    return [
        OpenQuestion(
            key=f"ledger.{name}",
            asks=ask,
            choices=tuple(map(str, Confidence)) if name == "confidence" else (),
            suggested=NOT_STATED if name in {"date", "licence"} else "",
        )
        for name, ask in asks.items()
        if not ledger.get(name) and name in LEDGER
    ]
