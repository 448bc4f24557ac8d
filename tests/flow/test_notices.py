"""Which e-mails tell the holder of an issuance or of a revocation, and which do not."""

import pytest
from timelines import (
    AT,
    COLLEAGUE,
    DAY,
    HOLDER,
    HOUR,
    MINUTE,
    SECOND,
    certificate,
    credential,
    entry,
    facts,
    mail,
    number,
)

from dpc_conformance.checks.flow import invalidation, notification
from dpc_conformance.evidence.lifecycle import AgencyNotice, InvalidationAsked, StatusSeen

ISSUED = "A derived credential was issued to you"


def announced(*mails, issued=(("phone", AT),), audit=()):
    issuances = [entry("issue", number(label), at) for label, at in issued]
    credentials = [credential(label, at) for label, at in issued]
    known = facts(mails, [*audit, *issuances], credentials)
    return [
        bool(check(known))
        for check in (
            notification.told_at_the_address_of_the_account,
            notification.told_that_the_certificate_was_created,
        )
    ]


@pytest.mark.parametrize(
    "mails",
    [
        [mail(ISSUED, AT + MINUTE)],
        [mail("Your new certificate", AT + 15 * MINUTE)],
        [mail("News", AT + SECOND), mail("News of your account", AT + MINUTE, "A certificate was made for you.")],
    ],
)
def test_the_holder_is_told_soon(mails):
    assert announced(*mails) == [False, False]


def test_of_what_is_bound_after_an_issuance_the_holder_is_told_too():
    bound = entry("bind", "a passkey", AT + DAY)
    assert announced(mail(ISSUED), audit=[bound]) == [True, True]
    assert announced(mail(ISSUED), mail(ISSUED, AT + DAY), audit=[bound]) == [False, False]


def test_an_email_tells_whole_seconds():
    assert announced(mail(ISSUED), issued=[("phone", AT + SECOND / 2)]) == [False, False]


@pytest.mark.parametrize(
    "mails",
    [
        [],
        [mail(ISSUED, AT + 7 * DAY)],
        [mail(ISSUED, AT - MINUTE)],
        [mail(ISSUED, AT + MINUTE, recipient="x@y.example")],
    ],
)
def test_what_comes_late_or_early_or_elsewhere_announces_nothing(mails):
    assert announced(*mails) == [True, True]


def test_the_issuance_of_a_colleague_is_none_of_the_holder():
    of_another = entry("issue", "1f", AT - HOUR, actor=COLLEAGUE)
    assert announced(mail(ISSUED, AT - HOUR), audit=[of_another]) == [True, True]
    assert announced(mail(ISSUED, AT), audit=[of_another]) == [False, False]


def test_each_enrolment_is_announced_and_one_email_may_tell_of_all_that_came_of_it():
    both = [("phone", AT), ("its signature", AT + 20 * SECOND)]
    assert announced(mail(ISSUED, AT + 5 * SECOND), issued=both) == [False, False]
    later = [("phone", AT), ("another phone", AT + DAY)]
    assert announced(mail(ISSUED, AT), issued=later) == [True, True]
    assert announced(mail(ISSUED, AT), mail(ISSUED, AT + DAY), issued=later) == [False, False]


ENDED = AgencyNotice(AT, "account-terminated", HOLDER, HOLDER)
REVOKED = "A derived credential of yours was revoked"


def told(*mails, revoked=(("phone", AT + HOUR),), causes=(ENDED,)):
    seen = [StatusSeen(AT + 18 * HOUR, certificate(label), "revoked", True) for label, _ in revoked]
    audit = [entry("revoke", number(label), at, "issuer") for label, at in revoked]
    return invalidation.holder_is_told(
        facts([*causes, *seen, *mails], audit, [credential(each) for each, _ in revoked])
    )


def test_the_holder_is_told_of_a_revocation_when_it_has_happened():
    assert told(mail(REVOKED, AT + HOUR)) is None
    assert told(mail(REVOKED, AT + HOUR - MINUTE)) is None
    assert told(mail("Your account was terminated", AT))
    assert told()


@pytest.mark.parametrize("word", ["withdrawn", "cancelled", "canceled", "deactivated", "invalidated"])
def test_a_product_has_its_own_word_for_it(word):
    assert told(mail(f"Your derived credential was {word}", AT + HOUR)) is None


def test_the_holder_is_told_of_each_revocation():
    asked = InvalidationAsked(AT + DAY, "holder", "phone-2", "keyCompromise")
    twice = [("phone", AT + HOUR), ("another phone", AT + DAY)]
    assert told(mail(REVOKED, AT + HOUR), revoked=twice, causes=(ENDED, asked))
    assert told(mail(REVOKED, AT + HOUR), mail(REVOKED, AT + DAY), revoked=twice, causes=(ENDED, asked)) is None
    assert told(mail(REVOKED, AT + DAY), revoked=twice) is None


def test_where_no_revocation_is_on_record_the_cause_counts():
    for sent_at, found in ((AT, False), (AT - MINUTE, False), (AT - HOUR, True)):
        seen = StatusSeen(AT + HOUR, certificate("phone"), "revoked", True)
        assert bool(invalidation.holder_is_told(facts([ENDED, seen, mail(REVOKED, sent_at)]))) is found
