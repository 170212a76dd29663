"""Whatever a page offers answers: every button is pressed, every choice is made, and nothing falls over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup, Widget

from footprint.method import default_method
from footprint.pages._choices import Drawer
from tests.footprint.method.test_every_parameter_acts import FEWER
from tests.pages.conftest import Start
from tests.pages.test_options_page import SHORT, ended, small
from tests.pages.test_pages import KORO, choose, chosen, in_language, on

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

ENOUGH = 120
"""Acts on one page; more are not offered, or the page would offer something new without end."""
FEW = 4
"""Of a list with more entries than this, the first, the middle and the last are taken."""
PLAN = re.compile(r"[0-9a-f]{32}")
STEPS = 4
"""Of the form."""
OF_THE_BAR = (
    "search",
    "focus",
    "view",
    "measure_e",
    "measure_f",
    "whatif",
    "layers",
    "language",
    "Handling",
    "close",
    "tab",
    "Back",
)
Act = Callable[[], AppTest]


def some(options: list[str]) -> list[str]:
    return options if len(options) <= FEW else [options[0], options[len(options) // 2], options[-1]]


def pick(app: AppTest, widget: Widget, option: str) -> AppTest:
    """
    Choose by the words that are shown, as a browser does.

    Streamlit's tester would be told the value behind the words, which only the page knows.
    """
    state = WidgetState(id=widget.id)
    if isinstance(widget, ButtonGroup):
        state.string_array_value.data[:] = [option]
    else:
        state.string_value = option
    widget.__class__ = type("Picked", (type(widget),), {"_widget_state": property(lambda _: state)})
    return app.run()


def alike(key: str) -> str:
    """Return a key without the plan it is for: what one plan offers, its copies offer too."""
    return PLAN.sub("", key)


def acts(app: AppTest) -> Iterator[tuple[str, Act]]:
    """Yield what can be done on a page now: what names it, and how it is done."""
    for button in app.button:
        if not button.disabled:
            yield f"button {alike(button.key or button.label)}", lambda button=button: button.click().run()
    for widget in (*app.selectbox, *app.radio, *app.button_group):
        for option in some(widget.options):
            yield f"choice {alike(widget.key or widget.label)} {option}", partial(pick, app, widget, option)
    for tick in (*app.checkbox, *app.toggle):
        yield f"tick {alike(tick.key)}", lambda tick=tick: tick.set_value(not tick.value).run()


def press_all(app: AppTest, back: Callable[[AppTest], AppTest], apart: tuple[str, ...] = ()) -> list[str]:
    """
    Do everything once that a page offers, from the same side of it, also what only other acts bring up.

    `apart` are the keys of what another test presses, by how they begin.
    """
    done: list[str] = []
    while len(done) < ENOUGH:
        app = back(app)
        new = next(
            (
                (name, act)
                for name, act in acts(app)
                if name not in done and not name.split()[1].startswith(apart)
            ),
            None,
        )
        if new is None:
            break
        name, act = new
        done.append(name)
        app = act()
        assert not app.exception, (name, app.exception)
        assert not app.error, (name, app.error)
    assert len(done) < ENOUGH, "a page goes on offering something new"
    return done


@pytest.mark.parametrize("group", list(dict.fromkeys(each.group for each in default_method().parameters)))
def test_whatever_a_group_of_numbers_offers_answers(start: Start, group: str) -> None:
    app = choose(start(), numbers=tuple(FEWER.items()))
    app.session_state[f"group_{group}"] = True
    app = on("method", app)
    assert app.number_input
    assert any("Save" in name for name in press_all(app, lambda app: app, OF_THE_BAR))


@pytest.mark.parametrize("page", ["hotspots", "evidence", "sites", "data", "method"])
def test_whatever_a_page_offers_answers(start: Start, page: str) -> None:
    quickly = choose(start(), numbers=tuple(FEWER.items()))
    apart = OF_THE_BAR if page in {"hotspots", "evidence"} else ()
    assert press_all(on(page, quickly), lambda app: app, apart)


def test_whatever_the_options_offer_answers(start: Start) -> None:
    """Before a search, and of what it found; each search is let end before anything else is pressed."""
    app = choose(start(), numbers=(*FEWER.items(), *SHORT))
    app.session_state["choice_set"] = small()
    for key, few in (("options_places", 0), ("mobile_places", 2), ("mobile_units", 1)):
        app.session_state[key] = few
    done = press_all(on("options", app), ended)
    for key in ("go", "order", "takes", "budgets", "sure", "keep_", "suggest"):
        assert any(name.startswith(f"button options_{key}") for name in done), (key, done)


@pytest.mark.parametrize(
    ("side", "code"),
    [(Drawer.CLOSED, "fr"), (Drawer.PLACE, "en"), (Drawer.PLANS, "fr")],
)
def test_whatever_the_desk_offers_answers(start: Start, side: Drawer, code: str) -> None:
    def back(app: AppTest) -> AppTest:
        return (
            choose(app, at=KORO, drawer=side) if (chosen(app).at, chosen(app).drawer) != (KORO, side) else app
        )

    assert press_all(back(in_language(code, start())), back, OF_THE_BAR if side else ())


def test_whatever_a_proposal_offers_answers(start: Start) -> None:
    """Step by step of the form; a proposal taken off the plan comes back by undoing."""

    def back(app: AppTest) -> AppTest:
        if not chosen(app).scenario.changes:
            app = choose(app, at=KORO, drawer=Drawer.PLACE)
            app = app.button(key="proposehere").click().run()
        return app if chosen(app).drawer is Drawer.PROPOSAL else choose(app, drawer=Drawer.PROPOSAL)

    done = press_all(back(start()), back, OF_THE_BAR)
    assert sum("step_" in name for name in done) == STEPS
