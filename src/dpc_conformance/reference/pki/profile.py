"""What makes up one kind of certificate, as data; a seeded defect replaces a field of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.pki import extensions
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.keys import PublicKey

SERIAL_BYTES = 16
THREE_YEARS = timedelta(days=3 * 365)
SECOND = timedelta(seconds=1)


def serial_number(entropy: Entropy) -> int:
    """A positive serial number with 128 random bits, at most 17 octets (RFC 5280 §4.1.2.2 allows 20)."""
    return 1 + int.from_bytes(entropy.bytes(SERIAL_BYTES), "big")


@dataclass(frozen=True)
class Profile:
    """One kind of end-entity certificate (X.509 Certificate and CRL Profiles for the Common Policy, v2.2).

    `key_usages` and `key_usages_ec` hold the key usage for RSA and for EC keys; `lifetime` counts from the moment of
    issue, both ends included (RFC 5280 §4.1.2.5).
    """

    key_usages: tuple[str, ...]
    purposes: tuple[str, ...]
    policies: tuple[str, ...] = ()
    key_usages_ec: tuple[str, ...] | None = None
    purposes_critical: bool = False
    lifetime: timedelta = THREE_YEARS
    status_services: bool = True
    more: tuple[tuple[x509.ExtensionType, bool], ...] = ()
    serial: Callable[[Entropy], int] = field(default=serial_number)

    def builder(
        self,
        authority: Authority,
        subject: x509.Name,
        public_key: PublicKey,
        names: Sequence[x509.GeneralName],
        now: datetime,
        entropy: Entropy,
        no_later_than: datetime | None = None,
    ) -> x509.CertificateBuilder:
        """A complete certificate, to be signed by `authority`, valid from `now`.

        It ends after the profile's lifetime, with its authority, or at `no_later_than` (the card's expiry), whichever
        comes first.
        """
        ends = [now + self.lifetime - SECOND, authority.certificate.not_valid_after_utc]
        if no_later_than is not None:
            ends.append(no_later_than)
        usages = self.key_usages
        if self.key_usages_ec is not None and not isinstance(public_key, rsa.RSAPublicKey):
            usages = self.key_usages_ec
        builder = (
            x509.CertificateBuilder()
            .serial_number(self.serial(entropy))
            .issuer_name(authority.subject)
            .subject_name(subject)
            .not_valid_before(now)
            .not_valid_after(min(ends))
            .public_key(public_key)
            .add_extension(extensions.authority_key(authority.certificate), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
            .add_extension(extensions.key_usage(*usages), critical=True)
        )
        if self.purposes:
            builder = builder.add_extension(extensions.purposes(*self.purposes), critical=self.purposes_critical)
        if self.policies:
            builder = builder.add_extension(extensions.policies(*self.policies), critical=False)
        if names:
            builder = builder.add_extension(extensions.alternative_names(names), critical=False)
        if self.status_services:
            builder = builder.add_extension(extensions.crl_distribution(authority), critical=False)
            builder = builder.add_extension(extensions.information_access(authority), critical=False)
        for extension, critical in self.more:
            builder = builder.add_extension(extension, critical=critical)
        return builder
