"""Commands of the tests, which no test calls, find what they are made of."""

from __future__ import annotations

from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["tests.readers.__main__", "tests.browser.pictures"])
def test_a_command_that_no_test_calls_can_be_imported(name: str):
    assert import_module(name)
