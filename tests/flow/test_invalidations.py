"""What ends derived credentials, when it has ended them, and whose records say so."""

import pytest
from timelines import AT, COLLEAGUE, DAY, HOLDER, HOUR, MINUTE, SECOND, certificate, credential, entry, facts, number

from dpc_conformance.checks.finding import DoesNotApply
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


BOUND = credential(issued_at=AT - DAY)


def test_what_was_revoked_stays_so():
    check = termination.account_termination_ends_every_credential
    assert check(facts([notice(), seen()], credentials=[BOUND])) is None
    good_again = seen(at=AT + 2 * DAY, ocsp="good", on_crl=False)
    assert check(facts([notice(), seen(at=AT + HOUR), good_again], credentials=[BOUND]))
    off_the_list = seen(at=AT + 2 * DAY, ocsp="revoked", on_crl=False)
    assert check(facts([notice(), seen(), off_the_list], credentials=[BOUND])) is None
    assert check(facts([notice(), seen(at=AT + 18 * HOUR + SECOND)], credentials=[BOUND]))


def waited(*audit, credentials=(BOUND,)):
    return invalidation.no_grace_period(facts(audit=audit, credentials=credentials))


ANOTHER = credential("another phone", AT - DAY, device_id="phone-2")


def test_each_revocation_follows_its_own_cause_at_once():
    lost, ended = learnt(subject="phone-1", detail="device-lost"), learnt(AT + 4 * DAY)
    assert waited(lost, revoked()) is None
    assert waited(lost, revoked(), ended, revoked("another phone", AT + 4 * DAY), credentials=[BOUND, ANOTHER]) is None
    assert waited(lost, revoked(at=AT + 10 * HOUR))
    assert waited(ended, revoked(at=AT + 4 * DAY), revoked("another phone", AT + 5 * DAY), credentials=[BOUND, ANOTHER])


def test_a_need_that_is_learnt_again_is_not_new():
    lost = [learnt(AT + hours * HOUR, "phone-1", "device-lost") for hours in (0, 5, 10)]
    assert waited(*lost, revoked(at=AT + 10 * HOUR))
    asked = [entry("request-revocation", number(), AT + hours * HOUR) for hours in (0, 10)]
    assert waited(*asked, revoked(at=AT + 10 * HOUR))


def test_what_is_learnt_of_others_causes_nothing_here():
    of_another = learnt(AT + 10 * HOUR, COLLEAGUE)
    lost = learnt(subject="phone-1", detail="device-lost")
    assert waited(lost, of_another, revoked(at=AT + 10 * HOUR))
    theirs = entry("revoke", "1f", AT + 3 * DAY, "issuer")
    assert waited(lost, revoked(), theirs) is None


def test_a_second_look_at_the_card_is_a_cause_too():
    found = entry("re-check", number("another phone"), AT + 7 * DAY, "issuer", "refused", reason="revoked")
    audit = [learnt(subject="phone-1"), revoked(), found, revoked("another phone", AT + 7 * DAY)]
    assert waited(*audit, credentials=[BOUND, ANOTHER]) is None


def test_a_revocation_without_a_cause_on_record_is_found():
    assert waited(revoked())
    assert waited(learnt(subject="another name of the account"), revoked()) is None


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


def reviewed(at):
    return [entry(action, number(), at, "officer") for action in ("open-review", "close-review")]


@pytest.mark.parametrize(("at", "holds"), [(AT + HOUR, True), (AT - SECOND, True), (AT - 12 * HOUR, False)])
def test_a_review_belongs_to_the_loss_that_came_before_it(at, holds):
    lost = notice("card-lost")
    assert (recent_bindings.recent_bindings_are_reviewed(facts([lost], reviewed(at), [BOUND])) is None) is holds
    compromised = notice("card-compromised", certificate=BOUND.piv_authentication_certificate, since=AT - 2 * DAY)
    known = facts([compromised], reviewed(at), [BOUND])
    assert (recent_bindings.compromised_authority_is_followed_up(known) is None) is holds


def test_what_was_revoked_before_the_compromise_was_known_is_disposed_of():
    compromised = notice("card-compromised", certificate=BOUND.piv_authentication_certificate, since=AT - 2 * DAY)
    known = facts([compromised], [revoked(at=AT - MINUTE)], [BOUND])
    assert recent_bindings.compromised_authority_is_followed_up(known) is None
