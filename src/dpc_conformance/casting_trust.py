"""What the judge of a scenario may believe: the run's own PKI, and that of a card which somebody else made."""

from collections.abc import Sequence
from functools import partial

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.crl_download import download_crls
from dpc_conformance.protocols.ocsp_query import ask_responder
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.cast import Trust


def trust_of(scene: Scene) -> Trust:
    """Anchors, authorities and status of the scene."""

    def crls_of(certificates: tuple[bytes, ...]) -> tuple[bytes, ...]:
        others = (*scene.more_crls, *(fetch() for fetch in scene.crl_sources))
        if not scene.own_pki:  # the run's status services know nothing of others' certificates
            return others
        with scene.server_http() as http:
            return (*download_crls(http, certificates), *others)

    def ocsp_of(certificate: bytes, issuer: bytes) -> bytes | None:
        with scene.server_http() as http:
            return ask_responder(http, certificate, issuer)

    pki = scene.stage.pki
    anchors, authorities = ([pki.trust_anchor], pki.intermediates()) if scene.own_pki else ([], [])
    authorities = [*authorities, *scene.more_authorities]
    return Trust(
        anchors=_der([*anchors, *scene.more_anchors]),
        intermediates=_der(authorities),
        crls_of=crls_of,
        issuer_of=partial(_issuer_of, authorities),
        test_pki=scene.test_pki,
        ocsp_of=ocsp_of,
    )


def _issuer_of(authorities: Sequence[x509.Certificate], certificate: bytes) -> bytes | None:
    """The namesake that signed it; where none did, the first, so that the judge can see the wrong signature.

    None where there is no namesake, or the certificate names nobody that can be read.
    """
    try:
        issued = x509.load_der_x509_certificate(certificate)
    except UNREADABLE:
        return None
    namesakes = [each for each in authorities if each.subject == issued.issuer]
    found = [each for each in namesakes if _signed(each, issued)] or namesakes
    return found[0].public_bytes(Encoding.DER) if found else None


def _signed(authority: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _der(certificates: Sequence[x509.Certificate]) -> tuple[bytes, ...]:
    return tuple(each.public_bytes(Encoding.DER) for each in certificates)
