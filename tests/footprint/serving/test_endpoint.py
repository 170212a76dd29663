"""By which names the app may be asked for."""

from __future__ import annotations

import pytest

from footprint.serving.endpoint import Endpoint, hostname

EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST", "127.0.0.1:8501", "[::1]:8501", "[::1]"])
def test_this_machine_may_always_ask(host):
    assert Endpoint().admits(host)
    assert Endpoint("192.168.1.4").admits(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "evil.example:8501",
        "localhost@evil.example",
        "localhost:8501@evil.example",
        "localhost:8501/../",
        "localhost:８５０１",
        "[::1",
        "[::1]evil.example",
        "::1",
        "192.168.1.4",
        EVERYWHERE,
        "127.0.0.2",
        "localhost.",
    ],
)
def test_no_other_name_may(host):
    assert not Endpoint().admits(host)


def test_the_address_and_the_names_given_may():
    assert Endpoint("192.168.1.4").admits("192.168.1.4:8501")
    assert Endpoint("review.example").admits("Review.Example")
    assert Endpoint(names=("Plans.example",)).admits("plans.example:443")
    assert not Endpoint(names=("plans.example",)).admits("review.plans.example")


@pytest.mark.parametrize("address", [EVERYWHERE, "::"])
def test_on_every_address_figures_may_ask_and_names_may_not(address):
    where = Endpoint(address, names=("plans.example",))
    assert where.admits("10.1.2.3:8501")
    assert where.admits("[fd00::1]:8501")
    assert where.admits("plans.example")
    assert not where.admits("evil.example")
    assert not where.admits(EVERYWHERE)


def test_whoever_names_a_proxy_lets_others_in():
    assert Endpoint().is_local
    assert not Endpoint(names=("plans.example",)).is_local
    assert Endpoint(names=("plans.example",)).reached_as == "plans.example"


def test_a_name_is_read_as_a_browser_writes_it():
    assert hostname("[FD00::1]:80") == "fd00::1"
    assert hostname("a:b:c") is None
