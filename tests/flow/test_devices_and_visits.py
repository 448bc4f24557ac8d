"""Whose device, whose visit and whose decision stand behind a credential."""

from dataclasses import replace

import pytest
from timelines import AT, COLLEAGUE, DAY, HOLDER, HOUR, MINUTE, certificate, credential, facts, number

from dpc_conformance.checks.flow import hardware_keys, non_pki, registration, without_card
from dpc_conformance.evidence.hardware import AssetRecord, HardwareFacts
from dpc_conformance.evidence.no_card import NoCardEvent, NoCardEventsSeen
from dpc_conformance.evidence.non_pki import AuthenticatorSignIn, AuthenticatorsSeen
from dpc_conformance.evidence.registration import Registration
from dpc_conformance.formats import oids

HARDWARE = credential(certificate=certificate("hardware", oids.DERIVED_PIV_AUTH_HARDWARE))


@pytest.mark.parametrize(
    ("history", "holds"),
    [
        ([(HOLDER, -9)], True),
        ([(COLLEAGUE, -30), (HOLDER, -9)], True),
        ([(HOLDER, -9), (COLLEAGUE, 9)], True),
        ([(HOLDER, 0)], True),
        ([(HOLDER, -30), (COLLEAGUE, -9)], False),
        ([(COLLEAGUE, -30), (HOLDER, 1)], False),
        ([(HOLDER, 1)], False),
        ([], False),
    ],
)
def test_a_device_has_a_holder_at_a_time(history, holds):
    assets = tuple(AssetRecord("phone-1", "SE-1", who, AT + days * DAY) for who, days in history)
    known = facts(credentials=[HARDWARE], hardware=HardwareFacts(assets=assets))
    assert (hardware_keys.device_was_issued_to_the_holder(known) is None) is holds


@pytest.mark.parametrize("account", [HOLDER, COLLEAGUE])
def test_the_visit_of_a_colleague_is_no_visit_of_the_applicant(account):
    serial = number_of(HARDWARE)
    visit = Registration(AT - HOUR, "1", account, "in-person", "olga", b"", AT - HOUR, None, None, (serial,))
    known = facts(credentials=[HARDWARE], hardware=HardwareFacts(registrations=(visit,)))
    assert bool(registration.applicant_appears(known)) is (account == COLLEAGUE)


def number_of(held):
    return without_card.serial(held.certificate)


@pytest.mark.parametrize(
    ("verifier", "holds"),
    [
        ("https://login.agency.example", True),
        ("https://login.agency.example/", True),
        ("https://login.agency.example/assertion", True),
        ("https://login.agency.example.attacker.example/", False),
        ("https://login.agency.example:8443", False),
        ("http://login.agency.example", False),
    ],
)
def test_a_verifier_is_an_origin_and_not_the_beginning_of_a_name(verifier, holds):
    seen = AuthenticatorsSeen(AT, (), (), ("https://login.agency.example",))
    known = facts([seen, AuthenticatorSignIn(AT, "c1", verifier, True)])
    assert (non_pki.verified_where_allowed(known) is None) is holds


DECIDED = NoCardEvent(
    "1", AT, HOLDER, "olga", "in-person", AT - DAY, "favorable", "match", "left at home", (number(), number("tablet"))
)


def without(*events, issued=AT + HOUR):
    held = [credential(label, issued, piv_authentication_certificate=b"") for label in ("phone", "tablet")]
    known = facts([NoCardEventsSeen(AT + DAY, events)], credentials=held)
    return without_card.decided_with_everything_on_record(known), without_card.one_visit_for_all(known)


def test_an_issuance_without_a_card_follows_its_decision():
    assert without(DECIDED) == (None, None)
    assert without(DECIDED, issued=AT) == (None, None)
    assert without(DECIDED, issued=AT - MINUTE)[0]
    assert without(DECIDED, issued=AT + 25 * HOUR)[1]


def test_visits_that_creep_over_days_need_a_reason():
    days = [replace(DECIDED, number=str(each), at=AT + each * 23 * HOUR, serials=()) for each in (1, 2, 3)]
    assert without(DECIDED, days[0])[1] is None
    assert without(DECIDED, *days)[1]
    assert without(DECIDED, replace(days[2], justification="card at the bureau"))[1] is None
    assert without(DECIDED, *days[:1], replace(days[2], justification="card at the bureau"))[1] is None
