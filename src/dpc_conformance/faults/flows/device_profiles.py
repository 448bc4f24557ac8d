"""Seeded defects of the device manager's profiles: who is told of them, and what of them goes to a phone."""

from collections.abc import Mapping

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.device_profiles import Deployed
from dpc_conformance.reference.device_manager.announcements import Announcements
from dpc_conformance.reference.device_manager.notifier import SETUP
from dpc_conformance.reference.device_manager.profiles import Assigned, Deployment
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.profiles import Profile


def _announce(scene: Scene, kind: type[Announcements]) -> None:
    parts = scene.device_manager
    parts.announcements = kind(parts.setting, parts.register, parts.held, parts.notifier)


class Once(Announcements):
    """Tells of the first profile of a person and of no other."""

    def profile_changed(self, profile: Profile, account: str) -> None:  # noqa: ARG002
        """See Announcements."""
        for managed in self._register.of(account):
            if self._notifier.first_time(managed, self._setting.generation):
                self._notifier.tell(managed, SETUP)


@fault("device manager tells nobody of new and edited profiles", {"LIFE-07", "ADM-04"})
def once(scene: Scene) -> None:
    _announce(scene, Once)


class ByName(Announcements):
    """Tells of each profile when it is new, and of no edit."""

    def profile_changed(self, profile: Profile, account: str) -> None:
        """See Announcements."""
        told = self.__dict__.setdefault("told", set())
        if (account, profile.name) not in told:
            told.add((account, profile.name))
            super().profile_changed(profile, account)


@fault("device manager does not tell of an edited profile", {"LIFE-07"})
def by_name(scene: Scene) -> None:
    _announce(scene, ByName)


class ToTheSetup(Announcements):
    """Sends everybody to the setup, also people who have a credential."""

    def profile_changed(self, profile: Profile, account: str) -> None:  # noqa: ARG002
        """See Announcements."""
        for managed in self._register.of(account):
            self._notifier.tell(managed, SETUP)


@fault("device manager's message about a new profile does not lead to Company Portal", {"LIFE-07", "ADM-04"})
def to_the_setup(scene: Scene) -> None:
    _announce(scene, ToTheSetup)


@fault("device manager asks for a smart card because of any profile", {"ADM-05"})
def because_of_any(scene: Scene) -> None:
    parts = scene.device_manager
    assign = parts.profiles.assign

    def assign_and_ask(account: str, profile: Profile, generation: int) -> bool:
        changed = assign(account, profile, generation)
        if not profile.usages:
            parts.targeting.assign(account)
            parts.notifier.consider(account)
        return changed

    parts.profiles.assign = assign_and_ask  # type: ignore[method-assign]


class AsBefore(Deployment):
    """Deploys a profile with the certificates that a phone had when it first got it."""

    def __init__(self) -> None:
        self._before: dict[tuple[str, str], Deployed] = {}

    def for_phone(
        self, device_id: str, assigned: Assigned, held: Mapping[str, bytes], generation: int
    ) -> Deployed | None:
        """See Deployment."""
        now = super().for_phone(device_id, assigned, held, generation)
        if now is None:
            return None
        first = self._before.setdefault((device_id, assigned.profile.name), now)
        return Deployed(now.profile, first.fingerprints)


@fault("device manager does not deploy profiles again for a new credential", {"LIFE-06"})
def as_before(scene: Scene) -> None:
    scene.device_manager.check_ins.deployment = AsBefore()
