"""What the roles know, as rows of tables."""

from collections.abc import Iterator

from cryptography import x509

from dpc_conformance.reference.console.system import System
from dpc_conformance.roles.device_manager import Device

Row = tuple[str, ...]


def credentials(system: System) -> tuple[Row, ...]:
    """Usage, serial number, device, status, issue and end of the cardholder's derived credentials, newest first."""
    return tuple(reversed(tuple(_credentials(system))))


def devices(system: System) -> tuple[Device, ...]:
    """The phones of the cardholder that the device manager knows, newest first."""
    return tuple(reversed(system.cast.device_manager.devices_of(system.cast.cardholder)))


def certificates(system: System) -> tuple[Row, ...]:
    """Subject, serial number and end of the card's certificate and those of the CAs."""
    card = x509.load_der_x509_certificate(system.cast.card_certificate)
    return tuple(
        (each.subject.rfc4514_string(), f"{each.serial_number:x}", f"{each.not_valid_after_utc:%Y-%m-%d}")
        for each in (card, *system.authorities)
    )


def _credentials(system: System) -> Iterator[Row]:
    for each in system.cast.issuer.credentials_of(system.cast.cardholder):
        certificate = x509.load_der_x509_certificate(each.certificate)
        yield (
            each.usage, f"{certificate.serial_number:x}", each.device_id, each.status,
            f"{each.issued_at:%Y-%m-%d %H:%M}", f"{certificate.not_valid_after_utc:%Y-%m-%d}",
        )  # fmt: skip
