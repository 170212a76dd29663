"""Month sets are read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.months import ALL_MONTHS, in_month, months_in, months_mask


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("9-11", (9, 10, 11)),
        ("10-1", (1, 10, 11, 12)),
        ("1,3, 5-6", (1, 3, 5, 6)),
        ("7", (7,)),
        ("", ()),
        ("all", tuple(range(1, 13))),
    ],
)
def test_lists_and_ranges(text, months):
    assert months_in(months_mask(text)) == months


@pytest.mark.parametrize("text", ["13", "0-3", "Oct-Nov", "9-", "1;2"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="no month"):
        months_mask(text)


@given(st.integers(0, ALL_MONTHS))
def test_every_mask_comes_back(mask):
    assert months_mask(",".join(map(str, months_in(mask)))) == mask
    assert sum(in_month(mask, month) for month in range(1, 13)) == mask.bit_count()
