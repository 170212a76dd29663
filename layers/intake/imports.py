"""
Imports: the folder inside an area that holds what was brought, and how each file was taken.

An area that is put together by import keeps a folder `imports`: a catalogue as any area is built from,
the normalised form of each file, and what was remembered of it for its next edition. A change is made
in a copy; the area is built anew from the copy and takes the place of the old one whole, or nothing changes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from layers.assemble.catalogue import OWN
from layers.assemble.plans import JOINED
from layers.assemble.toml import toml_text
from layers.errors import Fault, LayerError
from layers.foreign.isolation import Looked
from layers.foreign.normalised import write_cells, write_listed, write_normalised
from layers.formats.forbidden import slug
from layers.formats.registry import READERS
from layers.intake.answers import Answers, merged
from layers.intake.fields import TARGETS
from layers.intake.known import SLOTS, known_file
from layers.intake.ledgers import joined_ledger
from layers.intake.mapping import mapping_table
from layers.intake.offer import LISTED, Offer
from layers.intake.remembered import (
    REMEMBERED,
    RememberedFile,
    as_json,
    lasting,
    read_remembered,
    with_text_of_layer,
)
from layers.population import RasterUnit
from layers.sentences import Sentence, say

FOLDER = "imports"
_LONGEST = 40
_COD = "cod_boundaries"
_OTHER_OUTLINE = {
    "en": "The outline here is that of {title}.",
    "fr": "Le contour est ici celui de {title}.",
}
"""What stands on every page once the outline is another than the one whose disputes are told there."""


@dataclass(slots=True)
class Imports:
    """A copy of an area's imports that files are added to."""

    folder: Path
    """Where the copy lies."""
    content: dict[str, Any]
    """Its catalogue."""
    remembered: list[RememberedFile] = field(default_factory=list)
    begun_from: bytes = b""
    """The catalogue as it was when the copy was made."""
    notes: list[Sentence] = field(default_factory=list)
    """What was done beside what was asked."""
    touched: set[str] = field(default_factory=set)
    """Layers that something was brought for."""
    replaced: set[str] = field(default_factory=set)
    """Of these, layers whose rows so far give way, as was said."""
    not_taken: dict[str, Counter[str]] = field(default_factory=dict)
    """By layer, how many rows that are not taken go by an identifier, "" for none."""
    followed: dict[str, str] = field(default_factory=dict)
    """Names of normalised forms that gave way to a next edition, with the name of that one's."""

    @classmethod
    def copied(cls, area: Path, to: Path) -> Imports:
        """
        Return a copy of an area's imports, to change.

        Raises
        ------
        LayerError
            If the area has none that reads.
        """
        source = area / FOLDER
        if source.is_symlink() or not (source / OWN).is_file():
            problem = say("it was not begun with: footprint area new")
            raise LayerError([Fault(area.name, problem, say("Begin one, then import into it."))])
        shutil.copytree(source, to, symlinks=True, ignore=_links)
        try:
            begun_from = (to / OWN).read_bytes()
            content = tomllib.loads(begun_from.decode("utf-8"))
        except ValueError as error:
            problem = say("it does not read as TOML ({reason})", reason=str(error))
            raise LayerError([Fault(OWN, problem, say("Mend the line named."))]) from error
        return cls(to, content, read_remembered(to / REMEMBERED), begun_from)

    def add(self, looked: Looked, offer: Offer, answers: Iterable[Answers], *, digest: str) -> None:
        """
        Take a sheet as it is offered.

        Parameters
        ----------
        looked
            The file, as long as it is open.
        offer
            Of one of its sheets, without open questions.
        answers
            What a person said of the file.
        digest
            SHA-256 of the file.

        Raises
        ------
        LayerError
            If the layer has been brought already and neither joins nor gives way, or rows cannot be read.
        """
        about = merged(answers, offer.sheet.name, looked.seen.file)
        table = self._table(offer, looked.seen.file, about)
        self.remembered = with_text_of_layer(self.remembered, offer.layer, table)
        name = self._free(f"{offer.layer}-{slug(Path(looked.seen.file).stem)[:_LONGEST]}")
        if about.edition_of:
            self.followed[about.edition_of] = name
        target = self.folder / name
        if offer.layer == "population":
            cells = looked.raster(offer.place, RasterUnit(str(offer.options["unit"])))
            write_cells(cells, target)
            self.notes += [cells.flattened] if cells.flattened is not None else []
        elif offer.mapping is not None and offer.taken is not None:
            write_listed(offer.taken.frame, target)
            self._leave(offer.layer, offer.taken.not_taken)
            self._assets(offer, name)
        else:
            self.notes += write_normalised(
                looked,
                target,
                sheets=[offer.place],
                reader=offer.reader,
                leaves_out=about.leaves_out,
                reference=offer.sheet.stated_reference,
            )
        self._step(table, offer, name)
        self._brought(offer)
        if offer.slot == "fine" and "navigable" not in offer.options:
            self.notes.append(_NO_BOATS)
        self.touched.add(offer.layer)
        self.remembered.append(
            RememberedFile(
                layer=offer.layer,
                folder=name,
                file=looked.seen.file,
                sheet=offer.sheet.name,
                provider=offer.provider,
                columns=tuple(each.name for each in offer.sheet.columns),
                sha256=digest,
                answers=lasting(about.stated, offer.ledger),
                leaves_out=about.leaves_out,
                mapping=None if offer.mapping is None else mapping_table(offer.mapping),
                ledger={key: text for key, text in offer.ledger.items() if text},
            )
        )
        self._settle_ledger(offer.layer)

    def _leave(self, layer: str, not_taken: Mapping[str, int]) -> None:
        """Keep which rows are not taken, so that they do not count as gone."""
        self.not_taken.setdefault(layer, Counter()).update(not_taken)

    def _settle_ledger(self, layer: str) -> None:
        """Let the ledger of a layer name every file that is read for it, each with its terms."""
        table = self.content["layers"][layer]
        named = {text for step in table["read"] for text in step.values() if isinstance(text, str)}
        parts = [each.about for each in self.remembered if each.layer == layer and each.folder in named]
        for said_of_some in ("invented", "note"):
            table.pop(said_of_some, None)
        table |= joined_ledger(parts)

    def _assets(self, offer: Offer, name: str) -> None:
        """Take what a list of sites counts at each as the layer of assets."""
        counts = None if offer.taken is None else offer.taken.assets
        if counts is None and offer.layer == "sites" and self._counted_by_sites():
            # What an earlier list counted at its sites is not what stands at those of this one.
            counts = pd.DataFrame(columns=[each.name for each in TARGETS["assets"].fields], dtype=str)
        if counts is None:
            return
        if offer.mapping is not None and offer.taken is not None:
            sites = offer.taken.not_taken.items()
            kinds = offer.mapping.assets
            self._leave("assets", {f"{site}_{kind}": n for site, n in sites if site for kind in kinds})
        folder = self._free(f"assets-{name}")
        write_listed(counts, self.folder / folder)
        about = {key: text for key, text in offer.ledger.items() if text}
        step = {"reader": LISTED, "file": folder, "layer": "assets"}
        self.content["layers"]["assets"] = {**about, "read": [step]}
        self.touched.add("assets")
        self.notes.append(
            say("Assets are those that columns of the list of sites count: {n}.", n=len(counts))
        )

    def _counted_by_sites(self) -> bool:
        """Tell whether the layer of assets is what a list of sites counted."""
        steps = self.content["layers"].get("assets", {}).get("read", [])
        return any(str(step.get("file", "")).startswith("assets-sites-") for step in steps)

    def write(self) -> None:
        """Write the catalogue and what is remembered into the copy; folders that nothing names go."""
        (self.folder / OWN).write_text(toml_text(self.content), encoding="utf-8", newline="\n")
        kept = [as_json(each) for each in self.remembered]
        (self.folder / REMEMBERED).write_text(
            json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8"
        )
        named = set(self._named())
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in named:
                shutil.rmtree(path)

    def waiting(self) -> tuple[Sentence, ...]:
        """Return which readings lack a file that must come with the others."""
        steps = (
            (layer, step, READERS[step["reader"]])
            for layer, table in self.content.get("layers", {}).items()
            for step in table.get("read", [])
            if step.get("reader") in READERS
        )
        lacking = [
            say(
                "{layer}: {title} needs one file more ({slot})",
                layer=layer,
                title=reader.title,
                slot=SLOTS[slot],
            )
            for layer, step, reader in steps
            for slot in reader.files
            if slot not in step
        ]
        return (*lacking, *self._left_behind())

    def _left_behind(self) -> list[Sentence]:
        """Return layers that came along with a reading that has given way."""
        layers = self.content.get("layers", {})
        readers = [
            READERS.get(step.get("reader")) for each in layers.values() for step in each.get("read", [])
        ]
        brought = {name for reader in readers if reader is not None for name in reader.brings}
        return [
            say("{layer}: it came along with a file that gives way; bring it anew as well", layer=name)
            for name, table in layers.items()
            if not ({"read", "by_hand", "zones"} & table.keys()) and name not in brought
        ]

    def _table(self, offer: Offer, file: str, about: Answers) -> dict[str, Any]:
        """Return the layer's table in the catalogue, ready for a further reading."""
        layers = self.content.setdefault("layers", {})
        table: dict[str, Any] = layers.setdefault(offer.layer, {})
        begun = [step for step in table.get("read", []) if step.get("reader") not in {None, "outlines"}]
        last = self._last(about.edition_of, file)
        if last is not None and last.layer == offer.layer:
            begun = self._without(begun, last.folder, offer.slot)
            table["read"] = begun
        # Of several files of one command the first makes room; the others join it.
        replaces = about.replaces and last is None and offer.layer not in self.replaced
        joins = len(begun) < JOINED.get(offer.layer, 1) or self._completes(begun, offer)
        if begun and not replaces and not joins:
            problem = say("the layer {layer} has been brought already", layer=offer.layer)
            raise LayerError(
                [
                    Fault(
                        file,
                        problem,
                        say("Say --replace, or bring its new edition by: footprint area update."),
                    )
                ]
            )
        if about.replaces:
            self.replaced.add(offer.layer)
        if replaces or not begun:
            gone = {text for step in begun for text in step.values() if isinstance(text, str)}
            self.remembered = [each for each in self.remembered if each.folder not in gone]
            table = {key: text for key, text in table.items() if key in {"file", "ledger"}}
            begun = []
        table["read"] = begun
        layers[offer.layer] = table
        return table

    def _last(self, folder: str, file: str) -> RememberedFile | None:
        """Return the file that a next edition follows, None where it follows none."""
        last = next((each for each in self.remembered if each.folder == folder), None)
        if folder and last is None:
            # Taken for one that follows none, it would make the files beside it give way.
            problem = say("the file that it is the next edition of has given way to another already")
            remedy = say("Leave it and bring it again: it then follows what stands now, or joins it.")
            raise LayerError([Fault(file, problem, remedy)])
        return last

    def _without(self, begun: list[dict[str, Any]], folder: str, slot: str) -> list[dict[str, Any]]:
        """Return readings without one file; a reading of several files keeps the others."""
        self.remembered = [each for each in self.remembered if each.folder != folder]
        kept = []
        for step in begun:
            others = {key: text for key, text in step.items() if not (key == slot and text == folder)}
            if others == step or slot != "file":
                kept.append(others)
        return kept

    def _completes(self, begun: Iterable[Mapping[str, Any]], offer: Offer) -> bool:
        return any(step.get("reader") == offer.reader and offer.slot not in step for step in begun)

    def _step(self, table: dict[str, Any], offer: Offer, name: str) -> None:
        """Put a reading into a layer's table, or the second file of one that waits for it."""
        for step in table["read"]:
            if step.get("reader") == offer.reader and offer.slot not in step and offer.slot != "file":
                step[offer.slot] = name
                return
        options = {"layer": offer.layer} if offer.reader == LISTED else dict(offer.options)
        step = {"reader": offer.reader, offer.slot: name, **options}
        table["read"] = (
            sorted([*table["read"], step], key=_rank) if offer.layer == "places" else [*table["read"], step]
        )

    def _brought(self, offer: Offer) -> None:
        """Name the layers that come along with a reading, and take the outline from units of level 1."""
        known, level = known_file(offer.provider)
        layers = self.content["layers"]
        if offer.layer == "country":
            self._disclaim(offer.ledger["title"])
        for layer, (title, confidence) in (known.brings if known is not None else {}).items():
            about = {
                "title": title,
                "origin": offer.ledger.get("origin", ""),
                "date": offer.ledger.get("date", ""),
            }
            layers[layer] = {**about, "licence": offer.ledger.get("licence", ""), "confidence": confidence}
        if level is None or known is None or known.reader != _COD or level != 1:
            return
        step = self.content["layers"][offer.layer]["read"][-1]
        country = layers.get("country", {})
        begun = [each for each in country.get("read", []) if each.get("reader") not in {None, "outlines"}]
        if begun:
            return
        area = self.content.get("area", {})
        before: Mapping[str, Any] = next(iter(country.get("read", [])), {})
        outline = {
            "reader": "cod_outline",
            "file": step["file"],
            "level": 1,
            "unit_id": str(before.get("unit_id", "")) or str(area.get("area_id", "")),
            "name": str(area.get("name", {}).get("en", "")) or offer.ledger["title"],
        }
        layers["country"] = {**{k: v for k, v in offer.ledger.items() if v}, "read": [outline]}
        self._disclaim(offer.ledger["title"])
        self.notes.append(
            say("The outline of the area is now the union of the units of level 1 that were brought.")
        )

    def _disclaim(self, title: str) -> None:
        """Say beside what is disputed of the outline begun with that another one has taken its place."""
        texts = self.content.get("area", {}).get("disclaimer", {})
        for language, words in _OTHER_OUTLINE.items():
            if language in texts:
                texts[language] = f"{texts[language]} {words.format(title=title)}"

    def _free(self, name: str) -> str:
        taken = {path.name for path in self.folder.iterdir()}
        candidate, n = name, 2
        while candidate in taken:
            candidate, n = f"{name}-{n}", n + 1
        return candidate

    def _named(self) -> Iterable[str]:
        for table in self.content.get("layers", {}).values():
            for step in table.get("read", []):
                yield from (str(text) for key, text in step.items() if key != "reader")


_NO_BOATS = say(
    "Where boats pass is not stated, so no river carries any. Bring it again by --replace with"
    " --set 'option.navigable=RIVER=MONTHS; RIVER=MONTHS', months such as 7-12 or all."
)


def _rank(step: Mapping[str, Any]) -> int:
    """Seats of units come before towns, as they are joined."""
    return 0 if step.get("reader") == "cod_places" else 1


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _links(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if (Path(folder) / name).is_symlink()]
