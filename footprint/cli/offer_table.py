"""Offers on the terminal: what would be taken of a sheet, what is open, and what became of the area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from footprint.cli.look_table import report_line, where_line
from footprint.cli.tables import show_notes
from footprint.language import Language, msgid
from footprint.views.intake import absent_words, layer_name, ledger_words
from layers.area import Dropped
from layers.foreign.seen import ColumnContent, FileSeen, SheetSeen
from layers.formats.registry import READERS
from layers.intake.area import AreaChange
from layers.intake.fields import Absent
from layers.intake.labels import labelled
from layers.intake.mapping import IntakeMapping
from layers.intake.offer import Offer
from layers.sentences import Sentence

_LONGEST = 28
_WORDS = 40
_ASKED = 12
"""Questions that are printed; the others are counted."""


def called(seen: FileSeen, sheet: SheetSeen) -> str:
    """Return how messages call a sheet: by its file, and by its own name where the file has several."""
    return seen.file if len(seen.sheets) == 1 else f"{seen.file} / {sheet.name}"


def show_offer(
    screen: Console, seen: FileSeen, offer: Offer, language: Language, remarks: Iterable[Sentence]
) -> None:
    """Print what would be taken of a sheet, how, what there is to say of it, and what is open."""
    text, number, sheet = language.text, language.number, offer.sheet
    name = called(seen, sheet)
    looks = sheet.likely[0].title.said(language)
    if offer.is_nothing:
        why = "" if offer.why_nothing is None else offer.why_nothing.said(language)
        screen.print(
            text("{name}: looks like {what}. Nothing of it is taken: {why}.", name=name, what=looks, why=why)
        )
        return
    layer = text(layer_name(offer.layer))
    screen.print(
        text(
            "{name}: looks like {what}; for the layer {layer}. Rows: {rows}.",
            name=name,
            what=looks,
            layer=layer,
            rows=number(sheet.rows),
        )
    )
    stated = "" if offer.mapping is None else offer.mapping.reference
    if stated and sheet.extent is None:
        screen.print(text("Reference system as it was said: {reference}", reference=stated))
    else:
        screen.print(where_line(sheet, language))
    show_notes(screen, [each.said(language) for each in remarks], mark="·")
    if offer.mapping is not None:
        screen.print(_mapping_table(offer, offer.mapping, language))
    else:
        screen.print(text("Read as: {reader}", reader=text(READERS[offer.reader].title)))
    show_notes(screen, list(_aside(offer, language)))
    suggested = {each.key: each.suggested for each in offer.questions}
    for key in ("title", "origin", "date", "licence", "confidence"):
        stated = offer.ledger.get(key) or suggested.get(f"ledger.{key}") or text("not said")
        screen.print(f"  {key}: {ledger_words(stated, language)}")
    if note := offer.ledger.get("note"):
        screen.print(f"  note: {ledger_words(note, language)}")
    show_notes(screen, list(_meanings(offer, language)), mark="·")
    _show_taken(screen, offer, language)
    shown = [each.asks.said(language) + f"  ({each.key})" for each in offer.questions[:_ASKED]]
    if len(offer.questions) > _ASKED:
        shown.append(text("and {n} questions more", n=number(len(offer.questions) - _ASKED)))
    show_notes(screen, shown, mark="?")


def _mapping_table(offer: Offer, mapping: IntakeMapping, language: Language) -> Table:
    text = language.text
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for label in (text("Field"), text("Taken from"), text("Examples")):
        table.add_column(label, overflow="fold")
    examples = {each.name: each.examples for each in offer.sheet.columns}
    if offer.placed_by:
        shown = " | ".join(", ".join(examples.get(column, ())[:1]) for column in offer.placed_by)
        columns = ", ".join(map(repr, offer.placed_by))
        table.add_row(text("where it is"), text("column {column}", column=columns), shown)
    for each in mapping.target.fields:
        column = mapping.columns.get(each.name)
        if column is not None:
            shown = " | ".join(one[:_LONGEST] for one in examples.get(column, ()))
            table.add_row(each.name, text("column {column}", column=repr(column)), shown)
        elif each.name in mapping.stated:
            table.add_row(each.name, text("for all rows: {value}", value=mapping.stated[each.name]), "")
        elif each.absent is Absent.ASKED:
            table.add_row(each.name, text("must be said"), "")
        else:
            table.add_row(each.name, text(absent_words(each)), each.stands)
    for kind, column in mapping.assets.items():
        shown = " | ".join(one[:_LONGEST] for one in examples.get(column, ()))
        table.add_row(
            text("how many: {kind}", kind=kind), text("column {column}", column=repr(column)), shown
        )
    return table


def _aside(offer: Offer, language: Language) -> Iterator[str]:
    """Yield which columns are refused and which are not used."""
    text = language.text
    refused = [each for each in offer.sheet.columns if each.content is ColumnContent.REFUSED]
    for reason in dict.fromkeys(each.reason.said(language) for each in refused):
        names = ", ".join(each.name for each in refused if each.reason.said(language) == reason)
        yield text("refused, never taken ({reason}): {columns}", reason=reason, columns=names)
    if offer.mapping is not None:
        used = {*offer.mapping.columns.values(), *offer.mapping.assets.values(), *offer.placed_by}
        rest = [
            each.name
            for each in offer.sheet.columns
            if each.content not in {ColumnContent.REFUSED, ColumnContent.EMPTY} and each.name not in used
        ]
        if rest:
            yield text("not taken, nothing here needs it: {columns}", columns=", ".join(rest))


def _meanings(offer: Offer, language: Language) -> Iterator[str]:
    """Yield what cells are taken to mean, by field; nothing of what may tell of sensitive places."""
    for name, words in offer.meanings.items():
        pairs = [f"{cell!r} {_meaning(word, language)}" for cell, word in list(words.items())[:_WORDS]]
        more = "" if len(words) <= _WORDS else ", …"
        yield language.text("{field} means: {words}", field=name, words=", ".join(pairs) + more)


def _meaning(word: str, language: Language) -> str:
    """Return the word that a cell means, with what it is called."""
    made = labelled(word) if word else language.text("left out")
    return made.said(language) if isinstance(made, Sentence) else made


def _show_taken(screen: Console, offer: Offer, language: Language) -> None:
    text, number = language.text, language.number
    if offer.taken is None:
        return
    taken, bad, left = offer.taken, offer.taken.reports, offer.taken.left_out
    show_notes(screen, [each.said(language) for each in taken.notes], mark="·")
    screen.print(
        text(
            "Rows {rows}: taken {taken}, cannot be taken {bad}, left out as said {left}",
            rows=number(taken.rows),
            taken=number(taken.taken),
            bad=number(sum(each.count for each in bad)),
            left=number(sum(each.count for each in left)),
        )
    )
    show_notes(screen, [report_line(each, language) for each in (*bad, *left)])


_CHANGES = msgid("{layer}: rows {rows}; new {new}, changed {changed}, gone {gone}, as before {same}")


def show_change(screen: Console, area: Path, change: AreaChange, language: Language) -> None:
    """Print what became of the layers of an area, what was left out, and what to do next."""
    text, number = language.text, language.number
    screen.print()
    for each in change.changes:
        screen.print(
            text(
                _CHANGES,
                layer=text(layer_name(each.layer)),
                rows=number(each.rows),
                new=number(each.new),
                changed=number(each.changed),
                gone=number(each.vanished),
                same=number(each.same),
            )
        )
    dropped = [
        f"{text(layer_name(drop.layer))}: {number(drop.rows)} – {_why(drop, language)}"
        for drop in change.dropped
        if drop.rows
    ]
    if dropped:
        screen.print(text("Left out when the area was built:"))
        show_notes(screen, dropped)
    show_notes(screen, [each.said(language) for each in change.notes], mark="·")
    screen.print(text("Look at it with: footprint area check {folder}", folder=str(area)))


def _why(drop: Dropped, language: Language) -> str:
    """Return why rows were left out, in a language as far as it is a sentence of ours."""
    return drop.reason.said(language) if isinstance(drop.reason, Sentence) else language.text(drop.reason)
