"""What a raster of people leaves open: what its cells count, and of which year they are."""

from __future__ import annotations

import re

from layers.intake.answers import OpenQuestion, is_year
from layers.sentences import say

_COUNT = re.compile(r"(^|_)(ppp|pop|count)(_|$)", re.IGNORECASE)
_DENSITY = re.compile(r"(^|_)(pd|density|dens)(_|$)", re.IGNORECASE)


def raster_questions(file: str, options: dict[str, object]) -> list[OpenQuestion]:
    """
    Return what is open of a raster of people; what is said and can be no answer goes out of `options`.

    Parameters
    ----------
    file
        Its name, which may hint at the answers.
    options
        What was said so far: a year that is one becomes a number in it.

    Examples
    --------
    >>> options = {"year": "CC BY 4.0"}
    >>> [(each.key, each.suggested) for each in raster_questions("ssd_pd_2020.tif", options)], options
    ([('option.unit', 'density'), ('option.year', '2020')], {})
    """
    stem = re.sub(r"[^a-z0-9]+", "_", file.lower())
    questions = []
    if "unit" not in options:
        hint = "count" if _COUNT.search(stem) else "density" if _DENSITY.search(stem) else ""
        ask = say("Does a cell count people, or people per square kilometre? Its publisher says which.")
        questions.append(
            OpenQuestion(key="option.unit", asks=ask, choices=("count", "density"), suggested=hint)
        )
    year = str(options.pop("year", ""))
    if is_year(year):
        options["year"] = int(year)
    else:
        ask = say("Of which year are the people?")
        questions.append(OpenQuestion(key="option.year", asks=ask, suggested=dated(file)))
    return questions


def dated(file: str) -> str:
    """Return the last year in a file's name, "" where there is none."""
    years = re.findall(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)", file)
    return years[-1] if years else ""
