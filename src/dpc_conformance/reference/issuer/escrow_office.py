"""The verbs of the escrow role: what a tester asks of the reference's key escrow."""

from datetime import timedelta
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.escrow import EscrowedKey
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.recovery_service import PREFIX
from dpc_conformance.reference.issuer.refusals import Refused
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.keys import PrivateKey, ec_key
from dpc_conformance.reference.pki.profile import THREE_YEARS
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person

P_256, RSA_2048 = "P-256", "RSA-2048"
A_YEAR = timedelta(days=365)


class EscrowOffice:
    """Implements roles.escrow.Escrow."""

    def __init__(self, parts: IssuerParts) -> None:
        self._parts = parts

    @cached_property
    def _entropy(self) -> Entropy:
        return self._parts.randomness.branch("what testers ask for")

    @property
    def recovery_address(self) -> str:
        """Where subscribers recover their own keys."""
        return f"{self._parts.settings.sign_in_origin}{PREFIX}"

    def inventory(self) -> tuple[EscrowedKey, ...]:
        """Everything that is in escrow, oldest first."""
        return self._parts.key_escrow.escrow.inventory()

    def add_earlier_key(
        self, person: Person, *, hardware: bool = False, expired: timedelta | None = None, algorithm: str = "P-256"
    ) -> bytes:
        """A key of the person's past, as the card's issuer would have handed it over; its certificate (DER)."""
        parts, now = self._parts, self._parts.clock.now()
        entropy, authority = self._entropy, parts.pki.derived_authority
        issued = now - A_YEAR if expired is None else now - expired - THREE_YEARS
        policy = oids.COMMON_HARDWARE if hardware else oids.COMMON_POLICY
        key = self._new_key(algorithm)
        parts.key_escrow.desk.deposit(person.account, key)
        subject = naming.directory_name(person.common_name)
        builder = profiles.derived_key_management(
            authority, subject, key.public_key(), person.mail, issued, entropy, policy
        )
        certificate = authority.sign(builder).public_bytes(Encoding.DER)
        parts.key_escrow.desk.certified(certificate)
        return certificate

    def go_offline(self) -> None:
        """Cut the escrow off."""
        self._parts.key_escrow.escrow.online = False

    def forget_address(self, person: Person) -> None:
        """Take the e-mail address out of the account."""
        parts = self._parts
        with parts.store.write() as connection:
            connection.execute("UPDATE account SET mail='' WHERE account=?", (person.account,))
            parts.audit.accept(connection, "registrar", "change-address", person.account, "the address was taken out")

    def approve_release(self, agent: str, certificate: bytes) -> bool:
        """Have an agent approve; the key, if it is released, goes to a key of the party that asked and no further."""
        requester = ec_key(self._entropy, ec.SECP256R1())
        try:
            self._parts.key_escrow.agents.approve(agent, certificate, requester.public_key())
        except Refused:
            return False
        return True

    def _new_key(self, algorithm: str) -> PrivateKey:
        if algorithm == RSA_2048 and self._parts.pool is not None:
            return self._parts.pool.rsa(2048, self._entropy)
        if algorithm != P_256:
            raise NotSupported("the reference issuer", f"have a key of kind {algorithm}")
        return self._parts.key_delivery.generate()
