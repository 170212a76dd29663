"""Every number of the method's options acts: invented costs on a table, the others on what is asked and shown."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from footprint.cli import main as cli
from footprint.method import Method, default_method
from footprint.options import inquiry, session
from footprint.options.choices import Act, OptionError
from footprint.options.stagger_question import MobilePlace, usual_staggering
from footprint.options.suggest import priced
from layers.sentences import say
from tests.footprint.options import tiny

NUMBERS = {
    each.parameter_id: each
    for each in default_method().parameters
    if each.parameter_id.startswith("options.")
}
COSTS = {name for name in NUMBERS if name.endswith(("_usd", "site_posts")) or name.count(".") == 2}
STAYS = {"options.stay_min_months", "options.stay_max_months", "options.rest_months"}
ASKING = {
    "options.seconds",
    "options.gap_share",
    "options.within_share",
    "options.differ_share",
    "options.alternatives",
    "options.frontier_steps",
}
KINDS = ("infantry_company", "fpu_platoon", "civil_affairs_team", "surgery")
"""One of each component."""


def other(name: str) -> Method:
    """Return the method with another value of a number."""
    own = NUMBERS[name]
    value = own.value + 1 if own.value + 1 <= own.maximum else own.value / 2
    return default_method().edited({name: value})


def test_every_number_is_shown_here():
    assert set(NUMBERS) == COSTS | STAYS | ASKING


def costs(method: Method) -> list[tuple[float | None, float | None, int | None]]:
    """Return the costs of opening a place with one asset of each component, and of closing it."""
    choices = (
        tiny.opened("new", 10, 10, tuple((kind, 1) for kind in sorted(KINDS))),
        tiny.of_site("west", Act.CLOSE),
    )
    found = [priced(replace(choice, source=""), {}, method) for choice in choices]
    return [(each.one_off_usd, each.recurrent_usd, each.posts) for each in found]


@pytest.mark.parametrize("name", sorted(COSTS))
@pytest.mark.slow
def test_an_invented_cost_acts_on_the_table(name):
    assert costs(other(name)) != costs(default_method())


def rules(method: Method) -> object:
    place = MobilePlace("a", "A", 0.0, 0.0)
    return usual_staggering(method.options, units=1, assets=(("infantry_company", 1),), places=(place,))


@pytest.mark.parametrize("name", sorted(STAYS))
def test_a_rule_of_stays_acts_on_what_is_asked(name):
    assert rules(other(name)) != rules(default_method())


def asked_of_the_engine(monkeypatch: pytest.MonkeyPatch, method: Method) -> str:
    """Return what a search of the command asks of the engine under a method, told as far as the first fault."""
    told: list[object] = []

    class Listening:
        def __init__(self, _prepared, _router, question) -> None:
            self.question, self.pack = question, None

        def best(self, effort):
            told.append((effort.seconds, effort.gap))
            return SimpleNamespace(plan=())

        def alternatives(self, _best, effort, **how):
            told.append((effort.seconds, sorted(how.items())))
            return [], True

    def reviewed(*_arguments, **_how):
        return None

    def budgeted(_engine, effort, steps, _best):
        told.append((effort.seconds, steps))
        raise OptionError(say("a whole number"))

    prepared = replace(tiny.basis(), method=method)
    monkeypatch.setattr(session, "Engine", Listening)
    monkeypatch.setattr(session, "answered", reviewed)
    monkeypatch.setattr(session, "budgets", budgeted)
    monkeypatch.setattr("footprint.cli.options.load_prepared", lambda _folder, _step: prepared)
    result = CliRunner().invoke(cli.app, ["options", "--frontier", "--places", "0"])
    assert "a whole number" in result.output
    return repr(told)


@pytest.mark.parametrize("name", sorted(ASKING))
@pytest.mark.slow
def test_a_number_of_the_search_acts_on_what_is_asked_of_the_engine(monkeypatch, name):
    before = asked_of_the_engine(monkeypatch, default_method())
    assert asked_of_the_engine(monkeypatch, other(name)) != before


def test_places_are_named_once():
    with pytest.raises(OptionError, match="there is no place"):
        inquiry.place_named(tiny.engine().pack.places, "nowhere")
