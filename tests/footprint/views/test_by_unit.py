"""Where no cell may be told from its neighbours a map shows units, and nothing of what lies where in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from footprint.disclosure import Precision
from footprint.errors import ReleaseError
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.objectives import Measure
from footprint.releases.log import ReleaseLog
from footprint.releases.profiles import COUNTED, figure
from footprint.releases.terms import Marking, Release
from footprint.views.by_unit import UNIT_VIEWS, unit_picture
from footprint.views.cells import Asked, View
from footprint.views.raster import mercator_frame
from footprint.views.release import Taken, hand_over, may_leave, released_provenance
from tests.footprint.briefing.briefs import KORO, reviewed
from tests.worlds import bundled_prepared, router_of

pytestmark = pytest.mark.slow
EN = Language("en")
COARSE = sorted(COUNTED)
OTHERS = sorted(set(View) - UNIT_VIEWS)


def told(view: View, precision: Precision, measure: Measure = Measure.BLEND) -> np.ndarray:
    asked = Asked(view=view, month=10, measure=measure)
    return unit_picture(bundled_prepared(), reviewed(KORO), asked, precision, EN).classes


def taken(view: View) -> Taken:
    prepared = bundled_prepared()
    return Taken(
        prepared=prepared,
        router=router_of(prepared),
        review=reviewed(KORO),
        asked=Asked(view=view, month=10),
        frame=mercator_frame(prepared.area.grid),
        layers=(),
        focus="",
    )


def terms(precision: Precision) -> Release:
    return Release("briefing", "governor", "chief of plans", Marking.CONFIDENTIAL, precision)


@pytest.mark.parametrize("precision", COARSE)
@pytest.mark.parametrize("view", sorted(UNIT_VIEWS))
def test_all_cells_of_a_unit_that_have_people_are_alike(view: View, precision: Precision):
    classes = told(view, precision)
    prepared = bundled_prepared()
    unit, people = np.asarray(prepared.districts.main_unit), np.asarray(prepared.area.population.people)
    for own in range(len(prepared.districts.unit_ids)):
        assert len(set(classes[(unit == own) & ~np.isnan(people)].tolist())) == 1


def test_a_unit_has_the_class_of_its_figure():
    figures, prepared = reviewed(KORO).figures, bundled_prepared()
    rows = figures[(figures["level"] == Level.DISTRICT) & (figures["month"] == 10)].set_index("unit_id")
    unit = np.asarray(prepared.districts.main_unit)
    for number, own in enumerate(prepared.districts.unit_ids):
        share = np.array([figure(float(rows.at[own, "FF"]), Precision.PUBLIC)], dtype=np.float32)
        classes = set(told(View.FORCE, Precision.PUBLIC)[unit == number].tolist())
        assert classes == {int(np.searchsorted([0.02, 0.1, 0.3, 0.5], share[0], side="left"))}


def test_the_need_of_all_units_is_that_of_the_measure_asked_for():
    assert (told(View.DEMAND, Precision.PUBLIC) != told(View.DEMAND, Precision.PUBLIC, Measure.PEOPLE)).any()


@pytest.mark.parametrize("view", OTHERS)
@pytest.mark.parametrize("precision", COARSE)
def test_a_view_of_cells_alone_does_not_leave(view: View, precision: Precision, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    log, own = ReleaseLog(tmp_path / "state"), taken(view)
    provenance = released_provenance(own, precision)
    for refused in (
        lambda: may_leave(own, terms(precision), provenance, log),
        lambda: hand_over(own, terms(precision), provenance, EN, log),
    ):
        with pytest.raises(ReleaseError, match="told cell by cell"):
            refused()
    assert log.examine().lines == ()


def test_a_public_map_says_that_it_shows_units(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    words = "At this precision the map shows each district as a whole"
    for precision in (Precision.PUBLIC, Precision.INTERNAL):
        own, log = taken(View.FORCE), ReleaseLog(tmp_path / "state")
        html = hand_over(own, terms(precision), released_provenance(own, precision), EN, log)
        assert (words in html) == (precision is Precision.PUBLIC)


def test_a_public_map_of_one_plan_after_another_is_a_revision_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    log = ReleaseLog(tmp_path / "state")
    for own in (
        taken(View.FORCE),
        replace(taken(View.FORCE), review=reviewed(replace(KORO, changes=KORO.changes[:1]))),
    ):
        hand_over(own, terms(Precision.PUBLIC), released_provenance(own, Precision.PUBLIC), EN, log)
    begun = [each for each in log.examine().contents if each["kind"] == "begin"]
    assert [each["revision"] for each in begun] == [1, 2]
