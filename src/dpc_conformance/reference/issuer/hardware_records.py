"""What an auditor may ask the reference issuer about hardware credentials."""

from dpc_conformance.evidence.hardware import KeyAttestation
from dpc_conformance.evidence.registration import KeptSample, Registration
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.roles.people import Person


class HardwareRecords:
    """Implements roles.hardware_records.HardwareRecords."""

    def __init__(self, parts: IssuerParts) -> None:
        self._parts = parts

    def registrations_of(self, person: Person) -> tuple[Registration, ...]:
        """Every visit of the person at the registration desk, oldest first."""
        return self._parts.hardware.registrations.of_account(person.account)

    def sample(self, reference: str) -> KeptSample | None:
        """What the archive says about a sample; None when it has none of that reference."""
        return self._parts.hardware.archive.find(reference)

    def attestations_of(self, person: Person) -> tuple[KeyAttestation, ...]:
        """The attestations of the person's certified keys, oldest first."""
        return self._parts.hardware.keys.of_account(person.account)
