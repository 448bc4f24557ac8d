"""How strong a key is, and how strong what protects it on its way (SP 800-57 part 1 table 2)."""

import re

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.formats import oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.enveloped_data import KEY_AGREEMENT, KEY_TRANSPORT, EnvelopedData, Recipient

AES = re.compile(r"AES_?(\d+)", re.IGNORECASE)
"""In the names of TLS cipher suites."""
CIPHERS = {
    "2.16.840.1.101.3.4.1.2": 128,
    "2.16.840.1.101.3.4.1.22": 192,
    "2.16.840.1.101.3.4.1.42": 256,
    "2.16.840.1.101.3.4.1.6": 128,
    "2.16.840.1.101.3.4.1.26": 192,
    "2.16.840.1.101.3.4.1.46": 256,
}
"""AES in CBC and GCM mode; anything else protects nothing here."""
WRAPS = {"2.16.840.1.101.3.4.1.5": 128, "2.16.840.1.101.3.4.1.25": 192, "2.16.840.1.101.3.4.1.45": 256}
"""AES key wrap."""
CURVES = {oids.P256: 128, oids.P384: 192, oids.P521: 256}
MODULI = {15360: 256, 7680: 192, 3072: 128, 2048: 112}


def shortcoming(record: KeyReceived, facts: ScenarioFacts) -> Finding | None:
    """What is wrong where envelope or TLS connection are weaker than the key that came in them."""
    needed = _of_key(record.certificate)
    found = {"an envelope": _of_envelope(record.envelope), "TLS": _of_channel(record, facts)}
    for name, bits in found.items():
        if not bits or bits < needed:
            return unexpected(record.address, f"{name} of {needed} bits of security around the key", bits or "none")
    return None


def _of_key(certificate: bytes) -> int:
    """Bits of security of the key in a certificate (DER)."""
    key = read_certificate(certificate).public_key
    return _of_modulus(key.modulus_bits) if key.modulus_bits else CURVES.get(key.curve, 0)


def _of_envelope(envelope: bytes) -> int:
    """Bits of security of the weakest part of an EnvelopedData (DER); 0 when it is none."""
    try:
        read = EnvelopedData.from_bytes(envelope)
    except Malformed:
        return 0
    return min((CIPHERS.get(read.cipher, 0), *(_of_recipient(each) for each in read.recipients)))


def _of_channel(record: KeyReceived, facts: ScenarioFacts) -> int:
    """Bits of security of the TLS connection over which a key came; 0 when it came without."""
    origin = "/".join(record.address.split("/")[:3])
    over = [each for each in facts.of(HttpExchange) if each.url.startswith(f"{origin}/") and each.at <= record.at]
    if not over or any(each.tls is None for each in over):
        return 0
    strengths, channels = [], [each.tls for each in over if each.tls is not None]
    for tls in channels:
        bits, elliptic = tls.server_key_bits, tls.server_key_type.upper().startswith("EC")
        strengths.append(bits // 2 if elliptic else _of_modulus(bits))
    return min((*strengths, _of_cipher(channels[-1].cipher)))


def _of_cipher(suite: str) -> int:
    """Bits of security of a TLS cipher suite; 0 for one without AES."""
    aes = AES.search(suite)
    return int(aes[1]) if aes else 0


def _of_recipient(recipient: Recipient) -> int:
    if recipient.kind == KEY_TRANSPORT:
        return _of_modulus(recipient.bits)
    if recipient.kind == KEY_AGREEMENT:
        return min(recipient.bits // 2, 256, WRAPS.get(recipient.wrap, 0))
    return 0


def _of_modulus(bits: int) -> int:
    return next((strength for size, strength in MODULI.items() if bits >= size), 0)
