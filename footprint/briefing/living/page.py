"""The page: one HTML file that reckons a plan's combinations where it is opened, and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import Any

import numpy as np

from footprint.briefing.brief import Brief
from footprint.briefing.living.by_cell import STEPS, furthest_off, told_cells, write_cells
from footprint.briefing.living.by_unit import MOST_SWITCHES, write_units
from footprint.briefing.living.by_unit import STEPS as HUNDREDTHS
from footprint.briefing.living.dots import Dots, dots_in_cells, dots_in_units
from footprint.briefing.living.frame import UNIT_M, Frame, frame_of
from footprint.briefing.living.ground import ground_svg
from footprint.briefing.living.marks import (
    neighbours_json,
    seats_json,
    sites_json,
    switches_json,
)
from footprint.briefing.living.model import Model, model
from footprint.briefing.living.sections import Sections
from footprint.briefing.living.skeleton import body
from footprint.briefing.living.switches import switches
from footprint.briefing.living.words import words_of
from footprint.caveats import silent
from footprint.errors import ReleaseError
from footprint.indicators.indicator import Indicator
from footprint.indicators.units import Level
from footprint.language import LANGUAGES, Language
from footprint.releases.profiles import tells_cells
from footprint.scenario import Scenario
from footprint.views.colours import custom_properties
from footprint.views.dots import DOTS
from footprint.views.escaping import Json, escape, script_json, tag
from footprint.views.focus import focus_of, within
from layers.characters import printable
from layers.months import months_in
from layers.sentences import Rounded, say

MOST_BYTES = 2_000_000
"""Heaviest living map."""
OFF_SHARE = 0.001
"""How far a figure may lie from the program's at most [share]."""
_SCRIPTS = ("inflate.js", "reckon.js", "drawing.js", "living.js")


def living_map(brief: Brief, code: str, qr_svg: str = "") -> str:
    """
    Return a plan as a map that lives in one file.

    Parameters
    ----------
    brief
        Whose first plan is told: each of its sites is a switch, its roads are one together. Without a
        plan the map has months alone.
    code
        Short code by which the file is known again.
    qr_svg
        The same as a drawing (SVG), shown as a picture; "" leaves it out.

    Returns
    -------
    str
        HTML of at most `MOST_BYTES` that opens from a folder with no network: every combination of
        switches in every month, within `OFF_SHARE` of a review's figures. Under `Precision.INTERNAL` and
        finer they are reckoned from cells; under a coarser profile no cell is in the file, but the figures
        of units in whole per cents.

    Raises
    ------
    ReleaseError
        If it has too many switches, or would be too heavy even when told more coarsely.
    """
    plan = brief.plans[0].scenario if brief.plans else Scenario("")
    units = _units(brief)
    own = model(brief.prepared, brief.router, plan, str(brief.measure), units)
    if not tells_cells(brief.release.precision):
        if len(own.switches) > MOST_SWITCHES:
            raise ReleaseError(
                say(
                    "{n} switches: at this precision a living map holds {most} at most.",
                    n=len(own.switches),
                    most=MOST_SWITCHES,
                )
            )
        ways = [HUNDREDTHS]
    else:
        ways = [steps for steps in STEPS if furthest_off(own, steps) <= OFF_SHARE]
    made = ""
    for steps in ways:
        made = _page(brief, own, steps, (code, qr_svg))
        if len(made.encode()) <= MOST_BYTES:
            return made
    raise ReleaseError(
        say(
            "The living map would weigh {size} MB, {most} at most. Choose a smaller focus or plan.",
            size=Rounded(len(made.encode()) / 1e6, 1),
            most=Rounded(MOST_BYTES / 1e6, 1),
        )
    )


def _units(brief: Brief) -> tuple[int, ...]:
    """Return the rows of the units told of: the area, those of the focus, those inside it."""
    frame, found = brief.prepared.units.frame, focus_of(brief.prepared.area, brief.focus)
    inside = within(brief.prepared.area, brief.focus)
    keys = list(zip(frame["level"].astype(str), frame["unit_id"].astype(str), strict=True))
    asked = [(Level.AREA, brief.prepared.area.area_id), *((found.level, unit) for unit in found.unit_ids)]
    asked += [(inside[0], unit) for unit in inside[1]]
    return tuple(dict.fromkeys(keys.index((str(level), unit_id)) for level, unit_id in asked))


def _page(brief: Brief, own: Model, steps: int, known_by: tuple[str, str]) -> str:
    frame = frame_of(brief.prepared, brief.focus, brief.release.precision)
    sections = Sections()
    way, dots = _way(brief, own, frame, (steps, sections))
    off_share = 0.5 / HUNDREDTHS if way["kind"] == "units" else furthest_off(own, steps)
    languages = [Language.of_area(code, brief.prepared.area.unit_words) for code in LANGUAGES]
    data: dict[str, Json] = {
        "way": way,
        "sections": sections.index,
        "dots": dots.corner,
        "month": brief.month,
        "language": brief.language.code,
        "languages": [words_of(brief, own.switches, each, off_share) for each in languages],
        "names": LANGUAGES,
        **_about_units(brief, own),
        "frame": {"size": list(frame.size), "unit": UNIT_M, "turn": frame.turn_deg},
        "sites": sites_json(brief, own.switches, frame),
        "switches": switches_json(brief, own.switches, frame),
        "seats": seats_json(brief, _keys(brief, own), frame),
        "neighbours": neighbours_json(brief, frame),
    }
    return _html(brief, (data, sections.text()), ground_svg(brief.prepared, brief.focus, frame), known_by)


def _way(brief: Brief, own: Model, frame: Frame, how: tuple[int, Sections]) -> tuple[dict[str, Any], Dots]:
    """Write the figures, and the dots that stand for them, as the profile allows."""
    steps, sections = how
    if tells_cells(brief.release.precision):
        dots = dots_in_cells(brief.prepared, str(brief.measure), brief.focus, frame)
        asked = told_cells(own, np.isin(own.cells, dots.owner))
        way = write_cells(own, asked, steps, sections)
        owners = {int(cell): number for number, cell in enumerate(own.cells[asked.items].tolist())}
    else:
        level, inside = within(brief.prepared.area, brief.focus)
        shapes = brief.prepared.area.regions if level is Level.REGION else brief.prepared.area.districts
        keys = _keys(brief, own)
        places = {keys.index(f"{level}:{unit}"): shapes.at[unit, "geometry"] for unit in inside}
        dots = dots_in_units(own.unit_need, places, frame)
        way = write_units(own, sections)
        owners = {number: number for number in places}
    dots.write(owners, sections)
    return way, dots


def _keys(brief: Brief, own: Model) -> list[str]:
    rows = brief.prepared.units.frame.iloc[list(own.units)]
    return [f"{level}:{unit}" for level, unit in zip(rows["level"], rows["unit_id"], strict=True)]


def _about_units(brief: Brief, own: Model) -> dict[str, Json]:
    """Return names and needs of the units told of, which are the focus, and which stand side by side."""
    keys, found = _keys(brief, own), focus_of(brief.prepared.area, brief.focus)
    level, inside = within(brief.prepared.area, brief.focus)
    rows = brief.prepared.units.frame.iloc[list(own.units)]
    return {
        "units": [
            {
                "name": printable(str(name)),
                "need": [_need(brief, float(each)) for each in need],
                "outside": bool(outside),
            }
            for name, need, outside in zip(
                rows["name"], own.unit_need, brief.prepared.units.outside[list(own.units)], strict=True
            )
        ],
        "focus": [keys.index(f"{found.level}:{unit}") for unit in found.unit_ids],
        "inside": [keys.index(f"{level}:{unit}") for unit in inside],
        "force_known": own.force_known,
        "digits": 1 if tells_cells(brief.release.precision) else 0,
        "mission_named": Indicator.MISSION not in silent(brief.prepared),
        "outer": found.level is not Level.AREA,
        "seasons": [list(months_in(season.months)) for season in brief.prepared.area.seasons],
    }


def _need(brief: Brief, share: float) -> float:
    """Return a unit's need; under a coarse profile as it is printed, so that no single event shows in it."""
    if tells_cells(brief.release.precision) or share <= 0:
        return share
    return max(round(share * DOTS), 1) / DOTS


def _html(brief: Brief, content: tuple[dict[str, Json], str], ground: str, known_by: tuple[str, str]) -> str:
    data, numbers = content
    client = resources.files("footprint.briefing.living") / "client"
    script = "\n".join(['"use strict";', *((client / name).read_text(encoding="utf-8") for name in _SCRIPTS)])
    style = custom_properties() + (client / "living.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    own = next(each for each in _spoken(data) if each["code"] == brief.language.code)
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        + tag("title", escape(f"{own['where']} {brief.number}"))
        + f"<style>{style}</style>"
    )
    code, qr_svg = known_by
    picture = "data:image/svg+xml;base64," + base64.b64encode(qr_svg.encode()).decode() if qr_svg else ""
    kinds = {each.kind for each in switches(brief.shown.scenario)}
    page = body(
        own,
        ground,
        (code, picture),
        invented=brief.prepared.area.invented,
        kinds=kinds if brief.plans else None,
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{brief.language.code}"><head>{head}</head><body>{page}'
        f'<script type="application/json" id="living-data">{script_json(data)}</script>'
        f'<script type="text/plain" id="living-numbers">{numbers}</script>'
        f"<script>{script}</script></body></html>\n"
    )


def _spoken(data: dict[str, Json]) -> list[dict[str, Any]]:
    languages = data["languages"]
    return [dict(each) for each in languages if isinstance(each, dict)] if isinstance(languages, list) else []


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
