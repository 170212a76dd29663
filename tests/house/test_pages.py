"""Pages ask, call and show: no arrays, no geometry, and no text that Streamlit could take for markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.house.sources import FILES, ROOT, nodes

SERVED = ROOT / "footprint" / "serving" / "__main__.py"
WALL = ROOT / "footprint" / "pages" / "_say.py"
SCREENS = [ROOT / "app.py", *sorted((ROOT / "footprint" / "pages").glob("*.py"))]

RECKONING = {"geopandas", "networkx", "numpy", "pyproj", "rasterio", "scipy", "shapely"}
SPEAKING = {
    "badge", "caption", "chat_message", "code", "error", "exception", "header", "info", "latex", "link_button",
    "markdown", "status", "subheader", "success", "text", "title", "toast", "warning", "write", "write_stream",
}  # fmt: skip
"""What shows words as Markdown, or without their being made printable."""
LABELLED = {
    "button", "checkbox", "download_button", "expander", "file_uploader", "form_submit_button", "metric",
    "multiselect", "number_input", "pills", "popover", "radio", "segmented_control", "select_slider", "selectbox",
    "slider", "spinner", "tabs", "text_area", "text_input", "toggle",
}  # fmt: skip
"""What has a label, which is Markdown; so are its help, and the value and change of a figure."""
FORMATTED = {"pills", "radio", "segmented_control", "select_slider"}
"""What shows each option as Markdown; lists to choose from show them as they are."""
OWN_WORDS = {"text", "plural"}
NUMBERS = {
    "number",
    "percent",
    "points",
    "people",
    "hours",
    "date",
    "month",
    "month_short",
    "months",
    "listing",
}


@dataclass
class Scope:
    """What each name of a function stands for, as far as its own assignments say."""

    values: dict[str, list[ast.expr]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, function: ast.AST) -> Scope:
        scope = cls()
        for node in ast.walk(function):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    scope.values.setdefault(name, []).append(value)
                case ast.Assign(targets=targets):
                    scope.unknown |= _names(targets)
                case ast.For(target=target) | ast.comprehension(target=target):
                    scope.unknown |= _names([target])
                case _:
                    pass
        return scope

    def safe(self, node: ast.expr) -> bool:
        """Tell whether an expression can hold nothing but our own words, numbers and escaped text."""
        match node:
            case ast.Call():
                return own_or_plain(node)
            case ast.Attribute(value=ast.Name(id="language"), attr=name):
                return name in NUMBERS
            case ast.Name(id=name):
                known = self.values.get(name, [])
                return name not in self.unknown and bool(known) and all(map(self.safe, known))
            case _:
                parts = PARTS.get(type(node))
                return isinstance(node, ast.Constant) or (bool(parts) and all(map(self.safe, parts(node))))


PARTS = {
    ast.IfExp: lambda node: (node.body, node.orelse),
    ast.BoolOp: lambda node: node.values,
    ast.BinOp: lambda node: (node.left, node.right),
    ast.JoinedStr: lambda node: node.values,
    ast.FormattedValue: lambda node: (node.value,),
    ast.Lambda: lambda node: (node.body,),
}
"""Expressions that are safe if their parts are."""


def own_or_plain(call: ast.Call) -> bool:
    """Tell whether a call gives escaped text, a number, or a sentence that leaves no place for other words."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in OWN_WORDS:
        return not call.keywords and all(literal(each) for each in call.args)
    return name == "plain" or name in NUMBERS


def literal(node: ast.expr) -> bool:
    """Tell whether a sentence stands in the code, with no place that an area's or a file's words fill."""
    if isinstance(node, ast.IfExp):
        return literal(node.body) and literal(node.orelse)
    return isinstance(node, ast.Constant) and "{" not in str(node.value)


def _names(nodes: list[ast.expr]) -> set[str]:
    return {each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name)}


def imported(path: Path) -> set[str]:
    """Return the packages a file imports anywhere in it."""
    found: set[str] = set()
    for node in nodes(path):
        match node:
            case ast.Import(names=names):
                found |= {alias.name.partition(".")[0] for alias in names}
            case ast.ImportFrom(module=str() as module):
                found.add(module.partition(".")[0])
            case _:
                pass
    return found


def calls(path: Path) -> Iterator[tuple[str, str, ast.Call, Scope]]:
    """Yield place, name, call and scope of every method called in a file."""
    for function in nodes(path):
        if isinstance(function, ast.FunctionDef):
            scope = Scope.of(function)
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    yield f"{path.name}:{node.lineno}", node.func.attr, node, scope


def of_the_wall(call: ast.Call) -> bool:
    """Tell whether a method belongs to a module of our own, a language or a file, and not to Streamlit."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    match owner:
        case ast.Name(id=name):
            return name.startswith("_") or name in {"language", "file"}
        case ast.Call(func=ast.Name(id="language") | ast.Attribute(attr="language")):
            return True
        case _:
            return False


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.name)
def test_pages_reckon_nothing(path: Path):
    assert imported(path) & RECKONING == set()


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.name)
def test_one_module_alone_keeps_state_and_one_alone_caches(path: Path):
    touched = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
    if path.name != "_session.py":
        assert "session_state" not in touched
    if path.name != "_kept.py":
        assert touched & {"cache_data", "cache_resource", "lru_cache", "cache"} == set()


def test_nothing_but_pages_shows_by_streamlit():
    others = [
        path
        for path in FILES
        if path not in {*SCREENS, SERVED} and imported(path) & {"streamlit", "streamlit_folium"}
    ]
    assert others == []


@pytest.mark.parametrize("path", [path for path in SCREENS if path != WALL], ids=lambda path: path.name)
def test_words_reach_streamlit_through_the_wall_alone(path: Path):
    spoken = [place for place, name, call, _ in calls(path) if name in SPEAKING and not of_the_wall(call)]
    assert spoken == []


@pytest.mark.parametrize("path", [path for path in SCREENS if path != WALL], ids=lambda path: path.name)
def test_labels_and_options_are_our_own_words_or_plain(path: Path):
    doubtful = []
    for place, name, call, scope in calls(path):
        if name not in LABELLED or of_the_wall(call):
            continue
        shown = call.args[: 3 if name == "metric" else 1]
        marked = {"help", "delta", "label"} | ({"format_func"} if name in FORMATTED else set())
        shown += [each.value for each in call.keywords if each.arg in marked]
        doubtful += [f"{place} {name}: {ast.unparse(each)}" for each in shown if not scope.safe(each)]
    assert doubtful == []


@pytest.mark.parametrize("path", [path for path in SCREENS if path != WALL], ids=lambda path: path.name)
def test_html_is_made_by_views_and_never_pasted_together(path: Path):
    pasted = [
        place
        for place, name, call, _ in calls(path)
        if name == "html"
        for each in ast.walk(call)
        if isinstance(each, ast.JoinedStr)
    ]
    assert pasted == []


@pytest.mark.parametrize("path", [path for path in SCREENS if path != WALL], ids=lambda path: path.name)
def test_tables_are_shown_by_the_wall_but_for_those_with_a_style(path: Path):
    bare = [
        place
        for place, name, call, _ in calls(path)
        if name in {"dataframe", "table", "data_editor"}
        and not of_the_wall(call)
        and ".style." not in ast.unparse(call.args[0])
    ]
    assert bare == []
