"""The shape of the house: few rooms in the hall, short functions, one word for one thing."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

from tests.house.sources import FILES, ROOT, functions, trees

MOST_ROOT_MODULES = 12
MOST_LINES = 60
"""Of a function, without its docstring."""
MOST_MODULE_LINES = 400
MOST_PARAMETERS = 6
VAGUE = {"found", "said", "answer", "told"}
"""No name for a parameter: the thing it carries has one."""


def test_the_root_of_the_package_is_no_crowded_hall():
    assert len(list((ROOT / "footprint").glob("*.py"))) <= MOST_ROOT_MODULES


def test_modules_are_short():
    long = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path.name: lines for path, lines in long.items() if lines > MOST_MODULE_LINES} == {}


def test_functions_are_short():
    assert [label for label, node in functions() if length(node) > MOST_LINES] == []


def length(node: ast.FunctionDef) -> int:
    """Return the lines of a function without its docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_functions_ask_for_few_things():
    assert [label for label, node in functions() if count(node) > MOST_PARAMETERS] == []


def count(node: ast.FunctionDef) -> int:
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([own for own in every if own.arg not in {"self", "cls"}])


def test_parameters_are_called_by_what_they_carry():
    vague = [
        f"{label}({own.arg})"
        for label, node in functions()
        for own in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if own.arg in VAGUE
    ]
    assert vague == []


def test_no_class_name_has_two_meanings():
    places = defaultdict(list)
    for file, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(file)
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def bound_twice(node: ast.FunctionDef) -> set[str]:
    """Return the names that a function binds more than once, those of comprehensions apart."""
    inner = {
        name
        for each in ast.walk(node)
        if isinstance(each, ast.comprehension)
        for name in ast.walk(each.target)
    }
    names = [
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each not in inner
    ]
    return {name for name in names if names.count(name) > 1}


@pytest.mark.slow
def test_what_waits_for_a_click_reads_no_name_that_is_bound_again():
    """A choice of a view once read the key of another box, which the function had named `key` further down."""
    wrong = [
        f"{label}: {name.id}"
        for label, node in functions()
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        for waiting in call.keywords
        if (waiting.arg or "").startswith("on_") and isinstance(waiting.value, ast.Lambda)
        for name in ast.walk(waiting.value.body)
        if isinstance(name, ast.Name) and name.id in bound_twice(node)
    ]
    assert wrong == []
