"""
Whatever refuses says so in every language: no error and no fault is made of a mere text.

What reaches them by a name or a function, mypy holds to: both take a `Sentence`, which `say` alone makes.
"""

from __future__ import annotations

import ast

import pytest

from tests.house.sources import FILES, calls, nodes

AT_PROBLEM = {"Fault": 1, "PlanFault": 1, "FormFault": 2}
"""Where problem and remedy stand among what each fault is made of; before them stand file and place."""
ROOTS = {"FootprintError", "LayerError"}


def kinds_of_errors() -> set[str]:
    """Return every error of files and of the question, by name."""
    bases = {
        node.name: {getattr(base, "id", "") for base in node.bases}
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
    }
    kinds, before = set(ROOTS), 0
    while len(kinds) > before:
        before = len(kinds)
        kinds |= {name for name, own in bases.items() if kinds & own}
    return kinds


def mere_texts(node: ast.AST) -> bool:
    """Tell whether a text stands in an argument outside any call: inside one, it is what `say` is told."""
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()):
            return True
        case ast.Call():
            return False
        case _:
            return any(map(mere_texts, ast.iter_child_nodes(node)))


@pytest.mark.slow
def test_no_fault_and_no_error_is_a_mere_text():
    errors, wrong = kinds_of_errors(), []
    assert {"ScenarioError", "MethodError", "StoreError", "ProposalError", "MixedProvidersError"} <= errors
    for where, name, call in calls():
        if name in AT_PROBLEM:
            start = AT_PROBLEM[name]
            said = [*call.args[start : start + 2]]
            said += [each.value for each in call.keywords if each.arg in {"problem", "remedy"}]
        elif name == "PlanFileError":
            said = call.args[1:]
        elif name in errors:
            said = [*call.args, *(each.value for each in call.keywords)]
        else:
            continue
        # Lists of faults are looked at as faults.
        said = [each for each in said if not isinstance(each, ast.List | ast.GeneratorExp)]
        if any(map(mere_texts, said)):
            wrong.append(f"{where} {name}")
    assert wrong == []


def test_what_is_said_is_written_out():
    """Only so has it its French: `python -m footprint.language --check`, of `make lint`, holds to that."""
    composed = [
        where
        for where, name, call in calls()
        if name == "say" and isinstance(call.func, ast.Name) and not _written_out(call.args[0])
    ]
    assert composed == []


def test_a_sentence_is_made_by_say_alone():
    """`Sentence` itself takes any text, so that only texts of other files' catalogues come in by it."""
    made = [where.partition(":")[0] for where, name, _ in calls() if name == "Sentence"]
    assert sorted(set(made)) == [
        "footprint/method/reading.py",
        "layers/errors.py",
        # What `say` made in the process that parses foreign files comes back.
        "layers/foreign/packing.py",
        "layers/sentences.py",
    ]


def test_no_error_is_shown_by_its_english():
    """Pages and commands say an error; its `str` is for logs and for tests."""
    shown = [
        where
        for where, name, call in calls()
        if name == "str"
        and where.startswith(("footprint/pages/", "footprint/cli/", "app.py"))
        and call.args
        and getattr(call.args[0], "id", "") == "error"
    ]
    assert [where.partition(":")[0] for where in shown] == ["footprint/cli/arguments.py"], "usage, by Typer"


def _written_out(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str()):
            return True
        case ast.IfExp(body=body, orelse=other):
            return _written_out(body) and _written_out(other)
        case _:
            return False
