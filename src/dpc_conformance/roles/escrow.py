"""The issuer's key escrow: key management keys and nothing else (Common Policy CP §4.12)."""

from datetime import timedelta
from typing import Protocol

from dpc_conformance.evidence.escrow import EscrowedKey
from dpc_conformance.roles.people import Person


class Escrow(Protocol):
    """The escrow as a tester sees and sets it up. Verbs that a product lacks raise NotSupported."""

    @property
    def recovery_address(self) -> str:
        """Where subscribers recover their own keys."""

    def inventory(self) -> tuple[EscrowedKey, ...]:
        """Everything that is in escrow, for whomever, oldest first."""

    def add_earlier_key(
        self, person: Person, *, hardware: bool = False, expired: timedelta | None = None, algorithm: str = "P-256"
    ) -> bytes:
        """Have an earlier key management key of the person in escrow; its certificate (DER).

        The certificate asserts the policy for hardware keys where `hardware` says so. It expired that long ago, or is
        a year old and still valid. `algorithm` is P-256 or RSA-2048.
        """

    def go_offline(self) -> None:
        """Cut the escrow off from the issuer."""

    def forget_address(self, person: Person) -> None:
        """Take the e-mail address out of the person's account."""

    def approve_release(self, agent: str, certificate: bytes) -> bool:
        """Have a key recovery agent approve that the key of that certificate goes to somebody else than its subscriber.

        Whether the key was released upon it.
        """
