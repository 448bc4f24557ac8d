"""The clocks of phone, issuer and the agency's other systems differ a little, and right products pass all the same."""

from dataclasses import replace

import pytest
from timelines import AT, CARD, DAY, HOLDER, HOUR, MINUTE, SECOND, certificate, credential, entry, facts, mail, number

from dpc_conformance.checks.flow import (
    activation_reset,
    applicant_biometrics,
    hardware_keys,
    invalidation,
    key_escrow,
    key_recovery,
    non_pki,
    records,
    rekey,
)
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.evidence.escrow import EscrowedKey
from dpc_conformance.evidence.hardware import AssetRecord, HardwareFacts
from dpc_conformance.evidence.key_store import SecretChosen
from dpc_conformance.evidence.lifecycle import AgencyNotice, StatusSeen
from dpc_conformance.evidence.non_pki import AuthenticatorsSeen, AuthenticatorUsed, BoundAuthenticator
from dpc_conformance.evidence.records import CertificateInstalled, HttpExchange, TlsFacts
from dpc_conformance.evidence.registration import Comparison, Registration
from dpc_conformance.formats import oids

PHONE = certificate("phone")
INSTALLED = CertificateInstalled(AT, "authentication", PHONE, True)
AHEAD = pytest.mark.parametrize("ahead", [0 * SECOND, 30 * SECOND, 2 * MINUTE, -2 * MINUTE])
"""How far the issuer's clock is ahead of the phone's."""


def with_card(at):
    tls = TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", "EC", 384, "issuer", CARD)
    return HttpExchange(at, "workstation", "GET", "https://issuer.example/", 200, tls)


def reset(ahead, *, signs_in=True):
    """An enrolment, and five minutes after it a reset."""
    reset_at = AT + 5 * MINUTE
    sign_ins = [AT - 20 * SECOND, *([reset_at - 20 * SECOND] if signs_in else ())]
    audit = [*(entry("sign-in", at=at + ahead) for at in sign_ins), entry("reset", "phone-1", reset_at + ahead)]
    seen = [INSTALLED, *map(with_card, sign_ins), SecretChosen(reset_at, "reset", "code", 10, True)]
    return facts(seen, audit, [credential(issued_at=AT - 2 * SECOND + ahead)])


CHECKS_OF_RESETS = pytest.mark.parametrize(
    "check", [activation_reset.only_the_agency_resets, activation_reset.remote_reset_needs_the_card]
)


@AHEAD
@CHECKS_OF_RESETS
def test_a_sign_in_for_a_reset_is_told_from_that_of_the_enrolment(check, ahead):
    assert check(reset(ahead)) is None
    assert check(reset(ahead, signs_in=False))


@pytest.mark.parametrize("waited", [-SECOND / 2, -2 * MINUTE])
def test_issuance_may_seem_to_come_before_the_verification(waited):
    entered = credential(issued_at=AT + waited, identity_verified_at=AT)
    assert records.issued_within_90_days(facts([INSTALLED], credentials=[entered])) is None
    earlier = replace(entered, issued_at=AT - HOUR)
    assert records.issued_within_90_days(facts([INSTALLED], credentials=[earlier]))


@AHEAD
def test_an_authenticator_is_used_before_it_counts(ahead):
    bound_at = AT + SECOND / 4 + ahead
    bound = BoundAuthenticator("aa", "bb", "cc", 2, "basic", True, False, bound_at, bound_at, "bound")
    made = AuthenticatorUsed(AT - 3 * SECOND, "create", "aa", "https://issuer.example", True)

    def verdict(at):
        seen = [made, replace(made, at=at, operation="get"), AuthenticatorsSeen(AT + HOUR, (), (bound,), ())]
        return non_pki.two_factors_and_one_use(facts(seen))

    assert verdict(AT) is None
    assert verdict(AT + 10 * MINUTE)


@AHEAD
def test_who_renews_in_time_signs_in_before_the_new_certificate_comes(ahead):
    due = AT - DAY + 0.8 * (366 * DAY)
    new = CertificateInstalled(due + DAY, "authentication", certificate("new"), True)
    held = [credential(), credential("new", due + DAY)]

    def verdict(at):
        known = facts([INSTALLED, mail("Renew", due + HOUR), new], [entry("sign-in", at=at)], held)
        return rekey.the_whole_request_is_repeated_in_time(known)

    assert verdict(due + DAY - 20 * SECOND + ahead) is None
    assert verdict(due + DAY + HOUR)


@AHEAD
def test_what_a_loss_ends_was_in_force_at_the_notice(ahead):
    held = [credential(issued_at=AT - DAY), credential("tablet", AT - DAY, device_id="tablet-1")]
    audit = [entry("revoke", number(each), AT + SECOND + ahead, "issuer") for each in ("phone", "tablet")]
    looks = [StatusSeen(AT + HOUR, each.certificate, "revoked", True) for each in held]
    lost = AgencyNotice(AT, "device-lost", HOLDER, "phone-1")
    assert invalidation.lost_device(facts([lost, *looks], audit, held))
    before = [replace(audit[1], at=AT - HOUR), audit[0]]
    assert invalidation.lost_device(facts([lost, *looks], before, held)) is None


@AHEAD
def test_escrow_comes_before_issuance_by_the_log(ahead):
    made = credential("mail", usage="key-management", certificate=certificate("mail", signs=False))
    name = key_escrow._name(made.certificate)
    log = [entry("escrow", name.upper(), AT, "issuer"), entry("issue", serial(made.certificate), AT, "issuer")]

    def verdict(at, log):
        kept = EscrowedKey(HOLDER, name.upper(), made.certificate, at)
        return key_escrow.escrowed_before_issuance(facts(audit=log, credentials=[made], escrow=(kept,)))

    assert verdict(AT + ahead, log) is None
    assert verdict(AT + ahead, log[::-1])
    assert verdict(AT + HOUR, log)


@AHEAD
def test_a_mail_about_a_recovery_and_its_record(ahead):
    audit = [entry("recover", number("old"), AT + 2 * MINUTE + ahead, "phone-1")]
    told = mail("One of your keys was recovered", AT + 2 * MINUTE)
    assert key_recovery.told_of_every_attempt(facts([told], audit, [credential()])) is None
    refused = entry("recover", number("old"), AT + 2 * HOUR, "phone-1", "refused")
    assert key_recovery.told_of_every_attempt(facts([told], [*audit, refused], [credential()]))


HARDWARE = credential("hardware", certificate=certificate("hardware", oids.DERIVED_PIV_AUTH_HARDWARE))


@AHEAD
def test_a_device_is_the_holders_at_the_issuance(ahead):
    def verdict(since):
        return hardware_keys.device_was_issued_to_the_holder(
            facts(
                credentials=[HARDWARE], hardware=HardwareFacts(assets=(AssetRecord("phone-1", "SE-1", HOLDER, since),))
            )
        )

    assert verdict(AT + ahead) is None
    assert verdict(AT + HOUR)


@AHEAD
def test_a_visit_belongs_to_a_transaction(ahead):
    matched = Comparison("match", "m", "card 5FC103", "s1", "00")
    sign_ins = [AT - DAY, AT - 20 * MINUTE]
    audit = [entry("sign-in", at=at) for at in sign_ins]

    def verdict(*moments):
        visits = tuple(
            Registration(at, "1", HOLDER, "in-person", "olga", b"", at, matched, None, (serial(HARDWARE.certificate),))
            for at in moments
        )
        known = facts(audit=audit, credentials=[HARDWARE], hardware=HardwareFacts(visits))
        return applicant_biometrics.identified_in_each_transaction(known)

    assert verdict(*(at + ahead + SECOND for at in sign_ins)) is None
    assert verdict(sign_ins[0] + SECOND)
