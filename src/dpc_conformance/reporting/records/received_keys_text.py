"""Keys that arrived, as readers of a report see them: what protected a key, never the key."""

from collections.abc import Callable

from dpc_conformance.evidence.received_keys import EncryptedMailRead, KeyReceived
from dpc_conformance.reporting.records.certificate_text import serial_of


def _received(record: KeyReceived) -> str:
    how = f"in an envelope of {len(record.envelope)} bytes" if record.envelope else "without an envelope"
    whose = f"the key of {serial_of(record.certificate)} from {record.address}"
    return f"{record.at:%H:%M:%S} {record.way} of {whose}, {how}\n"


def _read(record: EncryptedMailRead) -> str:
    outcome = "opened" if record.opened else "not opened"
    return f"{record.at:%H:%M:%S} mail encrypted to {serial_of(record.certificate)}: {outcome}\n"


RECEIVED_KEYS: dict[type, Callable[..., str]] = {KeyReceived: _received, EncryptedMailRead: _read}
