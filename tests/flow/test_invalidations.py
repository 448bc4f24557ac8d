"""What ends derived credentials, when it has ended them, and whose records say so."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from timelines import AT, DAY, HOLDER, HOUR, MINUTE, SECOND, certificate, credential, entry, facts, number

from dpc_conformance.checks.finding import CannotTell, DoesNotApply, Finding
from dpc_conformance.checks.flow import invalidation, linkage, recent_bindings, termination
from dpc_conformance.evidence.lifecycle import AgencyNotice, InvalidationAsked, StatusSeen
from dpc_conformance.formats import oids


def seen(label="phone", at=AT + 18 * HOUR, ocsp="revoked", on_crl=True):
    return StatusSeen(at, certificate(label), ocsp, on_crl)


def notice(kind="account-terminated", at=AT, subject=HOLDER, **more):
    return AgencyNotice(at, kind, HOLDER, subject, **more)


def learnt(at=AT, subject=HOLDER, detail="account-terminated"):
    return entry("learn", subject, at, "agency back-end", detail=detail)


def revoked(label="phone", at=AT, detail=""):
    return entry("revoke", number(label), at, "issuer", detail=detail)


CARD_OF_TODAY = certificate("card of today", oids.COMMON_AUTHENTICATION)
BOUND = credential(issued_at=AT - DAY)


def test_what_was_revoked_stays_so():
    check = termination.account_termination_ends_every_credential
    assert check(facts([notice(), seen()], credentials=[BOUND])) is None
    good_again = seen(at=AT + 2 * DAY, ocsp="good", on_crl=False)
    assert check(facts([notice(), seen(at=AT + HOUR), good_again], credentials=[BOUND]))
    off_the_list = seen(at=AT + 2 * DAY, ocsp="revoked", on_crl=False)
    assert check(facts([notice(), seen(), off_the_list], credentials=[BOUND])) is None
    assert check(facts([notice(), seen(at=AT + 18 * HOUR + SECOND)], credentials=[BOUND]))


def test_what_had_expired_or_ended_before_is_not_in_question():
    expired = credential("old", AT - 900 * DAY, certificate=certificate("old", until=AT - DAY))
    gone = StatusSeen(AT + HOUR, expired.certificate, "unknown", False)
    check = termination.account_termination_ends_every_credential
    assert check(facts([notice(), seen(), gone], credentials=[expired, BOUND])) is None
    assert check(facts([notice(), gone], credentials=[expired]))
    former = credential("former", AT - DAY, status="revoked")
    looks = [seen("former", AT + HOUR), seen(at=AT + HOUR, ocsp="good", on_crl=False)]
    superseded = revoked("former", AT - HOUR)
    known = facts([notice("card-lost"), *looks], [superseded], [former, BOUND], card_certificate=CARD_OF_TODAY)
    assert termination.outlives_the_card(known) is None
    assert termination.outlives_the_card(replace(known, audit=()))
    assert termination.outlives_the_card(replace(known, credentials=(former,)))


def test_a_case_is_named_where_it_concerns_the_holder():
    case = notice("card-terminated", case="2026-0815", reason="adverse-adjudication")
    own, other = revoked(detail="case 2026-0815", at=AT - SECOND), entry("revoke", "1f", AT + HOUR, "issuer")
    assert termination.involuntary_invalidation_names_its_case(facts([case], [own, other], [BOUND])) is None
    assert termination.involuntary_invalidation_names_its_case(facts([case], [revoked(), other], [BOUND]))
    assert termination.involuntary_invalidation_names_its_case(facts([case], [other], [BOUND]))


def collected(*policies, ended=()):
    labels = [f"{place} {policy}" for place, policy in enumerate(policies)]
    held = [
        credential(issued_at=AT - DAY, certificate=certificate(label, policy))
        for label, policy in zip(labels, policies, strict=True)
    ]
    looks = [StatusSeen(AT + HOUR, each.certificate, "revoked", True) for each in held if each.certificate in ended]
    return invalidation.software_keys_are_revoked(
        facts([notice("device-collected", subject="phone-1"), *looks], credentials=held)
    )


def test_a_hardware_key_excuses_no_software_key_beside_it():
    hardware, software = oids.DERIVED_PIV_AUTH_HARDWARE, oids.DERIVED_PIV_AUTH
    assert isinstance(collected(hardware), DoesNotApply)
    assert isinstance(collected(hardware, oids.COMMON_HARDWARE), DoesNotApply)
    assert collected(hardware, software).expected.startswith("revoked")
    assert collected(hardware, software, ended=[certificate(f"1 {software}", software)]) is None


def test_clocks_differ_by_a_second():
    known = facts([notice(), seen()], [learnt(AT - SECOND), entry("watch", at=AT)], [BOUND], now=AT + 18 * HOUR)
    assert linkage.watches_without_gaps(known).expected.startswith("a look at the accounts")
    watched = [entry("watch", at=AT - DAY + hours * HOUR) for hours in (0, 12, 24, 36)]
    known = facts([notice(), seen()], [*watched, learnt(AT - SECOND)], [BOUND], now=AT + 18 * HOUR)
    assert linkage.watches_without_gaps(known) is None
    asked = InvalidationAsked(AT, "holder", "phone-1", "keyCompromise")
    request = entry("request-revocation", "phone-1", AT - SECOND)
    assert invalidation.holder_asks(facts([asked, seen()], [request], [BOUND])) is None
    assert invalidation.holder_asks(
        facts([asked, seen()], [entry("request-revocation", "phone-1", AT - HOUR)], [BOUND])
    )


def test_an_issuer_that_is_told_of_each_end_needs_no_looks_of_its_own():
    told = facts([notice(), seen()], [learnt(AT + SECOND)], [BOUND])
    assert isinstance(linkage.watches_without_gaps(told), CannotTell)
    assert isinstance(linkage.watches_without_gaps(replace(told, audit=())), Finding)


def test_a_ca_without_a_common_name_is_named_by_its_unit():
    key, unit = ec.generate_private_key(ec.SECP256R1()), x509.NameOID.ORGANIZATIONAL_UNIT_NAME
    ca = x509.Name([x509.NameAttribute(unit, "Certification Authorities"), x509.NameAttribute(unit, "The SSP CA")])
    builder = x509.CertificateBuilder(ca, ca, key.public_key(), 4711, AT - DAY, AT + DAY)
    issued = replace(BOUND, certificate=builder.sign(key, SHA256()).public_bytes(Encoding.DER))
    asked = InvalidationAsked(AT, "officer", f"{4711:x}", "keyCompromise")
    for detail, found in (("keyCompromise, OU=The SSP CA", False), ("key compromise; The SSP CA", False), ("", True)):
        record = entry("request-revocation", f"{4711:x}", AT, "security.officer", detail=detail)
        assert bool(invalidation.request_is_on_record(facts([asked], [record], [issued]))) is found


def reviewed(at):
    return [entry(action, number(), at, "officer") for action in ("open-review", "close-review")]


@pytest.mark.parametrize(("at", "holds"), [(AT + HOUR, True), (AT - SECOND, True), (AT - 12 * HOUR, False)])
def test_a_review_belongs_to_the_loss_that_came_before_it(at, holds):
    lost = notice("card-lost")
    assert (recent_bindings.recent_bindings_are_reviewed(facts([lost], reviewed(at), [BOUND])) is None) is holds
    compromised = notice("card-compromised", certificate=BOUND.piv_authentication_certificate, since=AT - 2 * DAY)
    known = facts([compromised], reviewed(at), [BOUND])
    assert (recent_bindings.compromised_authority_is_followed_up(known) is None) is holds


def test_one_review_may_list_what_it_is_about():
    audit = [
        entry(action, HOLDER, AT + HOUR, "officer", detail=f"lists {number()}")
        for action in ("open-review", "close-review")
    ]
    assert recent_bindings.recent_bindings_are_reviewed(facts([notice("card-lost")], audit, [BOUND])) is None
    another = credential("another phone", AT - DAY)
    assert recent_bindings.recent_bindings_are_reviewed(facts([notice("card-lost")], audit, [BOUND, another]))


def test_what_was_revoked_before_the_compromise_was_known_is_disposed_of():
    compromised = notice("card-compromised", certificate=BOUND.piv_authentication_certificate, since=AT - 2 * DAY)
    known = facts([compromised], [revoked(at=AT - MINUTE)], [BOUND])
    assert recent_bindings.compromised_authority_is_followed_up(known) is None
