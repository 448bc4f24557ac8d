"""Records of the lifecycle as readers of a report see them."""

from collections.abc import Callable

from dpc_conformance.evidence.lifecycle import AgencyNotice, InvalidationAsked, KeysSeen, StatusSeen
from dpc_conformance.reporting.records.certificate_text import serial_of


def _notice(record: AgencyNotice) -> str:
    reason = f" ({record.reason})" if record.reason else ""
    return f"{record.at:%d %H:%M:%S} agency back-end: {record.kind}{reason}: {record.subject}\n"


def _asked(record: InvalidationAsked) -> str:
    return f"{record.at:%d %H:%M:%S} {record.requester} asks for an invalidation ({record.reason}): {record.subject}\n"


def _status(record: StatusSeen) -> str:
    listed = "on the CRL" if record.on_crl else "on no CRL"
    return f"{record.at:%d %H:%M:%S} status of {serial_of(record.certificate)}: {record.ocsp} by OCSP, {listed}\n"


def _keys(record: KeysSeen) -> str:
    return f"{record.at:%d %H:%M:%S} key store: {len(record.certificates)} certificates, {record.private_keys} keys\n"


LIFECYCLE: dict[type, Callable[..., str]] = {
    AgencyNotice: _notice,
    InvalidationAsked: _asked,
    StatusSeen: _status,
    KeysSeen: _keys,
}
