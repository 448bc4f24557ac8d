"""Seeded defects of the profile by which the issuer makes the derived authentication certificate."""

from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from cryptography import x509

from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.accounts import identifiers
from dpc_conformance.reference.issuer.certificate_requests import PublicKey
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.signing import CertificateSigner
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.people import Person

WORKSHEET = "DPC-CERT-PROFILE-01"
NO_SIGN_IN = {
    "Old mail can be read on the new phone": "no issuer lets such a certificate in",
    "The phone replaces its credential in place": "no issuer lets such a certificate in",
}
"""The requirement that all rows of the worksheet hold."""


@fault("derived certificate lacks clientAuth", {"DPC-CERT-EKU-01", WORKSHEET}, breaks=NO_SIGN_IN)
def without_client_auth(scene: Scene) -> None:
    signer = scene.issuer.signer
    signer.authentication = replace(signer.authentication, purposes=(oids.SMARTCARD_LOGON,))


@fault(
    "derived certificate lives for four years",
    {"DPC-CERT-VALID-03", WORKSHEET},
    breaks={"At four fifths of its lifetime the cardholder sets up a new credential": "the card has expired by then"},
)
def four_years(scene: Scene) -> None:
    signer = scene.issuer.signer
    signer.authentication = replace(signer.authentication, lifetime=timedelta(days=4 * 365))


NOTHING_TO_FETCH = "a certificate that does not say where its status is leaves nothing to collect"


@fault(
    "derived certificate names no status services",
    {"DPC-CERT-CRLDP-01", "DPC-CERT-AIA-01", "DPC-CERT-AIA-02"},
    breaks={
        "It says where the CRL is": NOTHING_TO_FETCH,
        "It says where the certificates of the CA and the OCSP service are": NOTHING_TO_FETCH,
    },
)
def without_status_services(scene: Scene) -> None:
    signer = scene.issuer.signer
    signer.authentication = replace(signer.authentication, status_services=False)


@fault("derived certificate may sign documents", {"DPC-CERT-KU-01", WORKSHEET})
def signs_documents(scene: Scene) -> None:
    signer = scene.issuer.signer
    signer.authentication = replace(signer.authentication, key_usages=("digital_signature", "content_commitment"))


@fault(
    "software key is certified as one in hardware",
    {"DPC-ISS-POLICYSEL-01", "DPC-CERT-POL-07", WORKSHEET, "DPC-KM-REC-01", "DPC-PATH-POLICY-01"},
)
def hardware_policy(scene: Scene) -> None:
    scene.issuer.signer.policy = oids.DERIVED_PIV_AUTH_HARDWARE


class SignerOf(CertificateSigner):
    """The issuer's signer, as a defect changes it."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.pki.derived_authority, parts.clock, parts.randomness.branch("certificates"))


class UuidOfTheCard(SignerOf):
    """Copies the UUID of the card."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.issuer)
        self._scene = scene

    def certify(
        self,
        usage: str,
        person: Person,
        subject: x509.Name,
        public_key: PublicKey,
        uuid: UUID,  # noqa: ARG002
    ) -> x509.Certificate:
        """See CertificateSigner."""
        *_, card = [der for der, holder in self._scene.cards.items() if holder.account == person.account]
        found = identifiers(x509.load_der_x509_certificate(card))
        [urn] = [each for each in found if each.startswith("urn:uuid:")]
        return super().certify(usage, person, subject, public_key, UUID(urn))


@fault(
    "derived certificate carries the UUID of the card",
    {"DPC-CERT-SAN-03", WORKSHEET, "DPC-ISS-DUP-01", "DPC-ISS-LIMIT-01"},
)
def uuid_of_the_card(scene: Scene) -> None:
    scene.issuer.signer = UuidOfTheCard(scene)


class UuidOfThePerson(SignerOf):
    """Gives each person one UUID for life."""

    def certify(
        self,
        usage: str,
        person: Person,
        subject: x509.Name,
        public_key: PublicKey,
        uuid: UUID,  # noqa: ARG002
    ) -> x509.Certificate:
        """See CertificateSigner."""
        return super().certify(usage, person, subject, public_key, uuid5(NAMESPACE_URL, person.account))


@fault("two credentials of a person share a UUID", {"DPC-ISS-DUP-01", "DPC-ISS-LIMIT-01"})
def uuid_of_the_person(scene: Scene) -> None:
    scene.issuer.signer = UuidOfThePerson(scene.issuer)
