"""
Nothing unreachable: every module, public function and method is used from app.py or the command line.

The walk is by names, in the code as it stands: what reached code names is reached. It can take a thing for used that
only shares its name, but never one for unused that is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest

from tests.house.sources import FILES, ROOT
from tests.house.sources import tree as parsed

pytestmark = pytest.mark.slow

ROOTS = {"app", "footprint.cli.main", "footprint.__main__", "footprint.serving.__main__"}
"""Where people come in, and what `footprint run` starts in a process of its own."""

BAR = "footprint.pages._bar"
"""Names the pages by their files."""

FOR_CONTRIBUTORS = {"footprint.language.__main__"}
"""Commands of those who work on the code: `python -m footprint.language`."""

FOR_ALEMBIC = {
    "footprint.workshop.migrations.versions",
    "footprint.workshop.migrations.env",
    "footprint.workshop.migrations.versions.v0001_desks",
    "footprint.workshop.migrations.versions.v0002_nothing_taken_back",
}
"""Found by Alembic in its folder when a store is opened."""


@dataclass
class Piece:
    """A module's own statements, or one function, class or method of it."""

    label: str
    public: bool
    names: set[str] = field(default_factory=set)
    """Identifiers its code names."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the project by its dotted name, pages and packages too."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): parsed(path)
        for path in (ROOT / "app.py", *FILES)
    }


def identifiers(nodes: Iterator[ast.AST] | list[ast.stmt]) -> set[str]:
    """Return the names and attributes that code names; imports alone use nothing."""
    found: set[str] = set()
    for top in nodes:
        for node in ast.walk(top):
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    found.add(name)
                case ast.keyword(arg=str() as name):
                    found.add(name)
                case ast.MatchClass(kwd_attrs=attributes):
                    found |= set(attributes)
                case ast.Constant(value=str() as text) if text.isidentifier():
                    found.add(text)  # getattr by name, and pages named by file
                case _:
                    pass
    return found


def imported(tree: ast.Module, module: str, known: set[str]) -> set[str]:
    """Return the project's modules that a module imports anywhere, functions included."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    parents = {".".join(name.split(".")[: depth + 1]) for name in found for depth in range(name.count("."))}
    return (found | parents) & known - {module}


@cache
def walked() -> set[str]:
    """Return the modules reached by imports; the app runs the pages that its bar names."""
    trees = modules()
    reached, ahead = set(), [*ROOTS, *FOR_CONTRIBUTORS, *FOR_ALEMBIC]
    while ahead:
        module = ahead.pop()
        if module in reached:
            continue
        reached.add(module)
        ahead += imported(trees[module], module, set(trees))
        if module == BAR:
            texts = {node.value for node in ast.walk(trees[module]) if isinstance(node, ast.Constant)}
            ahead += [name for name in trees if name.removeprefix("footprint.pages.") in texts]
    return reached


def pieces(module: str, tree: ast.Module) -> list[tuple[str, Piece]]:
    """Return the definitions of a module by name, and its own statements under ""."""
    own, found = Piece(module, public=False), []
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name):
                found.append((name, Piece(f"{module}.{name}", not name.startswith("_"), identifiers([node]))))
            case ast.ClassDef(name=name):
                found += of_class(module, node)
            case ast.Import() | ast.ImportFrom():
                pass
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                pass
            case _:
                own.names |= identifiers([node])
    return [("", own), *found]


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def of_class(module: str, node: ast.ClassDef) -> list[tuple[str, Piece]]:
    """Return a class and its methods; what Python calls by itself belongs to the class."""
    label = f"{module}.{node.name}"
    whole = Piece(label, not node.name.startswith("_"), identifiers([*node.bases, *node.decorator_list]))
    found = [(node.name, whole)]
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and not part.name.startswith("__"):
            public = whole.public and not part.name.startswith("_")
            found.append((part.name, Piece(f"{label}.{part.name}", public, identifiers([part]))))
        else:
            whole.names |= identifiers([part])
    return found


def unused() -> list[str]:
    """Return every public definition that no reached code names."""
    trees, reached_modules = modules(), walked()
    defined: dict[str, list[Piece]] = {}
    ahead: list[Piece] = []
    for module in reached_modules:
        for name, piece in pieces(module, trees[module]):
            if name == "":
                ahead.append(piece)
            else:
                defined.setdefault(name, []).append(piece)
        ahead += [
            Piece(module, public=False, names={node.name})
            for node in _functions(trees[module])
            if any("command" in identifiers([each]) for each in node.decorator_list)
        ]
    named: set[str] = {"main"}
    reached: set[str] = set()
    while ahead or named:
        for name in named:
            ahead += defined.pop(name, [])
        named = set()
        for piece in ahead:
            reached.add(piece.label)
            named |= piece.names & defined.keys()
        ahead = []
    return sorted(piece.label for rest in defined.values() for piece in rest if piece.public)


def test_every_module_is_reached():
    assert sorted(set(modules()) - walked()) == []


def test_every_public_function_class_and_method_is_used():
    assert unused() == []
