"""Whether an app gets the derived credential: the profile says so, or the user is asked."""

from dataclasses import dataclass
from enum import Enum, auto

from dpc_conformance.reference.phone.credential_stores import CredentialStores
from dpc_conformance.reference.phone.profiles import Profiles
from dpc_conformance.roles.profiles import AppProfile
from dpc_conformance.roles.screens import Screen

APP = "app"


class Access(Enum):
    """What comes before the use of the credential. The activation secret is asked for in any case."""

    GRANTED = auto()
    ASK = auto()


@dataclass
class AppAccess:
    """Reads the app profiles on the phone."""

    profiles: Profiles

    def of(self, app: str, stores: CredentialStores) -> Access | Screen:
        """What the profiles say about an app; a screen where it gets nothing."""
        refusal = self.profiles.refusal(stores, APP)
        if refusal is not None:
            return refusal
        provided = [each.profile for each in self.profiles.providing(stores, APP)]
        silent = [each for each in provided if isinstance(each, AppProfile) and app in each.granted_silently]
        return Access.GRANTED if silent else Access.ASK

    def gets_it(self, app: str, allowed: bool) -> bool:  # noqa: ARG002  another phone may remember answers
        """What the user's answer means for an app."""
        return allowed
