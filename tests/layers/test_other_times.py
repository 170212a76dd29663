"""Sites of other times are left out of a review of the frame date, and stay known."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from layers import load_area
from layers.errors import LayerError
from layers.sites import open_on
from tests.layers.square import Folder

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("day", "open_then"), [(17, False), (18, True), (20, True), (21, False)])
def test_first_and_last_day_are_both_open(day, open_then):
    sites = pd.DataFrame({"open_from": [pd.Timestamp(2018, 5, 18)], "open_to": [pd.Timestamp(2018, 5, 20)]})
    assert open_on(sites, date(2018, 5, day)).tolist() == [open_then]


def test_an_unknown_first_day_is_long_ago_and_an_empty_last_day_is_still_to_come():
    sites = pd.DataFrame({"open_from": [pd.NaT], "open_to": [pd.NaT]}, dtype="datetime64[ns]")
    assert open_on(sites, date(1990, 1, 1)).all()
    assert open_on(sites, date(2090, 1, 1)).all()


def test_a_site_closed_before_the_frame_date_is_kept_apart_with_its_assets(tmp_path):
    square = Folder(tmp_path)
    square.add("sites.csv", "old,Old,camp,all,2017-01-01,2018-12-31,low,invented,-4.4,14")
    square.add("assets.csv", "a3,old,surgery,1,,,,low,invented")
    area = load_area(square.path)
    assert area.sites.index.tolist() == ["camp", "post"]
    assert area.other_sites is not None
    assert area.other_sites.index.tolist() == ["old"]
    assert area.other_assets is not None
    assert area.other_assets["kind"].tolist() == ["surgery"]
    assert [(drop.layer, drop.reason, drop.rows) for drop in area.dropped] == [
        ("sites", "not open on the frame date", 1),
        ("assets", "at a site not open on the frame date", 1),
    ]


def test_a_site_that_closes_before_it_opens_is_a_fault_with_its_row(tmp_path):
    square = Folder(tmp_path)
    square.add("sites.csv", "old,Old,camp,all,2018-12-31,2017-01-01,low,invented,-4.4,14")
    with pytest.raises(LayerError) as caught:
        load_area(square.path)
    fault = caught.value.faults[0]
    assert (fault.file, fault.column, fault.row) == ("sites.csv", "open_to", 4)
    assert "old closes on 2017-01-01, before it opens on 2018-12-31" in fault.problem
