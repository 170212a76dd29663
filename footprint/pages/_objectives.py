"""Each objective's own figures in the month shown, and that nobody has decided their weights."""

from __future__ import annotations

from math import nan

import streamlit as st

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language
from footprint.pages import _say, _session
from footprint.review import by_objectives
from footprint.views.charts import words_table


def table(language: Language) -> None:
    """Show them as a table."""
    text, here, prepared = language.text, _session.choices(), _session.prepared()
    result = _session.reviewed(here.scenario)
    figures = result.figures
    own = figures[(figures["level"] == Level.OBJECTIVE) & (figures["month"] == here.month)].set_index(
        "unit_id"
    )
    whole = by_objectives(prepared, result).set_index("month")
    shown = (Indicator.FORCE, Indicator.MISSION)
    unknown = _session.unknown()
    by_objective = {each: {} if each in unknown else own[each].to_dict() for each in shown}
    overall = {each: {} if each in unknown else whole[each].to_dict() for each in shown}
    rows = [
        {
            text("Objective"): objective.name(language.code),
            text("Weight"): language.percent(objective.weight, 0),
            **{
                text(each.short): language.percent(by_objective[each].get(objective.objective_id, nan))
                for each in shown
            },
        }
        for objective in prepared.objectives
    ]
    rows.append(
        {
            text("Objective"): text("All, by weight"),
            text("Weight"): "",
            **{text(each.short): language.percent(overall[each].get(here.month, nan)) for each in shown},
        }
    )
    _say.caption(text("By objective"))
    st.html(words_table(rows))
    if not all(objective.decided for objective in prepared.objectives):
        _say.caption(text("Weights not decided: mission leadership has not set them."))
