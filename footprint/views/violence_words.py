"""What was found in the incidents at one place, in sentences a person can repeat."""

from __future__ import annotations

from typing import Literal

from footprint.language import Language
from footprint.prepared import Prepared
from footprint.violence import ViolencePatterns
from footprint.violence.hotspots.verdict import Verdict
from footprint.violence.seasonality.sentence import sentence


def violence_there(
    patterns: ViolencePatterns, prepared: Prepared, cell: int, language: Language
) -> tuple[str, ...]:
    """
    Return whether a cell lies in a hotspot, and when violence returns in its second-level unit.

    Parameters
    ----------
    patterns
        From `footprint.violence.find_patterns`.
    prepared
        The area.
    cell
        Its number in the area's own grid; hotspots are tested on coarser cells.
    language
        Of the sentences.
    """
    text, spots, study = language.text, patterns.hotspots, patterns.study_area
    coarse = int(study.cell_of[cell])
    here = language.plural(
        "{n} incident placed in the cell of {km} km around this place",
        "{n} incidents placed in the cell of {km} km around this place",
        int(spots.count[coarse]),
        km=language.stated(study.cells.cell_m / 1000),
    )
    if spots.verdict is Verdict.CANNOT_TELL:
        said = text("whether it lies in a hotspot cannot be told, for incidents are too few")
    elif not spots.mask[coarse]:
        said = text("not among the cells compared")
    elif spots.significant[coarse]:
        said = (
            text("a hotspot, no hotter than its people would explain")
            if spots.explained[coarse]
            else text("a hotspot: more gather around it than chance")
        )
    else:
        said = text("no hotspot")
    lines = [f"{language.clauses((here, said))}."]
    unit = int(prepared.districts.main_unit[cell])
    if unit >= 0:
        code: Literal["en", "fr"] = "fr" if language.code == "fr" else "en"
        lines.append(sentence(patterns.finding(prepared.districts.unit_ids[unit]), code))
    return tuple(lines)
