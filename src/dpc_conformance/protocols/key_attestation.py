"""A module's word about a key that it made, as the reference protocol carries it (docs/reference-protocol.md).

The chain goes from a certificate about the key, signed with a key of the module, over the certificate of the module to
the root of the device maker. It travels in an attribute of the certificate request that it is about.
"""

from dataclasses import dataclass

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.formats.unreadable import UNREADABLE

REQUEST_ATTRIBUTE = x509.ObjectIdentifier("2.25.145464234036055413967568938659500880756")
STATEMENT_EXTENSION = x509.ObjectIdentifier("2.25.145464234036055413967568938659500880757")
GENERATED = "generated"
"""The module made the key itself; an imported key has another origin."""


@dataclass(frozen=True)
class KeyStatement:
    """What a module says about a key: where it comes from, and the challenge that this was asked with."""

    origin: str
    challenge: bytes

    @classmethod
    def of(cls, certificate: x509.Certificate) -> "KeyStatement":
        """The statement in a certificate about a key. ValueError when there is none."""
        try:
            found = certificate.extensions.get_extension_for_oid(STATEMENT_EXTENSION).value
        except (x509.ExtensionNotFound, *UNREADABLE) as error:
            raise ValueError("the certificate makes no statement about its key") from error
        if not isinstance(found, x509.UnrecognizedExtension):
            raise ValueError("the statement about the key cannot be read")
        read = _Statement.load(found.value, strict=True)
        return cls(str(read["origin"].native), bytes(read["challenge"].native))

    @property
    def extension(self) -> x509.UnrecognizedExtension:
        """The statement as it stands in a certificate."""
        encoded = _Statement({"origin": self.origin, "challenge": self.challenge}).dump()
        return x509.UnrecognizedExtension(STATEMENT_EXTENSION, encoded)


def attribute(chain: tuple[x509.Certificate, ...]) -> bytes:
    """The value of the request's attribute: PEM, the certificate about the key first."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in chain)


def chain_in(request: bytes) -> tuple[x509.Certificate, ...]:
    """The chain in a PKCS #10 request (DER); empty where the request carries none. ValueError when malformed."""
    try:
        found = x509.load_der_x509_csr(request).attributes.get_attribute_for_oid(REQUEST_ATTRIBUTE)
        return tuple(x509.load_pem_x509_certificates(found.value))
    except x509.AttributeNotFound:
        return ()
    except UNREADABLE as error:
        raise ValueError("the chain beside the request cannot be read") from error


class _Statement(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields = [("origin", core.UTF8String), ("challenge", core.OctetString)]
