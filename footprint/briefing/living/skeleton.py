"""The skeleton of a living map: its parts in the order in which they are read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from footprint.briefing.living.switches import SwitchKind
from footprint.views.escaping import escape, tag

_SITES = {
    "existing": "",
    "closed": "",
    "proposed": SwitchKind.OPEN,
    "closing": SwitchKind.CLOSE,
    "moved": SwitchKind.MOVE,
    "changed": SwitchKind.ASSETS,
}
"""Looks of sites, and the switch that brings each."""
_SHAPES = {
    "existing": '<circle r="5"/>',
    "changed": '<circle class="ring" r="9"/><circle r="5"/>',
    "proposed": '<path d="M0 -7 7 0 0 7 -7 0Z"/>',
    "closing": '<path d="M-5 -5H5V5H-5Z"/>',
    "moved": '<path d="M0 -7 7 5 -7 5Z"/>',
    "closed": '<circle r="5"/>',
}
_GROUND = ("river", "lake", "road", "flood")


def body(
    words: dict[str, Any],
    ground: str,
    known_by: tuple[str, str],
    *,
    invented: bool,
    kinds: Collection[SwitchKind] | None,
) -> str:
    """
    Return the page's elements.

    Parameters
    ----------
    words
        Everything that is said in its first language, from `words.words_of`.
    ground
        Elements of SVG.
    known_by
        Code by which the file is known again, and a picture of it as an address that holds it, "" without.
    invented
        Whether some data are invented.
    kinds
        Kinds of switches that there are, whose marks the legend explains; None where there is no plan, so
        that nothing is said of changes.
    """
    marking = tag("div", escape(words["marking"]), class_="marking", data_word="marking")
    no_script = tag("noscript", tag("p", escape(" ".join(words["notices"]))))
    main = tag("main", _map(words, ground), _aside(words, kinds), _months(words))
    screen = tag("div", _head(words, invented=invented), main, class_="screen")
    return marking + screen + _foot(words, known_by) + no_script + marking


def _said(name: str, words: dict[str, Any], element: str = "span", **attributes: object) -> str:
    return tag(element, escape(words["fixed"][name]), data_say=name, **attributes)


def _button(name: str, words: dict[str, Any], sign: str) -> str:
    label = words["fixed"][name]
    return tag("button", sign, type="button", id=name, aria_label=label, title=label, data_label=name)


def _head(words: dict[str, Any], *, invented: bool) -> str:
    badge = _said("invented", words, class_="badge") if invented else ""
    tools = tag(
        "div",
        badge,
        tag("span", id="languages", role="group", aria_label="Language / Langue"),
        _said("print", words, "button", type="button", id="print"),
        class_="tools",
    )
    title = tag("h1", tag("span", escape(words["where"]), id="sentence", role="status"))
    return tag("header", title, tools)


def _map(words: dict[str, Any], ground: str) -> str:
    sheet = tag("svg", ground, id="ground", preserveAspectRatio="xMidYMid meet", aria_hidden="true")
    drawing = tag(
        "svg",
        id="drawing",
        preserveAspectRatio="xMidYMid meet",
        role="img",
        tabindex=0,
        aria_label=words["fixed"]["map"],
        data_label="map",
    )
    arrow = (
        '<svg id="arrow" width="20" height="28" viewBox="0 0 22 30"><path d="M11 1 19 28 11 22 3 28Z"/></svg>'
    )
    return tag(
        "section",
        sheet,
        tag("canvas", id="dots", aria_hidden="true"),
        drawing,
        tag("div", escape(words["watermark"]), class_="watermark", data_word="watermark", aria_hidden="true"),
        tag(
            "div",
            _button("closer", words, "+"),
            _button("farther", words, "−"),
            _button("whole", words, "⤢"),
            class_="zoom",
        ),
        tag("div", arrow, _said("north", words), class_="north", aria_hidden="true"),
        class_="map",
    )


def _aside(words: dict[str, Any], kinds: Collection[SwitchKind] | None) -> str:
    switches = tag(
        "section",
        _said("changes", words, "h2"),
        tag(
            "p",
            _said("today", words, "button", type="button", id="today"),
            _said("all", words, "button", type="button", id="all"),
            class_="both",
        ),
        '<p id="no-switches" hidden>' + _said("none", words) + "</p>",
        tag("ul", id="switches"),
        class_="changes",
    )
    head = tag(
        "tr",
        _said("unit", words, "th", scope="col"),
        tag("th", escape(words["force"]), scope="colgroup", colspan=2, class_="of-force", data_word="force"),
        tag(
            "th",
            escape(words["mission"]),
            scope="colgroup",
            colspan=2,
            class_="of-mission",
            data_word="mission",
        ),
    )
    what = "plain_figures" if kinds is None else "figures"
    table = tag("table", _said(what, words, "caption"), tag("thead", head), tag("tbody", id="rows"))
    return tag(
        "aside",
        "" if kinds is None else switches,
        tag("section", table, class_="figures"),
        _legend(words, kinds),
    )


def _legend(words: dict[str, Any], kinds: Collection[SwitchKind] | None) -> str:
    dots = [
        tag(
            "li",
            tag("i", class_=f"dots of-{kind}"),
            tag("span", escape(words["dots"][number]), data_dot=number),
        )
        for number, kind in enumerate(("mission", "force", "none"))
    ]
    dots.append(tag("li", tag("span", escape(words["dots"][-1]), data_dot=len(words["dots"]) - 1)))
    looks = [look for look, kind in _SITES.items() if not kind or kind in (kinds or ())]
    sites = [tag("li", _mark(_SHAPES[look], f"site is-{look}"), _said(look, words)) for look in looks]
    if kinds:
        sites.append(tag("li", _mark(_SHAPES["existing"], "site is-ghost"), _said("off", words)))
    ground = [tag("li", tag("i", class_=f"key is-{kind}"), _said(kind, words)) for kind in _GROUND]
    lines = [
        tag("li", _said("bars", words)),
        tag("li", tag("i", "▾", class_="worst"), _said("worst", words)),
    ]
    if kinds is not None:
        lines.append(tag("li", tag("i", class_="key is-before"), _said("before", words)))
    return tag(
        "section", _said("legend", words, "h2"), tag("ul", *dots, *sites, *ground, *lines), class_="legend"
    )


def _mark(shape: str, look: str) -> str:
    return tag("svg", shape, viewBox="-11 -10 22 20", width=22, height=20, class_=look)


def _months(words: dict[str, Any]) -> str:
    axis = tag(
        "div",
        tag("span", escape(words["force"]), class_="of-force", data_word="force"),
        tag("span", escape(words["mission"]), class_="of-mission", data_word="mission"),
        _said("share", words, "small"),
        class_="axis",
    )
    strip = tag("div", id="strip", role="group", aria_label=words["fixed"]["months"], data_label="months")
    return tag("section", axis, strip, class_="months")


def _foot(words: dict[str, Any], known_by: tuple[str, str]) -> str:
    code, picture = known_by
    notices = tag("div", *(tag("p", escape(line)) for line in words["notices"]), id="notices")
    image = f'<img alt="" src="{escape(picture)}">' if picture else ""
    mark = tag("div", image, tag("p", _said("code", words), " ", tag("b", escape(code))), class_="code")
    return tag("footer", notices, mark if code else "")
