"""What the rules on card data look at: the objects of a reading, taken apart.

A part that cannot be read raises Malformed, which its own rule reports and all others cannot tell by.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.finding import CannotTell, Finding, missing, warning
from dpc_conformance.checks.signed_objects.cms import certificate_of
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.signed_data import SignedData

AUTHENTICATION_KEYS: Final = (containers.PIV_AUTHENTICATION_KEY, containers.CARD_AUTHENTICATION_KEY)
FIPS_201_3: Final = datetime(2022, 1, 24, tzinfo=UTC)
"""Its publication: nobody issues a card of FIPS 201-1 days since."""


class NotThere(Exception):
    """The object that a rule looks at was not on the card, or behind a PIN that was not given."""


def is_on_card(reading: CardReading, container: Container) -> bool:
    """Whether the card gave the object or guards it; an empty one counts as absent, an unreadable one as there."""
    try:
        return is_hidden(reading, container) or reading.content(container) is not None
    except Malformed:
        return True


def is_hidden(reading: CardReading, container: Container) -> bool:
    """Whether the card guards the object, or would if it had one: many do not tell before the PIN."""
    answer = reading.answer(container)
    return answer is not None and answer.status == status_words.SECURITY_STATUS_NOT_SATISFIED


def content_of(reading: CardReading, container: Container) -> bytes:
    """What stands in the object. NotThere, Malformed."""
    content = reading.content(container)
    if content is None:
        raise NotThere(f"{container.name}: {'behind the PIN' if is_hidden(reading, container) else 'not on the card'}")
    return content


def refused(reading: CardReading, container: Container) -> Finding:
    """The finding that a mandatory object, readable by anybody, was not there."""
    answer = reading.answer(container)
    status = "no answer" if answer is None or not answer.status else f"{answer.status:04X}"
    empty = answer is not None and answer.status == status_words.SUCCESS
    return missing(
        f"{container.name} ({container.tag.hex().upper()})", "an object", "an empty one" if empty else status
    )


def chuid_of(reading: CardReading) -> Chuid:
    """The CHUID. NotThere, Malformed."""
    return Chuid.from_bytes(content_of(reading, containers.CHUID))


def certificate_of_key(reading: CardReading, key: int) -> CertificateView:
    """The certificate of that key. NotThere, Malformed."""
    content_of(reading, containers.CERTIFICATE_OF_KEY[key])
    certificate = reading.certificate(key)
    try:
        return read_certificate(certificate or b"")
    except DerError as problem:
        raise Malformed(f"certificate of key {key:02X}: {problem}") from problem


def authentication_certificates(reading: CardReading) -> dict[int, CertificateView]:
    """PIV Authentication and Card Authentication certificate, as far as they can be read."""
    found = {}
    for key in AUTHENTICATION_KEYS:
        try:
            found[key] = certificate_of_key(reading, key)
        except (NotThere, Malformed):
            continue
    return found


def chuid_signer(reading: CardReading, context: CardContext) -> CertificateView:
    """The certificate of the content signer of the CHUID. NotThere, Malformed."""
    message = SignedData.from_bytes(chuid_of(reading).signature)
    signers = [certificate_of(one, (*message.certificates, *context.signers)) for one in message.signers]
    if not signers or signers[0] is None:
        raise NotThere("the certificate of the CHUID's signer is neither in the CHUID nor given")
    return signers[0]


def before_fips_201_2(reading: CardReading) -> bool:
    """Whether the card is of the days when certificates carried no UUID: FIPS 201-2 made the Card UUID mandatory."""
    certificates = authentication_certificates(reading).values()
    begun = [view.not_before.moment for view in certificates]
    # One that begins in the future says nothing about when it was issued.
    recent = any(moment is not None and FIPS_201_3 <= moment <= reading.at for moment in begun)
    return bool(begun) and not recent and not any(view.uuids for view in certificates)


def as_of_its_days(found: Finding, reading: CardReading) -> Finding:
    """A finding on UUIDs, which only warns for a card of FIPS 201-1 days."""
    if not before_fips_201_2(reading):
        return found
    return warning(found.where, f"{found.expected} (since FIPS 201-2)", found.actual)


def unreadable(where: str, problem: Malformed) -> Finding:
    """The finding of the rule on the form of an object."""
    return missing(where, "an object that can be read", str(problem))


def told(rule: Callable[[], Finding | CannotTell | None]) -> Finding | CannotTell | None:
    """What a part of a rule says; that it had nothing to look at takes nothing from what the other parts found."""
    try:
        return rule()
    except (NotThere, Malformed) as problem:
        return CannotTell(str(problem))


def first(*answers: Finding | CannotTell | None) -> Finding | CannotTell | None:
    """The first error, else the first that cannot be told, else the first warning, else None."""
    findings = [one for one in answers if isinstance(one, Finding)]
    errors = [one for one in findings if one.severity == "error"]
    unclear = [one for one in answers if isinstance(one, CannotTell)]
    worst: list[Finding | CannotTell] = [*errors, *unclear, *findings]
    return worst[0] if worst else None
