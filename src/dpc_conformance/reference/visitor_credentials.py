"""Credentials with one special thing about them, from the authority that issues derived ones."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import oids
from dpc_conformance.reference.phone.keystore import ActivatedKey, PrivateKey
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, ec_key
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person

NOBODY_KNOWS = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
NAMESAKE, SUSPENDED = "namesake", "suspended"
AUTHENTICATION = profiles.DERIVED_AUTHENTICATION
PROFILES = {
    "other-purpose": replace(AUTHENTICATION, purposes=(oids.PIV_CARD_AUTH,)),
    "other-key-usage": replace(AUTHENTICATION, key_usages=("key_encipherment",)),
    "critical-extension": replace(AUTHENTICATION, more=((NOBODY_KNOWS, True),)),
}
POLICIES = {
    "hardware": oids.DERIVED_PIV_AUTH_HARDWARE,
    "other-policy": oids.COMMON_POLICY,
    "high": oids.COMMON_HIGH,
    "content-signing": oids.COMMON_PIV_CONTENT_SIGNING,
}
BEGINS = {"not-yet-valid": timedelta(days=1), "expired": -AUTHENTICATION.lifetime - timedelta(days=1)}
"""How long from now."""
EXPONENTS = {"exponent-65539": 65539, "exponent-256-bits": 2**256 - 189}
RSA_KEYS = ("other-key-usage", "key-management", *EXPONENTS)
KINDS = ("good", NAMESAKE, SUSPENDED, "key-management", *PROFILES, *POLICIES, *BEGINS, *EXPONENTS)


@dataclass
class VisitorCredentials:
    """Issues each kind when it is first asked for; see roles.visitor.Visitor."""

    pki: TestPki
    status: StatusService
    clock: RunClock
    entropy: Entropy
    pool: KeyPool
    cardholder: Person

    def __post_init__(self) -> None:
        self._issued: dict[str, ActivatedKey] = {}

    def holder(self, kind: str) -> Person:
        """To whom it was issued. NotSupported for an unknown kind."""
        if kind not in KINDS:
            raise NotSupported("the reference's visitor", f"come with a credential of kind {kind!r}")
        if kind != NAMESAKE:
            return self.cardholder
        account = f"{self.cardholder.account}.2"
        address = f"{account}@dpc.example"
        return replace(self.cardholder, account=account, upn=address, mail=address)

    def take(self, kind: str) -> ActivatedKey:
        """The key and its chain. NotSupported for an unknown kind."""
        if kind not in self._issued:
            self._issued[kind] = self._issue(kind, self.holder(kind))
        return self._issued[kind]

    def _issue(self, kind: str, holder: Person) -> ActivatedKey:
        entropy, authority = self.entropy.branch(kind), self.pki.derived_authority
        key = self._key(kind, entropy)
        subject = naming.directory_name(holder.common_name)
        now = self.clock.now() + BEGINS.get(kind, timedelta())
        if kind == "key-management":
            builder = profiles.derived_key_management(authority, subject, key.public_key(), holder.mail, now, entropy)
        else:
            builder = profiles.derived_authentication(
                authority,
                subject,
                key.public_key(),
                UUID(bytes=entropy.bytes(16), version=4),
                now,
                entropy,
                POLICIES.get(kind, oids.DERIVED_PIV_AUTH),
                holder.upn,
                PROFILES.get(kind, AUTHENTICATION),
            )
        certificate = authority.sign(builder)
        if kind == SUSPENDED:
            self.status.revoke(certificate, hold=True)
        chain = (certificate, authority.certificate, self.pki.intermediate.certificate)
        return ActivatedKey(key, tuple(each.public_bytes(Encoding.DER) for each in chain))

    def _key(self, kind: str, entropy: Entropy) -> PrivateKey:
        if kind not in RSA_KEYS:
            return ec_key(entropy, ec.SECP256R1())
        return with_exponent(self.pool.rsa(2048, entropy), EXPONENTS.get(kind, 65537))


def with_exponent(key: rsa.RSAPrivateKey, exponent: int) -> rsa.RSAPrivateKey:
    """The key of the same primes with that public exponent. ValueError where it has no inverse."""
    p, q = key.private_numbers().p, key.private_numbers().q
    d = pow(exponent, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(exponent, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), rsa.rsa_crt_iqmp(p, q), public)
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)
