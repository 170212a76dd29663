"""Why is a calendar of these dates doubtful, in a sentence a person can repeat?"""

from __future__ import annotations

from footprint.violence.seasonality.dates import DateWarning, Doubt
from footprint.violence.seasonality.sentence import MONTH_NAMES, WIDE, Lang

NAMES_SHOWN = 3
"""Areas that a warning names."""


def warning_words(warning: DateWarning, lang: Lang) -> str:
    """Say in one sentence why a calendar is doubtful."""
    return _warning_french(warning) if lang == "fr" else _warning_english(warning)


def _warning_english(warning: DateWarning) -> str:
    count, total, times = warning.count, warning.total, f"{warning.times:.1f}"
    match warning.doubt:
        case Doubt.NEW_YEAR:
            return (
                f"1 January holds {count} of {total} dates, {times} times its share: providers write it for "
                "dates they do not know. Its incidents are left out."
            )
        case Doubt.PILE:
            days = ", ".join(str(day) for day in warning.days)
            return (
                f"Dates pile up on day {days} of the month: {count} of {total}, {times} times their share. "
                "Months may be guesses."
            )
        case Doubt.SILENT_MONTHS:
            months = ", ".join(MONTH_NAMES["en"][month - 1] for month in warning.months)
            return (
                f"Hardly anything is reported in {months} ({count} of {total} incidents): a season found "
                "may be the provider's, not the violence's."
            )
        case Doubt.RAINS:
            return (
                f"A month of rain has {warning.times:.2f} of the incidents of another ({count} of {total} "
                "in the "
                "rains): access and reporting may make the season, not violence."
            )
        case Doubt.GROWTH:
            return (
                f"Incidents grew up to {times} times a year ({_some(warning)}): within one year the last "
                "months are the busiest by growth alone."
            )
        case _:
            return f"{count} of {total} incidents are dated to the month or the year only, and are left out."


def _warning_french(warning: DateWarning) -> str:
    count, total, times = warning.count, warning.total, f"{warning.times:.1f}".replace(".", ",")
    match warning.doubt:
        case Doubt.NEW_YEAR:
            return (
                f"Le 1er janvier porte {count} des {total} dates, {times} fois sa part{WIDE}: les "
                "fournisseurs l’écrivent "
                "pour des dates qu’ils ne connaissent pas. Ses incidents sont laissés de côté."
            )
        case Doubt.PILE:
            days = ", ".join(str(day) for day in warning.days)
            return (
                f"Les dates s’accumulent le {days} du mois{WIDE}: {count} sur {total}, {times} fois leur "
                "part. Des mois sont peut-être devinés."
            )
        case Doubt.SILENT_MONTHS:
            months = ", ".join(MONTH_NAMES["fr"][month - 1] for month in warning.months)
            return (
                f"Presque rien n’est signalé en {months} ({count} incidents sur {total}){WIDE}: une saison "
                "trouvée peut être celle du fournisseur, non celle de la violence."
            )
        case Doubt.RAINS:
            ratio = f"{warning.times:.2f}".replace(".", ",")
            return (
                f"Un mois de pluies porte {ratio} des incidents d’un autre mois ({count} sur {total} "
                "pendant les "
                f"pluies){WIDE}: l’accès et le signalement font peut-être la saison, non la violence."
            )
        case Doubt.GROWTH:
            return (
                f"Les incidents ont été multipliés jusqu’à {times} fois par an "
                f"({_some(warning)}){WIDE}: dans une "
                "même année, les derniers mois sont les plus chargés par la seule croissance."
            )
        case _:
            return (
                f"{count} incidents sur {total} ne sont datés qu’au mois ou à l’année, et sont laissés de "
                "côté."
            )


def _some(warning: DateWarning) -> str:
    shown = ", ".join(warning.names[:NAMES_SHOWN])
    return shown + (", …" if len(warning.names) > NAMES_SHOWN else "")
