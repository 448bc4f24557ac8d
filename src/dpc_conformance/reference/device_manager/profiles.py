"""Profiles as the administrator assigned them, and with which certificates they go to a phone."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from dpc_conformance.protocols.device_profiles import Deployed, fingerprint
from dpc_conformance.roles.profiles import Profile


@dataclass(frozen=True)
class Assigned:
    """A profile of an account; `generation` is that of the tenant's issuer when the profile was last edited."""

    profile: Profile
    generation: int


class ProfileRegister:
    """The profiles of the tenant, by account and name; thread-safe."""

    def __init__(self) -> None:
        self._assigned: dict[str, dict[str, Assigned]] = {}
        self._lock = threading.Lock()

    @property
    def in_use(self) -> bool:
        """Whether the organisation manages profiles at all."""
        with self._lock:
            return bool(self._assigned)

    def assign(self, account: str, profile: Profile, generation: int) -> bool:
        """Assign or edit; whether anything is different now."""
        with self._lock:
            of_account = self._assigned.setdefault(account, {})
            known = of_account.get(profile.name)
            if known is not None and known.profile == profile:
                return False
            of_account[profile.name] = Assigned(profile, generation)
            return True

    def of(self, account: str) -> tuple[Assigned, ...]:
        """The profiles of an account, in the order in which they were first assigned."""
        with self._lock:
            return tuple(self._assigned.get(account, {}).values())

    def need_credential(self, account: str) -> bool:
        """Whether any profile of the account asks for a derived credential."""
        return any(each.profile.usages for each in self.of(account))


class Deployment:
    """What of a profile goes to a phone."""

    def for_phone(
        self,
        device_id: str,  # noqa: ARG002  another deployment may remember what a phone got before
        assigned: Assigned,
        held: Mapping[str, bytes],
        generation: int,
    ) -> Deployed | None:
        """The profile with the certificates among those `held` (DER, by usage) that it uses.

        None while the phone lacks one of them, and after a change of the issuer until somebody edits the profile.
        """
        usages = assigned.profile.usages
        if usages and (assigned.generation != generation or not held.keys() >= set(usages)):
            return None
        return Deployed(assigned.profile, tuple(fingerprint(held[usage]) for usage in usages))
