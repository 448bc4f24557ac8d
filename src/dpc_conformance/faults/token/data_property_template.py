"""Seeded defects of the application property template."""

from dataclasses import dataclass

from dpc_conformance.faults.token.data_door import claim_secure_messaging, data_fault
from dpc_conformance.reference.card.property_template import PropertyTemplate
from dpc_conformance.reference.card.wire import objects_in, tlv
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.virtual_token import VirtualToken

TEMPLATE, AUTHORITY = b"\x61", b"\x79"
CS2, CS7 = 0x27, 0x2E


@dataclass(frozen=True)
class NamelessAuthority(PropertyTemplate):
    """Says which application it is, and not whose."""

    def encode(self, aid: bytes) -> bytes:
        """The template without tag 79."""
        elements = objects_in(objects_in(super().encode(aid))[TEMPLATE])
        return tlv(TEMPLATE, b"".join(tlv(tag, value) for tag, value in elements.items() if tag != AUTHORITY))


@data_fault("token does not name the authority of its application", {"DPC-APP-APT-01"})
def no_authority(token: VirtualToken, _: Scene) -> None:
    known = token.application.properties
    token.application.properties = NamelessAuthority(known.whole_aid, known.label, known.algorithms)


@data_fault("token lists two cipher suites", {"DPC-APP-APT-02"})
def two_cipher_suites(token: VirtualToken, _: Scene) -> None:
    claim_secure_messaging(token, CS2, CS7)
