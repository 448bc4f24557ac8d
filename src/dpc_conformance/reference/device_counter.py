"""Where the agency hands out phones: each has a secure element, which the inventory has with the phone's holder."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.device_manager.assets import AssetRegister
from dpc_conformance.reference.hostile_attestations import HostileAttestations
from dpc_conformance.reference.phone.secure_element import SecureElement, new_element
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.roles.people import Person


@dataclass
class DeviceCounter:
    """`roots` are those of issuers' servers, which the elements of `maker` verify orders with."""

    maker: DeviceMaker
    roots: Sequence[x509.Certificate]
    assets: AssetRegister

    def hand_out(self, holder: Person, entropy: Entropy) -> SecureElement:
        """The secure element of a new phone for that person."""
        element = new_element(self.maker, self.roots, entropy)
        self.assets.issue(element.serial, holder.account)
        return element

    def into_wrong_hands(self, holder: Person, entropy: Entropy) -> HostileAttestations:
        """The same phone, and what an attacker who has it claims about its keys."""
        return HostileAttestations(self.hand_out(holder, entropy), self.maker, entropy)
