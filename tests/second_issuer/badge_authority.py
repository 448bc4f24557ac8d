"""The certification authority of the badge office: a root, an authority below it, and the badges that it signs."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

WEB = "http://pki.badges.example"
DERIVED_AUTHENTICATION = x509.ObjectIdentifier("2.16.840.1.101.3.2.1.3.40")
SMARTCARD_LOGON = x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.2")
FAR = timedelta(days=3650)


def usage(*wanted: str) -> x509.KeyUsage:
    bits = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{bit: bit in wanted for bit in bits})


def directory_name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "U.S. Government"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Department of Badges"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


@dataclass
class BadgeAuthority:
    """Keys on P-256; what it publishes stands below `WEB`. `flaw` is the one seeded flaw, or empty."""

    machine: datetime
    flaw: str = ""
    revoked: dict[int, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root_key, self._key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root, name = directory_name("Badge Root"), directory_name("Badge Authority 1")
        self.root = self._authority(root, root, self._root_key, self._root_key)
        self.authority = self._authority(name, root, self._key, self._root_key)

    def sign(self, request: x509.CertificateSigningRequest, holder: str, now: datetime) -> x509.Certificate:
        """The badge for a key."""
        usages = ("digital_signature", "key_agreement") if self.flaw == "key agreement" else ("digital_signature",)
        names = [x509.UniformResourceIdentifier(f"urn:uuid:{uuid4()}")]
        if self.flaw == "no UUID":
            names = [x509.RFC822Name("badges@badges.example")]
        access = [
            (AuthorityInformationAccessOID.CA_ISSUERS, f"{WEB}/authority1.p7c"),
            (AuthorityInformationAccessOID.OCSP, f"{WEB}/ocsp"),
        ]
        return (
            x509.CertificateBuilder()
            .serial_number(x509.random_serial_number())
            .issuer_name(self.authority.subject)
            .subject_name(directory_name(holder))
            .not_valid_before(now)
            .not_valid_after(now + timedelta(days=1000))
            .public_key(request.public_key())
            .add_extension(_key_identifier_of(self.authority), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(request.public_key()), critical=False)
            .add_extension(usage(*usages), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, SMARTCARD_LOGON]), critical=False)
            .add_extension(_policy(), critical=False)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(_points(f"{WEB}/authority1.crl"), critical=False)
            .add_extension(
                x509.AuthorityInformationAccess(
                    [x509.AccessDescription(kind, x509.UniformResourceIdentifier(url)) for kind, url in access]
                ),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )

    def published(self, path: str, now: datetime) -> bytes:
        """What stands at a path below WEB; KeyError where nothing does."""
        return {
            "root.crl": lambda: self._crl(self.root, self._root_key, {}, now),
            "authority1.crl": lambda: self._crl(self.authority, self._key, self.revoked, now),
            "authority1.p7c": lambda: pkcs7.serialize_certificates([self.authority], Encoding.DER),
        }[path]()

    def _authority(
        self, subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .serial_number(x509.random_serial_number())
            .issuer_name(issuer)
            .subject_name(subject)
            .not_valid_before(self.machine - timedelta(days=30))
            .not_valid_after(self.machine + FAR)
            .public_key(key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage("key_cert_sign", "crl_sign"), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if subject != issuer:
            builder = (
                builder.add_extension(_key_identifier_of(self.root), critical=False)
                .add_extension(_policy(), critical=False)
                .add_extension(_points(f"{WEB}/root.crl"), critical=False)
            )
        return builder.sign(signer, hashes.SHA256())

    @staticmethod
    def _crl(
        issuer: x509.Certificate, key: ec.EllipticCurvePrivateKey, revoked: dict[int, datetime], now: datetime
    ) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.subject)
            .last_update(now)
            .next_update(now + timedelta(hours=18))
            .add_extension(_key_identifier_of(issuer), critical=False)
            .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        )
        for serial, at in revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _key_identifier_of(authority: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _policy() -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(DERIVED_AUTHENTICATION, None)])


def _points(url: str) -> x509.CRLDistributionPoints:
    return x509.CRLDistributionPoints([x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)])
