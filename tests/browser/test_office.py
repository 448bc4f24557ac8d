"""The computer for a scenario: a browser that has died is replaced, also when that does not go at once."""

import os
import signal

import pytest

from dpc_conformance.adapters.browser import chromium
from dpc_conformance.adapters.browser.computer import Office
from dpc_conformance.protocols.network import Names
from dpc_conformance.roles.errors import MachineLacks

LOOKS = 1000
"""More than a browser that was killed can answer."""


@pytest.fixture
def office():
    made = Office()
    yield made
    made.close()


def title_of_a_page(computer):
    browser = computer.chromium.browser
    return computer.chromium.do(lambda: browser.contexts[0].pages[0].title())


def look_until_it_has_died(computer):
    for _ in range(LOOKS):
        title_of_a_page(computer)


@pytest.mark.usefixtures("visit")  # where a browser is lacking, that says so
def test_a_browser_that_does_not_start_again_may_start_later(office, monkeypatch) -> None:
    names = Names()
    computer = office.computer(names, [])
    os.killpg(computer.chromium.group, signal.SIGKILL)
    with pytest.raises(MachineLacks, match="has died"):
        look_until_it_has_died(computer)
    with monkeypatch.context() as patch:
        patch.setattr(chromium, "PROGRAM", "no-such-browser")
        for _ in range(2):
            with pytest.raises(MachineLacks, match="install the package chromium"):
                office.computer(names, [])
    assert title_of_a_page(office.computer(names, [])) == ""
