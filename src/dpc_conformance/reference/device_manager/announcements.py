"""Tells people of new and changed profiles: to set up a credential for them, or to fetch them."""

from dpc_conformance.reference.device_manager.held import HeldCredentials
from dpc_conformance.reference.device_manager.notifier import POLICY, SETUP, Notifier
from dpc_conformance.reference.device_manager.register import DeviceRegister
from dpc_conformance.reference.device_manager.tenant import IssuerSetting
from dpc_conformance.roles.profiles import Profile


class Announcements:
    """Every edit of a profile that needs a derived credential is told anew, on each phone."""

    def __init__(
        self, setting: IssuerSetting, register: DeviceRegister, held: HeldCredentials, notifier: Notifier
    ) -> None:
        self._setting, self._register, self._held, self._notifier = setting, register, held, notifier

    def profile_changed(self, profile: Profile, account: str) -> None:
        """A profile of the account was assigned or edited; without an issuer there is nothing to set up yet."""
        if self._setting.current() is None:
            return
        generation = self._setting.generation
        for managed in self._register.of(account):
            self._notifier.first_time(managed, generation)
            covered = self._held.covers(managed.device.device_id, generation, profile.usages)
            self._notifier.tell(managed, POLICY if covered else SETUP)
