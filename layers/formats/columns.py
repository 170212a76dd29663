"""The door of every importer: columns that may never come in are left out and stated."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd

from layers.area import Dropped
from layers.formats.forbidden import left_out

Frame = TypeVar("Frame", bound=pd.DataFrame)


def guarded(frame: Frame, file: str) -> tuple[Frame, tuple[Dropped, ...]]:
    """
    Leave out every column that may never come in.

    Parameters
    ----------
    frame
        Any frame as read, columns as the file names them.
    file
        File name to name in the statement.

    Returns
    -------
    tuple
        The frame without such columns, and one statement for each kind left out; its
        `rows` is 0, since no row is lost.
    """
    kept, statements = left_out(frame)
    return kept, tuple(Dropped(file, statement, 0) for statement in statements)
