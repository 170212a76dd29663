"""No text of a folder steers the terminal it is printed on, or turns the order in which it is read."""

from __future__ import annotations

import pytest

from layers import load_area
from tests.layers.square import Folder

STEERING = ["Ca\x1b[2Jmp", "Ca\x07mp", "Ca\x9bmp", "Ca\u202epm", "Ca\u2067mp", "Ca\x7fmp"]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", STEERING)
def test_a_name_that_steers_is_a_fault_that_does_not(folder, name):
    folder.add("sites.csv", f"odd,{name},camp,all,,,low,invented,-4.4,14")
    (fault,) = folder.faults()
    assert "sites.csv, column 'name', row 4" in fault
    assert "holds a control or direction character" in fault
    assert fault.isprintable()


@pytest.mark.parametrize("name", STEERING)
def test_an_area_s_own_texts_may_not_steer(folder, name):
    escaped = "".join(
        letter if letter.isascii() and letter.isalpha() else f"\\u{ord(letter):04x}" for letter in name
    )
    folder.say('en = "Square"', f'en = "{escaped}"')
    (fault,) = folder.faults()
    assert "area.toml, column 'name.en': the text holds a control" in fault


def test_a_name_of_a_focus_may_not_steer(folder):
    folder.say("West =", '"We\\u001bst" =')
    assert any("focus." in fault and "control" in fault and fault.isprintable() for fault in folder.faults())


@pytest.mark.slow
def test_the_ledger_may_not_steer(folder):
    folder.put("sources.csv", "sites.csv,sites,Si\x1btes,nobody,2019,CC0,yes,low,,0")
    (fault,) = folder.faults()
    assert "sources.csv, column 'title', row 2" in fault


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Nuṣayrīn", "شهر‌ها", "Ca–mp", "L’Oued", "Пост"])
def test_other_scripts_and_their_joiners_are_names(folder, name):
    folder.add("sites.csv", f"odd,{name},camp,all,,,low,invented,-4.4,14")
    assert name in load_area(folder.path).sites["name"].tolist()
