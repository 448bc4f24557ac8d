"""The device manager's profiles on the phone: what the derived credential may be used for."""

from dpc_conformance.protocols.device_profiles import (
    CheckInAnswer,
    Deployed,
    fingerprint,
    profile_as_json,
    profile_from_json,
)
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.roles.profiles import InstalledProfile
from dpc_conformance.roles.screens import Screen

PROFILES, MANAGED = "profiles", "profiles-managed"
NOT_PROVIDED = "Your organization provides no settings for this use of your mobile smart card."


class Profiles:
    """Kept in `flash` as they came at the last check-in. Where the organisation has none, nothing is refused."""

    def __init__(self, flash: Flash) -> None:
        self._flash = flash

    def take(self, answer: CheckInAnswer) -> None:
        """Install what came, and remove whatever else was there."""
        self._flash.write(MANAGED, answer.managed)
        self._flash.write(PROFILES, [profile_as_json(each) for each in answer.profiles])

    def clear(self) -> None:
        """Nobody manages this phone any more."""
        self._flash.write(MANAGED, False)
        self._flash.write(PROFILES, [])

    def installed(self, stores: CredentialStores) -> tuple[InstalledProfile, ...]:
        """The profiles, each with those of its certificates that are on the phone."""
        held = {fingerprint(each.certificate): each.certificate for each in stores.credentials()}
        return tuple(
            InstalledProfile(each.profile, tuple(held[one] for one in each.fingerprints if one in held))
            for each in self._deployed()
        )

    def providing(
        self, stores: CredentialStores, purpose: str, place: str = "", usage: str = "authentication"
    ) -> tuple[InstalledProfile, ...]:
        """The profiles by which the credential of that usage may be used there.

        `place` is an SSID, a gateway or a mail address. A profile whose certificates are not on the phone provides for
        nothing.
        """
        return tuple(
            each
            for each in self.installed(stores)
            if each.profile.purpose == purpose
            and each.profile.place in ("", place)
            and usage in each.profile.usages
            and len(each.certificates) == len(each.profile.usages)
        )

    def refusal(
        self, stores: CredentialStores, purpose: str, place: str = "", usage: str = "authentication"
    ) -> Screen | None:
        """What the phone shows instead of using the credential; None where it may be used."""
        if not self._flash.read(MANAGED) or self.providing(stores, purpose, place, usage):
            return None
        return Screen(captions.NOT_ALLOWED, NOT_PROVIDED)

    def _deployed(self) -> tuple[Deployed, ...]:
        return tuple(profile_from_json(each) for each in self._flash.read(PROFILES) or [])
