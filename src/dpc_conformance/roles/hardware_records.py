"""What an issuer has on record about hardware credentials (policy .41)."""

from typing import Protocol

from dpc_conformance.evidence.hardware import KeyAttestation
from dpc_conformance.evidence.registration import KeptSample, Registration
from dpc_conformance.roles.people import Person


class HardwareRecords(Protocol):
    """As an auditor asks for it. Verbs that a product lacks raise NotSupported."""

    def registrations_of(self, person: Person) -> tuple[Registration, ...]:
        """Every visit of the person at the registration desk, oldest first."""

    def sample(self, reference: str) -> KeptSample | None:
        """What the archive says about a sample, from the sample itself; None when it has none of that reference."""

    def attestations_of(self, person: Person) -> tuple[KeyAttestation, ...]:
        """The attestations of the person's certified keys, oldest first."""
