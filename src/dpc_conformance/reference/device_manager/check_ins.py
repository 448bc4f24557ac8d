"""A phone's check-in: what it reports is taken down, and it learns what applies to it now."""

from collections.abc import Mapping

from cryptography import x509

from dpc_conformance.protocols.device_profiles import CheckInAnswer
from dpc_conformance.reference.device_manager.held import HeldCredentials
from dpc_conformance.reference.device_manager.profiles import Deployment, ProfileRegister
from dpc_conformance.reference.device_manager.register import ManagedDevice
from dpc_conformance.reference.device_manager.renewal_watch import RenewalWatch
from dpc_conformance.reference.device_manager.tenant import IssuerSetting

AUTHENTICATION = "authentication"


class CheckIns:
    """`deployment` decides what of a profile goes to a phone, `renewal` when its holder is asked for a new request."""

    def __init__(
        self, setting: IssuerSetting, profiles: ProfileRegister, held: HeldCredentials, renewal: RenewalWatch
    ) -> None:
        self._setting, self._profiles, self._held = setting, profiles, held
        self.renewal = renewal
        self.deployment = Deployment()

    def receive(self, managed: ManagedDevice, held: Mapping[str, bytes]) -> CheckInAnswer:
        """`held` are the certificates on the phone (DER, by usage). ValueError when one cannot be read."""
        for certificate in held.values():
            x509.load_der_x509_certificate(certificate)
        device_id = managed.device.device_id
        if AUTHENTICATION in self._held.report(device_id, held):
            self.renewal.plan(managed, held[AUTHENTICATION])
        stands = self._held.stands(device_id, self._setting.generation)
        usable = held if stands else {}
        offered = [
            self.deployment.for_phone(device_id, each, usable, self._setting.generation)
            for each in self._profiles.of(managed.device.account)
        ]
        return CheckInAnswer(self._profiles.in_use, stands, tuple(each for each in offered if each is not None))
