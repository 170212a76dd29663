"""The two cases that both readings are made of."""

import pytest

from footprint.scenario import Scenario
from tests.kept import prepared_at
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
    return made(prepared_at(real_folder))


@pytest.fixture(scope="session")
def pushed():
    return pushed_case()


@pytest.fixture(
    params=["bundled", "pushed", pytest.param("real", marks=[pytest.mark.slow, pytest.mark.real])]
)
def case(request):
    return request.getfixturevalue(request.param)
