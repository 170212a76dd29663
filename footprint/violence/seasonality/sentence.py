"""What does a scan say, in a sentence a person can repeat?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from footprint.violence.seasonality.recurrence import Recurrence, Status, YearState
from footprint.violence.seasonality.scan import MONTHS

if TYPE_CHECKING:
    import pandas as pd

Lang = Literal["en", "fr"]

MONTH_NAMES: dict[Lang, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip

SMALLEST_P = 0.001
"""Below this a p is only said to be smaller."""

WIDE, NARROW = "\u00a0", "\u202f"
"""Unbreakable spaces before a French colon and semicolon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What the scan found in one area.

    Attributes
    ----------
    status
        Whether the area could be tested; without a test only name, n and the two minima count.
    first_month, length
        Window: first month (1-12) and months.
    k, n
        Years hit and eligible years.
    low, high
        Jeffreys interval of k/n, 0-1.
    p, q
        p of the scan and its value adjusted over areas.
    predicted
        Left-out years that hit the window the other years named.
    missed, too_few
        Years of the window not hit, and with too few incidents to tell, as people name them
        ("2016", or "2016-17" for a window over the new year).
    years_begin
        Month at which years are cut, if the window runs over that cut; else 0.
    """

    area_id: str
    name: str
    status: Status
    n: int
    years_min: int
    events_min: int
    first_month: int = 0
    length: int = 0
    k: int = 0
    low: float = 0.0
    high: float = 1.0
    p: float = 1.0
    q: float = 1.0
    significant: bool = False
    predicted: int = 0
    missed: tuple[str, ...] = ()
    too_few: tuple[str, ...] = ()
    years_begin: int = 0

    @property
    def months(self) -> tuple[int, ...]:
        """Months of the window (1-12), in order."""
        return tuple((self.first_month - 1 + step) % MONTHS + 1 for step in range(self.length))


def findings(recurrence: Recurrence) -> tuple[Finding, ...]:
    """Return what was found in each area, significant ones first, then by p, then by identifier."""
    rows = recurrence.table.reset_index().sort_values(
        ["significant", "p", "area_id"], ascending=[False, True, True]
    )
    return tuple(_finding(recurrence, row) for _, row in rows.iterrows())


def _finding(recurrence: Recurrence, row: pd.Series) -> Finding:
    """Return the finding of one row of the table."""
    settings, cut = recurrence.settings, recurrence.calendar.first_month
    head = Finding(
        area_id=row["area_id"],
        name=row["name"],
        status=Status(row["status"]),
        n=int(row["n"]),
        years_min=settings.years_min,
        events_min=settings.events_min,
    )
    if head.status != Status.TESTED:
        return head
    start, length = int(row["first_month"]), int(row["length"])
    state = recurrence.states.loc[row["area_id"]]
    over_cut = (start - cut) % MONTHS + length > MONTHS
    return Finding(
        area_id=head.area_id,
        name=head.name,
        status=head.status,
        n=head.n,
        years_min=head.years_min,
        events_min=head.events_min,
        first_month=start,
        length=length,
        k=int(row["k"]),
        low=float(row["low"]),
        high=float(row["high"]),
        p=float(row["p"]),
        q=float(row["q"]),
        significant=bool(row["significant"]),
        predicted=int(row["predicted"]),
        missed=_named(state, YearState.QUIET, (start, length, cut)),
        too_few=_named(state, YearState.TOO_FEW, (start, length, cut)),
        years_begin=cut if over_cut else 0,
    )


def _named(state: pd.Series, wanted: YearState, window: tuple[int, int, int]) -> tuple[str, ...]:
    """Name the season-years in one state by the calendar year their window falls in."""
    start, length, cut = window
    names = []
    for year in state.index[state == wanted]:
        over_cut = (start - cut) % MONTHS + length > MONTHS
        begins = int(year) + (start < cut and not over_cut)
        over_new_year = (over_cut and cut > 1) or start + length - 1 > MONTHS
        names.append(f"{begins}–{(begins + 1) % 100:02d}" if over_new_year else f"{begins}")
    return tuple(names)


def sentence(finding: Finding, lang: Lang) -> str:
    """
    Say a finding in one sentence.

    Parameters
    ----------
    finding
        From `findings`.
    lang
        "en" or "fr".

    Examples
    --------
    >>> found = Finding(
    ...     area_id="D7", name="Hilltop", status=Status.TESTED, n=8, years_min=4, events_min=4,
    ...     first_month=10, length=3, k=6, low=0.407, high=0.936, p=0.004, q=0.03,
    ...     significant=True, predicted=6, missed=("2012", "2016"),
    ... )
    >>> sentence(found, "en")  # doctest: +NORMALIZE_WHITESPACE
    'Hilltop: October–December busier than its own year in 6 of 8 years (0.41–0.94), p = .004,
    q = .03; predicted the left-out year 6 of 8 times. Not in 2012, 2016.'
    """
    return _french(finding) if lang == "fr" else _english(finding)


def caveat(lang: Lang) -> str:
    """Return what must stand beside every sentence."""
    if lang == "fr":
        return (
            "Les pluies et l’accès modifient aussi ce qui est signalé"
            f"{WIDE}: un mois calme peut être un mois sans témoin."
        )
    return "Rains and access also change what is reported: a quiet month may be a month without witnesses."


def _english(finding: Finding) -> str:
    """Say a finding in English."""
    name, n = finding.name, finding.n
    if finding.status == Status.NO_MONTHS:
        return f"{name}: these incidents carry no months, so recurrence cannot be computed."
    if finding.status == Status.NOT_ENOUGH_YEARS:
        years = "1 year" if n == 1 else f"{n} years"
        return (
            f"{name}: not enough years ({years} with at least {finding.events_min} incidents; "
            f"{finding.years_min} are needed)."
        )
    window, chance = _window(finding, "en"), f"{_p('p', finding.p, 'en')}, {_p('q', finding.q, 'en')}"
    if not finding.significant:
        return f"{name}: no season stands out (busiest: {window}, {finding.k} of {n} years, {chance})."
    said = (
        f"{name}: {window} busier than its own year in {finding.k} of {n} years "
        f"({finding.low:.2f}–{finding.high:.2f}), {chance}; "
        f"predicted the left-out year {finding.predicted} of {n} times."
    )
    if finding.missed:
        said += f" Not in {', '.join(finding.missed)}."
    if finding.too_few:
        said += f" Too few incidents to tell in {', '.join(finding.too_few)}."
    if finding.years_begin:
        said += f" Years run from {MONTH_NAMES['en'][finding.years_begin - 1]}."
    return said


def _french(finding: Finding) -> str:
    """Say a finding in French."""
    head, n = f"{finding.name}{WIDE}:", finding.n
    if finding.status == Status.NO_MONTHS:
        return f"{head} ces incidents ne portent pas de mois, la récurrence ne peut pas être calculée."
    if finding.status == Status.NOT_ENOUGH_YEARS:
        years = f"{n} année" if n <= 1 else f"{n} années"
        return (
            f"{head} pas assez d’années ({years} avec au moins {finding.events_min} incidents{NARROW}; "
            f"il en faut {finding.years_min})."
        )
    window, chance = _window(finding, "fr"), f"{_p('p', finding.p, 'fr')}, {_p('q', finding.q, 'fr')}"
    if not finding.significant:
        return (
            f"{head} aucune saison ne se détache (la plus chargée{WIDE}: {window}, "
            f"{finding.k} années sur {n}, {chance})."
        )
    interval = f"{finding.low:.2f}–{finding.high:.2f}".replace(".", ",")
    said = (
        f"{head} {window}, plus chargé que la moyenne de sa propre année {finding.k} années sur {n} "
        f"({interval}), {chance}{NARROW}; année laissée de côté prédite {finding.predicted} fois sur {n}."
    )
    if finding.missed:
        said += f" Pas en {', '.join(finding.missed)}."
    if finding.too_few:
        said += f" Trop peu d’incidents pour conclure en {', '.join(finding.too_few)}."
    if finding.years_begin:
        said += f" Les années commencent en {MONTH_NAMES['fr'][finding.years_begin - 1]}."
    return said


def _window(finding: Finding, lang: Lang) -> str:
    """Name a window of months."""
    names = [MONTH_NAMES[lang][month - 1] for month in finding.months]
    if lang == "en":
        return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
    if len(names) == 1:
        return f"en {names[0]}"
    return f"{'d’' if names[0][0] in 'ao' else 'de '}{names[0]} à {names[-1]}"


def _p(name: str, value: float, lang: Lang) -> str:
    """Write a p or q as people do: .004, .03, < .001; with a comma and its zero in French."""
    if value < SMALLEST_P:
        number, sign = f"{SMALLEST_P:.3f}", "<"
    else:
        digits = 3 if round(value, 3) < 0.01 else 2  # noqa: PLR2004 - two digits that say something
        number, sign = f"{value:.{digits}f}", "="
    if lang == "fr":
        return f"{name} {sign} {number.replace('.', ',')}"
    return f"{name} {sign} {number.removeprefix('0')}"
