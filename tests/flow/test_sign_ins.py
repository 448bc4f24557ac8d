"""A sign-in is that of the cardholder, with the cardholder's card."""

from datetime import timedelta

import pytest
from timelines import AT, CARD, COLLEAGUE, HOLDER, entry, facts

from dpc_conformance.checks.flow import global_pin, pki_auth
from dpc_conformance.evidence.records import ApduExchange, HttpExchange, TlsFacts

SIGNED = ApduExchange(AT, "GENERAL AUTHENTICATE 9A", "0087119A00", "7C009000", 0x9000, "success")
GLOBAL = ApduExchange(AT, "VERIFY", "00200000 (redacted)", "9000", 0x9000, "success")
WITH_CARD = HttpExchange(
    AT, "workstation", "GET", "https://kiosk.example/", 200, TlsFacts("TLSv1.3", "AES", "EC", 256, "kiosk", CARD)
)


@pytest.mark.parametrize("actor", [HOLDER, COLLEAGUE])
def test_who_else_is_signed_in_proves_nothing(actor):
    known = facts([SIGNED, WITH_CARD], [entry("sign-in", actor=actor)])
    assert (pki_auth.sign_in_proves_possession(known) is None) is (actor == HOLDER)


@pytest.mark.parametrize(("before", "shows"), [(timedelta(minutes=2), True), (timedelta(minutes=4), False)])
def test_who_was_signed_in_before_the_global_pin_was_typed_proves_nothing(before, shows):
    known = facts([GLOBAL, SIGNED, WITH_CARD], [entry("sign-in", at=AT - before)])
    assert (global_pin.global_pin_opens_the_issuer(known) is None) is shows
