"""A small invented country that files are brought into."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from layers.foreign.isolation import looked_at
from layers.intake.answers import read_answers
from layers.intake.area import bounds_of, facts_of, imports_of, rebuild
from layers.intake.imports import digest_of
from layers.intake.offer import offers
from tests.layers.intake.squares import begin_squares, write_people

LEDGER = ("ledger.origin=Office", "ledger.date=2019", "ledger.licence=own", "ledger.confidence=medium")


@pytest.fixture(scope="session")
def begun_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("begun") / "squares"
    begin_squares(folder)
    return folder


@pytest.fixture
def begun(begun_once, tmp_path):
    """Return an area of its own to bring files into."""
    target = tmp_path / "squares"
    shutil.copytree(begun_once, target)
    return target


class Bringing:
    """Looks at files and takes them, as command and page do."""

    def __init__(self, area: Path) -> None:
        self.area = area

    def offer(self, path: Path, *answers: str, sheet: int = 0, leaves_out: bool = False):
        with looked_at(path, bounds_of(self.area)) as looked, imports_of(self.area) as imports:
            said = [read_answers(answers, leaves_out=leaves_out)]
            return offers(looked, said, facts_of(self.area, imports, ()))[sheet]

    @contextmanager
    def looked(self, path: Path, *answers: str, sheet: int = 0, said=None):
        """Yield a file that is open, the offer of one of its sheets, and what is known of the area."""
        with looked_at(path, bounds_of(self.area)) as looked, imports_of(self.area) as imports:
            facts = facts_of(self.area, imports, ())
            yield looked, offers(looked, said or [read_answers(answers)], facts)[sheet], facts

    def take(self, *files: tuple[Path, tuple[str, ...]], leaves_out: bool = False, replaces: bool = False):
        with imports_of(self.area) as imports:
            for path, answers in files:
                with looked_at(path, bounds_of(self.area)) as looked:
                    said = [read_answers(answers, leaves_out=leaves_out, replaces=replaces)]
                    for offer in offers(looked, said, facts_of(self.area, imports, ())):
                        if not offer.is_nothing:
                            assert offer.questions == (), [each.key for each in offer.questions]
                            imports.add(looked, offer, said, digest=digest_of(path))
            return rebuild(self.area, imports, lambda _: None)


@pytest.fixture
def bringing(begun):
    return Bringing(begun)


@pytest.fixture
def people(tmp_path):
    """Return a raster that counts 10 people in each of 100 by 100 cells of the country."""
    return write_people(tmp_path)
