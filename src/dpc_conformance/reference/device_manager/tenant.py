"""What the administrator decides: the one issuer of derived credentials, who needs one, and what phones must do."""

import threading

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.device_manager.profiles import ProfileRegister
from dpc_conformance.roles.device_manager import DerivedCredentialSetting

NOTIFICATION_TYPES = frozenset({"app", "e-mail"})
TOKEN_BYTES = 10


class IssuerSetting:
    """The tenant's derived-credential issuer: exactly one, every field but the issuer may be edited.

    `generation` counts issuers from 1; the same one, deleted and added again, is another.
    """

    def __init__(self) -> None:
        self._setting: DerivedCredentialSetting | None = None
        self.generation = 1

    def configure(self, setting: DerivedCredentialSetting) -> None:
        """Set or edit. ValueError for another issuer than the one configured, or for unknown notification types."""
        unknown = setting.notification_types - NOTIFICATION_TYPES
        if unknown:
            raise ValueError(f"unknown notification types {sorted(unknown)}; expected app and/or e-mail")
        if self._setting is not None and self._setting.issuer_address != setting.issuer_address:
            raise ValueError(f"the tenant has an issuer already: {self._setting.issuer_address}")
        self._setting = setting

    def delete(self) -> DerivedCredentialSetting:
        """Delete the setting and return it. LookupError when there is none."""
        if self._setting is None:
            raise LookupError("the tenant has no issuer")
        deleted, self._setting = self._setting, None
        self.generation += 1
        return deleted

    def current(self) -> DerivedCredentialSetting | None:
        """The setting, None before the administrator configured one."""
        return self._setting


class Targeting:
    """The accounts to which a policy, or a profile, is assigned that needs a derived credential."""

    def __init__(self, profiles: ProfileRegister) -> None:
        self._profiles = profiles
        self._accounts: set[str] = set()
        self._lock = threading.Lock()

    def assign(self, account: str) -> None:
        """Assign the policy."""
        with self._lock:
            self._accounts.add(account)

    def is_targeted(self, account: str) -> bool:
        """Whether the account needs a derived credential."""
        with self._lock:
            assigned = account in self._accounts
        return assigned or self._profiles.need_credential(account)


class EnrolmentTokens:
    """The organisation's one token for phones with Android Enterprise; phones that it was told of need none."""

    def __init__(self, entropy: Entropy) -> None:
        self.token = entropy.bytes(TOKEN_BYTES).hex().upper()

    def accepts(self, token: str) -> bool:
        """Whether a phone that was given this token may be enrolled."""
        return token in ("", self.token)


class ScreenLockPolicy:
    """The device policy on the screen lock; without one a phone asks for none while it is set up."""

    def __init__(self) -> None:
        self.required = False


class CameraPolicy:
    """The device policy on the camera; without one it may be used."""

    def __init__(self) -> None:
        self.allowed = True
