"""What the issuer keeps on record is about this holder and these certificates, whoever else is on record."""

from timelines import AT, COLLEAGUE, DAY, HOUR, MINUTE, certificate, credential, entry, facts

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.flow import archive, records
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.evidence.archive import RecordsSeen
from dpc_conformance.evidence.records import CertificateInstalled, QrCodeShown


def installed(label="phone", at=AT):
    return CertificateInstalled(at, "authentication", certificate(label), True)


def code(at=AT):
    return QrCodeShown(at, "workstation", "dpc://enrol", b"", "digest")


APPROVED = entry("approve", "grace.goode", AT - HOUR, actor="sponsor")
EARLIER_ISSUANCE = entry("issue", "1f", AT - 9 * DAY, actor=COLLEAGUE)


def test_an_approval_comes_before_the_holders_own_issuance():
    known = facts(audit=[EARLIER_ISSUANCE, APPROVED], credentials=[credential()])
    assert records.a_sponsor_approved(known) is None
    assert records.a_sponsor_approved(facts(audit=[APPROVED], credentials=[credential(issued_at=AT - DAY)]))
    own_word = entry("approve", "grace.goode", AT - DAY)
    assert records.a_sponsor_approved(facts(audit=[own_word, APPROVED], credentials=[credential()])) is None
    assert records.a_sponsor_approved(facts(audit=[own_word], credentials=[credential()]))


def test_obligations_are_accepted_by_their_subscriber():
    accepted = entry("accept-obligations", "sign-in 2", AT - HOUR)
    of_another = entry("accept-obligations", "sign-in 1", AT - 9 * DAY, actor=COLLEAGUE)
    known = facts(audit=[of_another, EARLIER_ISSUANCE, accepted], credentials=[credential()])
    assert records.obligations_were_accepted(known) is None
    assert records.obligations_were_accepted(facts(audit=[of_another], credentials=[credential()]))
    on_the_phone = entry("accept-obligations", "", AT - HOUR, actor="phone-1")
    assert records.obligations_were_accepted(facts(audit=[on_the_phone], credentials=[credential()])) is None


def test_a_certificate_that_was_installed_again_is_one_certificate():
    known = facts([installed(), installed(at=AT + HOUR)], credentials=[credential()])
    for check in (records.keeps_the_derived_certificate, records.issued_within_90_days, records.clock_is_accurate):
        assert check(known) is None


def test_a_clock_is_wrong_that_issues_after_the_installation_or_before_the_qr_code():
    fast = facts([code(), installed()], credentials=[credential(issued_at=AT + 4 * MINUTE)])
    assert isinstance(records.clock_is_accurate(fast), Finding)
    slow = facts([code(AT + 4 * MINUTE), installed(at=AT + 5 * MINUTE)], credentials=[credential()])
    assert isinstance(records.clock_is_accurate(slow), Finding)
    code_for_the_next_phone = facts([installed(), code(AT + 4 * MINUTE)], credentials=[credential()])
    assert records.clock_is_accurate(code_for_the_next_phone) is None


def test_a_certificate_that_waited_for_a_second_qr_code_was_issued_before_it():
    codes = [code(AT - MINUTE), code(AT + 9 * MINUTE)]
    fetched_late = facts([*codes, installed(at=AT + HOUR)], credentials=[credential()])
    assert isinstance(records.clock_is_accurate(fetched_late), CannotTell)


def test_a_certificate_that_was_fetched_late_says_nothing_about_the_clock():
    for timeline in ([code(), installed(at=AT + 4 * MINUTE)], [installed(at=AT + 4 * MINUTE)]):
        late = facts(timeline, credentials=[credential()])
        assert isinstance(records.clock_is_accurate(late), CannotTell)


def test_an_entry_that_stands_there_twice_is_one_entry():
    known = facts([installed(), installed("second phone")], credentials=[credential(), credential()])
    assert records.keeps_the_derived_certificate(known)


def test_the_certificate_of_a_colleague_is_not_published_either():
    assert records.derived_certificates_are_not_published(facts(credentials=[credential()])) is None
    for label in ("phone", "a colleague's phone"):
        known = facts(credentials=[credential()], published=(certificate(label),))
        assert records.derived_certificates_are_not_published(known)


def test_records_about_what_expired_long_ago_may_go_before_the_others():
    short, long = (
        credential(label, certificate=certificate(label, until=AT + years * 365 * DAY))
        for label, years in (("short", 1), ("long", 3))
    )
    signed_in = entry("sign-in")
    of_short, of_long = (entry("issue", serial(each.certificate)) for each in (short, long))
    seen = RecordsSeen(AT, (signed_in, of_short, of_long), (short, long))

    def answer(*left):
        return archive.records_outlive_the_certificate(facts([seen], left, [long], now=AT + (6 * 365 - 1) * DAY))

    assert answer(signed_in, of_long) is None
    assert answer(of_short, of_long)
    assert answer(signed_in, of_short)
