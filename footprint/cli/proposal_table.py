"""Terminal: what stands against each proposal, who gains and loses in which month, and who gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from footprint.caveats import silent
from footprint.cli.site_tables import show_answers, show_budget
from footprint.cli.tables import unit_table
from footprint.compare import SMALL
from footprint.indicators.indicator import Indicator
from footprint.indicators.periods import MONTHS_OF_YEAR, monthly
from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.proposals.checks import Checked
from footprint.proposals.consequences import DonorLoss
from footprint.views.desk_data import UNCHANGED
from footprint.views.proposal_html import SEVERITY_LABELS

_LISTED = (Indicator.MISSION, Indicator.FORCE)


def show_proposals(screen: Console, checked: Sequence[Checked], language: Language) -> None:
    """Print the checks of proposals, their gains and losses, and their donors."""
    text = language.text
    for each in checked:
        proposal = each.case.proposal
        name = proposal.name or text("without a name")
        office = proposal.office or text("office not stated")
        state = text("nothing blocks it") if each.may_go_on else text("it is blocked")
        screen.print(f"\n{each.case.number}. {name} ({office}): {state}")
        _show_checks(screen, each, language)
        if each.near is not None:
            show_answers(screen, each.near, language)
        if each.case.outcome is not None:
            _show_changes(screen, each, each.case.outcome.changes, language)
            for donor in each.case.outcome.donors:
                _show_donor(screen, each, donor, language)
    if any(each.near is not None for each in checked):
        show_budget(screen, language)


def _show_checks(screen: Console, checked: Checked, language: Language) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    table.add_column("", overflow="fold")
    for check in checked.checks:
        sentence = check.phrase.said(language)
        if check.signed_by is not None:
            sentence += " " + language.text("Signature: {role}.", role=check.signed_by.said(language))
        table.add_row(language.text(SEVERITY_LABELS[check.severity]), sentence)
    table.show_header = False
    screen.print(table)


def _show_changes(screen: Console, checked: Checked, changes: pd.DataFrame, language: Language) -> None:
    """Print by how much second-level units gain or lose in each month, those that change at all."""
    text = language.text
    units = changes[changes["level"] == Level.DISTRICT]
    for indicator in _LISTED:
        title = text(
            "{indicator}: gain or loss of each {district} by month, points", indicator=text(indicator.label)
        )
        if indicator in silent(checked.case.prepared):
            title = text(
                "{indicator}: what each {district} gains by itself by month, points; the whole is not known",
                indicator=text(indicator.label),
            )
        table = _by_month(title, units, indicator, language)
        if table is None:
            is_silent = indicator in silent(checked.case.prepared)
            told = UNCHANGED if is_silent else msgid("{indicator}: no {district} gains or loses.")
            screen.print(text(told, indicator=text(indicator.label)))
        else:
            screen.print(table)


def _by_month(title: str, units: pd.DataFrame, indicator: Indicator, language: Language) -> Table | None:
    months = [language.month_short(month)[:4] for month in MONTHS_OF_YEAR]
    table = unit_table(title, language.text("Unit"), months)
    names, values = monthly(units, [indicator])
    for name, (row,) in zip(names["name"].tolist(), values, strict=True):
        if np.nan_to_num(np.abs(row)).max() >= SMALL:
            cells = ("–" if np.isnan(value) else language.signed(100 * value, 1) for value in row.tolist())
            table.add_row(str(name), *cells)
    return table if table.row_count else None


def _show_donor(screen: Console, checked: Checked, donor: DonorLoss, language: Language) -> None:
    """Print what one donor gives up, and what its people lose by that alone."""
    text, kinds = language.text, checked.case.prepared.method.assets
    given = language.listing(f"{count} × {text(kinds[kind].label)}" for kind, count in donor.given)
    screen.print(text("{name} gives up {given}.", name=donor.name, given=given))
    for indicator in _LISTED:
        title = text(
            "{indicator} without what {name} gives up, points",
            indicator=text(indicator.label),
            name=donor.name,
        )
        table = _by_month(title, donor.losses, indicator, language)
        if table is not None:
            screen.print(table)
        elif indicator in silent(checked.case.prepared):
            sentence = text("{indicator}: what is lost is not known.", indicator=text(indicator.label))
            screen.print(sentence)
        else:
            screen.print(text("{indicator}: no {district} loses by it.", indicator=text(indicator.label)))
