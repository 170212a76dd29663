"""What boundaries do not mean, as an office words it: from the area's settings to every page."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from footprint.caveats import of_the_files
from footprint.language import Language
from footprint.views.scene import boundary_notice
from layers.errors import LayerError
from layers.manifest import read_manifest
from tests.worlds import bundled_area


def settings(folder: Path, bundled: Path, more: str) -> Path:
    """Return a folder with the bundled case's settings and more."""
    shutil.copytree(bundled, folder)
    path = folder / "area.toml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return folder


def test_an_area_states_it_in_its_own_words(tmp_path: Path, bundled_folder: Path):
    folder = settings(tmp_path / "area", bundled_folder, '\n[disclaimer]\nen = "Ours."\nfr = "Le nôtre."\n')
    assert read_manifest(folder).disclaimers == {"en": "Ours.", "fr": "Le nôtre."}


@pytest.mark.parametrize("stated", ["", 'fr = "Le nôtre."', 'en = " "', "en = 1", f'en = "{"x" * 601}"'])
def test_what_is_no_disclaimer_is_refused(tmp_path: Path, bundled_folder: Path, stated: str):
    folder = settings(tmp_path / "area", bundled_folder, f"\n[disclaimer]\n{stated}\n")
    with pytest.raises(LayerError, match="disclaimer"):
        read_manifest(folder)


def test_without_one_the_usual_words_stand_there():
    assert boundary_notice(bundled_area(), Language("en")) == (
        "Boundaries and names do not imply official endorsement."
    )


def test_a_reader_gets_it_in_their_language_or_else_in_english():
    area = replace(bundled_area(), disclaimers={"en": "Ours."})
    assert [boundary_notice(area, Language(code)) for code in ("en", "fr")] == ["Ours.", "Ours."]


def test_what_the_office_says_of_boundaries_stands_beside_every_answer_in_the_reader_s_language():
    area = replace(bundled_area(), disclaimers={"en": "Ours.", "fr": "Le nôtre."})
    said = [[each.said(Language(code)) for each in of_the_files(area)] for code in ("en", "fr")]
    assert "Boundaries: Ours." in said[0]
    assert any(each.endswith("Le nôtre.") for each in said[1])
