"""How a signature with RSASSA-PKCS1-v1_5 is named, by whoever made it (SP 800-78-5 §3.2.1)."""

import pytest

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.signed_objects.judge import judge_signed_object
from dpc_conformance.faults.certificates.encoding import context, null, oid, sequence
from dpc_conformance.faults.signed_objects.security_objects import Message
from dpc_conformance.formats import ber, oids

WITHOUT_NULL = sequence(oid(oids.RSA_ENCRYPTION))
OLD_NAMES = {
    "md2WithRSAEncryption": "1.2.840.113549.1.1.2",
    "md5WithRSAEncryption": "1.2.840.113549.1.1.4",
    "sha512-256WithRSAEncryption": "1.2.840.113549.1.1.16",
    "sha1WithRSASignature": "1.3.14.3.2.29",
    "md5WithRSA": "1.3.14.3.2.3",
}


def judged(message):
    [found] = [each for each in judge_signed_object(message, "CHUID") if each.requirement == "DPC-CRY-SIG-02"]
    return found


@pytest.mark.parametrize("name", OLD_NAMES)
def test_every_other_name_of_the_algorithm_is_found(name):
    found = judged(Message(algorithm=sequence(oid(OLD_NAMES[name]), null())).signed())
    assert found.outcome is Outcome.FAILS
    assert found.finding.severity == "error"


@pytest.mark.parametrize("named", [oids.RSA_PSS, oids.ECDSA_WITH_SHA256])
def test_other_schemes_have_names_of_their_own(named):
    assert judged(Message(algorithm=sequence(oid(named))).signed()).outcome is Outcome.DOES_NOT_APPLY


def both(*messages):
    """One message with the signers of all."""
    fields = [ber.Tlv.from_bytes(each).children()[1].children()[0].children() for each in messages]
    signers = [part[-1].children()[0] for part in fields]
    head = [bytes(each) for each in fields[0][:-1]]
    held = sequence(*head, ber.write(b"\x31", b"".join(map(bytes, signers))))
    return sequence(oid(oids.SIGNED_DATA), context(0, held))


def test_a_signer_that_is_only_odd_does_not_hide_one_that_is_wrong():
    odd = Message(algorithm=WITHOUT_NULL).signed()
    wrong = Message(algorithm=sequence(oid(oids.RSA_WITH_SHA256), null())).signed()
    for message in (both(odd, wrong), both(wrong, odd)):
        assert judged(message).finding.severity == "error"
