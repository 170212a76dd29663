"""Safe: what of a fault may go to somebody else: its wording, its layer, its column."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.language import Language
from layers.airfields import Airfields
from layers.boundaries import Boundaries
from layers.errors import Fault
from layers.incidents import Incidents
from layers.manifest import BESIDE, FILE, LAYER_FILES
from layers.places import Places
from layers.roads import Roads
from layers.sensitive import Sensitive
from layers.sentences import Sentence
from layers.sites import Assets, Sites
from layers.waters import FloodZones, Lakes, Rivers

NOT_KNOWN = "(words that the catalogues do not hold)"
OTHER_COLUMN, OTHER_FILE = "(another column)", "(another file)"

_SCHEMAS = (
    Airfields, Boundaries, Incidents, Places, Roads, Sensitive, Assets, Sites, FloodZones, Lakes, Rivers
)  # fmt: skip
_COLUMNS = frozenset(
    {"lon", "lat", "wkt", "geometry"}.union(*(schema.to_schema().columns for schema in _SCHEMAS))
)
_KEYS = frozenset(
    {"format", "area_id", "crs", "cell_km", "frame_date", "name", "layers", "population", "seasons", "rains"}
    | {"calendar", "focus", "start_focus", "start_month", "units", "disclaimer", "join_roads_m", "assembled"}
)
"""First words of the keys of `area.toml`; what follows them may be a name."""

_FEW = 10


def wording(sentence: Sentence | str, language: Language) -> str:
    """
    Return a sentence with its places left open, but for sentences within it.

    Parameters
    ----------
    language
        A language with a catalogue: only what stands in it goes out.

    Examples
    --------
    >>> from layers.sentences import say
    >>> within = say("it is missing")
    >>> wording(say("{place}: {problem}. {remedy}", place="x.csv", problem=within), Language("fr"))
    '{place}: it is missing. {remedy}'
    """
    if not sentence:
        return ""
    if not isinstance(sentence, Sentence) or not language.knows(sentence.template):
        return NOT_KNOWN
    text = sentence.template
    for name, value in sentence.values.items():
        if isinstance(value, Sentence):
            text = text.replace(f"{{{name}}}", wording(value, language))
    return text


def column(name: str) -> str:
    """Return a column or key that the tool itself names; else only that it is another."""
    first = name.partition(".")[0]
    if not name or name in _COLUMNS:
        return name
    return first if first in _KEYS else OTHER_COLUMN


def layer(fault: Fault, files: Mapping[str, str]) -> str:
    """
    Return the layer of a fault; what a file is called is not told.

    Parameters
    ----------
    files
        Layer of each file that the folder names.
    """
    stem = fault.file.partition(".")[0]
    if fault.file in files:
        return files[fault.file]
    if stem in LAYER_FILES or stem == "population":
        return stem
    return fault.file if fault.file in {FILE, *BESIDE} else OTHER_FILE


def about(count: int | None) -> str:
    """
    Return a count with one figure: enough to help, too little to know anything by.

    Examples
    --------
    >>> [about(n) for n in (None, 0, 3, 27, 1449)]
    ['not there', 'none', 'fewer than 10', 'about 30', 'about 1,000']
    """
    if count is None:
        return "not there"
    if not count:
        return "none"
    if count < _FEW:
        return "fewer than 10"
    step = 10 ** (len(str(count)) - 1)
    return f"about {round(count / step) * step:,}"
