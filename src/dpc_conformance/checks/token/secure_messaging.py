"""What a token with a virtual contact interface carries for it (SP 800-73-5 part 1 §3.3.7, SP 800-78-5 §3.1)."""

from datetime import datetime
from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.certificate.other_policies import content_signing_policy
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.claims import secure_messaging, virtual_contact_interface
from dpc_conformance.checks.token.presence import is_there, worst
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers, oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.certificate_object import CERT_INFO, CERTIFICATE, CertificateObject
from dpc_conformance.formats.der import DerError

SIGNER: Final = containers.SM_CERTIFICATE_SIGNER
NO_VCI: Final = "the token has no virtual contact interface"
INTERMEDIATE, END = b"\x7f\x21", b"\xfe"
SIGNATURE: Final = b"\x5f\x37"
CS7: Final = b"\x2e"
OTHER_KEYS: Final = (containers.SIGNATURE_KEY, containers.KEY_MANAGEMENT_KEY, *range(0x82, 0x96))


@token_check("DPC-APP-SMCS-01")
def carries_the_certificate_signer(reading: CardReading) -> Answer:
    """A token with a virtual contact interface has 5FC122: 70, 71, an intermediate CVC (7F21) if needed, FE.

    Whether the intermediate CVC is needed shows only when secure messaging is opened, which is not done here.
    """
    vci = virtual_contact_interface(reading)
    if vci is not True:
        return vci or DoesNotApply(NO_VCI)
    there = is_there(reading, SIGNER)
    if isinstance(there, CannotTell):
        return there
    if not there:
        return missing("5FC122", "70, 71, [7F21], FE", "none")
    try:
        elements = ber.read_all(reading.content(SIGNER) or b"")
        intermediate = ber.find(elements, INTERMEDIATE)
        if intermediate:
            ber.require(intermediate.children(), SIGNATURE, "the signature of the intermediate CVC")
    except Malformed as problem:
        return unexpected("5FC122", "70, 71, [7F21], FE", str(problem))
    tags = [each.tag for each in elements]
    lengths = {each.tag: len(each.value) for each in elements}
    expected = [CERTIFICATE, CERT_INFO, *([INTERMEDIATE] if intermediate else []), END]
    if tags == expected and (lengths[CERT_INFO], lengths[END]) == (1, 0):
        return None
    return unexpected("5FC122", "70, 71 (one byte), [7F21], FE (empty)", [tag.hex().upper() for tag in tags])


@token_check("DPC-APP-SMCS-02")
def certificate_signer_is_a_current_content_signer(reading: CardReading, context: CardContext) -> Answer:
    """The certificate in 5FC122 is for content signing, and not expired before the token's own certificate is."""
    vci = virtual_contact_interface(reading)
    if vci is not True:
        return vci or DoesNotApply(NO_VCI)
    signer = _signer(reading)
    if isinstance(signer, CannotTell):
        return signer
    policy = content_signing_policy(CertificateContext(context.moment, test_pki=context.test_pki))
    if policy not in signer.policy_oids:
        return missing("5FC122, policies", policy, signer.policy_oids)
    if oids.PIV_CONTENT_SIGNING not in signer.extended_key_usage:
        return missing("5FC122, purposes", oids.PIV_CONTENT_SIGNING, signer.extended_key_usage)
    begin, end = signer.not_before.moment, signer.not_after.moment
    if begin is None or end is None:
        return CannotTell("the dates of the certificate in 5FC122 cannot be read")
    if not begin <= context.moment <= end:
        return unexpected("5FC122, validity", f"one that holds at {context.moment}", f"{begin} to {end}")
    last = _end_of(reading)
    if last is None:
        return CannotTell("until when the token is valid cannot be read from its authentication certificate")
    return (
        unexpected("5FC122, notAfter", f"not before {last}, until when the token is valid", end) if end < last else None
    )


def _signer(reading: CardReading) -> CertificateView | CannotTell:
    there = is_there(reading, SIGNER)
    if isinstance(there, CannotTell):
        return there
    try:
        content = reading.content(SIGNER) if there else None
        if content is None:
            return CannotTell("there is no 5FC122, which another rule reports")
        return read_certificate(CertificateObject.from_bytes(content).certificate)
    except (Malformed, DerError) as problem:
        return CannotTell(f"the certificate in 5FC122 cannot be read: {problem}")


def _end_of(reading: CardReading) -> datetime | None:
    """When the authentication certificate expires; None when that cannot be read."""
    try:
        certificate = reading.certificate(containers.PIV_AUTHENTICATION_KEY)
        return read_certificate(certificate).not_after.moment if certificate else None
    except (Malformed, DerError):
        return None


@token_check("DPC-CRY-SM-01")
def cipher_suite_is_as_strong_as_the_keys(reading: CardReading) -> Answer:
    """With a virtual contact interface, a P-384 key at 9C, 9D or 82 to 95 takes cipher suite CS7 (2E)."""
    suites = secure_messaging(reading)
    if not suites:
        return DoesNotApply("tag AC lists no secure messaging")
    vci = virtual_contact_interface(reading)
    if vci is not True:
        return vci or None
    return worst([_suits(reading, key, suites) for key in OTHER_KEYS])


def _suits(reading: CardReading, key: int, suites: frozenset[bytes]) -> Answer:
    try:
        certificate = reading.certificate(key)
        curve = read_certificate(certificate).public_key.curve if certificate else ""
    except (Malformed, DerError) as problem:
        return CannotTell(f"the certificate of key {key:02X} cannot be read: {problem}")
    if curve == oids.P384 and CS7 not in suites:
        return unexpected("tag AC", f"2E, since key {key:02X} is P-384", sorted(suites))
    return None
