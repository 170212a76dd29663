"""Geo-PKO brought into an area: how units are counted, and what a person must know before they are taken."""

import pandas as pd
import pytest

pytestmark = pytest.mark.slow

HEAD = (
    "mission,year,month,location,latitude,longitude,zone.de.confidence,battalion,company,platoon,hq,inf,fpu,"
    "avia,med,uav,eng,unpol.dummy,he.sup,inf.no,riv"
)


@pytest.fixture
def maps(tmp_path):
    path = tmp_path / "maps.csv"
    rows = (
        "M,2019,6,Alpha,0.5,20.25,NA,2,7,0,3,1,0,0,1,0,0,0,0,1900,1",
        "M,2019,6,Bravo,0.6,20.75,NA,0,1,0,0,1,0,0,0,0,0,0,0,150,0",
    )
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def test_the_preview_says_that_maps_show_units_and_not_their_strength(bringing, maps):
    said = " ".join(map(str, bringing.offer(maps).sheet.remarks))
    assert "not their strength" in said
    assert "its level is not told" in said


def test_how_units_are_counted_is_asked_and_once_is_what_is_proposed(bringing, maps):
    (question,) = bringing.offer(maps, "ledger.date=2019").questions
    assert (question.key, question.choices, question.suggested) == (
        "option.strength",
        ("once", "drawn"),
        "once",
    )


def test_units_as_drawn_are_counted_so_and_marked_as_a_lower_bound(bringing, maps):
    bringing.take((maps, ("ledger.date=2019", "option.strength=drawn")))
    assets = pd.read_csv(bringing.area / "assets.csv").set_index("asset_id")
    assert assets["count"].to_dict() == {
        "alpha-infantry_company": 4,
        "alpha-surgery": 1,
        "bravo-infantry_company": 1,
    }
    assert assets["is_least"].all()


def test_a_person_may_have_each_kind_counted_once(bringing, maps):
    bringing.take((maps, ("ledger.date=2019", "option.strength=once")))
    assert set(pd.read_csv(bringing.area / "assets.csv")["count"]) == {1}
