"""What frames every page: language, area, notices, and the style they share."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from PIL import Image

from footprint.pages import _say, _session
from layers.errors import Fault


def icon() -> Image.Image:
    """Return the page's picture in the browser's tab, from the package: nothing is fetched."""
    with resources.files("footprint").joinpath("views/client/icon.png").open("rb") as file:
        return Image.open(file).copy()


def said() -> None:
    """Show once what the last action could not do, and why."""
    message = _session.message()
    if message:
        _say.warning(message, icon=":material/info:")


def fault_rows(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Return faults as rows of a table in the reader's language."""
    language = _session.bare_language()
    text = language.text
    return [
        {
            text("File"): fault.file,
            text("Column"): fault.column,
            text("Row"): fault.row,
            text("Rows"): fault.rows,
            text("Problem"): fault.problem.said(language),
            text("Remedy"): fault.remedy.said(language),
        }
        for fault in faults
    ]
