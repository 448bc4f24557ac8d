"""A product names certificates and cards in its own way, and its records say the same."""

from dataclasses import replace
from datetime import timedelta

import pytest
from timelines import AT, CARD, DAY, HOLDER, HOUR, SECOND, certificate, credential, entry, facts, mail, number

from dpc_conformance.checks.flow import (
    archive,
    audit_log,
    grace_period,
    invalidation,
    key_delivery,
    linkage,
    notification,
    recent_bindings,
    second_look,
    termination,
    without_card,
)
from dpc_conformance.evidence.archive import RecordsSeen
from dpc_conformance.evidence.decisions import CardLink
from dpc_conformance.evidence.hardware import HardwareFacts
from dpc_conformance.evidence.lifecycle import AgencyNotice, InvalidationAsked, StatusSeen
from dpc_conformance.evidence.no_card import NoCardEvent, NoCardEventsSeen
from dpc_conformance.evidence.plain_names import PlainNames, plainly_named
from dpc_conformance.evidence.registration import Registration
from dpc_conformance.evidence.unseen import PartlySeen, of_nothing
from dpc_conformance.formats.certificate import read_certificate

BOUND = credential(issued_at=AT - DAY)
CARD_URN = f"urn:uuid:{read_certificate(CARD).uuids[0]}"
ENDED = StatusSeen(AT + HOUR, certificate("phone"), "revoked", True)


def octets(digits):
    padded = digits.zfill(len(digits) + len(digits) % 2)
    return ":".join(padded[at : at + 2] for at in range(0, len(padded), 2)).upper()


SPELLINGS = {
    "plain": str,
    "in capitals": str.upper,
    "in decimal digits": lambda digits: str(int(digits, 16)),
    "as twenty octets": lambda digits: digits.upper().zfill(40),
    "octet by octet": octets,
    "as a number of a programming language": lambda digits: f"0x{digits}",
}


def issued(name):
    log = [entry("approve", HOLDER, AT - DAY, "sponsor"), entry("sign-in"), entry("request"), entry("issue", name)]
    return audit_log.every_decision_is_on_record, facts(audit=log, credentials=[BOUND])


def delivered(name):
    made = replace(BOUND, key_origin="issuer")
    return key_delivery.key_delivery_is_acknowledged, facts(audit=[entry("deliver", name)], credentials=[made])


def asked_by_an_officer(name):
    asked = InvalidationAsked(AT, "officer", number(), "privilegeWithdrawn")
    record = entry("request-revocation", name, AT, "security.officer", detail="Privilege withdrawn; Grace Goode")
    return invalidation.request_is_on_record, facts([asked, ENDED], [record], [BOUND])


def decided_by_an_officer(name):
    return invalidation.officer_decides, asked_by_an_officer(name)[1]


def reviewed(name):
    audit = [entry(action, name, AT + HOUR, "officer") for action in ("open-review", "close-review")]
    lost = AgencyNotice(AT, "card-lost", HOLDER, CARD_URN)
    return recent_bindings.recent_bindings_are_reviewed, facts([lost], audit, [BOUND])


def told(name):
    mails = [mail("A derived credential was issued to you", AT + SECOND)]
    return notification.told_at_the_address_of_the_account, facts(mails, [entry("issue", name, AT, "ca")], [BOUND])


def decided_without_a_card(name):
    event = NoCardEvent(
        "1", AT - 2 * DAY, HOLDER, "op", "in-person", AT - 9 * DAY, "favorable", "match", "lost", (name,)
    )
    held = replace(BOUND, piv_authentication_certificate=b"")
    return without_card.decided_with_everything_on_record, facts([NoCardEventsSeen(AT, (event,))], credentials=[held])


def linked(name):
    link = CardLink(name, HOLDER, (CARD_URN.upper(),))
    ended = AgencyNotice(AT, "card-terminated", HOLDER, CARD_URN, reason="separation")
    known = facts([ended], [entry("learn", CARD_URN.upper(), AT, "feed")], [BOUND], links=(link,))
    return linkage.linked_to_the_card, known


def looked_at_again(name):
    look = entry("re-check", name, AT + 6 * DAY + HOUR, "issuer", "accepted")
    return second_look.looks_again_after_seven_days, facts(audit=[look], credentials=[BOUND])


def revoked_at_once(name):
    audit = [entry("learn", name, AT, "feed", detail="device-lost"), entry("revoke", name, AT, "issuer")]
    return grace_period.no_grace_period, facts(audit=audit, credentials=[BOUND])


def named_with_its_case(name):
    case = AgencyNotice(AT, "card-terminated", HOLDER, CARD_URN, case="C-1", reason="adverse-adjudication")
    audit = [entry("revoke", name, AT + HOUR, "issuer", detail="case C-1")]
    return termination.involuntary_invalidation_names_its_case, facts([case], audit, [BOUND])


def kept_for_years(name):
    log = (entry("issue", name, AT - DAY),)
    seen = RecordsSeen(AT, log, (BOUND,))
    later = read_certificate(BOUND.certificate).not_after.moment + timedelta(days=3 * 365 - 1)
    return archive.records_outlive_the_certificate, facts([seen], log, [BOUND], now=later)


RECORDS = [
    issued, delivered, asked_by_an_officer, decided_by_an_officer, reviewed, told, decided_without_a_card, linked,
    looked_at_again, named_with_its_case,
]  # fmt: skip
OF_WHOMEVER = [revoked_at_once, kept_for_years]
"""What these say holds of numbers that nobody knows, too."""


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("record", RECORDS + OF_WHOMEVER, ids=lambda each: each.__name__)
def test_a_serial_number_is_the_same_however_a_record_writes_it(record, spelling):
    check, known = record(SPELLINGS[spelling](number()))
    assert check(plainly_named(known)) is None


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_the_number_of_something_else_is_another(record):
    check, known = record(f"1{number()}")
    assert check(plainly_named(known))


def test_visits_name_certificates_too():
    visit = Registration(AT, "1", HOLDER, "in-person", "olga", b"", AT, None, None, (number().upper(),))
    known = plainly_named(facts(credentials=[BOUND], hardware=HardwareFacts((visit,))))
    assert known.hardware.registrations[0].serials == (number(),)


def test_what_names_no_certificate_stays_as_it_is():
    names = PlainNames([certificate("phone"), b"no certificate"])
    for text in ("", "0", "Phone-1", "0x", HOLDER, "00:00"):
        assert names.plain(text) == text


def test_what_nobody_saw_stays_unseen():
    about = {"now": AT, "account": HOLDER, "mail": "", "card_certificate": CARD, "secret_in_mail": False}
    unseen = PartlySeen(**about, **of_nothing("a person's phone"))
    assert plainly_named(unseen) is unseen
