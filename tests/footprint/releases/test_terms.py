"""Nothing leaves on terms that cannot be answered for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footprint.errors import ReleaseError
from footprint.releases.terms import LONGEST
from tests.footprint.releases.kits import TERMS, log_in, released


@pytest.mark.parametrize("words", ["", " ", "x" * (LONGEST + 1), "a\nb", "a\x1b[2J", "\u202eab", "\udcff"])
@pytest.mark.parametrize("entry", ["purpose", "audience", "releaser"])
def test_words_that_are_none_too_many_or_no_letters_are_refused(words, entry):
    with pytest.raises(ReleaseError, match=entry):
        replace(TERMS, **{entry: words})


@pytest.mark.parametrize("words", ["=1+1", "<script>", "é, ç, ɛ", '"quoted"', "x" * LONGEST])
def test_other_words_come_back_from_the_log_as_they_were(tmp_path, words):
    log = log_in(tmp_path)
    released(log, "map.html", release=replace(TERMS, audience=words))
    assert log.examine().contents[0]["audience"] == words
