"""Who let a key out of escrow, and which keys are in it."""

import hashlib

import pytest
from timelines import AT, COLLEAGUE, certificate, credential, entry, facts, mail, number

from dpc_conformance.checks.flow import key_escrow, key_recovery
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.evidence.escrow import EscrowedKey
from dpc_conformance.formats.certificate import read_certificate


def approval(agent, label="phone"):
    return entry("approve-recovery", number(label), actor=agent)


def release(label="phone"):
    return entry("release", number(label), actor="agent")


A, B = approval("agent a"), approval("agent b")


@pytest.mark.parametrize(
    ("audit", "holds"),
    [
        ([A, B, release()], True),
        ([A, A, B, release()], True),
        ([A, B, release(), B, A, release()], True),
        ([A, approval("agent b", "another"), B, release(), approval("agent a", "another"), release("another")], True),
        ([A, B, release(), A, release()], False),
        ([A, B, release(), release()], False),
        ([A, approval("unknown"), release()], False),
        ([A, approval(""), release()], False),
        ([A, A, release()], False),
        ([A, approval("agent b", "another"), release()], False),
        ([A, B], False),
    ],
)
def test_each_release_has_two_approvals_of_its_own(audit, holds):
    assert (key_recovery.two_agents_for_each_release(facts(audit=audit)) is None) is holds


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("One of your keys was recovered", True),
        ("Somebody retrieved your old encryption key", True),
        ("Key escrow: an attempt was refused", True),
        ("Restored: your encryption key of 2024", True),
        ("A new credential was issued to you", False),
    ],
)
def test_a_mail_tells_of_an_attempt_in_whatever_word_the_issuer_has(subject, told):
    timeline, audit = [mail(subject, body="Your old keys can be recovered.")], [entry("recover")]
    assert (key_recovery.told_of_every_attempt(facts(timeline, audit)) is None) is told


def kept(label, account=COLLEAGUE, certified=True, spelled=str, **how):
    der = certificate(label, **how)
    name = hashlib.sha256(read_certificate(der).public_key.der).hexdigest()
    return EscrowedKey(account, spelled(name), der if certified else b"", AT)


ENCRYPTS = kept("for encryption", signs=False)


def test_no_key_that_signs_is_in_escrow_whoever_has_it():
    phone = credential("phone"), credential("signature", usage="signature")
    for escrow, holds in (
        ([ENCRYPTS], True),
        ([ENCRYPTS, kept("not certified", certified=False)], True),
        ([ENCRYPTS, kept("a colleague's phone")], False),
        ([ENCRYPTS, kept("phone", certified=False)], False),
        ([ENCRYPTS, kept("phone", certified=False, spelled=str.upper)], False),
        ([], False),
    ):
        known = facts(credentials=phone, escrow=tuple(escrow))
        assert (key_escrow.no_signing_key_in_escrow(known) is None) is holds
    known = facts(credentials=phone, escrow=(ENCRYPTS, kept("phone")))
    assert key_escrow.no_signature_key_in_escrow(known) is None
    known = facts(credentials=phone, escrow=(ENCRYPTS, kept("a colleague's signature", commits=True)))
    assert key_escrow.no_signature_key_in_escrow(known)


@pytest.mark.parametrize("origin", ["issuer", "device"])
def test_a_key_that_encrypts_is_in_escrow_whoever_made_it(origin):
    encrypts = credential("for encryption", usage="key-management", key_origin=origin, certificate=ENCRYPTS.certificate)
    log = [entry("escrow", ENCRYPTS.public_key, actor="issuer"), entry("issue", serial(ENCRYPTS.certificate))]
    known = facts(audit=log, credentials=[encrypts], escrow=(ENCRYPTS,))
    assert key_escrow.escrowed_before_issuance(known) is None
    assert key_escrow.escrowed_before_issuance(facts(audit=log[1:], credentials=[encrypts]))
    other = credential("another", usage="key-management", key_origin="device")
    assert key_escrow.escrowed_before_issuance(facts(audit=log, credentials=[encrypts, other], escrow=(ENCRYPTS,)))
