"""Seeded defects in what is on a token besides what has rules of its own."""

from dpc_conformance.faults.token.data_door import content, data_fault, put
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.wire import objects_in, tlv
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.virtual_token import VirtualToken

AUTHENTICATION = containers.PIV_AUTHENTICATION_CERTIFICATE
CERTIFICATE, CERT_INFO, END, CBEFF = b"\x70", b"\x71", b"\xfe", b"\xbc"


@data_fault("token answers for an optional object with one of another kind", {"DPC-APP-OBJ-OPT-01"})
def object_of_another_kind(token: VirtualToken, _: Scene) -> None:
    put(token, containers.SM_CERTIFICATE_SIGNER, tlv(END, b""))


@data_fault("token carries a copy of the cardholder's fingerprints", {"DPC-APP-OBJ-ABSENT-01"})
def fingerprints(token: VirtualToken, _: Scene) -> None:
    put(token, containers.FINGERPRINTS, tlv(CBEFF, bytes(88)) + tlv(END, b""))


@data_fault(
    "CertInfo stands before the certificate",
    # The order of its elements is also part of the rule on certificate containers.
    {"DPC-APP-OBJ-ORDER-01", "DPC-APP-OBJ-CERT-03"},
)
def cert_info_first(token: VirtualToken, _: Scene) -> None:
    der = objects_in(content(token, AUTHENTICATION))[CERTIFICATE]
    put(token, AUTHENTICATION, tlv(CERT_INFO, b"\0") + tlv(CERTIFICATE, der) + tlv(END, b""))
