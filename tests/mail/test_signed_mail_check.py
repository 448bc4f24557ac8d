"""The judge reads signed mail by itself: each departure from RFC 8551 has a mail that shows it."""

from datetime import timedelta

import pytest

from dpc_conformance.checks.flow.signed_mail import departure, programs_of_others_verify_signed_mail
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.mail import SignedMailJudged
from dpc_conformance.faults.flows.mail_signing import OwnLineEnds
from dpc_conformance.fixtures.stage import facts_of


@pytest.fixture
def signed(mailing):
    """A good mail."""
    mailing.sign()
    return mailing.cast.correspondents()[0].newest()


@pytest.fixture
def own(mailing):
    return [mailing.certificates["signature"]]


def test_a_good_mail_has_no_departure(signed, own):
    assert departure(signed, own) is None


@pytest.mark.parametrize(
    ("old", "new", "severity", "where"),
    [
        (b'micalg="sha-256"', b'micalg="sha-512"', "warning", "micalg"),
        (b'micalg="sha-256"', b'x="y"', "warning", "micalg"),
        (b'protocol="application/pkcs7-signature"', b'protocol="application/pgp-signature"', "warning", "protocol"),
        (b"\r\nContent-Type: application/pkcs7-signature", b"\r\nContent-Type: application/x-y", "warning", "second"),
        (b"Ein Punkt", b"Zwei Punkt", "error", "the signature of the mail"),
        (b"Ein Punkt", b"Ein\nPunkt", "error", "the signed mail"),
        (b"multipart/signed", b"multipart/mixed", "error", "the signed mail"),
        (b"\r\nMII", b"\r\nAAI", "error", "the signed mail"),
    ],
)
def test_each_departure_is_found(signed, own, old, new, severity, where):
    assert old in signed
    finding = departure(signed.replace(old, new, 1), own)
    assert (finding.severity, where in finding.where) == (severity, True), finding


def test_a_mail_signed_by_another_certificate_is_found(signed, mailing):
    finding = departure(signed, [mailing.certificates["authentication"]])
    assert finding.expected == "the derived signature certificate as its signer"


def test_a_signature_over_other_line_ends_is_found(mailing, own):
    mailing.cast.phone.parts.mail_writer = OwnLineEnds(SeededEntropy("x"))
    mailing.sign()
    assert "digest of the content" in departure(mailing.cast.correspondents()[0].newest(), own).expected


def test_two_programs_have_to_accept_it(mailing, signed):
    record, now = mailing.cast.recorder.record, mailing.cast.clock.now()
    assert "judgement of 2 programs" in programs_of_others_verify_signed_mail(facts_of(mailing.cast)).expected
    record(SignedMailJudged(now, "one", signed, True, "", ""))
    assert programs_of_others_verify_signed_mail(facts_of(mailing.cast)) is not None
    record(SignedMailJudged(now + timedelta(1), "two", signed, False, "path", "no path"))
    finding = programs_of_others_verify_signed_mail(facts_of(mailing.cast))
    assert (finding.where, finding.actual) == ("two", "path: no path")
