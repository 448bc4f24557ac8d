"""What hardware credentials need of the issuer; like IssuerParts, each part can be swapped before it is first used."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.attested_keys import AttestedKeys
from dpc_conformance.reference.issuer.hardware_issuance import (
    HardwareDevices,
    HardwareGate,
    HardwareIssuance,
    HardwareRecipients,
)
from dpc_conformance.reference.issuer.issuance import Issuance
from dpc_conformance.reference.issuer.key_attestations import KeyAttestations
from dpc_conformance.reference.issuer.module_desk import ModuleDesk
from dpc_conformance.reference.issuer.module_orders import ModuleOrders
from dpc_conformance.reference.issuer.operators import Operators
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.registration_desk import RegistrationDesk
from dpc_conformance.reference.issuer.registration_rules import RegistrationRules
from dpc_conformance.reference.issuer.registrations import Registrations
from dpc_conformance.reference.issuer.rekey import Rekey
from dpc_conformance.reference.issuer.sample_archive import SampleArchive
from dpc_conformance.reference.issuer.signing import CertificateSigner

if TYPE_CHECKING:
    from dpc_conformance.reference.issuer.parts import IssuerParts


@dataclass
class HardwareParts:
    """The rest of the issuer is looked up when a part is made, so that what was swapped there counts here too."""

    issuer: "IssuerParts"

    @cached_property
    def operators(self) -> Operators:
        """Who may register applicants."""
        parts = self.issuer
        return Operators(parts.store, parts.audit, parts.accounts)

    @cached_property
    def operator_judge(self) -> CertificateJudge:
        """Judges what operators log on with."""
        return self.issuer.path_judge(self.issuer.settings.operator_policies)

    @cached_property
    def operator_authenticator(self) -> PkiAuthenticator:
        """Log-on of operators."""
        return PkiAuthenticator(self.operator_judge, self.operators, self.issuer.clock)

    @cached_property
    def archive(self) -> SampleArchive:
        """Biometric samples."""
        parts = self.issuer
        return SampleArchive(parts.store_path.with_suffix(".samples.sqlite"), parts.randomness.branch("samples"))

    @cached_property
    def rules(self) -> RegistrationRules:
        """What a registration has to show."""
        return RegistrationRules()

    @cached_property
    def registrations(self) -> Registrations:
        """Decisions of operators."""
        parts = self.issuer
        return Registrations(parts.store, parts.audit, self.archive, self.rules, parts.clock, parts.settings)

    @cached_property
    def desk(self) -> RegistrationDesk:
        """The registration desk's service."""
        parts = self.issuer
        return RegistrationDesk(parts.store, parts.audit, self.operator_authenticator, self.registrations)

    @cached_property
    def orders(self) -> ModuleOrders:
        """Orders to modules."""
        parts = self.issuer
        entropy, server = parts.randomness.branch("module orders"), parts.pki.tls_identity(parts.settings.host)
        return ModuleOrders(parts.store, parts.clock, entropy, parts.settings, server)

    @cached_property
    def attestations(self) -> KeyAttestations:
        """Judges what modules say about keys."""
        return KeyAttestations(self.issuer.device_roots, self.issuer.clock)

    @cached_property
    def keys(self) -> AttestedKeys:
        """Records of attested keys."""
        return AttestedKeys(self.issuer.store, self.issuer.clock)

    @cached_property
    def gate(self) -> HardwareGate:
        """Stands before every issuance under the hardware policy."""
        return HardwareGate(self.orders, self.attestations, self.keys)

    @cached_property
    def devices(self) -> HardwareDevices:
        """Which devices may have a hardware credential."""
        return HardwareDevices(self.orders, self.issuer.settings)

    @cached_property
    def recipients(self) -> HardwareRecipients:
        """Where recovered keys may go."""
        return HardwareRecipients(self.issuer.grants, self.gate)

    @cached_property
    def signer(self) -> CertificateSigner:
        """The way to the certification authority, under the hardware policy."""
        parts = self.issuer
        entropy = parts.randomness.branch("hardware certificates")
        signer = CertificateSigner(parts.pki.derived_authority, parts.clock, entropy)
        signer.policy = oids.DERIVED_PIV_AUTH_HARDWARE
        return signer

    @cached_property
    def issuance(self) -> HardwareIssuance:
        """From grant and request to certificate."""
        return HardwareIssuance(self.gate, Issuance(**self._of_issuance))

    @cached_property
    def rekey(self) -> HardwareIssuance:
        """The same in place of a credential that the holder has."""
        return HardwareIssuance(self.gate, Rekey(**self._of_issuance))

    @cached_property
    def module_desk(self) -> ModuleDesk:
        """Orders for holders of hardware credentials."""
        parts, holders = self.issuer, self.issuer.maintenance.rekey_authenticator
        return ModuleDesk(parts.store, parts.audit, holders, parts.grants, self.keys, self.orders)

    @property
    def _of_issuance(self) -> dict[str, Any]:
        return {**vars(self.issuer.issuance), "signer": self.signer}
