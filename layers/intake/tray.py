"""
Tray: files that somebody brought lie in a folder of their own until they are taken or left.

Each lies under a name of ours and is looked at in a process apart. What is said of its sheets is kept
beside it, and an offer is made anew whenever something else is said. Only `taken_into` changes an area.
"""

from __future__ import annotations

import re
import secrets
import shutil
import tomllib
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from layers.assemble.catalogue import OWN
from layers.assemble.plans import JOINED
from layers.countries import Country
from layers.errors import LayerError
from layers.foreign.isolation import Looked, looked_at
from layers.foreign.normalised import unread
from layers.formats.registry import READERS
from layers.formats.taken import taken_places
from layers.intake.answers import EMPTY, Answers, other_key
from layers.intake.area import AreaChange, bounds_of, facts_of, imports_of, rebuild
from layers.intake.imports import FOLDER, Imports, digest_of
from layers.intake.known import ALONE, SLOTS, providers_of
from layers.intake.offer import AreaFacts, Offer, offers
from layers.intake.preview import CellWord, ShapeSample, cell_words, may_ask_words, remarks_on, shape_sample
from layers.intake.remembered import REMEMBERED, last_editions, lasting_answers, read_remembered
from layers.scratch import own_folder
from layers.sentences import Sentence, say

_ENDING = re.compile(r"\.[a-z0-9]{1,10}")
_CONFIRMED = frozenset({"layer", "option.unit"})
"""Questions whose hint decides too much to stand unless a person says it; others show theirs."""


@dataclass(slots=True)
class SheetSaid:
    """What a person said of one sheet."""

    stated: dict[str, str] = field(default_factory=dict)
    leaves_out: bool = False
    replaces: bool = False
    is_taken: bool = False
    edition_of: str = ""
    """Name of the file that it is the next edition of, "" for none."""
    gives_way: str = ""
    """Name of the normalised form of that file."""
    version: int = 0
    """Grows with everything that is said, so that what shows it is drawn anew."""

    def put(self, key: str, text: str | None) -> None:
        """Say something else, with None nothing more; a column and a value for all rows exclude another."""
        if text is None:
            self.stated.pop(key, None)
        else:
            self.stated[key] = text
            if text or key.startswith("word."):
                self.stated.pop(other_key(key), None)
        self.is_taken = False
        self.version += 1


@dataclass(slots=True, eq=False)
class BroughtFile:
    """One file on the tray."""

    file_id: str
    called: str
    path: Path
    open_files: ExitStack
    looked: Looked | None = None
    fault: LayerError | None = None
    """Why it was refused, where it was."""
    sheets: list[SheetSaid] = field(default_factory=list)
    offers: tuple[Offer, ...] = ()
    samples: dict[int, ShapeSample] = field(default_factory=dict)
    words: dict[int, dict[str, tuple[CellWord, ...]]] = field(default_factory=dict)
    remarks: dict[int, tuple[Sentence, ...]] = field(default_factory=dict)
    """What there is to say of a sheet, by its place."""
    unread: dict[int, int] = field(default_factory=dict)
    """Rows of a sheet that no reader can read, by its place."""
    before: frozenset[str] = frozenset()
    """Layers that were brought before."""
    offered_for: tuple[int, ...] = ()

    @property
    def version(self) -> tuple[int, ...]:
        """What has been said so far, as numbers."""
        return tuple(each.version for each in self.sheets)

    @property
    def is_stale(self) -> bool:
        """Whether something was said since the offers were made."""
        return self.looked is not None and (not self.offers or self.offered_for != self.version)

    def reported(self, offer: Offer) -> int:
        """Return how many rows of a sheet cannot be taken, as far as that is known so far."""
        if offer.taken is None:
            return self.unread.get(offer.place, 0)
        return sum(each.count for each in offer.taken.reports)

    def is_ready(self, offer: Offer, saying: SheetSaid) -> bool:
        """Tell whether a sheet can be taken as it is: nothing is open, and bad rows are left out."""
        is_open = offer.is_nothing or offer.questions or self.stands_beside(offer, saying)
        return not is_open and (saying.leaves_out or not self.reported(offer))

    def stands_beside(self, offer: Offer, saying: SheetSaid) -> bool:
        """Tell whether a sheet neither joins what was brought for its layer before, nor replaces it."""
        return offer.layer in self.before and not saying.replaces and not joins(offer.layer)

    def answers(self) -> list[Answers]:
        """Return what was said of every sheet."""
        if self.looked is None:
            return []
        return [
            Answers(
                stated=dict(each.stated),
                sheet=sheet.name,
                leaves_out=each.leaves_out,
                replaces=each.replaces,
                edition_of=each.gives_way if each.replaces else "",
            )
            for each, sheet in zip(self.sheets, self.looked.seen.sheets, strict=True)
        ]


class Tray:
    """Files that one person brought for one area."""

    def __init__(self, area: Path, countries: Sequence[Country]) -> None:
        """Begin an empty one; its folder goes with it."""
        self.area = area
        self.tray_id = secrets.token_hex(8)
        self.files: list[BroughtFile] = []
        self._countries = countries
        # Locked as long as it is in use: what a killed program leaves behind is swept by the next.
        self._open = ExitStack()
        self._folder = self._open.enter_context(own_folder("tray"))
        # A reader who closes the window tells nobody: what they brought goes when they are forgotten.
        weakref.finalize(self, self._open.close)

    def lay(self, called: str, content: BinaryIO) -> BroughtFile:
        """Put a file down under a name of ours, to be looked at."""
        ending = Path(called).suffix.lower()
        file_id = secrets.token_hex(8)
        path = self._folder / f"{file_id}{ending if _ENDING.fullmatch(ending) else ''}"
        with path.open("wb") as sink:
            shutil.copyfileobj(content, sink, 1 << 20)
        laid = BroughtFile(file_id, called, path, ExitStack())
        self._open.callback(laid.open_files.close)
        self.files.append(laid)
        return laid

    def look(self, file: BroughtFile, progress: Callable[[Sentence], None] | None = None) -> None:
        """Look at a file in a process apart, and make its first offers; `fault` says why it is refused."""
        try:
            file.looked = file.open_files.enter_context(
                looked_at(
                    file.path, bounds_of(self.area), called=file.called, only_near=True, progress=progress
                )
            )
        except LayerError as error:
            file.fault = error
            return
        remembered = read_remembered(self.area / FOLDER / REMEMBERED)
        for last in last_editions(remembered, file.looked.seen.sheets):
            if last is None:
                file.sheets.append(SheetSaid())
            else:
                # Whether bad rows are left out is said of each edition: these are other rows.
                # Of two files that look like the next edition of one, the second joins unless a person says.
                saying = SheetSaid(lasting_answers(last), edition_of=last.file, gives_way=last.folder)
                saying.replaces = last.folder not in self._followed()
                file.sheets.append(saying)
        for saying, offer in zip(file.sheets, offers(file.looked, file.answers(), self.facts()), strict=True):
            hinted = {each.key: each.suggested for each in offer.questions if each.suggested}
            saying.stated |= {key: text for key, text in hinted.items() if not _must_be_said(key)}
        self.offer(file)
        self._offer_anew(file)

    def _followed(self) -> set[str]:
        """Return the normalised forms that give way to a file on the tray."""
        return {each.gives_way for file in self.files for each in file.sheets if each.replaces}

    def _offer_anew(self, changed: BroughtFile) -> None:
        """Let files that can be taken alone or with another be offered anew, for the other came or went."""
        if changed.looked is None:
            return
        kinds = providers_of(changed.looked.seen)
        for file in self.files:
            if file is changed or file.looked is None:
                continue
            mine = providers_of(file.looked.seen)
            if any(ALONE[each] in kinds for each in mine & ALONE.keys()):
                file.offers = ()
                for saying in file.sheets:
                    saying.is_taken = False
                    saying.version += 1

    def offer(self, file: BroughtFile) -> None:
        """Make the offers of a file anew, as was said of it."""
        if file.looked is None:
            return
        version = file.version
        facts = self.facts()
        made = offers(file.looked, file.answers(), facts)
        file.remarks = {each.place: remarks_on(file.looked, each, facts.outline) for each in made}
        file.samples = {each.place: shape_sample(file.looked, each) for each in made if not each.is_nothing}
        file.words = {
            each.place: cell_words(each.mapping, each.sheet, file.looked.rows(each.place))
            for each in made
            if each.mapping is not None and may_ask_words(each)
        }
        file.unread = {
            each.place: sum(
                # Of a provider's file those columns count that its reader looks at.
                unread(row, _places(each)) is not None
                for row in file.looked.rows(each.place)
            )
            for each in made
            if (each.sheet.reported or each.sheet.marked) and each.taken is None
        }
        file.before = frozenset(self.brought_before())
        file.offers, file.offered_for = made, version

    def drop(self, file: BroughtFile) -> None:
        """Leave a file: it and everything read of it go."""
        self._offer_anew(file)
        file.open_files.close()
        file.path.unlink(missing_ok=True)
        self.files.remove(file)

    def close(self) -> None:
        """Leave all files."""
        self.files.clear()
        self._open.close()

    def facts(self) -> AreaFacts:
        """Return what is known of the area."""
        remembered = read_remembered(self.area / FOLDER / REMEMBERED)
        return facts_of(
            self.area,
            self._imports(),
            self._countries,
            {*self._there(), *(each.provider for each in remembered)},
        )

    def _there(self) -> set[str]:
        """Return the kinds of file that lie on the tray."""
        return {
            each for file in self.files if file.looked is not None for each in providers_of(file.looked.seen)
        }

    def brought_before(self) -> dict[str, tuple[str, ...]]:
        """Return by layer the names of the files that it was brought by."""
        made: dict[str, tuple[str, ...]] = {}
        for each in read_remembered(self.area / FOLDER / REMEMBERED):
            made[each.layer] = (*made.get(each.layer, ()), each.file)
        return made

    def waiting(self) -> tuple[Sentence, ...]:
        """Return which files among those taken wait for another one that must come with them."""
        have: dict[tuple[str, str], set[str]] = {}
        for offer in self.taken():
            if offer.slot != "file":
                have.setdefault((offer.layer, offer.reader), set()).add(offer.slot)
        return tuple(
            say("{title} needs one file more ({slot})", title=READERS[reader].title, slot=SLOTS[slot])
            for (_, reader), slots in have.items()
            for slot in READERS[reader].files
            if slot not in slots
        )

    def twice(self) -> tuple[str, ...]:
        """Return the layers that several files are taken for, though one alone makes them."""
        slots = Counter((offer.layer, offer.slot) for offer in self.taken() if not joins(offer.layer))
        return tuple(dict.fromkeys(layer for (layer, _), n in slots.items() if n > 1))

    def taken(self) -> tuple[Offer, ...]:
        """Return the offers that are to be taken."""
        return tuple(
            offer
            for file in self.files
            for offer, saying in zip(file.offers, file.sheets, strict=False)
            if saying.is_taken
        )

    def taken_into(self, progress: Callable[[str], None]) -> AreaChange:
        """
        Build the area anew with all that is taken, whole or not at all; what was taken leaves the tray.

        Raises
        ------
        LayerError
            With every fault; the area and the tray then stay as they were.
        """
        with imports_of(self.area) as imports:
            for file, offer in self._to_take():
                if file.looked is not None:
                    progress(file.called)
                    imports.add(file.looked, offer, file.answers(), digest=digest_of(file.path))
            change = rebuild(self.area, imports, progress)
        for file in {id(file): file for file, _ in self._to_take()}.values():
            self.drop(file)
        for file in self.files:
            # What is known of the area is another thing now.
            file.offered_for = ()
            _follow_on(file, imports.followed)
        return change

    def _to_take(self) -> list[tuple[BroughtFile, Offer]]:
        return [
            (file, offer)
            for file in self.files
            for offer, saying in zip(file.offers, file.sheets, strict=False)
            if saying.is_taken
        ]

    def _imports(self) -> Imports:
        folder = self.area / FOLDER
        return Imports(folder, tomllib.loads((folder / OWN).read_text(encoding="utf-8")))


def _follow_on(file: BroughtFile, followed: Mapping[str, str]) -> None:
    """Let sheets whose last edition has given way follow the one that took its place, if a person says so."""
    for saying in file.sheets:
        if saying.gives_way in followed:
            saying.gives_way = followed[saying.gives_way]
            saying.replaces = saying.is_taken = False
            saying.version += 1


def _must_be_said(key: str) -> bool:
    """Tell whether the hint of a question stands only once a person says it."""
    return key in _CONFIRMED or key.startswith(f"{EMPTY}.")


def joins(layer: str) -> bool:
    """Tell whether several files may be read for a layer."""
    return JOINED.get(layer, 1) > 1


def all_ready(files: Iterable[BroughtFile]) -> tuple[SheetSaid, ...]:
    """Return what was said of every sheet that can be taken as it is and is not."""
    return tuple(
        saying
        for file in files
        for offer, saying in zip(file.offers, file.sheets, strict=False)
        if file.is_ready(offer, saying) and not saying.is_taken
    )


def _places(offer: Offer) -> frozenset[int]:
    """Return the places of the columns of a provider's file in which a cell that holds an error counts."""
    if offer.mapping is not None:
        return frozenset()
    return taken_places(offer.reader, tuple(each.name for each in offer.sheet.columns))
