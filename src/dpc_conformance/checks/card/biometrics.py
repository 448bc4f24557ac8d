"""Fingerprints and facial image: behind the PIN, signed, of this card (FIPS 201-3 §4.2.3, SP 800-76-2)."""

import uuid
from datetime import datetime

from dpc_conformance.checks.card.biometric_records import (
    BIOMETRICS,
    came_unguarded,
    is_guarded,
    is_open,
    signed_value,
)
from dpc_conformance.checks.card.certificates import is_current
from dpc_conformance.checks.card.chuid_signature import may_sign_content
from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.parts import (
    NotThere,
    as_of_its_days,
    chuid_of,
    chuid_signer,
    content_of,
    first,
    is_on_card,
    told,
    unreadable,
)
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected
from dpc_conformance.checks.registry import card_check
from dpc_conformance.checks.signed_objects.algorithms import hash_fits_the_key
from dpc_conformance.checks.signed_objects.cms import certificate_of, signature_holds
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.cbeff import SIGNED, SIGNED_AND_ENCRYPTED, CbeffRecord
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.signed_data import SignedData, SignerInfo

ENTRY_UUID = "1.3.6.1.1.16.4"


@card_check("PIV-SRC-BIO-01")
def biometrics_are_guarded_and_signed(reading: CardReading, context: CardContext) -> Answer:
    """Biometrics are readable after the PIN only, signed, current, and carry FASC-N and UUID of the card."""
    open_ones = [each for each in BIOMETRICS if is_open(reading, each)]
    if open_ones:
        return unexpected(f"{open_ones[0].name} before the PIN", "6982", "9000")
    unguarded = [each for each in BIOMETRICS if came_unguarded(reading, each)]
    if unguarded:
        status = reading.before_pin[unguarded[0].tag].status
        return unexpected(f"{unguarded[0].name} before the PIN", "6982", f"{status:04X}")
    guarded = [each for each in BIOMETRICS if is_guarded(reading, each)]
    if not guarded:
        return missing("biometrics", "fingerprints or a facial image behind the PIN", "none")
    if reading.after_pin is None:
        return CannotTell("the biometrics are behind the PIN")
    present = [each for each in guarded if is_on_card(reading, each)]
    if not present:
        return missing("biometrics", "fingerprints or a facial image", "none")
    return first(*(_judged(reading, context, each) for each in present))


def _judged(reading: CardReading, context: CardContext, container: Container) -> Finding | CannotTell | None:
    try:
        record = CbeffRecord.from_bytes(content_of(reading, container))
        message, dates = SignedData.from_bytes(record.signature), (record.not_before, record.not_after)
    except NotThere as problem:
        return CannotTell(str(problem))
    except Malformed as problem:
        return unreadable(container.name, problem)
    found = (
        _says_signed(record)
        or _form(message)
        or first(
            told(lambda: _signed(reading, context, record, message)),
            told(lambda: _of_this_card(reading, record, message)),
            told(lambda: _current(reading, context, *dates)),
        )
    )
    if not isinstance(found, Finding):
        return found
    return Finding("", found.severity, f"{container.name}, {found.where}", found.expected, found.actual)


def _says_signed(record: CbeffRecord) -> Finding | None:
    allowed, found = (SIGNED, SIGNED_AND_ENCRYPTED), record.security_options
    if found in allowed:
        return None
    return unexpected("security options of the CBEFF header", bytes(allowed), bytes([found]))


def _form(message: SignedData) -> Finding | None:
    if message.content_type != oids.PIV_BIOMETRIC_OBJECT or message.content is not None:
        return unexpected("eContentType", f"{oids.PIV_BIOMETRIC_OBJECT}, detached", message.content_type)
    if len(message.signers) != 1:
        return unexpected("signerInfos", "one", len(message.signers))
    return None


def _signed(
    reading: CardReading, context: CardContext, record: CbeffRecord, message: SignedData
) -> Finding | CannotTell | None:
    signer, usual = message.signers[0], chuid_signer(reading, context)
    certificate = certificate_of(signer, (usual.der, *message.certificates, *context.signers))
    if certificate is None:
        return CannotTell("the certificate of the biometrics' signer is neither on the card nor given")
    fits = hash_fits_the_key("signature", signer, certificate.public_key)
    answers = (
        signature_holds(message, signer, certificate, record.signed_content),
        as_of_its_days(fits, reading) if fits else None,
    )
    # That of the CHUID has a rule of its own.
    if certificate.der == usual.der:
        return first(*answers)
    return first(*answers, may_sign_content(certificate, reading, context), is_current(certificate, context))


def _of_this_card(reading: CardReading, record: CbeffRecord, message: SignedData) -> Finding | None:
    found = chuid_of(reading)
    number, signer = found.fasc_n_bytes, message.signers[0]
    for where, other in (("FASC-N", record.fasc_n), ("pivFASC-N", signed_value(signer, oids.PIV_FASC_N))):
        if other != number:
            shown = other.hex().upper() if other else "nothing"
            return unexpected(where, f"that of the CHUID, {number.hex().upper()}", shown)
    return _entry_uuid(reading, signer, found.guid)


def _entry_uuid(reading: CardReading, signer: SignerInfo, guid: uuid.UUID) -> Finding | None:
    value = signed_value(signer, ENTRY_UUID)
    if value == guid.bytes:
        return None
    if value is None:
        return as_of_its_days(missing("entryUUID", f"the GUID of the CHUID, {guid}"), reading)
    return unexpected("entryUUID", f"the GUID of the CHUID, {guid}", value)


def _current(reading: CardReading, context: CardContext, begin: datetime, end: datetime) -> Finding | None:
    if not begin <= context.moment <= end:
        return unexpected("validity period", f"dates around {context.moment}", f"{begin} to {end}")
    card = chuid_of(reading).expiration
    # Who comes with this card on its last day must still be able to show whose it is.
    return None if end.date() >= card else unexpected("validity period", f"until {card}, when the card expires", end)
