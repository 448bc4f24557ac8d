"""A browser whose card was just taken out follows a certificate sign-in only when it would see that."""

from types import SimpleNamespace

from dpc_conformance.adapters.browser.workstation import BrowserWorkstation
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.workstation.page import Link

SIGN_IN = Link("Sign in with your smart card", "https://issuer.dpc.example:8443/sign-in")


def test_it_would_sign_with_a_card_that_is_gone():
    done = []
    session = SimpleNamespace(
        page=lambda: SimpleNamespace(certificate_sign_in=lambda: SIGN_IN), choose=lambda caption: done.append(caption)
    )
    computer = SimpleNamespace(
        chromium=SimpleNamespace(do=lambda action: action()),
        desk=SimpleNamespace(wait_until_seen=lambda: done.append("the card is seen to be out")),
    )
    workstation = BrowserWorkstation(lambda: computer, SimpleNamespace(), Recorder(), RunClock(machine_now()))
    workstation._session = session
    for caption in (SIGN_IN.caption, "Help"):
        workstation.choose(caption)
    assert done == ["the card is seen to be out", SIGN_IN.caption, "Help"]
