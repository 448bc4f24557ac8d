"""What the judge of flows is told of the cardholder's mailbox."""

from types import SimpleNamespace

import pytest
from timelines import AT, CARD, mail

from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.fixtures.stage import facts_of


@pytest.mark.parametrize(
    ("received", "found"),
    [(mail("Your code is 8Zk3q"), True), (mail("News", body="8Zk3q"), True), (mail("News"), False)],
)
def test_a_secret_may_stand_in_the_subject_of_an_email(received, found):
    recorder = Recorder()
    recorder.keep_secret("8Zk3q")
    nothing = SimpleNamespace(audit=tuple, credentials_of=lambda _holder: (), published=tuple)
    holder = SimpleNamespace(account="a", mail="m", common_name="n")
    cast = SimpleNamespace(
        recorder=recorder, clock=SimpleNamespace(now=lambda: AT), phone=SimpleNamespace(mail=lambda: (received,)),
        issuer=nothing, cardholder=holder, card_certificate=CARD,
    )  # fmt: skip
    assert facts_of(cast).secret_in_mail is found
