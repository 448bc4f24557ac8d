"""The certificate containers of the derived application (SP 800-157r1 App. B.1.2, SP 800-73-5 part 1 App. A)."""

from collections.abc import Callable
from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, missing, unexpected
from dpc_conformance.checks.possession import made_by
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.presence import CERTIFICATES, each_of
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.certificate_object import CERT_INFO, CERTIFICATE, CertificateObject
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.der import DerError

AUTHENTICATION: Final = containers.PIV_AUTHENTICATION_CERTIFICATE
MSCUID, END = b"\x72", b"\xfe"
COMPRESSED: Final = 0x01
CLOSED: Final = frozenset(
    {status_words.SECURITY_STATUS_NOT_SATISFIED, status_words.NOT_FOUND, status_words.FUNCTION_NOT_SUPPORTED}
)
"""How an object that only the virtual contact interface opens is refused at the plain contactless interface."""
NONE: Final = "there is no certificate on the token"


@token_check("DPC-APP-OBJ-CERT-01")
def has_an_authentication_certificate(reading: CardReading) -> Answer:
    """5FC105 holds the certificate for derived PIV authentication."""
    answer = reading.answer(AUTHENTICATION)
    if answer is None:
        return CannotTell("5FC105 was not asked for")
    if answer.status != status_words.SUCCESS:
        return missing("5FC105", "9000", f"{answer.status:04X} {status_words.meaning(answer.status)}")
    try:
        certificate = ber.require(ber.read_all(reading.content(AUTHENTICATION) or b""), CERTIFICATE, "the certificate")
    except Malformed as problem:
        return missing("5FC105", "53 L {70 <certificate> ...}", str(problem))
    return None if certificate else missing("5FC105 70", "a certificate")


@token_check("DPC-APP-OBJ-CERT-02")
def is_read_without_pin_at_the_contacts_only(reading: CardReading) -> Answer:
    """The authentication certificate is read at the contacts without the PIN, and not over plain NFC."""
    answer = reading.before_pin.get(AUTHENTICATION.tag)
    if answer is None:
        return CannotTell("5FC105 was not asked for before the PIN")
    later = (reading.after_pin or {}).get(AUTHENTICATION.tag)
    if answer.status == status_words.NOT_FOUND and (later is None or later.status == status_words.NOT_FOUND):
        return CannotTell("there is no authentication certificate, which another rule reports")
    if answer.status != status_words.SUCCESS:
        return unexpected("5FC105 at the contacts without the PIN", "9000", f"{answer.status:04X}")
    if reading.contactless is None:
        return CannotTell("the contactless interface was not tried")
    outside = reading.contactless.get(AUTHENTICATION.tag)
    if outside is None:
        # Nothing was read at all where the application cannot even be selected over NFC.
        asked = bool(reading.contactless)
        return CannotTell("5FC105 was not asked for at the contactless interface") if asked else None
    if outside.status in CLOSED:
        return None
    allowed = ", ".join(f"{each:04X}" for each in sorted(CLOSED))
    return unexpected("5FC105 at the contactless interface, no VCI", f"one of {allowed}", f"{outside.status:04X}")


@token_check("DPC-APP-OBJ-CERT-03")
def certificate_containers_have_their_elements(reading: CardReading) -> Answer:
    """Certificate containers hold 70, 71 with one byte and an empty FE in that order, and nothing else.

    An old MSCUID (72) may stand before FE in the containers of retired certificates.
    """

    def rule(container: Container) -> Answer:
        expected = "70, 71 (one byte), FE (empty)"
        try:
            elements = ber.read_all(reading.content(container) or b"")
        except Malformed as problem:
            return unexpected(container.name, expected, str(problem))
        tags = [each.tag for each in elements]
        if container in containers.RETIRED_CERTIFICATES and tags[2:3] == [MSCUID]:
            tags.remove(MSCUID)
        lengths = {each.tag: len(each.value) for each in elements}
        if tags == [CERTIFICATE, CERT_INFO, END] and (lengths[CERT_INFO], lengths[END]) == (1, 0):
            return None
        shown = ", ".join(f"{each.tag.hex().upper()} ({len(each.value)})" for each in elements)
        return unexpected(container.name, expected, shown or "nothing")

    return each_of(reading, CERTIFICATES, rule, NONE)


@token_check("DPC-APP-OBJ-CERT-04")
def compression_is_as_said(reading: CardReading) -> Answer:
    """CertInfo 00 stands beside one DER certificate, 01 beside a gzip stream of one; its other bits are 0."""
    return each_of(reading, CERTIFICATES, _on_content(reading, _compression_is_as_said), NONE)


def _on_content(
    reading: CardReading, rule: Callable[[str, CertificateObject], Answer]
) -> Callable[[Container], Answer]:
    """The rule, told what stands in a container; what cannot be taken apart is for the rule on its elements."""

    def judged(container: Container) -> Answer:
        try:
            return rule(container.name, CertificateObject.from_bytes(reading.content(container) or b""))
        except Malformed as problem:
            return CannotTell(f"{container.name} cannot be read, which the rule on its elements reports: {problem}")

    return judged


def _compression_is_as_said(name: str, held: CertificateObject) -> Answer:
    if len(held.cert_info) != 1:
        return CannotTell(f"{name} has no CertInfo of one byte, which the rule on its elements reports")
    if held.cert_info[0] & ~COMPRESSED:
        return unexpected(f"{name} CertInfo", "00 or 01", held.cert_info)
    said = "a gzip stream of one certificate" if held.compressed else "one DER certificate"
    try:
        Tlv.from_bytes(held.certificate)
        read_certificate(held.certificate)
    except (Malformed, DerError) as problem:
        return unexpected(f"{name}, CertInfo {held.cert_info.hex()}", said, str(problem))
    behind = len(held.behind_the_stream)
    return unexpected(f"{name}, CertInfo 01", said, f"{behind} octets behind it") if behind else None


@token_check("DPC-APP-OBJ-CERT-05")
def certificate_is_that_of_the_key(reading: CardReading) -> Answer:
    """What key 9A signed after the PIN verifies with the public key in 5FC105."""
    try:
        certificate = reading.certificate(containers.PIV_AUTHENTICATION_KEY)
        public_key = read_certificate(certificate).public_key if certificate else None
    except (Malformed, DerError) as problem:
        return CannotTell(f"5FC105 cannot be read: {problem}")
    if public_key is None:
        return CannotTell("there is no authentication certificate to compare with")
    uses = [each for each in reading.uses_of(containers.PIV_AUTHENTICATION_KEY) if each.verified]
    if not uses:
        return CannotTell("key 9A was not used with the PIN verified")
    last = uses[-1]
    if last.status in (status_words.SECURITY_STATUS_NOT_SATISFIED, status_words.METHOD_BLOCKED):
        return CannotTell(f"key 9A could not be used: {last.status:04X} {status_words.meaning(last.status)}")
    if last.status != status_words.SUCCESS:
        return unexpected(
            f"key 9A under the algorithm of its certificate ({last.algorithm:02X})",
            "a signature",
            f"{last.status:04X} {status_words.meaning(last.status)}",
        )
    proved = made_by(public_key, last)
    if isinstance(proved, CannotTell):
        return proved
    return None if proved else unexpected("key 9A", "a signature that verifies with 5FC105", "one that does not")
