"""Naming: which of several things a word means, and that it may mean several."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.options.choices import OptionError
from layers.sentences import say

_MOST = 12
"""So many things of one name are listed."""


def number_named(text: str, things: Sequence[tuple[str, str]]) -> int | None:
    """
    Return the number of the thing that a text means; None where it means none.

    Parameters
    ----------
    text
        An identifier, as it stands, or a name, whatever its capitals.
    things
        Identifier and name of each; an identifier goes before a name.

    Raises
    ------
    OptionError
        If several carry the name: it lists them with their identifiers.
    """
    own = [number for number, (own_id, _) in enumerate(things) if own_id == text]
    own = own or [n for n, (_, name) in enumerate(things) if name.casefold() == text.casefold()]
    if len({things[n][0] for n in own}) > 1:
        listed = "; ".join(f"{things[n][0]} ({things[n][1]})" for n in own[:_MOST])
        more = "; …" if len(own) > _MOST else ""
        raise OptionError(
            say(
                "{name} may be any of: {choices}. Write the identifier.",
                name=repr(text),
                choices=listed + more,
            )
        )
    return own[0] if own else None
