"""The two cases that both readings are made of."""

import pytest

from footprint.method import default_method
from footprint.objectives import load_objectives
from footprint.prepared import prepare
from footprint.scenario import Scenario
from layers.area import load_area
from tests.second.case import Case
from tests.second.pushed import pushed_case
from tests.worlds import bundled_prepared, review


def made(prepared):
    return Case(prepared, review(prepared, Scenario("today")))


@pytest.fixture(scope="session")
def bundled():
    return made(bundled_prepared())


@pytest.fixture(scope="session")
def real(real_folder):
    """Real Mali, built from provider files outside the repository."""
    return made(prepare(load_area(real_folder), default_method(), load_objectives(real_folder)))


@pytest.fixture(scope="session")
def pushed():
    return pushed_case()


@pytest.fixture(
    params=["bundled", "pushed", pytest.param("real", marks=[pytest.mark.slow, pytest.mark.real])]
)
def case(request):
    return request.getfixturevalue(request.param)
