"""CMS messages written by hand: what a signature must be besides right, and whose it is."""

import hashlib
from dataclasses import dataclass, field

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.finding import Finding
from dpc_conformance.checks.signed_objects.cms import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    certificate_of,
    signature_holds,
)
from dpc_conformance.faults.certificates.encoding import (
    context,
    implicit,
    integer,
    null,
    octets,
    oid,
    sequence,
    set_of,
)
from dpc_conformance.formats import ber, oids
from dpc_conformance.formats.signed_data import SignedData

KIND = oids.PIV_BIOMETRIC_OBJECT
COVERED = b"what is signed"


@dataclass(frozen=True)
class Message:
    """A detached SignedData in pieces; `attributes` come after content type and message digest."""

    signer: object
    version: int = 1
    by_key_identifier: bool = False
    attributes: tuple[bytes, ...] = ()
    before: tuple[bytes, ...] = ()
    certificates: tuple[x509.Certificate, ...] = field(default=())

    def read(self):
        certificate, key = self.signer.certificate, self.signer.key
        own = ber.Tlv.from_bytes(certificate.issuer.public_bytes())
        name = sequence(bytes(own), integer(certificate.serial_number))
        identifier = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        attributes = (
            *self.before,
            sequence(oid(CONTENT_TYPE), set_of(oid(KIND))),
            sequence(oid(MESSAGE_DIGEST), set_of(octets(hashlib.sha256(COVERED).digest()))),
            *self.attributes,
        )
        signer = sequence(
            integer(self.version),
            implicit(0, identifier) if self.by_key_identifier else name,
            sequence(oid(oids.SHA256), null()),
            context(0, *attributes),
            sequence(oid(oids.ECDSA_WITH_SHA256)),
            octets(key.sign(ber.write(b"\x31", b"".join(attributes)), ec.ECDSA(hashes.SHA256()))),
        )
        held = tuple(each.public_bytes(Encoding.DER) for each in self.certificates)
        parts = (
            integer(3),
            set_of(sequence(oid(oids.SHA256), null())),
            sequence(oid(KIND)),
            *((context(0, *held),) if held else ()),
            set_of(signer),
        )
        return SignedData.from_bytes(sequence(oid(oids.SIGNED_DATA), context(0, sequence(*parts))))


@pytest.fixture
def signer(pki):
    return pki.content_signer


def answer(message, signer):
    found = message.read()
    der = signer.certificate.public_bytes(Encoding.DER)
    return signature_holds(found, found.signers[0], certificate_of(found.signers[0], (der,)), COVERED)


def test_a_good_message_holds(signer):
    assert answer(Message(signer), signer) is None


@pytest.mark.parametrize("wrong_one", ["first", "last", "none"])
def test_a_signed_attribute_stands_there_once(signer, wrong_one):
    """RFC 5652 5.3: no attribute more than once; readers do not agree on which one they believe."""
    digest = hashlib.sha256(COVERED if wrong_one == "none" else b"another").digest()
    again = (sequence(oid(MESSAGE_DIGEST), set_of(octets(digest))),)
    message = Message(signer, attributes=again) if wrong_one != "first" else Message(signer, before=again)
    found = answer(message, signer)
    assert isinstance(found, Finding)
    assert found.where == "messageDigest"


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "beside its CA's"])
def test_a_signer_that_is_named_by_its_key_identifier_is_found(pki, signer, others):
    """RFC 5652 5.3: the identifier is that in the certificate, however many certificates there are."""
    held = (*[pki.piv_authority.certificate][:others], signer.certificate)
    found = Message(signer, version=3, by_key_identifier=True, certificates=held).read()
    certificate = certificate_of(found.signers[0], found.certificates)
    assert certificate is not None
    assert certificate.der == signer.certificate.public_bytes(Encoding.DER)
    assert signature_holds(found, found.signers[0], certificate, COVERED) is None


def test_another_key_identifier_names_another_signer(pki, signer):
    found = Message(signer, version=3, by_key_identifier=True, certificates=(pki.piv_authority.certificate,)).read()
    assert certificate_of(found.signers[0], found.certificates) is None


@pytest.mark.parametrize(("version", "by_key_identifier"), [(3, False), (1, True), (0, False)])
def test_the_version_of_a_signer_is_that_of_how_it_is_named(signer, version, by_key_identifier):
    """RFC 5652 5.3: 1 with issuer and serial number, 3 with the key identifier."""
    found = answer(Message(signer, version=version, by_key_identifier=by_key_identifier), signer)
    assert isinstance(found, Finding)
    assert found.where == "SignerInfo version"
