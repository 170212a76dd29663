"""Tables of words as plain HTML with inline styles, whose cells wrap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from footprint.views.colours import FAINT, MUTED
from footprint.views.escaping import escape, tag


def words_table(rows: Sequence[Mapping[str, str]]) -> str:
    """
    Draw rows of words as a table whose cells wrap, so that nothing is cut.

    Parameters
    ----------
    rows
        One mapping from the words of the columns to their values for each row; equal columns in all.
    """
    cell = f"border:0;border-top:1px solid {FAINT};padding:5px 10px 5px 0;vertical-align:top"
    body = "".join(
        tag("tr", *(tag("td", escape(value), style=cell) for value in row.values())) for row in rows
    )
    return _table("", list(rows[0]) if rows else [], body, side="left")


def _table(title: str, heads: Sequence[str], rows: str, *, side: str = "right") -> str:
    apart = "0 10px 4px 0" if side == "left" else "0 0 4px"
    plain = f"border:0;color:{MUTED};font-weight:400;font-size:12px;padding:{apart}"
    aligned = ("left", "left", *[side] * len(heads))
    cells = [
        tag("th", escape(head), scope="col", style=f"{plain};text-align:{way}")
        for head, way in zip(heads, aligned, strict=False)
    ]
    bold = "text-align:left;font-weight:600;padding:0 0 6px;caption-side:top;color:inherit"
    table = tag(
        "table",
        *([tag("caption", escape(title), style=bold)] if title else []),
        tag("thead", tag("tr", *cells)),
        tag("tbody", rows),
        style="width:100%;border-collapse:collapse;font-size:14px;line-height:1.3",
    )
    return tag("div", table, style="overflow-x:auto")
