"""The Cardholder Unique Identifier: its form, FASC-N, expiration and Card UUID (SP 800-73-5 part 1 §3.1.2, §3.4.1)."""

import uuid
from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.parts import (
    AUTHENTICATION_KEYS,
    as_of_its_days,
    authentication_certificates,
    chuid_of,
    refused,
    unreadable,
)
from dpc_conformance.checks.finding import Answer, CannotTell, unexpected, warning
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import chuid, containers
from dpc_conformance.formats.ber import Malformed

WHERE: Final = "CHUID"
END: Final = b"\xfe"
REMOVED: Final = (b"\xee", b"\x32", b"\x33")
"""Buffer length, organization identifier and DUNS: SP 800-73-4 had them, SP 800-73-5 has not."""
ORDER: Final = (
    *REMOVED[:1],
    chuid.FASC_N,
    *REMOVED[1:],
    chuid.GUID,
    chuid.EXPIRATION,
    chuid.CARDHOLDER_UUID,
    chuid.SIGNATURE,
    END,
)
MANDATORY: Final = (chuid.FASC_N, chuid.GUID, chuid.EXPIRATION, chuid.SIGNATURE, END)
LENGTHS: Final = {chuid.FASC_N: 25, chuid.GUID: 16, chuid.EXPIRATION: 8, chuid.CARDHOLDER_UUID: 16, END: 0}
VERSIONS: Final = (1, 4, 5)


@card_check("PIV-SRC-CHUID-01")
def chuid_has_its_elements(reading: CardReading) -> Answer:
    """The CHUID is there with FASC-N, GUID, expiration date, signature and end, in that order and nothing else."""
    try:
        if reading.content(containers.CHUID) is None:
            return refused(reading, containers.CHUID)
        found = chuid_of(reading)
    except Malformed as problem:
        return unreadable(WHERE, problem)
    shown = b"".join(found.tags).hex(" ").upper()
    if tuple(tag for tag in ORDER if tag in found.tags) != found.tags or not set(MANDATORY).issubset(found.tags):
        return unexpected(f"{WHERE} elements", "30 34 35 [36] 3E FE", shown)
    for element in found.elements:
        length = LENGTHS.get(element.tag, len(element.value))
        if len(element.value) != length:
            where = f"{WHERE} {element.tag.hex().upper()}"
            return unexpected(where, f"{length} bytes", f"{len(element.value)} bytes")
    if not any(found.guid_bytes):
        return as_of_its_days(unexpected(f"{WHERE} 34", "a GUID", "zeros"), reading)
    if set(REMOVED).intersection(found.tags):
        return warning(f"{WHERE} elements", "none that SP 800-73-5 removed (of SP 800-73-4: accepted)", shown)
    return None


@card_check("PIV-SRC-CHUID-02")
def fasc_n_is_well_formed(reading: CardReading) -> Answer:
    """The FASC-N has its sentinels, odd parity and check character, and names an agency, system and credential."""
    found = chuid_of(reading)
    try:
        number = found.fasc_n
    except Malformed as problem:
        return unexpected(f"{WHERE} 30", "a FASC-N", f"{found.fasc_n_bytes.hex().upper()}: {problem}")
    if not (number.agency_code + number.system_code + number.credential_number).strip("0"):
        return unexpected(f"{WHERE} 30", "an agency, system or credential number", number.identifier)
    return None


@card_check("PIV-SRC-CHUID-03")
def has_not_expired(reading: CardReading, context: CardContext) -> Answer:
    """The expiration date is a day of the calendar as YYYYMMDD, today or later."""
    found = chuid_of(reading)
    try:
        last_day = found.expiration
    except Malformed as problem:
        return unexpected(f"{WHERE} 35", "YYYYMMDD", problem)
    today = context.moment.date()
    return None if last_day >= today else unexpected(f"{WHERE} 35", f"{today} or later", last_day)


@card_check("PIV-SRC-CHUID-04")
def guid_is_the_card_uuid(reading: CardReading) -> Answer:
    """The GUID is a UUID of version 1, 4 or 5, and that of the two authentication certificates."""
    certificates = authentication_certificates(reading)
    if not certificates:
        return CannotTell("neither authentication certificate of the card can be read")
    guid = chuid_of(reading).guid
    if guid.variant != uuid.RFC_4122 or guid.version not in VERSIONS:
        wrong = unexpected(f"{WHERE} 34", "a UUID of version 1, 4 or 5", guid)
        return as_of_its_days(wrong, reading)
    for key, certificate in certificates.items():
        if certificate.uuids != (str(guid),):
            where = f"subjectAltName of the certificate of key {key:02X}"
            return as_of_its_days(unexpected(where, f"the GUID of the CHUID, {guid}", certificate.uuids), reading)
    if len(certificates) < len(AUTHENTICATION_KEYS):
        return CannotTell("one of the authentication certificates of the card cannot be read")
    return None
