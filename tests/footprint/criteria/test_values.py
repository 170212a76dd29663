"""Values: what one option comes to by every criterion equals what the parts say, and gaps have reasons."""

from __future__ import annotations

from math import isnan, nan

import pytest

from footprint.compare import by_season
from footprint.criteria.criterion import Costs, Criterion, CriterionValue
from footprint.criteria.terms import load_terms
from footprint.criteria.values import criteria
from footprint.errors import FootprintError
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import by_period
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.scenario import CloseSite, Scenario
from footprint.views.criteria_words import arrival_words
from tests.worlds import bundled_prepared, make_area, make_assets, make_basis, make_sites, review, router_of

pytestmark = pytest.mark.slow

TODAY = Scenario("today")


def values_of(prepared, *changes, **options):
    before, after = review(prepared, TODAY), review(prepared, TODAY.then(*changes))
    found = criteria(prepared, router_of(prepared), before, after, **options)
    assert [each.criterion for each in found] == list(Criterion)
    return {each.criterion: each for each in found}


def test_footprints_are_those_of_the_area():
    prepared = bundled_prepared()
    found = values_of(prepared, CloseSite("diabaly"))
    after = review(prepared, TODAY.then(CloseSite("diabaly")))
    area = after.figures[after.figures["level"] == Level.AREA]
    year = by_period(area, list(Indicator), prepared.area.seasons).set_index("measure")
    assert found[Criterion.FORCE_MEAN].value == pytest.approx(year.at["FF", "mean"])
    assert found[Criterion.MISSION_WORST].value == pytest.approx(year.at["MF", "worst"])
    assert found[Criterion.TIER_3_MEAN].value == pytest.approx(year.at["B3", "mean"])
    gap = year.at["FF", "mean"] - year.at["B2", "mean"]
    assert found[Criterion.LIKE_FOR_LIKE].value == pytest.approx(gap)


def test_the_region_that_loses_most_is_the_least_of_their_changes():
    prepared = bundled_prepared()
    found = values_of(prepared, CloseSite("diabaly"))
    after = review(prepared, TODAY.then(CloseSite("diabaly")))
    rows = by_season(review(prepared, TODAY), after, prepared.area.seasons, (Indicator.MISSION,))
    worst = rows[(rows["level"] == Level.REGION) & (rows["period"] == "worst")].set_index("name")["change"]
    assert worst.idxmin() == "Ségou"
    assert found[Criterion.WORST_REGION].value == worst.min() < 0


def test_doing_nothing_changes_nothing_and_leaves_no_ring():
    found = values_of(bundled_prepared())
    assert found[Criterion.WORST_REGION].value == 0
    assert found[Criterion.RING].value == 0


def test_closing_a_site_leaves_more_people_beyond_reach_and_never_fewer():
    prepared = bundled_prepared()
    today, closed = values_of(prepared), values_of(prepared, CloseSite("diabaly"))
    for each in (Criterion.BEYOND_BUNDLE, Criterion.BEYOND_SURGERY):
        assert closed[each].value >= today[each].value > 0
    assert closed[Criterion.ESCORTS].value < today[Criterion.ESCORTS].value


def test_costs_come_from_outside_or_are_not_known():
    found = values_of(bundled_prepared())
    assert isnan(found[Criterion.ONE_OFF].value)
    assert found[Criterion.ONE_OFF].why == "nobody states it"
    stated = values_of(bundled_prepared(), costs=Costs(recurrent_usd=5.0))
    assert (stated[Criterion.RECURRENT].value, stated[Criterion.RECURRENT].why) == (5.0, "")


def test_every_gap_has_a_reason_and_no_number_has_one():
    area = make_area(
        sites=make_sites({"camp": (12.5, 12.5)}), assets=make_assets({"camp": {"infantry_company": 1}})
    )
    found = values_of(make_basis(area))
    for each in found.values():
        assert bool(each.why) == isnan(each.value), each
    assert isnan(found[Criterion.MISSION_MEAN].value)
    assert found[Criterion.FORCE_MEAN].value > 0
    assert found[Criterion.RESPONSE].why == "no attack on civilians has a sure place and date"


def test_terms_are_read_from_a_file(tmp_path):
    path = tmp_path / "terms.toml"
    path.write_text('[weights."A"]\nforce_mean = 2\n[costs."B"]\nrecurrent_usd = 7\n', encoding="utf-8")
    terms = load_terms(path)
    assert terms.weights == {"A": {Criterion.FORCE_MEAN: 2.0}}
    assert terms.costs["B"].recurrent_usd == 7
    assert isnan(terms.costs["B"].one_off_usd)


def test_every_fault_of_a_file_of_terms_is_told_at_once(tmp_path):
    path = tmp_path / "terms.toml"
    lines = (
        "wishes = 1",
        '[weights."A"]',
        "force_mean = -1",
        "luck = 1",
        "[costs]",
        "B = 3",
        "[costs.C]",
        "one_off_usd = true",
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FootprintError) as caught:
        load_terms(path)
    assert len(caught.value.sentences) == 5
    path.write_text("[", encoding="utf-8")
    with pytest.raises(FootprintError, match="cannot be read"):
        load_terms(path)


@pytest.mark.parametrize(
    ("table", "name"),
    [('weights."A"', "force_mean"), ('costs."B"', "one_off_usd"), ('costs."B"', "recurrent_usd")],
)
@pytest.mark.parametrize("value", ["9" * 400, "1e16", "inf", "nan"])
def test_a_term_beyond_counting_is_refused_with_its_limit(tmp_path, table, name, value):
    path = tmp_path / "terms.toml"
    path.write_text(f"[{table}]\n{name} = {value}\n", encoding="utf-8")
    with pytest.raises(FootprintError) as caught:
        load_terms(path)
    assert str(caught.value) == f"{table}: {name} must be a number from 0 to 1,000,000,000,000,000"


def responding(*shares: float) -> list[tuple[CriterionValue, ...]]:
    """Return options that differ by whether anybody could have come to past attacks."""
    return [(CriterionValue(Criterion.RESPONSE, share),) for share in shares]


@pytest.mark.parametrize("code", ["en", "fr"])
def test_to_come_to_an_attack_is_never_called_protection(code):
    language = Language(code)
    for each in (Criterion.RESPONSE, Criterion.RESPONSE_BY_LAND):
        assert language.text(each.label).endswith(
            ": no protection" if code == "en" else "\xa0: ce n’est pas une protection"
        )
    assert {"en": "is not to have protected", "fr": "n’est pas avoir protégé"}[code] in arrival_words(
        responding(0.4, 0.6), language
    )


def test_where_every_option_comes_to_all_attacks_that_is_said_to_tell_none_apart():
    told = "so this tells none apart"
    assert told in arrival_words(responding(1.0, 1.0), Language("en"))
    assert told not in arrival_words(responding(1.0, 0.9), Language("en"))


def test_where_nobody_knows_who_could_come_nothing_is_said_of_it():
    assert arrival_words(responding(nan, nan), Language("en")) == ""
