"""Does a key live in the module that it should live in? The chain that a certificate request brings along tells."""

from collections.abc import Callable, Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from dpc_conformance.clock import RunClock
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.key_attestation import GENERATED, KeyStatement, chain_in
from dpc_conformance.reference.issuer.module_orders import Outstanding
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

Chain = tuple[x509.Certificate, ...]


class KeyAttestations:
    """Believes the modules of device makers whose roots are trusted here (CP §6.1.1.2: generated in the module)."""

    def __init__(self, roots: Sequence[x509.Certificate], clock: RunClock) -> None:
        self._roots, self._clock = tuple(roots), clock

    def read(self, request: bytes, order: Outstanding) -> Chain | Refusal:
        """The chain in a certificate request (DER), when it vouches for the request's key as the order demands."""
        try:
            chain = chain_in(request)
            if len(chain) < 3:
                return _refused("the request carries no attestation of its key")
            rules: tuple[Callable[[], Refusal | None], ...] = (
                lambda: self.about(chain, x509.load_der_x509_csr(request)),
                lambda: self.trusted(chain),
                lambda: self.of_module(chain, order),
                lambda: self.stated(chain, order),
            )
            return next((refusal for rule in rules if (refusal := rule()) is not None), chain)
        except UNREADABLE as error:
            return _refused(f"the attestation cannot be read: {type(error).__name__}")

    def about(self, chain: Chain, request: x509.CertificateSigningRequest) -> Refusal | None:
        """Refused when the chain is about another key than the request's."""
        ours, its = (
            each.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            for each in (request, chain[0])
        )
        return None if ours == its else _refused("the attestation is about another key")

    def trusted(self, chain: Chain) -> Refusal | None:
        """Refused unless the chain leads to a maker's root, every certificate of it valid now."""
        now = self._clock.now()
        if chain[-1] not in self._roots:
            return _refused(f"the root {chain[-1].subject.rfc4514_string()} is not trusted")
        if any(not each.not_valid_before_utc <= now <= each.not_valid_after_utc for each in chain):
            return _refused("a certificate of the attestation is not valid now")
        try:
            for lower, upper in zip(chain, chain[1:], strict=False):
                lower.verify_directly_issued_by(upper)
        except InvalidSignature:
            return _refused("a signature in the attestation does not verify")
        return None

    def of_module(self, chain: Chain, order: Outstanding) -> Refusal | None:
        """Refused when another module vouches for the key than the one that was ordered to make it."""
        module = module_of(chain)
        return None if module == order.module else _refused(f"module {module} attests, {order.module} is in the device")

    def stated(self, chain: Chain, order: Outstanding) -> Refusal | None:
        """Refused unless the module made the key itself, upon this very order."""
        statement = KeyStatement.of(chain[0])
        if statement.origin != GENERATED:
            return _refused(f"the key was {statement.origin}, not made in the module")
        return None if statement.challenge == order.challenge else _refused("the attestation is for another order")


def module_of(chain: Chain) -> str:
    """The serial number of the module whose certificate stands above the one about the key. ValueError without one."""
    found = chain[1].subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if not found:
        raise ValueError("the certificate of the module names no serial number")
    return str(found[0].value)


def _refused(detail: str) -> Refusal:
    return Refusal(Reason.KEY_ATTESTATION, detail)
