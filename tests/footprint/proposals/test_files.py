"""Files of proposals: what is written reads back, and what is wrong is all said, in both languages."""

from __future__ import annotations

import os
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.language import Language
from footprint.proposals.decoding import LARGEST_BYTES
from footprint.proposals.faults import ProposalError
from footprint.proposals.form import Proposal, ask_of
from footprint.proposals.reading import load_proposal, loads_proposal, without_none
from footprint.proposals.writing import dumps_proposal
from footprint.scenario import Scenario, dumps
from tests.footprint.proposals.conftest import at
from tests.worlds import bundled_area

FILES = Path(__file__).parent / "files"
ENGLISH, FRENCH = Language("en"), Language("fr")
KORO = (FILES / "koro.toml").read_text(encoding="utf-8")


def refused(content, file="a.toml"):
    """Return the faults of bytes or text, in English, once they are shown to be said in French too."""
    with pytest.raises(ProposalError) as caught:
        loads_proposal(content.encode() if isinstance(content, str) else content, file)
    english = [fault.said(ENGLISH) for fault in caught.value.faults]
    french = [fault.said(FRENCH) for fault in caught.value.faults]
    assert all(fault.problem.said(FRENCH) != fault.problem.said(ENGLISH) for fault in caught.value.faults)
    assert all(fault.remedy.said(ENGLISH) for fault in caught.value.faults)
    assert not any(re.search(r"{[a-z]+}", line) for line in (*english, *french))
    assert all(line.startswith(file) for line in english)
    return english


# -- there and back ----------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf"]), max_size=20).map(str.strip)
paragraphs = st.lists(words, max_size=3).map("\n".join).map(str.strip)


def answers(hint, ask):
    """Return a strategy for the answers of one field, the empty one among them."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return st.lists(
            words.map(lambda text: text or "x") if inner is str else forms(inner), max_size=3
        ).map(tuple)
    plain = without_none(hint)
    if is_dataclass(plain):
        return forms(plain)
    if issubclass(plain, StrEnum):
        return st.none() | st.sampled_from(plain)
    if ask.form:
        months = st.integers(1, 4095)
        return st.none() | (
            months if ask.form == "months" else st.dates().map(lambda day: day.replace(day=1))
        )
    return {
        str: paragraphs if ask.long else words,
        bool: st.none() | st.booleans(),
        date: st.none() | st.dates(),
        float: st.none() | st.floats(ask.at_least, ask.at_most),
        int: st.none() | st.integers(int(ask.at_least or 0), int(ask.at_most or 9)),
    }[plain]


def forms(kind):
    hints = get_type_hints(kind)
    return st.builds(kind, **{own.name: answers(hints[own.name], ask_of(own)) for own in fields(kind)})


@settings(max_examples=60)
@given(
    forms(Proposal),
    st.sampled_from(["en", "fr"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]),
)
@pytest.mark.slow
def test_whatever_is_written_reads_back_the_same(proposal, code, encoding):
    text = dumps_proposal(proposal, Language(code))
    assert loads_proposal(text.encode(encoding), "a.toml") == proposal
    assert dumps_proposal(loads_proposal(text.encode(encoding), "a.toml"), Language(code)) == text


def test_the_empty_form_says_nothing_and_asks_for_everything():
    text = dumps_proposal(Proposal(), FRENCH)
    assert loads_proposal(text.encode(), "a.toml") == Proposal()
    assert "Étape 3 : faisabilité et accord" in text.replace("\u00a0", " ")
    parts = [Proposal] + [type(getattr(Proposal(), own.name)) for own in fields(Proposal)]
    asked = [own.name for part in parts if is_dataclass(part) for own in fields(part)]
    assert all(name in text for name in asked)


def test_a_form_is_filled_in_by_taking_the_marks_away():
    text = dumps_proposal(Proposal(), ENGLISH)
    start = text.index("# [[what.package]]")
    block = text[start : text.index("\n\n", start)]
    filled = text.replace(
        block, block.replace("# ", "", 1).replace("\n# ", "\n").replace('kind = ""', 'kind = "surgery"')
    )
    assert [each.kind for each in loads_proposal(filled.encode(), "a.toml").what.package] == ["surgery"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_editor_may_have_saved_it(ending):
    assert loads_proposal(KORO.replace("\n", ending).encode("utf-16"), "a.toml") == load_proposal(
        FILES / "koro.toml"
    )


def test_nought_is_an_answer_and_empty_is_none():
    nought = loads_proposal(KORO.replace("escort_days = 8", "escort_days = 0").encode(), "a.toml")
    unsaid = loads_proposal(KORO.replace("escort_days = 8", 'escort_days = ""').encode(), "a.toml")
    assert (nought.what.escort_days, unsaid.what.escort_days) == (0.0, None)


# -- what is refused ---------------------------------------------------------------------------


def test_everything_wrong_is_said_at_once():
    bad = (
        KORO.replace("lon = -3.08", 'lon = "west"')
        .replace("lat = 14.06", "lat = 14,06")
        .replace('tier = "I"', 'tier = "IV"')
        .replace("count = 1\n", "count = 1.5\n", 1)
        .replace("stated_on = 2019-06-18", 'stated_on = "18 juin"')
        .replace("landing_site = true", 'landing_site = "oui"')
        .replace('months = "all"', 'months = "13"')
        .replace("posts = 180", "posts = -1\nethnic_group = 'x'\npost = 2")
        .replace('start = "2019-10"', 'start = "octobre"')
    )
    found = refused(bad)
    starts = [line.split(": ")[0] for line in found]
    assert starts == [
        "a.toml",
        "a.toml, field what.lon",
        "a.toml, field what.months",
        "a.toml, field what.start",
        "a.toml, field what.package 1.count",
        "a.toml, field why.tier",
        "a.toml, field why.evidence 1.stated_on",
        "a.toml, field feasibility.landing_site",
        "a.toml, field feasibility.posts",
        "a.toml, field feasibility.ethnic_group",
        "a.toml, field feasibility.post",
    ]
    assert "line 14" in found[0]
    assert "Write one of: I, II, III." in found[5]
    assert "not kept" in found[9]
    assert "Did you mean posts?" in found[10]


WRONG_FILES = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t\n", "the file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "the file is empty"),
    "zip or xlsx": (b"PK\x03\x04rest", "office program"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1", "office program"),
    "pdf": (b"%PDF-1.4", "a PDF"),
    "picture": (b"\x89PNG\r\n", "a picture"),
    "geopackage": (b"SQLite format 3\0", "a database"),
    "packed": (b"\x1f\x8b\x08", "a packed file"),
    "program": (b"kind = 1\n\0\0\0", "a file of a program"),
    "latin 1": (KORO.encode("latin-1", "replace"), "Save it again as UTF-8"),
    "cut utf-16": (KORO.encode("utf-16")[:-1], "Save it again as UTF-8"),
    "json": (b'{"format": 1}', "a document for other programs"),
    "map": (b"<kml></kml>", "a web page or a map"),
    "csv": (b"site_id,name,kind\na,b,c\n", "a table"),
    "letter": ("Chère collègue".encode(), "plain text"),
    "other toml": (b'format = 1\narea_id = "mali"\n', "settings of another program"),
    "newer": (
        KORO.replace("format = 1", "format = 2").encode(),
        "of format “2”, and this version reads format 1",
    ),
    "too large": (b"#" * (LARGEST_BYTES + 1), "larger than 5 MB"),
    "deep": (b"kind = " + b"[" * 20_000, "cannot be read"),
    "endless number": (b"kind = " + b"9" * 5_000 + b"\n", "settings of another program|cannot be read"),
    "table for text": (KORO.replace("[harm]\n", "[[harm]]\n").encode(), "no part with fields of its own"),
    "text for table": (
        b'kind = "footprint-proposal"\nformat = 1\nwhat = "x"',
        "no part with fields of its own",
    ),
    "text for list": (
        KORO.replace('["patrols from Sévaré", "a liaison post alone"]', '"patrols"').encode(),
        "no list of texts",
    ),
    "number in list": (KORO.replace('"a liaison post alone"', "3").encode(), "no text"),
    "number for text": (KORO.replace('name = "Koro"', "name = 3").encode(), "no text"),
    "two lines": (KORO.replace('name = "Koro"', 'name = "a\\nb"').encode(), "line break"),
    "steering": (KORO.replace('name = "Koro"', 'name = "a\\u202eb"').encode(), "control or direction"),
    "escape": (KORO.replace('name = "Koro"', 'name = "a\\u001b[2J"').encode(), "control or direction"),
    "nan": (KORO.replace("lon = -3.08", "lon = nan").encode(), "out of range"),
    "inf": (KORO.replace("recurrent_usd = 2000000", "recurrent_usd = inf").encode(), "out of range"),
    "far": (KORO.replace("lon = -3.08", "lon = 1e9").encode(), "Write a number from -180 to 180"),
    "true": (KORO.replace("lon = -3.08", "lon = true").encode(), "no number"),
    "time": (KORO.replace("asked_on = 2019-06-10", "asked_on = 2019-06-10T10:00:00").encode(), "no day"),
    "no day": (KORO.replace("asked_on = 2019-06-10", 'asked_on = "2019-02-30"').encode(), "no day"),
    "long": (KORO.replace('name = "Koro"', f'name = "{"a" * 20_001}"').encode(), "longer than"),
    "many": (
        KORO.replace('["patrols from Sévaré", "a liaison post alone"]', str(["a"] * 201)).encode(),
        "more than 200",
    ),
    "twice": (KORO.replace("[harm]", "[what]\n[harm]").encode(), "cannot be read"),
}


@pytest.mark.parametrize("what", WRONG_FILES)
@pytest.mark.slow
def test_a_wrong_file_is_refused_plainly(what):
    content, words = WRONG_FILES[what]
    found = "\n".join(refused(content))
    assert any(each in found for each in words.split("|")), found


def test_a_scenario_is_called_one():
    text = dumps(Scenario("today"), area=bundled_area(), provenance={})
    assert "it looks like a scenario" in refused(text)[0]


def test_many_faults_are_cut_off():
    extra = "\n".join(f"extra_{number} = 1" for number in range(500))
    assert len(refused(KORO.replace("[harm]", f"[harm]\n{extra}"))) == 100


def test_files_that_cannot_be_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    for name in ("none.toml", ".", "pipe.toml"):
        with pytest.raises(ProposalError) as caught:
            load_proposal(tmp_path / name)
        assert len(caught.value.faults) == 1
        assert str(tmp_path) not in str(caught.value)


def test_a_name_that_steers_stays_out_of_the_message():
    assert "\x1b" not in refused(b"", "a\x1b[2J.toml".replace("\x1b", ""))[0]
    with pytest.raises(ProposalError) as caught:
        loads_proposal(b"", "a\x1b[2J.toml")
    assert "\x1b" not in str(caught.value)


@pytest.mark.slow
@settings(max_examples=200)
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(
        lambda text: (f'kind = "footprint-proposal"\nformat = 1\n{text}').encode("utf-8", "replace")
    )
)
def test_no_bytes_break_the_reader(content):
    try:
        loads_proposal(content, "a.toml")
    except ProposalError as error:
        assert error.faults  # noqa: PT017 - most of it is no proposal, and some is


def test_the_example_says_what_it_says():
    proposal = load_proposal(FILES / "koro.toml")
    assert proposal.what.package[1].donor == "mopti"
    assert proposal.why.evidence[0].stated_on == date(2019, 6, 18)
    assert replace(proposal, name="x") != proposal
    assert at(1, 1).opens
