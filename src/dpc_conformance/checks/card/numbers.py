"""One card, one FASC-N (SP 800-73-5 part 1 §3.1.2)."""

from collections.abc import Iterator

from dpc_conformance.checks.card.biometric_records import signed_value, the_biometrics
from dpc_conformance.checks.card.parts import AUTHENTICATION_KEYS, authentication_certificates, chuid_of
from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import oids


@card_check("PIV-SRC-CHUID-07")
def one_fasc_n_everywhere(reading: CardReading) -> Answer:
    """The FASC-N of the CHUID is that of the authentication certificates and of every biometric and its signature."""
    number, others = chuid_of(reading).fasc_n_bytes, list(_elsewhere(reading))
    for where, found in others:
        if found != number:
            return unexpected(where, f"that of the CHUID, {number.hex().upper()}", found.hex().upper())
    if not others:
        return CannotTell("no other object with a FASC-N can be read")
    if len(authentication_certificates(reading)) < len(AUTHENTICATION_KEYS):
        return CannotTell("one of the authentication certificates of the card cannot be read")
    if reading.after_pin is None:
        return CannotTell("the biometrics are behind the PIN")
    return None


def _elsewhere(reading: CardReading) -> Iterator[tuple[str, bytes]]:
    """Where a FASC-N stands and what it is; a certificate without one has a rule of its own."""
    for key, certificate in authentication_certificates(reading).items():
        for number in certificate.fasc_ns:
            yield f"FASC-N in the certificate of key {key:02X}", number
    for name, record, message in the_biometrics(reading):
        yield f"FASC-N in the header of {name}", record.fasc_n
        for signer in message.signers if message else ():
            signed = signed_value(signer, oids.PIV_FASC_N)
            if signed is not None:
                yield f"FASC-N in the signature of {name}", signed
