"""How the messages of an enrolment travel: Common Policy CP §4.1.2, §4.2.1, §6.1.5."""

import re
from datetime import UTC, datetime

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.key_strengths import AES
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import CertificateInstalled, HttpExchange, TlsFacts
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.public_key import PublicKey

RSA_3072_FROM = datetime(2031, 1, 1, tzinfo=UTC)
STRENGTH = {  # bits of security of an RSA modulus (SP 800-57 part 1, table 2)
    2048: 112,
    3072: 128,
    4096: 152,
}
CONNECTIONS = "the connections"
CURVE_STRENGTH = {oids.P256: 128, oids.P384: 192, oids.P521: 256}


def _enrolment(facts: ScenarioFacts) -> list[HttpExchange]:
    return list(facts.of(HttpExchange))


def _strength(key_type: str, bits: int) -> int:
    """Security strength in bits of a public key; an elliptic curve has half its size."""
    if key_type.upper().startswith("EC"):
        return bits // 2
    return max((strength for size, strength in STRENGTH.items() if bits >= size), default=80)


def _strength_of(key: PublicKey) -> int:
    return _strength("RSA", key.modulus_bits) if key.modulus_bits else CURVE_STRENGTH.get(key.curve, 0)


@flow_check("DPC-ISS-CHAN-01")
def every_message_is_protected(facts: ScenarioFacts) -> Finding | None:
    """Every message of the enrolment went over an authenticated TLS connection."""
    exchanges = _enrolment(facts)
    if not exchanges:
        return unexpected(CONNECTIONS, "at least one exchange", "none")
    for exchange in exchanges:
        if exchange.tls is None or not exchange.url.startswith("https://"):
            return unexpected(f"{exchange.client}: {exchange.method} {exchange.url}", "TLS", "plain HTTP")
    return None


@flow_check("DPC-ISS-CHAN-02")
def tls_is_strong(facts: ScenarioFacts) -> Finding | None:
    """TLS uses AES and a server key of at least RSA-2048 (RSA-3072 after 2030) or a 256-bit curve."""
    protected = [(exchange, exchange.tls) for exchange in _enrolment(facts) if exchange.tls]
    for exchange, tls in protected:
        if weakness := _weakness(tls, facts.now):
            return unexpected(f"{exchange.client}: {exchange.url}", weakness[0], weakness[1])
    return None if protected else unexpected(CONNECTIONS, "at least one over TLS", "none")


def _weakness(tls: TlsFacts, now: datetime) -> tuple[str, str] | None:
    if not re.search("aes", tls.cipher, re.IGNORECASE):
        return "a cipher suite with AES", tls.cipher
    least = 256 if tls.server_key_type.upper().startswith("EC") else 3072 if now >= RSA_3072_FROM else 2048
    if tls.server_key_bits < least:
        return f"a server key of at least {least} bits", f"{tls.server_key_type} of {tls.server_key_bits} bits"
    return None


@flow_check("DPC-ISS-CHAN-03")
def channel_matches_the_certified_key(facts: ScenarioFacts) -> Finding | None:
    """The enrolment channel is at least as strong as the key pair that was certified."""
    certified = [read_certificate(record.der).public_key for record in facts.of(CertificateInstalled)]
    if not certified:
        return unexpected("the phone", "an installed certificate", "none")
    needed = max(_strength_of(key) for key in certified)
    over = [(each.url, each.tls) for each in _enrolment(facts) if each.tls and each.client == "phone"]
    for url, tls in over:
        if _strength(tls.server_key_type, tls.server_key_bits) < needed:
            return unexpected(url, f"{needed} bits of security", f"{tls.server_key_type} {tls.server_key_bits}")
        if (cipher := AES.search(tls.cipher)) and int(cipher[1]) < needed:
            return unexpected(url, f"{needed} bits of security", tls.cipher)
    return None if over else unexpected(CONNECTIONS, "an enrolment of the phone over TLS", "none")


@flow_check("DPC-ISS-SECRET-01")
def secrets_travel_protected(facts: ScenarioFacts) -> Finding | None:
    """No shared secret of the enrolment stood in an address or travelled without TLS."""
    exchanges = _enrolment(facts)
    if not exchanges:
        return unexpected(CONNECTIONS, "at least one exchange", "none")
    for exchange in exchanges:
        if "url" in exchange.secrets_in:
            return unexpected(
                f"{exchange.method} {exchange.url}", "a secret in a body or header", "a secret in the address"
            )
        if exchange.secrets_in and exchange.tls is None:
            return unexpected(f"{exchange.method} {exchange.url}", "TLS for a secret", "plain HTTP")
    return None
