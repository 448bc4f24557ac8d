"""The phone's check-in with its device manager: it says what it holds, and does what the answer asks."""

from dpc_conformance.protocols.device_management import DeviceManagementClient, ManagementRefused
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.installed_apps import InstalledApps
from dpc_conformance.reference.phone.profiles import Profiles
from dpc_conformance.reference.phone.sign_in import SignIn
from dpc_conformance.reference.phone.waiting_key import WaitingKey
from dpc_conformance.roles.reasons import Reason

REPORTED = ("authentication", "signature", "key-management")
"""Keys that were recovered to read old mail belong to no profile."""


class CheckIn:
    """Profiles come and go with it; the credential goes when its issuer, or the phone's management, has ended."""

    def __init__(
        self,
        management: DeviceManagementClient,
        sign_in: SignIn,
        profiles: Profiles,
        apps: InstalledApps,
    ) -> None:
        self._management, self._sign_in = management, sign_in
        self._profiles, self._apps = profiles, apps

    def run(self, stores: CredentialStores, waiting: WaitingKey) -> None:
        """One check-in; a phone that is not enrolled has none. Raises ManagementRefused and the network's errors."""
        if not self._sign_in.enrolled:
            return
        held = {each.usage: each.certificate for each in stores.credentials() if each.usage in REPORTED}
        try:
            answer = self._management.check_in(held)
        except ManagementRefused as refused:
            if refused.reason != Reason.DEVICE_NOT_REGISTERED:
                raise
            self.leave(stores, waiting)
            return
        if not answer.credential_stands:
            self.withdraw(stores, waiting)
        self._profiles.take(answer)

    def leave(self, stores: CredentialStores, waiting: WaitingKey) -> None:
        """Nobody manages this phone any more: what it got by being managed goes."""
        self.withdraw(stores, waiting)
        self._profiles.clear()
        self._apps.clear()
        self._sign_in.forget()

    def withdraw(self, stores: CredentialStores, waiting: WaitingKey) -> None:
        """Destroy the derived credentials, their private keys included (Common Policy CP §6.2.10)."""
        waiting.log_out()
        for held in stores.credentials():
            stores.remove(held.usage)
