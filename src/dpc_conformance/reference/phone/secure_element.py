"""The phone's secure element: makes keys on an issuer's order, vouches for them, and never lets one out.

It is a simulation: an object of this program stands for the chip. What it refuses, a chip has to refuse.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.module_orders import ModuleOrder, read_order
from dpc_conformance.reference.phone.module_key import ModuleKey
from dpc_conformance.reference.pki.device_maker import AttestationKey, DeviceMaker
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.roles.phone import KeyNotExportable, WrongActivationSecret

MOST_ATTEMPTS = 6
"""Consecutive wrong activation secrets after which the module blocks."""
OpenEnvelope = Callable[[bytes, ec.EllipticCurvePrivateKey, Sequence[x509.Certificate]], object]


class OrderRefused(Exception):
    """The module obeys no such order; the message is what the person is told."""


@dataclass
class MadeKey:
    """A key of the module without an activation secret yet, and the chain that vouches for it."""

    key: ModuleKey = field(repr=False)
    attestation: tuple[x509.Certificate, ...]


@dataclass
class _Slot:
    """A key with the digest of its activation secret; without a key it is blocked for good."""

    key: ec.EllipticCurvePrivateKey | None = field(repr=False)
    salt: bytes
    digest: bytes = b""


class IssuerOrders:
    """Obeys the issuer that commanded the module first, whose certificate has to lead to one of `roots`."""

    def __init__(self, roots: Sequence[x509.Certificate]) -> None:
        self._roots, self._owner = roots, ""

    def accept(self, text: str, module: str) -> ModuleOrder:
        """The order, when it is for this module and by its issuer. Raises OrderRefused."""
        try:
            order = read_order(text)
        except ValueError as error:
            raise OrderRefused("The hardware of this device could not verify who commands it.") from error
        host = self.issuer_of(order.signer)
        if order.module != module or self._owner not in ("", host):
            raise OrderRefused("The hardware of this device was commanded by somebody else, or for another device.")
        self._owner = host
        return order

    def issuer_of(self, signer: x509.Certificate) -> str:
        """The host that the certificate is for. Raises OrderRefused. A chip has no clock: dates are not judged."""
        for root in self._roots:
            try:
                signer.verify_directly_issued_by(root)
                names = signer.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
                return names.get_values_for_type(x509.DNSName)[0]
            except (InvalidSignature, x509.ExtensionNotFound, IndexError, *UNREADABLE):
                continue
        raise OrderRefused("The hardware of this device does not know who commands it.")


class SecureElement:
    """One module. Its keys are on P-256, and each is used with the activation secret that it was protected by."""

    def __init__(
        self, serial: str, certified: Callable[[str], AttestationKey], orders: IssuerOrders, entropy: Entropy
    ) -> None:
        """`certified` gives the attestation key that the maker put in for that serial number."""
        self.serial, self._certified, self.orders, self._entropy = serial, certified, orders, entropy
        self._slots: dict[str, _Slot] = {}
        self._wrong = 0
        self.most_attempts = MOST_ATTEMPTS

    @cached_property
    def _attestation_key(self) -> AttestationKey:
        return self._certified(self.serial)

    def make_key(self, order: str) -> MadeKey:
        """A new key on the issuer's order. Raises OrderRefused."""
        accepted = self.orders.accept(order, self.serial)
        key = self._keep(ec_key(self._entropy, ec.SECP256R1()))
        return MadeKey(key, self._attestation_key.attest(key.public_key(), accepted.challenge))

    def protect(self, handle: str, secret: str) -> None:
        """From now on the key is used with this secret. LookupError for a key that is not here."""
        slot = self._slot(handle)
        slot.digest, self._wrong = _digest(slot.salt, secret), 0

    def attempts_left(self) -> int:
        """Wrong secrets that may still be entered before the module blocks."""
        return max(0, self.most_attempts - self._wrong)

    def use(self, handle: str, secret: str) -> ModuleKey:
        """The key, for whoever knows its secret. Raises WrongActivationSecret; LookupError for a key not here."""
        slot = self._slot(handle)
        if slot.key is None or not self.attempts_left():
            raise WrongActivationSecret(0)
        if not self._right(slot, secret):
            self._wrong += 1
            if not self.attempts_left():
                self._block()
            raise WrongActivationSecret(self.attempts_left())
        self._wrong = 0
        return ModuleKey(handle, slot.key)

    def change_secret(self, current: str, new: str) -> None:
        """Another secret for every key of the current one."""
        for slot in self._slots.values():
            if slot.digest and self._right(slot, current):
                slot.digest = _digest(slot.salt, new)

    def load(
        self, envelope: bytes, transport: ModuleKey, trust: Sequence[x509.Certificate], opener: OpenEnvelope
    ) -> ModuleKey:
        """A key that arrived in an envelope for a key of this module: opened in here. Raises what `opener` raises."""
        key = opener(envelope, transport, trust)
        self.erase(transport.handle)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("this module keeps EC keys only")
        return self._keep(key)

    def load_bare(self, key: bytes) -> bool:  # noqa: ARG002  another module may look at it
        """Whether a bare private key (PKCS #8) is taken in: never."""
        return False

    def read_back(self, handle: str) -> bytes:
        """A private key, in whatever form. Raises KeyNotExportable: there is no such function."""
        raise KeyNotExportable(handle)

    def erase(self, handle: str) -> None:
        """Destroy a key; nothing happens for one that is not here."""
        self._slots.pop(handle, None)

    def _keep(self, key: ec.EllipticCurvePrivateKey) -> ModuleKey:
        handle = self._entropy.bytes(8).hex()
        self._slots[handle] = _Slot(key, self._entropy.bytes(16))
        return ModuleKey(handle, key)

    def _slot(self, handle: str) -> _Slot:
        if handle not in self._slots:
            raise LookupError("there is no such key in the hardware of this phone")
        return self._slots[handle]

    def _right(self, slot: _Slot, secret: str) -> bool:
        return bool(slot.digest) and hmac.compare_digest(slot.digest, _digest(slot.salt, secret))

    def _block(self) -> None:
        for slot in self._slots.values():
            slot.key = None


def new_element(maker: DeviceMaker, roots: Sequence[x509.Certificate], entropy: Entropy) -> SecureElement:
    """A secure element as it leaves the maker; `roots` are those of issuers' servers."""
    own = entropy.branch("secure element")
    return SecureElement(f"SE-{own.bytes(6).hex()}", maker.attestation_key, IssuerOrders(roots), own)


def _digest(salt: bytes, secret: str) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=2**10, r=8, p=1)
