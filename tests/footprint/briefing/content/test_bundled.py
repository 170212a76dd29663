"""What the briefing of the bundled case says: the figures of its reviews, in two languages."""

from __future__ import annotations

import re

import pytest

from footprint.briefing.content import Telling
from footprint.briefing.content.bottom_line import bottom_line
from footprint.briefing.content.parts import BarChart, Content, Prose, TextTable
from footprint.compare import by_season
from footprint.indicators.periods import over_units, over_year
from footprint.indicators.units import Level
from footprint.language import Language
from tests.briefs import (
    bundled_brief,
    bundled_content,
    bundled_reckoning,
    chapter_of,
    texts_of,
    told,
)
from tests.worlds import (
    bundled_prepared,
)

pytestmark = pytest.mark.slow


def tables(content: Content, key: str) -> list[TextTable]:
    return [each for each in chapter_of(content, key).blocks if isinstance(each, TextTable)]


def words(content: Content) -> str:
    return "\n".join(texts_of(content))


def _texts_of(content: Content, key: str) -> set[str]:
    return {cell for each in tables(content, key) for row in each.rows for cell in row}


def test_the_year_of_the_bottom_line_is_that_of_the_reviews():
    brief = bundled_brief("en")
    table = tables(bundled_content("en"), "bottom_line")[0]
    for row, result in zip(table.rows, (brief.today, *brief.plans), strict=True):
        for column, indicator in ((1, "FF"), (4, "MF")):
            values = over_units(result.figures, Level.REGION, ("ML05",), [indicator])
            year = over_year(values, brief.prepared.area.seasons)
            assert row[column] == brief.language.percent(float(year.mean[0]))
            assert row[column + 1] == brief.language.percent(float(year.worst[0]))


@pytest.mark.parametrize("code", ["en", "fr"])
def test_changes_by_unit_are_those_of_the_comparison(code):
    brief = bundled_brief(code)
    rows = by_season(brief.today, brief.plans[0], brief.prepared.area.seasons)
    for table, indicator in zip(tables(bundled_content(code), "footprints"), ("FF", "MF"), strict=True):
        own = rows[(rows["level"] == Level.DISTRICT) & (rows["measure"] == indicator)]
        for name, *_, mean, worst in table.rows:
            unit = own[own["name"] == name].set_index("period")["change"]
            expected = [
                brief.language.points(unit[each]).replace("-", "\u2212") for each in ("mean", "worst")
            ]
            assert [mean, worst] == expected


def test_bars_are_as_long_as_the_figures_written_beside_them():
    language = Language("en")
    charts = [
        each for part in bundled_content("en").chapters for each in part.blocks if isinstance(each, BarChart)
    ]
    assert len(charts) == 2
    for chart in charts:
        for series in chart.series:
            assert series.written == tuple(language.percent(share) for share in series.shares)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_no_sensitive_place_stands_anywhere(code):
    secret = bundled_prepared().area.folder / "sensitive.csv"
    names = {line.split(",")[0] for line in secret.read_text(encoding="utf-8").splitlines()[1:]}
    assert names
    told_words = words(bundled_content(code))
    assert [name for name in names if len(name) > 3 and name in told_words] == []


def test_small_counts_of_incidents_stay_out_of_what_we_do_not_know():
    said = [
        each.text for each in chapter_of(bundled_content("en"), "unknowns").blocks if isinstance(each, Prose)
    ]
    assert [each for each in said if re.search(r"^Incidents.*: [12]\.$", each)] == []
    assert any("fewer than 3" in each for each in said)


def test_french_has_its_spaces_and_its_comma():
    content = bundled_content("fr")
    own = set(texts_of(chapter_of(content, "sources")))  # licences are as their owners write them
    said = "\n".join(each for each in texts_of(content) if each not in own)
    assert re.findall(r"[^\s\u00a0\u202f:/\[][;!?%»](?:\s|$)|« ", re.sub(r"https?:\S+", "", said)) == []
    assert re.findall(r"\d\.\d\u00a0%", said) == []
    assert "15 juillet 2019" in said


@pytest.mark.parametrize("code", ["en", "fr"])
def test_no_apostrophe_is_straight_not_even_in_what_the_area_files_say(code):
    assert [each for each in texts_of(bundled_content(code)) if re.search(r"\w'\w", each)] == []


def test_no_line_of_french_begins_with_a_high_mark():
    said = texts_of(bundled_content("fr"))
    assert [each for each in said if re.search(r"\S [:;!?%»](?:\s|$)|« ", each)] == []


def test_a_region_and_the_unit_of_its_seat_are_told_apart_by_what_they_are():
    english, french = (words(bundled_content(code)) for code in ("en", "fr"))
    assert "Region of Mopti, September: troops could reach" in english
    assert "région de Mopti" in french
    rows = [row[0] for row in tables(bundled_content("fr"), "returns")[0].rows]
    assert {"Région de Mopti", "Cercle de Mopti"} <= set(rows)
    assert "Mopti" not in rows
    assert "Koro" in rows


def test_classes_add_up_and_all_units_together_are_what_the_bottom_line_says():
    table = tables(bundled_content("en"), "region")[0]
    for row in table.rows:
        shares = [float(each.removesuffix("\u00a0%")) for each in row[5:]]
        assert sum(shares) == pytest.approx(100.0, abs=0.21)
    force, mission = table.rows[-1][3:5]
    lead = chapter_of(bundled_content("en"), "bottom_line").blocks[0]
    assert isinstance(lead, Prose)
    assert f"troops could reach {force} of need; the whole mission {mission}" in lead.text
    need = [float(row[2].removesuffix("\u00a0%")) for row in table.rows]
    assert sum(need[:-1]) == pytest.approx(need[-1], abs=0.5)
    assert "add up to 100" in table.note


def test_a_change_in_all_has_those_of_its_units_beside_it():
    (said,) = [each for each in texts_of(bundled_content("en")) if each.startswith("These are changes")]
    assert re.fullmatch(
        r"These are changes in all; by cercle: Force \S+\u00a0pt to \S+\u00a0pt(?:; .*)?\.", said
    )


def test_without_a_plan_it_is_said_by_what_the_gap_is_measured():
    lead, beside = bottom_line(Telling(bundled_brief("en", plans=()), bundled_reckoning())).blocks[:2]
    assert isinstance(lead, Prose)
    assert isinstance(beside, Prose)
    assert "the gap is widest in" in lead.text
    assert beside.text.startswith("The gap is weighed by need")


def test_nothing_english_is_left_in_french():
    english, french = (set(texts_of(bundled_content(code))) for code in ("en", "fr"))
    sentences = {each for each in english & french if len(each.split()) > 4}
    # Titles, licences and names of the area's own files are nobody's to translate.
    own = _texts_of(bundled_content("en"), "sources")
    assert sentences - own == set()


def test_negative_numbers_have_a_minus_that_holds_them_together():
    assert re.findall(r"(?<![\w.,)\]-])-\d", words(bundled_content("en"))) == []
    assert "\u2212" in words(bundled_content("en"))


def test_one_reckoning_serves_both_languages():
    assert told(bundled_brief("fr"), bundled_reckoning()).language == "fr"
