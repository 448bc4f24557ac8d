"""What the roles know, as rows of tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509

from dpc_conformance.reference.console.system import System
from dpc_conformance.roles.device_manager import Device


@dataclass(frozen=True)
class CredentialShown:
    """A derived credential in the records of the issuer."""

    usage: str
    serial: str
    device_id: str
    status: str
    issued: str
    ends: str


@dataclass(frozen=True)
class CertificateShown:
    """The card's certificate, or that of a CA."""

    subject: str
    serial: str
    ends: str


def credentials(system: System) -> tuple[CredentialShown, ...]:
    """The derived credentials of the cardholder, newest first."""
    return tuple(reversed(tuple(_credentials(system))))


def devices(system: System) -> tuple[Device, ...]:
    """The phones of the cardholder that the device manager knows, newest first."""
    return tuple(reversed(system.cast.device_manager.devices_of(system.cast.cardholder)))


def certificates(system: System) -> tuple[CertificateShown, ...]:
    """The card's certificate and those of the CAs."""
    card = x509.load_der_x509_certificate(system.cast.card_certificate)
    return tuple(
        CertificateShown(
            each.subject.rfc4514_string(), f"{each.serial_number:x}", f"{each.not_valid_after_utc:%Y-%m-%d}"
        )
        for each in (card, *system.authorities)
    )


def _credentials(system: System) -> Iterator[CredentialShown]:
    for each in system.cast.issuer.credentials_of(system.cast.cardholder):
        certificate = x509.load_der_x509_certificate(each.certificate)
        yield CredentialShown(
            each.usage, f"{certificate.serial_number:x}", each.device_id, each.status,
            f"{each.issued_at:%Y-%m-%d %H:%M}", f"{certificate.not_valid_after_utc:%Y-%m-%d}",
        )  # fmt: skip
