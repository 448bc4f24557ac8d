"""Configuration profiles of the device manager: what a phone may use the derived credential for, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

DERIVED_CREDENTIAL, ANOTHER = "derived credential", "another"
"""What a profile says about the certificate that is to be used: the derived credential, or one from elsewhere."""


def usages_of(wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Of the usages with what a profile wants for each, those for which it wants a derived credential."""
    return tuple(usage for usage, credential in wanted.items() if credential == DERIVED_CREDENTIAL)


@dataclass(frozen=True)
class WifiProfile:
    """A network that the phone joins by EAP-TLS; `credential` is what it shows there."""

    purpose: ClassVar[str] = "wi-fi"
    name: str
    ssid: str
    credential: str = DERIVED_CREDENTIAL
    description: str = ""

    @property
    def place(self) -> str:
        """Where it is good: the SSID."""
        return self.ssid

    @property
    def usages(self) -> tuple[str, ...]:
        """The derived credentials that it needs."""
        return usages_of({"authentication": self.credential})


@dataclass(frozen=True)
class VpnProfile:
    """A tunnel to the organisation's network; `gateway` is the host name of its other end."""

    purpose: ClassVar[str] = "vpn"
    name: str
    gateway: str
    credential: str = DERIVED_CREDENTIAL
    description: str = ""

    @property
    def place(self) -> str:
        """Where it is good: the gateway."""
        return self.gateway

    @property
    def usages(self) -> tuple[str, ...]:
        """The derived credentials that it needs."""
        return usages_of({"authentication": self.credential})


@dataclass(frozen=True)
class MailProfile:
    """A mail account with S/MIME; each of the two certificate types is a derived credential or another."""

    purpose: ClassVar[str] = "mail"
    name: str
    address: str
    signing_certificate_type: str = DERIVED_CREDENTIAL
    encryption_certificate_type: str = DERIVED_CREDENTIAL
    description: str = ""

    @property
    def place(self) -> str:
        """Where it is good: the mail address."""
        return self.address

    @property
    def usages(self) -> tuple[str, ...]:
        """The derived credentials that it needs."""
        return usages_of(
            {"signature": self.signing_certificate_type, "key-management": self.encryption_certificate_type}
        )


@dataclass(frozen=True)
class AppProfile:
    """Managed apps get the credential: those of `granted_silently` without a question, others if the user approves."""

    purpose: ClassVar[str] = "app"
    name: str
    granted_silently: tuple[str, ...] = ()
    credential: str = DERIVED_CREDENTIAL
    description: str = ""

    @property
    def place(self) -> str:
        """Where it is good: everywhere."""
        return ""

    @property
    def usages(self) -> tuple[str, ...]:
        """The derived credentials that it needs."""
        return usages_of({"authentication": self.credential})


Profile = WifiProfile | VpnProfile | MailProfile | AppProfile


@dataclass(frozen=True)
class InstalledProfile:
    """A profile on a phone. `certificates` (DER) are those of the derived credential that it was deployed with."""

    profile: Profile
    certificates: tuple[bytes, ...]
