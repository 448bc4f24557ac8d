"""The hostile phone's requests for a hardware credential: each claims a key to be where it is not."""

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.key_attestation import GENERATED
from dpc_conformance.protocols.module_orders import read_order
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.reference.phone.secure_element import SecureElement
from dpc_conformance.reference.pki.device_maker import DeviceMaker
from dpc_conformance.reference.pki.keys import ec_key

ANOTHER_DEVICE, IMPORTED = "SE-of-another-device", "imported"


@dataclass
class HostileAttestations:
    """`element` is the phone's own and honest; `maker` made it, and other devices that an attacker has taken apart."""

    element: SecureElement
    maker: DeviceMaker
    entropy: Entropy

    def make(self, deviation: str, order: str) -> bytes:
        """The request (DER) with that deviation, upon the issuer's order. ValueError for an unknown deviation."""
        makers: dict[str, Callable[[str], bytes]] = {
            "none": self._honest,
            "software-key": lambda _: self._request(),
            "another-device": lambda order: self._attested(order, self.maker, ANOTHER_DEVICE),
            "unknown-maker": lambda order: self._attested(order, self._unknown_maker(), self.element.serial),
            "another-key": self._of_another_key,
            "imported-key": lambda order: self._attested(order, self.maker, self.element.serial, IMPORTED),
        }
        if deviation not in makers:
            raise ValueError(f"a hostile phone knows no deviation {deviation}")
        return makers[deviation](order)

    def _honest(self, order: str) -> bytes:
        made = self.element.make_key(order)
        return certificate_request(made.key, made.attestation).public_bytes(Encoding.DER)

    def _of_another_key(self, order: str) -> bytes:
        """The element's word about its own key goes along with another one."""
        made = self.element.make_key(order)
        return certificate_request(self._key(), made.attestation).public_bytes(Encoding.DER)

    def _attested(self, order: str, maker: DeviceMaker, serial: str, origin: str = GENERATED) -> bytes:
        key = self._key()
        chain = maker.attestation_key(serial).attest(key.public_key(), read_order(order).challenge, origin)
        return certificate_request(key, chain).public_bytes(Encoding.DER)

    def _request(self) -> bytes:
        return certificate_request(self._key()).public_bytes(Encoding.DER)

    def _unknown_maker(self) -> DeviceMaker:
        return self.maker.namesake(self.entropy.branch("unknown maker"))

    def _key(self) -> ec.EllipticCurvePrivateKey:
        return ec_key(self.entropy, ec.SECP256R1())
