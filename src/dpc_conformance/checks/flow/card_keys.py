"""Keys on the deriving card: SP 800-73-5 part 1 table 2, part 2 GENERAL AUTHENTICATE."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, HashAlgorithm

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import CardKeyUsed
from dpc_conformance.formats.unreadable import UNREADABLE

PIV_AUTHENTICATION, CARD_AUTHENTICATION = 0x9A, 0x9E
SECURITY_STATUS_NOT_SATISFIED = 0x6982
HASHES: dict[int, HashAlgorithm] = {32: SHA256(), 48: SHA384()}
"""The hash that made a digest of so many bytes."""


def _verifies(use: CardKeyUsed) -> bool:
    """Whether the signature over the digest verifies under the public key of the certificate."""
    made = HASHES.get(len(use.digest))
    if made is None:
        return False
    try:
        public_key = x509.load_der_x509_certificate(use.certificate).public_key()
        if isinstance(public_key, ec.EllipticCurvePublicKey):
            public_key.verify(use.signature, use.digest, ec.ECDSA(Prehashed(made)))
        elif isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(use.signature, use.digest, padding.PKCS1v15(), Prehashed(made))
        else:
            return False
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _uses(facts: ScenarioFacts, key_reference: int, *, pin_verified: bool) -> list[CardKeyUsed]:
    uses = facts.of(CardKeyUsed)
    return [use for use in uses if use.key_reference == key_reference and use.pin_verified == pin_verified]


@flow_check("PIV-SRC-AUTHCERT-02")
def authentication_key_matches(facts: ScenarioFacts) -> Finding | None:
    """The signature of key 9A verifies under the PIV Authentication certificate."""
    uses = _uses(facts, PIV_AUTHENTICATION, pin_verified=True)
    if uses and all(_verifies(use) for use in uses):
        return None
    return unexpected("key 9A", "a signature that verifies under 5FC105", "none" if not uses else "one that does not")


@flow_check("PIV-SRC-AUTHCERT-03")
def authentication_key_needs_the_pin(facts: ScenarioFacts) -> Finding | None:
    """Key 9A answers 6982 before the PIN was verified, and works after."""
    before, after = (_uses(facts, PIV_AUTHENTICATION, pin_verified=verified) for verified in (False, True))
    if not before or not after or not after[0].signature:
        return unexpected("key 9A", "a use before and a successful one after VERIFY", f"{len(before)} and {len(after)}")
    wrong = [use.status for use in before if use.status != SECURITY_STATUS_NOT_SATISFIED]
    return unexpected("key 9A before VERIFY", "6982", f"{wrong[0]:04X}") if wrong else None


@flow_check("PIV-SRC-CARDAUTH-02")
def card_authentication_key_needs_no_pin(facts: ScenarioFacts) -> Finding | None:
    """Key 9E works without the PIN, so it is no evidence of the holder."""
    uses = _uses(facts, CARD_AUTHENTICATION, pin_verified=False)
    if uses and all(_verifies(use) for use in uses):
        return None
    return unexpected("key 9E", "a signature that verifies under 5FC101", f"{uses[0].status:04X}" if uses else "no use")
