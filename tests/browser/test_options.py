"""The page Options, as a facilitator goes through it in French: three offices, a budget, one plan kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from footprint.scenario import AddAssets, OpenSite, Scenario
from footprint.workshop import AddPlan, Baseline, Plan, Store
from layers.sites import SiteKind
from tests.browser.app import WIDE, Screen, Server, screen, serving, spaced

pytestmark = pytest.mark.browser

OFFICES = (
    ("Mopti", "Koro", -3.08, 14.06, {"infantry_company": 1, "civil_affairs_team": 1, "community_liaison": 1}),
    ("Ségou", "Niono", -5.99, 14.25, {"civil_affairs_team": 1, "community_liaison": 1, "unpol_team": 1}),
    ("Gao", "Ouatagouna", 0.72, 15.18, {"infantry_company": 1, "fpu_platoon": 1}),
)
SEARCH_S = 240.0


def plan_of(office: str, name: str, lon: float, lat: float, assets: dict[str, int]) -> Plan:
    """Return one office's proposal: a new site and what it holds."""
    opened = OpenSite("p1", name, lon, lat, SiteKind.TOB)
    changes = (opened, *(AddAssets("p1", kind, count) for kind, count in assets.items()))
    return Plan(Scenario(f"Proposition de {office}", changes), Baseline("mali"), office=office)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """Run the app with a desk on which three offices have put their proposals."""
    state: Path = tmp_path_factory.mktemp("workshop")
    with serving(state) as server:
        with Store(state / "desks.sqlite") as store:
            token, entry = store.new_desk("mali")
            for number, office in enumerate(OFFICES):
                store.act(entry, AddPlan(plan_of(*office)), on=number)
        yield server, token


@pytest.fixture
def facilitator(browser: Browser, workshop: tuple[Server, str]) -> Iterator[Screen]:
    """Open the page Options at that desk, in French."""
    server, token = workshop
    with screen(browser, server.url) as opened:
        opened.page.set_viewport_size({**WIDE, "height": 1800})
        opened.open(f"{server.url}?desk={token}")
        opened.speak("fr")
        opened.go("Options")
        yield opened
        assert opened.faults == []


def searched(reader: Screen, what: str) -> None:
    """Wait until the search in the background is over."""
    stop = reader.page.locator(".st-key-options_stop button")
    reader.until(f"the end of {what}", lambda: not stop.is_enabled(), patience_s=SEARCH_S)
    reader.idle()


def words(reader: Screen) -> str:
    return spaced(reader.page.locator("[data-testid=stMain]").inner_text())


def test_a_facilitator_gets_from_three_proposals_to_one_plan_kept(facilitator: Screen):
    page = facilitator.page
    # A short table: today's sites, and what the three offices ask for.
    page.get_by_text("Le tableau des choix").click()
    facilitator.idle()
    page.get_by_text("Proposer à neuf").click()
    with facilitator.rerunning():
        page.locator(".st-key-options_places input").fill("0")
        page.keyboard.press("Enter")
    facilitator.press_key("options_suggest")
    page.keyboard.press("Escape")
    facilitator.idle()
    facilitator.press_key("options_plans")
    assert "en 16 lieux" in words(facilitator)

    facilitator.press_key("options_go")
    searched(facilitator, "the search")
    told = words(facilitator)
    assert "aucun plan dans ces limites ne dépasse" in told.lower()
    assert all(
        name in told for name in ("Ne rien faire", "Fermer ce qui manque le moins", "Meilleur plan trouvé")
    )

    # A reload finds the plans, and the question.
    facilitator.open(f"{facilitator.url}?desk={page.url.rpartition('desk=')[2]}")
    facilitator.go("Options")
    facilitator.until("the plans again", lambda: "Meilleur plan trouvé" in words(facilitator))
    facilitator.idle()
    page.get_by_text("Le tableau des choix").click()
    facilitator.idle()
    assert "en 16 lieux" in words(facilitator)

    # Why not the second office's?
    box = page.get_by_label("Un choix que le meilleur plan ne fait pas")
    box.click()
    asked = page.get_by_role("option", name="Ségou")
    if asked.count():
        with facilitator.rerunning():
            asked.first.click()
        facilitator.press_key("options_order")
        searched(facilitator, "the order")
        assert "Ouvrir Niono" in words(facilitator)
        assert "au plus" in words(facilitator) or "aucun plan dans ces limites" in words(facilitator)
    else:
        page.keyboard.press("Escape")
        assert "Ouvrir Niono" in words(facilitator)  # the best plan has it

    facilitator.press_key("options_sure")
    searched(facilitator, "the draws")
    assert "200 tirages" in words(facilitator)

    # A staggered operation.
    with facilitator.rerunning():
        page.locator(".st-key-mobile_places input").fill("4")
        page.keyboard.press("Enter")
    facilitator.press_key("mobile_go")
    searched(facilitator, "the stays")
    assert page.locator("table caption", has_text="Unités mobiles").count() == 1

    # One plan kept.
    facilitator.press_key("options_keep_2")
    assert "« Meilleur plan trouvé » est parmi les plans" in words(facilitator)
