"""What does a scan say, in a sentence a person can repeat?"""

from __future__ import annotations

from typing import Literal

from footprint.violence.seasonality.finding import Finding
from footprint.violence.seasonality.recurrence import Answer

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

LISTED = 4
"""Years with too few incidents that are named one by one."""

WIDE, NARROW = "\u00a0", "\u202f"
"""Unbreakable spaces before a French colon and semicolon."""


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
    >>> from footprint.violence.seasonality.recurrence import YearState
    >>> found = Finding(
    ...     area_id="D7", name="Hilltop", answer=Answer.RETURNS, n=8, years_min=4, events_min=4,
    ...     first_month=10, length=3, k=6, low=0.407, high=0.936, p=0.004, q=0.03,
    ...     years=(("2012", YearState.QUIET), ("2016", YearState.QUIET)),
    ... )
    >>> sentence(found, "en")  # doctest: +NORMALIZE_WHITESPACE
    'Hilltop: October–December busier than its own year in 6 of 8 years (0.41–0.94), p = .004,
    q = .03; a pattern, not a forecast: no later year yet. Not in 2012, 2016.'
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
    years = "1 year" if n == 1 else f"{n} years"
    match finding.answer:
        case Answer.OUTSIDE:
            return f"{name}: not known, for it lies mostly outside the outline of this area."
        case Answer.NO_MONTHS:
            return (
                f"{name}: these incidents carry no dates that can be tested, so recurrence cannot be "
                "computed."
            )
        case Answer.NOT_ENOUGH_YEARS:
            said = (
                f"{name}: not enough years ({years} with at least {finding.events_min} incidents; "
                f"{finding.years_min} are needed)."
            )
        case Answer.TOO_FEW:
            said = (
                f"{name}: too few incidents to tell (about {finding.events_a_year:.0f} a year in {years}: "
                "a season three times as busy would have been found with a chance of "
                f"{_share(finding.power, 'en')})."
            )
        case Answer.NONE:
            said = (
                f"{name}: no season stands out (busiest: {_window(finding, 'en')}, {finding.k} of {n} years, "
                f"{_chances(finding, 'en')}); one three times as busy would have been found with a chance of "
                f"{_share(finding.power, 'en')}."
            )
        case Answer.WITHDRAWN:
            said = (
                f"{name}: no finding: {_window(finding, 'en')} would stand out ({finding.k} of {n} years), "
                "but only by incidents dated to the 1st of a month, where dates are written that nobody "
                "knows."
            )
        case _:
            return _found_english(finding)
    return said + (f" Earlier calendars: {_later(finding, 'en')}." if finding.foretold else "")


def _found_english(finding: Finding) -> str:
    said = (
        f"{finding.name}: {_window(finding, 'en')} busier than its own year in {finding.k} of {finding.n} "
        f"years ({finding.low:.2f}–{finding.high:.2f}), {_chances(finding, 'en')}; "
    )
    if finding.is_forecast:
        said += f"foretold {_later(finding, 'en')}."
    else:
        said += f"a pattern, not a forecast: {_later(finding, 'en')}."
    if finding.missed:
        said += f" Not in {', '.join(finding.missed)}."
    if finding.too_few:
        few = finding.too_few
        said += (
            f" Too few incidents to tell in {', '.join(few) if len(few) <= LISTED else f'{len(few)} years'}."
        )
    if finding.torn:
        said += f" Years run from {MONTH_NAMES['en'][finding.cut - 1]}."
    return said


def _french(finding: Finding) -> str:
    """Say a finding in French."""
    head, n = f"{finding.name}{WIDE}:", finding.n
    years = f"{n} année" if n <= 1 else f"{n} années"
    match finding.answer:
        case Answer.OUTSIDE:
            return f"{head} inconnu, car l’unité se trouve pour l’essentiel hors du contour de la zone."
        case Answer.NO_MONTHS:
            return (
                f"{head} ces incidents ne portent pas de date qui puisse être testée, la récurrence ne "
                "peut pas être calculée."
            )
        case Answer.NOT_ENOUGH_YEARS:
            said = (
                f"{head} pas assez d’années ({years} avec au moins {finding.events_min} incidents{NARROW}; "
                f"il en faut {finding.years_min})."
            )
        case Answer.TOO_FEW:
            said = (
                f"{head} trop peu d’incidents pour conclure (environ {finding.events_a_year:.0f} par an "
                f"sur {years}{WIDE}: une saison trois fois plus chargée aurait été trouvée avec une chance "
                f"de {_share(finding.power, 'fr')})."
            )
        case Answer.NONE:
            said = (
                f"{head} aucune saison ne se détache (la plus chargée{WIDE}: {_window(finding, 'fr')}, "
                f"{finding.k} années sur {n}, {_chances(finding, 'fr')}){NARROW}; une saison trois fois "
                "plus chargée "
                f"aurait été trouvée avec une chance de {_share(finding.power, 'fr')}."
            )
        case Answer.WITHDRAWN:
            said = (
                f"{head} rien n’est retenu{WIDE}: la période {_window(finding, 'fr')} se détacherait "
                f"({finding.k} "
                f"années sur {n}), mais seulement par des incidents datés du 1er d’un mois, où l’on écrit "
                "les dates que personne ne connaît."
            )
        case _:
            return _found_french(finding)
    return said + (f" Calendriers antérieurs{WIDE}: {_later(finding, 'fr')}." if finding.foretold else "")


def _found_french(finding: Finding) -> str:
    interval = f"{finding.low:.2f}–{finding.high:.2f}".replace(".", ",")
    said = (
        f"{finding.name}{WIDE}: {_window(finding, 'fr')}, plus chargé que la moyenne de sa propre année "
        f"{finding.k} années sur {finding.n} ({interval}), {_chances(finding, 'fr')}{NARROW}; "
    )
    if finding.is_forecast:
        said += f"annoncé{WIDE}: {_later(finding, 'fr')}."
    else:
        said += f"une régularité, pas une prévision{WIDE}: {_later(finding, 'fr')}."
    if finding.missed:
        said += f" Pas en {', '.join(finding.missed)}."
    if finding.too_few:
        few = finding.too_few
        listed = f"en {', '.join(few)}" if len(few) <= LISTED else f"pour {len(few)} années"
        said += f" Trop peu d’incidents pour conclure {listed}."
    if finding.torn:
        said += f" Les années commencent en {MONTH_NAMES['fr'][finding.cut - 1]}."
    return said


def _later(finding: Finding, lang: Lang) -> str:
    """Say in how many later years the calendar known before held more than its share."""
    past = finding.past
    if lang == "fr":
        if not past.years:
            return "pas encore d’année suivante"
        return (
            f"{past.beaten} année{'s' if past.beaten > 1 else ''} "
            f"suivante{'s' if past.beaten > 1 else ''} sur {past.years}"
        )
    if not past.years:
        return "no later year yet"
    return f"{past.beaten} of {past.years} later {'year' if past.years == 1 else 'years'}"


def _window(finding: Finding, lang: Lang) -> str:
    """Name a window of months."""
    names = [MONTH_NAMES[lang][month - 1] for month in finding.months]
    if lang == "en":
        return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
    if len(names) == 1:
        return f"en {names[0]}"
    return f"{'d’' if names[0][0] in 'ao' else 'de '}{names[0]} à {names[-1]}"


def _chances(finding: Finding, lang: Lang) -> str:
    return f"{_p('p', finding.p, lang)}, {_p('q', finding.q, lang)}"


def _share(value: float, lang: Lang) -> str:
    """Write a chance as people do: .33, with a comma and its zero in French."""
    number = f"{value:.2f}"
    return number.replace(".", ",") if lang == "fr" else number.removeprefix("0")


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
