"""Bring values to a page without their being run."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence

from layers.characters import printable

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
"""What JSON can say."""

_TEMPLATE_MARKS = str.maketrans({"$": "&#36;", "`": "&#96;", "\\": "&#92;", "{": "&#123;"})
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def escape(value: object) -> str:
    r"""
    Return `value` as printable text for HTML, harmless also inside a script's template string.

    Folium pastes tooltips into back-quoted strings and runs everything through a
    template engine, where `${…}` and `{{…}}` would be evaluated even in escaped HTML.

    Examples
    --------
    >>> escape("<b>${x}</b>")
    '&lt;b&gt;&#36;&#123;x}&lt;/b&gt;'
    """
    return html.escape(printable(str(value)), quote=True).translate(_TEMPLATE_MARKS)


def tag(name: str, *content: str, **attributes: object) -> str:
    """
    Return an HTML element around `content`, which is HTML already, with escaped attributes.

    Underscores in the names of attributes stand for hyphens, but for one at the end.

    Examples
    --------
    >>> tag("p", escape("a < b"), title='"x"', aria_label="y")
    '<p title="&quot;x&quot;" aria-label="y">a &lt; b</p>'
    """
    written = "".join(
        f' {key.removesuffix("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def script_json(value: Json) -> str:
    r"""
    Write `value` as JSON that can stand in a script, in HTML and in a template.

    Notes
    -----
    No string in it can close a script element, start a comment or be taken for a
    template's expression, since `<`, `>`, `&`, `'`, `{` and the line separators of
    JavaScript are written as escapes.

    Examples
    --------
    >>> script_json({"name": "</script>{{7*7}}"})
    '{"name":"\\u003c/script\\u003e\\u007b\\u007b7*7}}"}'
    """
    return script_safe(json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":")))


def script_safe(written: str) -> str:
    """Return the JSON text `written` with its strings made harmless, as `script_json` does."""
    return _STRING.sub(lambda found: _harmless(found[0]), written)


def _harmless(string: str) -> str:
    for mark in "<>&'{\u2028\u2029`$":
        string = string.replace(mark, f"\\u{ord(mark):04x}")
    return string
