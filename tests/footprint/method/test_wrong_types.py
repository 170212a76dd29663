"""
Whatever is wrong in the method's file is a `MethodError` that names its path: every entry, every kind of wrong.

The sweep is complete: each entry of the shipped file is replaced by each wrong value, taken away, or given a key that
nobody reads. Some ten thousand ways; 228 that gave a bare error before are among them.
"""

from __future__ import annotations

import math
import tomllib
from importlib import resources

import pytest

from footprint.errors import MethodError
from footprint.method import Method, default_method, read_method
from layers.sentences import as_typed

SHIPPED = tomllib.loads(
    resources.files("footprint.method").joinpath("method.toml").read_text(encoding="utf-8")
)
WRONG = ["many", "", True, [], {}, None, math.nan, math.inf, -1.0, 10**400, [1, "a"], {"value": 1}]
SPARE = {"ISR_TACTICAL", "ISR_MALE"}
"""Capabilities that no bundle and no package needs."""
OPTIONAL = {"needs", "relay", "boat", "air", "escorted", "overnight", "shared"}
"""Keys that may be left out of a capability."""


def entries(table, path=()):
    """Yield the path of every entry, tables and numbers alike."""
    for key, entry in table.items():
        yield (*path, key)
        if isinstance(entry, dict):
            yield from entries(entry, (*path, key))


PATHS = list(entries(SHIPPED))


def changed(path, value):
    """Return the file with one entry replaced; `...` takes it away. Only the tables above the entry are copies."""
    content = inner = dict(SHIPPED)
    for key in path[:-1]:
        inner[key] = inner = dict(inner[key])
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return content


def outcome(content):
    """Return the method read, or the message that refuses it; any other error rises."""
    try:
        return read_method(content)
    except MethodError as error:
        return str(error)


WORDS = {"label", "unit", "about"}
"""Keys whose value may be any words."""


def is_named(path, message):
    """Tell whether a message names the entry, the table that has it, or what needs it and lacks it."""
    paths = (".".join(path[:depth]) for depth in range(1, len(path) + 1))
    needs = {"sources": ".source is", "capability": "bundle.", "asset": "capability."}
    return any(each in message for each in paths) or needs.get(path[0], "\0") in message


def is_right(path, value):
    """Tell whether a value is a right one there: the shipped one, words where words stand, a choice left out."""
    if value == at(path) and type(value) is type(at(path)):
        return True
    if isinstance(value, str) and value and (path[-1] in WORDS or path[0] in {"sources", "about"}):
        return True
    if path[-1] == "ground" and value == "":
        return bool(SHIPPED["capability"][path[1]].get("boat"))  # it then goes by boat alone
    if path[-1] in OPTIONAL:
        return (
            value in ("", ...) if path[-1] in {"needs", "relay"} else isinstance(value, bool) or value is ...
        )
    # Fewer things are a method too, as long as nothing names what is gone.
    if value is ... and path[0] == "capability" and len(path) == 2:
        return path[1] in SPARE
    return (value is ... and (path[0] in {"asset", "package"} or "assets" in path)) or (
        value == {} and path == ("package",)
    )


@pytest.mark.slow
@pytest.mark.parametrize("value", [*WRONG, ...], ids=lambda value: repr(value)[:20])
def test_every_entry_of_the_file_refuses_what_it_cannot_be(value):
    accepted = []
    for path in PATHS:
        result = outcome(changed(path, value))
        if isinstance(result, Method):
            if not is_right(path, value):
                accepted.append(".".join(path))
        else:
            assert is_named(path, result), (path, result)
    assert accepted == []


@pytest.mark.slow
def test_a_key_that_nobody_reads_is_refused_in_every_table():
    for path in [(), *(path for path in PATHS if isinstance(at(path), dict))]:
        message = outcome(changed((*path, "surplus"), {"value": 3}))
        assert isinstance(message, str), path
        assert "surplus" in message


def at(path):
    inner = SHIPPED
    for key in path:
        inner = inner[key]
    return inner


@pytest.mark.parametrize("content", [None, 5, [], "travel", {}], ids=repr)
def test_what_is_no_method_at_all_is_refused(content):
    assert isinstance(outcome(content), str)


@pytest.mark.slow
@pytest.mark.parametrize("value", ["5", True, None, [], math.nan, math.inf, -1e300, 10**400], ids=repr)
def test_an_edit_of_the_wrong_kind_is_refused_for_every_number_with_its_range(value):
    for parameter in default_method().parameters:
        with pytest.raises(MethodError) as caught:
            default_method().edited({parameter.parameter_id: value})
        assert parameter.parameter_id in str(caught.value)
        assert f"from {as_typed(parameter.minimum)} to {as_typed(parameter.maximum)}" in str(caught.value)
