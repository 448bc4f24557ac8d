"""Each revocation is measured from what made it necessary, and from nothing else."""

from timelines import AT, COLLEAGUE, DAY, HOLDER, HOUR, credential, entry, facts, number

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.checks.flow.grace_period import no_grace_period

BOUND = credential(issued_at=AT - DAY)


def learnt(at=AT, subject=HOLDER, detail="account-terminated"):
    return entry("learn", subject, at, "agency back-end", detail=detail)


def revoked(label="phone", at=AT):
    return entry("revoke", number(label), at, "issuer")


def waited(*audit, credentials=(BOUND,)):
    return no_grace_period(facts(audit=audit, credentials=credentials))


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


def test_what_came_in_between_may_not_be_the_need():
    lost = learnt(subject="phone-1", detail="device-lost")
    for later in (
        entry("request-revocation", number(), AT + 10 * HOUR, "issuer"),
        learnt(AT + 10 * HOUR, "phone-1", "device-lost, told again"),
    ):
        assert isinstance(waited(lost, later, revoked(at=AT + 10 * HOUR)), CannotTell)
        assert waited(later, revoked(at=AT + 10 * HOUR)) is None


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
