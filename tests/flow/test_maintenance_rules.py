"""What suspensions, resets, renewals and corrections leave behind, and whose they are."""

from dataclasses import replace

import pytest
from timelines import (
    AT,
    CARD,
    COLLEAGUE,
    DAY,
    HOLDER,
    HOUR,
    MINUTE,
    certificate,
    credential,
    entry,
    facts,
    mail,
    number,
)

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.flow import activation_reset, linkage, modification, rekey, suspension
from dpc_conformance.evidence.decisions import CardLink
from dpc_conformance.evidence.key_store import SecretChosen
from dpc_conformance.evidence.lifecycle import AgencyNotice, StatusSeen
from dpc_conformance.evidence.maintenance import CrlEntrySeen, SuspensionAsked
from dpc_conformance.evidence.records import ActivationAttempted, CertificateInstalled, HttpExchange, TlsFacts
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate

PHONE = certificate("phone")
SHORT = certificate("short", until=AT + 10 * DAY)
HOLD, FINAL = 6, 5


def held(*looks, of=PHONE, longest=30 * DAY, audit=()):
    seen = [CrlEntrySeen(at, of, reason) for at, reason in looks]
    return suspension.holds_end_in_time(facts([SuspensionAsked(AT, of, longest), *seen], audit, now=AT + 90 * DAY))


@pytest.mark.parametrize(
    ("looks", "answer"),
    [
        ([(AT, HOLD), (AT + 31 * DAY, FINAL)], type(None)),
        ([(AT, None), (AT + DAY, HOLD), (AT + 31 * DAY, FINAL)], type(None)),
        ([(AT, HOLD), (AT + 31 * DAY, HOLD)], Finding),
        ([(AT, HOLD), (AT + 31 * DAY, None)], Finding),
        ([(AT, 0), (AT + 31 * DAY, FINAL)], Finding),
        ([(AT, None), (AT + 31 * DAY, None)], Finding),
        ([], Finding),
        ([(AT, HOLD)], CannotTell),
        ([(AT, HOLD), (AT + 30 * DAY, HOLD)], CannotTell),
        ([(AT, None), (AT + 31 * DAY, FINAL)], CannotTell),
    ],
)
def test_a_hold_becomes_a_revocation_after_the_longest_time(looks, answer):
    assert type(held(*looks)) is answer


def test_a_certificate_that_has_expired_may_leave_the_crl():
    for longest in (7 * DAY, 30 * DAY):
        assert held((AT, HOLD), (AT + 10 * DAY + HOUR, None), of=SHORT, longest=longest) is None
        assert type(held((AT, HOLD), (AT + 10 * DAY + HOUR, HOLD), of=SHORT, longest=longest)) is Finding
    assert type(held((AT, HOLD), (AT + 8 * DAY, None), of=SHORT, longest=7 * DAY)) is Finding


def test_a_hold_that_ended_by_pki_auth_needs_no_revocation():
    restored = entry("restore", number(), AT + DAY)
    assert held((AT, HOLD), (AT + 31 * DAY, None), audit=[restored]) is None
    assert type(held((AT, HOLD), (AT + 31 * DAY, HOLD), audit=[restored])) is Finding


FORMER, NEW = credential("former", AT - DAY, status="revoked"), credential("new", AT + HOUR)
INSTALLED = CertificateInstalled(AT - MINUTE, "authentication", FORMER.certificate, True)


def given_up(*looks, former=FORMER):
    blocked = ActivationAttempted(AT, False, "disabled")
    works = ActivationAttempted(AT + 2 * HOUR, True, "accepted")
    seen = [StatusSeen(at, FORMER.certificate, ocsp, ocsp == "revoked") for at, ocsp in looks]
    return activation_reset.invalid_where_no_reset_is_possible(
        facts([INSTALLED, blocked, *seen, works], credentials=[former, NEW])
    )


def test_a_block_soon_after_issuance_is_told_from_it_by_the_phones_clock():
    assert given_up((AT + HOUR, "revoked"), former=replace(FORMER, issued_at=AT + MINUTE)) is None


def test_a_lost_secret_ends_the_credential_for_everybody_to_see():
    assert given_up((AT + HOUR, "revoked")) is None
    assert given_up((AT - HOUR, "good"), (AT + HOUR, "revoked")) is None
    assert given_up((AT + HOUR, "good"), (AT + 2 * HOUR, "revoked"))
    assert given_up((AT - HOUR, "good"))
    assert given_up()


def test_where_no_key_was_blocked_nobody_can_tell_what_becomes_of_one():
    known = facts([ActivationAttempted(AT, False, "refused")], credentials=[FORMER, NEW])
    assert isinstance(activation_reset.invalid_where_no_reset_is_possible(known), CannotTell)


def exchange(at, held_certificate=None):
    tls = TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", "EC", 384, "issuer", held_certificate)
    return HttpExchange(at, "workstation", "GET", "https://issuer.example/", 200, tls)


def test_a_colleague_signs_nobody_else_in_for_a_reset():
    installed = CertificateInstalled(AT, "authentication", certificate("phone"), True)
    chosen = SecretChosen(AT + HOUR, "reset", "code", 8, True)
    for actor, found in ((HOLDER, False), (COLLEAGUE, True)):
        known = facts([installed, exchange(AT + MINUTE, CARD), chosen], [entry("sign-in", at=AT + MINUTE, actor=actor)])
        assert bool(activation_reset.remote_reset_needs_the_card(known)) is found


END = AT + 365 * DAY
DUE = AT - DAY + 0.8 * (END - AT + DAY)


def renewed(actor=HOLDER, status="revoked", used_again=False):
    old, new = certificate("former"), certificate("new")
    installed = [CertificateInstalled(at, "authentication", der, True) for at, der in ((AT, old), (DUE + DAY, new))]
    again = [exchange(DUE + 2 * DAY, old)] if used_again else []
    kept = [credential("former", status=status), credential("new", DUE + DAY)]
    return rekey.the_whole_request_is_repeated_in_time(
        facts([mail("Renew", DUE + HOUR), *installed, *again], [entry("sign-in", at=DUE + DAY, actor=actor)], kept)
    )


def test_a_renewal_is_the_holders_and_retires_the_former_certificate():
    assert renewed() is None
    assert renewed(status="delivered") is None
    assert renewed(status="delivered", used_again=True)
    assert renewed(used_again=True)
    assert renewed(actor=COLLEAGUE)


def test_a_task_to_reissue_is_about_the_holder():
    affiliate = certificate("affiliate", oids.COMMON_AUTHENTICATION, name="Grace Goode (affiliate)")
    replaced = AgencyNotice(AT, "card-replaced", HOLDER, "urn:uuid:1", certificate=affiliate)
    ended = credential(status="revoked", issued_at=AT - DAY)
    for subject, found in ((number(), False), ("1f", True)):
        seen = StatusSeen(AT + HOUR, ended.certificate, "revoked", True)
        known = facts([replaced, seen], [entry("modify", subject, AT + HOUR, "issuer")], [ended])
        assert bool(modification.certificates_follow_the_card(known)) is found


@pytest.mark.parametrize(
    ("looks", "found"),
    [([("revoked", True)], False), ([("good", False)], True), ([("revoked", False)], True), ([], True)],
)
def test_that_a_former_name_is_revoked_is_seen_by_everybody(looks, found):
    ended = credential(status="revoked", issued_at=AT - DAY)
    seen = [StatusSeen(AT + HOUR, ended.certificate, ocsp, on_crl) for ocsp, on_crl in looks]
    known = facts(seen, credentials=[ended], name="Grace Newname")
    assert bool(modification.certificates_follow_the_account(known)) is found


@pytest.mark.parametrize(("status", "found"), [("revoked", False), ("delivered", True)])
def test_where_nobody_asks_for_the_corrected_one_no_certificate_keeps_the_former_name(status, found):
    held = [credential(status="revoked"), credential("mail", usage="signature", status=status)]
    seen = [StatusSeen(AT + HOUR, each.certificate, each.status, each.status == "revoked") for each in held]
    known = facts(seen, credentials=held, name="Grace Newname")
    assert bool(modification.certificates_follow_the_account(known)) is found


@pytest.mark.parametrize(
    ("shown", "found"), [("GRACE.NEWNAME", False), ("Grace  Newname", False), ("G. Newname", True)]
)
def test_a_name_is_the_same_in_each_of_its_forms(shown, found):
    corrected = credential("corrected", certificate=certificate(shown, name=shown))
    assert (
        bool(modification.certificates_follow_the_account(facts(credentials=[corrected], name="Grace Newname")))
        is found
    )


def test_each_credential_is_linked_to_the_card_that_authorised_it():
    earlier = certificate("an earlier card", oids.COMMON_AUTHENTICATION)
    ends = AgencyNotice(AT, "card-terminated", HOLDER, "urn:uuid:1", "separation")
    held_ones = [credential(), credential("tablet", piv_authentication_certificate=earlier)]
    learnt = entry("learn", "urn:uuid:1", AT, "agency back-end")

    def linked(*cards):
        links = [
            CardLink(number(label), HOLDER, (f"urn:uuid:{read_certificate(card).uuids[0]}",))
            for label, card in zip(("phone", "tablet"), cards, strict=True)
        ]
        return linkage.linked_to_the_card(facts([ends], [learnt], held_ones, links=tuple(links)))

    assert linked(CARD, earlier) is None
    assert linked(CARD, CARD)
    assert linked(earlier, earlier)
