"""The drawer's plans: what each may push away and what could be responded to, beside its figures."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.access.watched import Watched, watched
from footprint.compare import Equity, equity
from footprint.language import Language
from footprint.pages import _desk, _finding, _kept, _session
from footprint.pages._choices import BASELINE
from footprint.views.plan_facts import PlanFacts
from footprint.views.watch_words import watch_note, watch_rows
from footprint.workshop import PlanRow


def rows(plans: Sequence[PlanFacts], language: Language) -> tuple[str, ...]:
    """Return rows of the matrix for plans, each held against today under its own numbers."""
    found = [row for row in (_desk.row_of(each.plan_id) for each in plans) if row is not None]
    return watch_rows([_beside(row) for row in found], language)


def note(language: Language) -> str:
    """Say what these rows are, and what they are not."""
    return watch_note(int(_session.prepared().method.evidence.long_window_months), language)


def _beside(row: PlanRow) -> tuple[Watched, Equity]:
    here = _session.choices()
    numbers = here.numbers if row.is_nothing else row.plan.numbers
    key = (*_session.rests_on(numbers), row.plan.scenario.scenario_id, str(here.measure))

    def reckon() -> tuple[Watched, Equity]:
        shared, pair = (
            _session.under(numbers),
            (_session.reviewed(BASELINE, numbers), _finding.review_of(row)),
        )
        beside = watched(shared, _session.router_under(numbers), *pair, measure=here.measure)
        paid = equity(*pair, shared.area.seasons, drop=shared.method.reporting.equity_drop)
        return beside, paid

    return _kept.beside_of(key, reckon)
