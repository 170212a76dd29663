"""Three real countries: what their dates can bear, and that no season is called foreseen that was not."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely import MultiPoint, box

from footprint.violence.seasonality import (
    Answer,
    Doubt,
    MonthSpan,
    Omission,
    Status,
    date_warnings,
    disc_calendar,
    findings,
    quietest_month,
    record,
    seasonal_profile,
    sentence,
    unit_calendar,
)
from layers.assemble import assemble
from layers.formats.ucdp import read_ucdp
from layers.grid import make_grid
from tests.kept import area_at, folder_once
from tests.worlds import CATALOGUES, SEASONALITY_NUMBERS, find_patterns, recurrence

pytestmark = pytest.mark.slow

LEVELS = ("region", "cercle", "cell")
CAR_CRS = "+proj=laea +lat_0=6.6 +lon_0=20.9 +datum=WGS84 +units=m"


@pytest.fixture(scope="module")
def mali(real_source):
    def build(folder):
        assemble(real_source, folder, catalogues=CATALOGUES)

    return find_patterns(area_at(folder_once("mali", build)))


@pytest.fixture(scope="module")
def south_sudan(south_sudan_folder):
    return find_patterns(area_at(south_sudan_folder))


@pytest.fixture(scope="module")
def car(car_source, tmp_path_factory):
    """Events of the Central African Republic as an incidents layer."""
    table = gpd.read_file(car_source / "ucdp_ged_23_1_car.geojson")
    rows = pd.DataFrame(table.drop(columns="geometry")).assign(
        longitude=table.geometry.x, latitude=table.geometry.y
    )
    path = tmp_path_factory.mktemp("car") / "events.csv"
    rows.to_csv(path, index=False)
    events = read_ucdp(path).shapes.set_index("incident_id").to_crs(CAR_CRS)
    return events.assign(date=pd.to_datetime(events["date"]), adm1=events["adm1"].fillna("").astype(str))


def by_region(events, last):
    """Return the calendar by first-level unit, as the provider names them, up to a day."""
    events = events[(events["adm1"] != "") & (events["geo_precision"] <= 4) & (events["year"] <= last.year)]
    events = events[events["date"].isna() | (events["date"] <= pd.Timestamp(last))]
    shapes = {
        name: MultiPoint(list(zip(rows.geometry.x, rows.geometry.y, strict=True))).buffer(1)
        for name, rows in events.groupby("adm1")
    }
    units = gpd.GeoDataFrame(
        {"name": list(shapes)},
        index=pd.Index(shapes, name="unit_id"),
        geometry=list(shapes.values()),
        crs=CAR_CRS,
    )
    return events, unit_calendar(events, units, span(events, last))


def span(events, last):
    cut = quietest_month(events)
    return MonthSpan(first=date(1991, 1, 1), last=last, first_month=cut, months_missing_max=1)


def accounted(calendar):
    return calendar.n_used + sum(each.count for each in calendar.left_out)


def test_years_alone_make_no_calendar(mali):
    for level in LEVELS:
        found, selection = mali.calendar_of(level)
        assert found.statement is Status.NO_MONTHS
        assert found.calendar.n_used == 0
        assert [each.omission for each in found.calendar.left_out] == [Omission.YEAR_ONLY]
        left_out = sum(each.count for each in (*selection.excluded, *found.calendar.left_out))
        assert left_out == len(mali.source.incidents) == 500
        assert set(found.table["answer"]) == {Answer.NO_MONTHS}
    assert [each.doubt for each in mali.warnings] == [Doubt.SUM_DATES]
    assert mali.profile.n_earned == 0
    assert mali.profile.need == pytest.approx(1 / 12)


def test_every_incident_of_south_sudan_is_used_or_left_out_for_a_reason(south_sudan):
    everyone = len(south_sudan.source.incidents)
    for level in LEVELS:
        found, selection = south_sudan.calendar_of(level)
        assert accounted(found.calendar) == selection.n_used
        assert selection.n_used + sum(each.count for each in selection.excluded) == everyone == 802


def test_no_season_of_south_sudan_was_foreseen(south_sudan):
    """To mid-2019 December returned in Jonglei; of the two years after, it held 1 of 26 incidents."""
    for level in LEVELS:
        found, _ = south_sudan.calendar_of(level)
        assert not any(each.is_forecast for each in findings(found))
    said = {each.area_id: each for each in findings(south_sudan.regions)}
    jonglei = said["SS03"]
    assert jonglei.significant
    assert "a pattern, not a forecast" in sentence(jonglei, "en")
    past = record([row for rows in south_sudan.regions.foresight.values() for row in rows])
    assert (past.inside, past.total) == (1, 26)
    assert past.inside < past.expected


def test_counties_and_cells_of_south_sudan_have_too_few_incidents_to_tell(south_sudan):
    # Of Abyei, which lies outside the outline, nothing is told.
    for level, outside in (("cercle", {Answer.OUTSIDE}), ("cell", set())):
        answers = set(south_sudan.calendar_of(level)[0].table["answer"])
        assert answers == {Answer.TOO_FEW, Answer.NOT_ENOUGH_YEARS} | outside
    assert south_sudan.profile.n_earned == 0


def test_1_january_of_south_sudan_is_named(south_sudan):
    warned = {each.doubt: each for each in south_sudan.warnings}
    assert warned[Doubt.NEW_YEAR].times > 5


def test_a_season_of_the_central_african_republic_that_the_next_years_did_not_keep(car):
    """At mid-2019 January to March returned in Ouham-Pendé; of the 12 incidents of the next two years none came then."""
    _, then = by_region(car, date(2019, 6, 30))
    found = {each.name: each for each in findings(recurrence(then))}["Ouham-Pendé province"]
    assert found.months == (1, 2, 3)
    assert found.significant
    assert not found.is_forecast
    events, since = by_region(car, date(2022, 12, 31))
    later = recurrence(since)
    assert not later.table["significant"].any()
    past = record([row for rows in later.foresight.values() for row in rows])
    assert (past.years, past.beaten, past.inside, past.total) == (2, 0, 0, 12)
    assert accounted(since) == len(events)


def test_dates_and_profiles_of_the_central_african_republic(car):
    _, calendar = by_region(car, date(2022, 12, 31))
    warned = {each.doubt: each for each in date_warnings(car, recurrence(calendar), SEASONALITY_NUMBERS)}
    assert 3.6 <= warned[Doubt.NEW_YEAR].times <= 7.9
    assert seasonal_profile(calendar, SEASONALITY_NUMBERS, n_resamples=0).n_earned == 0


def test_no_disc_of_the_central_african_republic_returns(car):
    near = car[car["geo_precision"] <= 2]
    grid = make_grid(box(*near.total_bounds).buffer(25_000), near.crs, cell_m=25_000)
    calendar = disc_calendar(near, grid, span(car, date(2022, 12, 31)), radius_m=50_000.0)
    assert accounted(calendar) == len(near)
    assert not recurrence(calendar).table["significant"].any()
