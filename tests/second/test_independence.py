"""What reckons here takes nothing from what it is held against."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RECKONING = ("need.py", "ways.py", "acts.py", "numbers.py", "compare.py", "case.py")
ALLOWED = ("numpy", "scipy", "pandas", "shapely", "pyproj", "tomllib", "tests.second")
STANDARD = ("dataclasses", "functools", "types", "pathlib")


@pytest.mark.parametrize("name", RECKONING)
def test_the_second_reading_imports_nothing_of_the_first(name):
    tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
    asked = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    asked |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    # The root of the package alone, for the place of method.toml.
    asked -= {"footprint"} if name == "numbers.py" else set()
    assert all(module.startswith((*ALLOWED, *STANDARD)) for module in asked), asked
