"""A certification authority: its certificate, its key, and the URLs that stand in what it issues."""

from dataclasses import dataclass, field

from cryptography import x509

from dpc_conformance.reference.pki.keys import PrivateKey, signature_hash
from dpc_conformance.reference.pki.naming import Places


@dataclass(frozen=True)
class Identity:
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)


@dataclass(frozen=True)
class Authority:
    """A certification authority. `name` is the last part of its URLs, such as `derived`."""

    name: str
    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)
    places: Places = Places()

    @property
    def crl_url(self) -> str:
        """Where its CRL is: the CRL distribution point of what it issues."""
        return f"{self.places.crls}/{self.name}.crl"

    @property
    def p7c_url(self) -> str:
        """Where certificates issued to it are: caIssuers of what it issues."""
        return f"{self.places.certificates}/{self.name}.p7c"

    @property
    def ocsp_url(self) -> str:
        """Where its certificates' status is answered."""
        return f"{self.places.ocsp}/{self.name}"

    @property
    def subject(self) -> x509.Name:
        """Its directory name."""
        return self.certificate.subject

    @property
    def key_identifier(self) -> bytes:
        """The subject key identifier in its certificate (RFC 5280 §4.2.1.2)."""
        return self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest

    def sign(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        """Sign with the hash that fits the key; the builder must be complete."""
        return builder.sign(self.key, signature_hash(self.key))
