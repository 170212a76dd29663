"""Words and pictures of how sure figures are: bands, pairs, places, and what they hang on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from footprint.indicators.indicator import Indicator
from footprint.indicators.units import OUTSIDE_NAME, Level
from footprint.language import Language, msgid
from footprint.method import DrawnName, Method
from footprint.prepared import Prepared
from footprint.uncertainty import Band, Figure, OfYear, Paired, Sureness, Swing, Tornado
from footprint.uncertainty.draws import HELICOPTERS, Number
from footprint.views.escaping import escape, tag

_NAMES = {
    DrawnName.TIME: msgid("Travel time, {of}"),
    DrawnName.HELICOPTER_SPEED: msgid("Helicopter speed"),
    DrawnName.HELICOPTER_NOTICE: msgid("Helicopter notice"),
    DrawnName.AVAILABILITY: msgid("Availability, {of}"),
    DrawnName.HALF_LIFE: msgid("Half-life of an incident’s weight"),
    DrawnName.PEOPLE_SHARE: msgid("Share of people in the need"),
    DrawnName.SHRINKAGE: msgid("Pull of thin data"),
    DrawnName.TIER_WEIGHT: msgid("Weight, {of}"),
    DrawnName.LOCATION: msgid("Places of incidents"),
}

_TRAVEL = {
    "civil.dry": msgid("civil vehicles, dry months"),
    "civil.rains": msgid("civil vehicles, rains"),
    "patrol.dry": msgid("patrols, dry months"),
    "patrol.rains": msgid("patrols, rains"),
    "convoy.dry": msgid("convoys, dry months"),
    "convoy.rains": msgid("convoys, rains"),
    "searched.dry": msgid("searched convoys, dry months"),
    "searched.rains": msgid("searched convoys, rains"),
    "foot.dry": msgid("on foot, dry months"),
    "foot.rains": msgid("on foot, rains"),
    "boat.dry": msgid("boats, dry months"),
    "boat.rains": msgid("boats, rains"),
}

_PERIODS = {OfYear.MEAN: msgid("mean of the year"), OfYear.WORST: msgid("worst season")}

_MOST_SWINGS = 6
"""Numbers that a tornado shows; the rest act less."""


def number_words(number: Number, method: Method, language: Language) -> str:
    """Return what a drawn number is called."""
    text = language.text
    if number.name is DrawnName.TIME:
        own = text(_TRAVEL[number.of])
    elif number.name is DrawnName.AVAILABILITY:
        is_helicopter = number.of == HELICOPTERS
        own = text("helicopters") if is_helicopter else text(method.capabilities[number.of].label)
    elif number.name is DrawnName.TIER_WEIGHT:
        own = text(method.bundles[number.of].label)
    else:
        own = ""
    return text(_NAMES[number.name], of=own)


def unit_names(drawn: Sureness, prepared: Prepared, language: Language) -> dict[tuple[Level, str], str]:
    """Return what the area, its regions and objectives are called in a language."""
    objectives = {each.objective_id: each.name(language.code) for each in prepared.objectives}
    names: dict[tuple[Level, str], str] = {}
    for level, unit_id, name in drawn.units:
        own = objectives[unit_id] if level is Level.OBJECTIVE else name
        if level is Level.REGION and unit_id in prepared.area.regions_outside:
            own = language.text(OUTSIDE_NAME, name=name)
        names[level, unit_id] = prepared.area.names.get(language.code, own) if level is Level.AREA else own
    return names


def figure_words(figure: Figure, names: Mapping[tuple[Level, str], str], language: Language) -> str:
    """Return what a figure is of: indicator, unit (by `names` of `unit_names`) and period."""
    return language.text(
        "{indicator}, {where}, {period}",
        indicator=language.text(figure.indicator.label),
        where=names[figure.level, figure.unit_id],
        period=language.text(_PERIODS[figure.period]),
    )


def band_words(band: Band | None, language: Language) -> str:
    """Return a band as "4.7 % (4.3 to 5.2 %)"; "not known" where it is none."""
    if band is None:
        return language.text("not known")
    return language.text(
        "{median} ({low} to {high})",
        median=language.percent(band.median),
        low=language.number(100 * band.low, 1),
        high=language.percent(band.high),
    )


def pair_words(names: tuple[str, str], pair: Paired, language: Language, *, known: bool = True) -> str:
    """
    Return in a sentence whether two plans can be told apart.

    Parameters
    ----------
    names
        First and second plan.
    pair
        Second minus first.
    language
        Of the words.
    known
        False: the figures are of what is there at least.
    """
    text, (first, second) = language.text, names
    better, worse = (second, first) if pair.second_better >= pair.first_better else (first, second)
    count, other = max(pair.first_better, pair.second_better), min(pair.first_better, pair.second_better)
    sign = 1 if better == second else -1
    low, high = sorted((sign * pair.band.low, sign * pair.band.high))
    values = {
        "better": better,
        "worse": worse,
        "n": count,
        "m": other,
        "draws": pair.draws,
        "low": language.points(low, 2),
        "high": language.points(high, 2),
    }
    if not count:
        said = text(
            "{first} and {second}: the same in all {draws} draws.",
            first=first,
            second=second,
            draws=pair.draws,
        )
    elif pair.told_apart:
        said = text("{better} is better than {worse} in {n} of {draws} draws, by {low} to {high}.", **values)
    else:
        said = text(
            "{better} and {worse} are not distinguishable: the first is better in {n} of {draws} draws, "
            "the second in {m}.",
            **values,
        )
    parts = [said]
    if count and pair.within_cells:
        parts.append(text("That is less than moving the cells of the map makes by itself."))
    if not known:
        parts.append(text("The whole is not known: this is what one adds over the other, at least."))
    return " ".join(parts)


def swing_words(swing: Swing, language: Language) -> str:
    """Return what a number does, in points, from the bottom of its band to the top."""
    return language.points(swing.swing, 2)


def explained_words(tornado: Tornado, language: Language) -> str:
    """Return how much of the spread single numbers account for."""
    return language.text(
        "Single numbers in straight lines account for {share} of the spread; the rest is numbers together "
        "and where each incident lies.",
        share=language.percent(tornado.explained, 0),
    )


def sure_html(drawn: Sureness, titles: dict[str, str], figures: Sequence[Figure], language: Language) -> str:
    """
    Return a table of plans with the bands of some figures, each as words and as a small picture.

    Parameters
    ----------
    drawn
        What the draws gave.
    titles
        Plans shown and what each is called.
    figures
        Columns.
    language
        Of the words.
    """
    text, kept = language.text, list(titles)
    heads = [tag("th", escape(text(_PERIODS[each.period])), scope="col") for each in figures]
    rows = []
    scales = [_scale(drawn, kept, each) for each in figures]
    for plan in kept:
        cells = [
            tag("td", _bar(band := drawn.band(plan, own), scale), escape(band_words(band, language)))
            for own, scale in zip(figures, scales, strict=True)
        ]
        places = _first_words(drawn, plan, figures[0], language)
        small = tag("small", escape(places)) if places else ""
        rows.append(tag("tr", tag("th", escape(titles[plan]), " ", small, scope="row"), *cells))
    head = tag("tr", tag("th", ""), *heads)
    return tag("div", tag("table", head, *rows, class_="fp-matrix fp-sure"), class_="fp-matrix-box")


def _first_words(drawn: Sureness, plan: str, figure: Figure, language: Language) -> str:
    places = drawn.ranks(figure)
    if places is None or len(drawn.plans) == 1:
        return ""
    count = int(places[drawn.plans.index(plan), 0])
    return language.text("first in {n} of {draws}", n=count, draws=len(drawn.draws))


def _scale(drawn: Sureness, plans: Sequence[str], figure: Figure) -> tuple[float, float]:
    bands = [band for plan in plans if (band := drawn.band(plan, figure)) is not None]
    low, high = (
        min((each.low for each in bands), default=0.0),
        max((each.high for each in bands), default=1.0),
    )
    return low, max(high - low, 1e-9)


def _bar(band: Band | None, scale: tuple[float, float]) -> str:
    """Return a band as a bar with a tick at its median, on the scale of all plans shown."""
    if band is None:
        return ""
    start, width = scale
    left, middle, right = (100 * (value - start) / width for value in (band.low, band.median, band.high))
    return _picture((left, right), middle)


def _picture(bar: tuple[float, float], mark: float) -> str:
    """Return a bar and a mark across it [% of the width]."""
    left, right = bar
    # Streamlit lets no drawing through, but boxes.
    band = tag("i", class_="fp-sure-band", style=f"left:{left:.1f}%;width:{max(right - left, 1):.1f}%")
    tick = tag("i", class_="fp-sure-mark", style=f"left:{mark:.1f}%")
    return tag("div", band, tick, class_="fp-sure-bar", aria_hidden="true")


def tornado_html(tornado: Tornado, method: Method, language: Language) -> str:
    """Return which numbers a figure hangs on most: name, bar and points of each."""
    shown = tornado.swings[:_MOST_SWINGS]
    widest = max((abs(each.swing) for each in shown), default=0.0)
    if not widest > 0:
        return ""
    rows = []
    for each in shown:
        end = 50 + 50 * each.swing / widest
        bar = _picture((min(50.0, end), max(50.0, end)), 50)
        name = escape(number_words(each.number, method, language))
        rows.append(
            tag("tr", tag("th", name, scope="row"), tag("td", bar, escape(swing_words(each, language))))
        )
    return tag("div", tag("table", *rows, class_="fp-matrix fp-sure"), class_="fp-matrix-box")


def figures_for(drawn: Sureness, level: Level, unit_id: str, indicator: Indicator) -> tuple[Figure, Figure]:
    """
    Return mean and worst season of an indicator in a unit.

    Of the whole area where no bands are given of the unit, and Mission where none are of the indicator.
    """
    known = {(own, own_id) for own, own_id, _ in drawn.units}
    if (level, unit_id) not in known:
        level, unit_id, _ = drawn.units[0]
    own = indicator if any(each.indicator is indicator for each in drawn.figures()) else Indicator.MISSION
    mean, worst = (Figure(level, unit_id, own, period) for period in OfYear)
    return mean, worst
