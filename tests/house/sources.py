"""The programs as the tests of the house read them: every module parsed once in a process, its nodes in a row."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("footprint", "layers")
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@cache
def tree(path: Path) -> ast.Module:
    """Return a module, parsed; only where it is asked for."""
    return ast.parse(path.read_bytes())


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a module: dozens of tests go through them, and walking is what takes long."""
    return tuple(ast.walk(tree(path)))


@cache
def trees() -> dict[str, ast.Module]:
    """Return every module of the two packages by its path."""
    return {path.relative_to(ROOT).as_posix(): tree(path) for path in FILES}


@cache
def functions() -> list[tuple[str, ast.FunctionDef]]:
    """Return every function and method: where it stands with its name, and the function."""
    return [
        (f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}", node)
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
    ]


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Return every call: where it stands, the name it calls, and the call."""
    return [
        (
            f"{path.relative_to(ROOT).as_posix()}:{node.lineno}",
            getattr(node.func, "attr", getattr(node.func, "id", "")),
            node,
        )
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.Call)
    ]
