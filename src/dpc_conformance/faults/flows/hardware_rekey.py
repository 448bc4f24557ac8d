"""Seeded defects of re-key and renewal of hardware credentials: who asks, who commands the module, who is told."""

from collections.abc import Sequence

from cryptography import x509

from dpc_conformance.faults.flows.hardware import Unguarded
from dpc_conformance.faults.flows.rekey import ByPassword
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.hardware_issuance import ByAssurance, HardwareIssuance
from dpc_conformance.reference.issuer.module_desk import ModuleDesk
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.phone.check_in import CheckIn
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.phone.secure_element import IssuerOrders
from dpc_conformance.reference.phone.waiting_key import WaitingKey
from dpc_conformance.reference.scene import Scene


class HardwareByPassword(ByPassword):
    """Takes a name with a password from holders of hardware credentials, whose portal has always worked like that."""

    def authenticate(self, certificate: bytes | None, sent: Sequence[bytes] = ()) -> Authenticated | Refusal:
        """See PkiAuthenticator."""
        who = super().authenticate(certificate, sent)
        if certificate is None and isinstance(who, Authenticated) and not self._in_hardware(who.certificate):
            return self.strict.authenticate(None, sent)
        return who

    def _in_hardware(self, certificate: x509.Certificate) -> bool:
        return bool(self.parts.hardware.keys.module_of(certificate))


@fault("hardware credential is re-keyed with a password", {"DPC-LC-REKEY-02"})
def by_password(scene: Scene) -> None:
    parts, hardware = scene.issuer, scene.issuer.hardware
    unguarded = HardwareIssuance(Unguarded(**vars(hardware.gate)), hardware.rekey.issuance)
    parts.est.renewals = HardwareByPassword(parts, parts.est.renewals)  # type: ignore[assignment]
    parts.est.rekey = ByAssurance(parts.rekey, unguarded)


class ObeysAnybody(IssuerOrders):
    """Reads who commands from the certificate, and does not verify it."""

    def issuer_of(self, signer: x509.Certificate) -> str:
        """See IssuerOrders."""
        names = signer.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return names.get_values_for_type(x509.DNSName)[0]


@fault("module makes keys on a stranger's order", {"DPC-LC-REKEY-02"})
def obeys_anybody(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.hardware.element.orders = ObeysAnybody(parts.trust)

    scene.on_phone.append(change)


class AnotherPhoneToo(ModuleDesk):
    """Orders a key in whatever module the holder names."""

    def same(self, own: str, wanted: str) -> Refusal | None:  # noqa: ARG002
        """See ModuleDesk."""
        return None


@fault("re-key brings a hardware credential into another module", {"DPC-LC-REKEY-03"})
def another_phone_too(scene: Scene) -> None:
    parts = scene.issuer.hardware
    parts.module_desk = AnotherPhoneToo(**vars(parts.module_desk))


class TellsOfSoftwareOnly(CheckIn):
    """Reports to the device manager what lies in the key store."""

    def __init__(self, parts: PhoneParts) -> None:
        super().__init__(parts.management, parts.sign_in, parts.profiles, parts.apps)
        self._parts = parts

    def run(self, stores: CredentialStores, waiting: WaitingKey) -> None:  # noqa: ARG002
        """See CheckIn."""
        super().run(self._parts.keystore, waiting)  # type: ignore[arg-type]


@fault("phone does not tell the device manager of a hardware credential", {"DPC-LC-REKEY-07"})
def tells_of_software_only(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.managed = TellsOfSoftwareOnly(parts)

    scene.on_phone.append(change)
