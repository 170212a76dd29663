"""Check of proposals: what stands against each, who gains, who loses and who gives, as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf, isnan

import pandas as pd

from footprint.caveats import LIMITS, Caveat
from footprint.compare import SMALL
from footprint.disclosure import Precision, rounded
from footprint.documents.columns import FIGURES, OWN
from footprint.documents.head import about, notes
from footprint.documents.layout.proposal import (
    CheckFigure,
    CheckRow,
    DonorLossPart,
    ProposalCheckDocument,
    ProposalPart,
    ProvidedRow,
)
from footprint.documents.layout.review import MonthChangeRow
from footprint.documents.layout.site import AssetRow
from footprint.documents.rows import rows_of
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import Language, msgid
from footprint.prepared import Prepared
from footprint.proposals.case import Check
from footprint.proposals.checks import Checked
from footprint.proposals.consequences import hidden
from footprint.proposals.form import Proposal
from footprint.proposals.phrases import Measured, Phrase
from footprint.review import Review

_PRECISIONS = {
    Precision.PUBLIC: Precision.PUBLIC,
    Precision.INTERNAL: Precision.INTERNAL,
    Precision.RESTRICTED: Precision.RESTRICTED,
}
"""Precision of coordinates; by unit alone, and where nothing is stated, there are none."""

_FINE = frozenset({Precision.INTERNAL, Precision.RESTRICTED})
"""Precisions at which the nearest suitable place, which tells of the place itself, may be told."""


def proposal_check_document(
    prepared: Prepared, before: Review, checked: Sequence[Checked], caveats: Sequence[Caveat]
) -> ProposalCheckDocument:
    """
    Return what checking proposals found, as a document.

    Parameters
    ----------
    prepared
        The area.
    before
        The review of the baseline.
    checked
        The proposals, checked without questions about sensitive places: documents travel.
    caveats
        What to know of the area.
    """
    return ProposalCheckDocument(
        head=about("footprint-proposal-check", prepared.area, before.provenance),
        notes=notes(LIMITS, caveats, FIGURES),
        proposals=tuple(_part(each) for each in checked),
    )


def _part(checked: Checked) -> ProposalPart:
    case = checked.case
    proposal, found, kinds = case.proposal, case.outcome, case.prepared.method.assets
    lon, lat, reasons = _place(proposal)
    nothing = tuple[MonthChangeRow, ...]()
    return ProposalPart(
        number=case.number,
        name=proposal.name,
        office=proposal.office,
        kind=proposal.what.kind,
        lon=lon,
        lat=lat,
        precision=proposal.harm.precision,
        months=case.planned if proposal.what.months else (),
        may_go_on=checked.may_go_on,
        reckoned=found is not None,
        checks=tuple(_check(each, fine=proposal.harm.precision in _FINE) for each in checked.checks),
        package=tuple(
            ProvidedRow(kind=each.kind, count=each.count, donor=each.donor) for each in proposal.what.package
        ),
        donors=()
        if found is None
        else tuple(
            DonorLossPart(
                site_id=each.site_id,
                name=each.name,
                assets=tuple(
                    AssetRow(kind=kind, label=kinds[kind].label, count=count) for kind, count in each.given
                ),
                losses=month_rows(each.losses),
            )
            for each in found.donors
        ),
        gains=nothing if found is None else month_rows(by_unit(found.changes, gains=True)),
        losses=nothing
        if found is None
        else month_rows(hidden(by_unit(found.changes, gains=False), case.prepared)),
        reasons=reasons,
    )


def by_unit(changes: pd.DataFrame, *, gains: bool) -> pd.DataFrame:
    """
    Return the second-level units and months in which Force or Mission footprint gain, or in which they lose.

    Parameters
    ----------
    changes
        Of all units, as `footprint.compare.differences`.
    gains
        False for losses. A month in which the one gains and the other loses is among both.
    """
    units = changes[changes["level"] == Level.DISTRICT]
    both = units[[Indicator.FORCE, Indicator.MISSION]]
    moved = (both >= SMALL) if gains else (both <= -SMALL)
    return units[moved.any(axis=1)]


def month_rows(changes: pd.DataFrame) -> tuple[MonthChangeRow, ...]:
    """Return changes of units by month as the rows of a document."""
    return rows_of(MonthChangeRow, changes)


def _place(proposal: Proposal) -> tuple[float | None, float | None, Mapping[str, str]]:
    """Return longitude and latitude as precisely as they may leave, or why they do not."""
    what, fineness = proposal.what, proposal.harm.precision
    if what.lon is None or what.lat is None:
        why = "not stated"
    elif fineness not in _PRECISIONS:
        why = "the form does not let its place be told in degrees"
    else:
        lon, lat = rounded(what.lon, what.lat, _PRECISIONS[fineness])
        return lon, lat, {}
    return None, None, {"lon": why, "lat": why}


_WITHHELD = Phrase(msgid("The nearest place that is suitable stands on the screen alone."))


def _check(check: Check, *, fine: bool) -> CheckRow:
    english, phrase = Language("en"), check.phrase
    if not fine:
        phrase = phrase.instead_of("instead", _WITHHELD)
    return CheckRow(
        severity=check.severity,
        code=check.code,
        text=phrase.said(english),
        signed_by=None if check.signed_by is None else check.signed_by.said(english),
        evidence=tuple(_figure(each) for each in check.evidence),
    )


def _figure(measured: Measured) -> CheckFigure:
    why = "not known" if isnan(measured.value) else "never" if isinf(measured.value) else ""
    return CheckFigure(
        name=measured.name,
        value=OWN["CheckFigure.value"].rounded(float(measured.value)),
        unit=measured.quantity,
        month=measured.month,
        of=measured.of,
        reasons={"value": why} if why else {},
    )
