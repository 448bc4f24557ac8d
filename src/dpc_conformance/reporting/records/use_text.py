"""The credential at work, as readers of a report see it."""

from collections.abc import Callable

from dpc_conformance.evidence.use import CredentialUsed, NetworkTried, ProgramLogged
from dpc_conformance.formats.certificate import read_certificate


def _used(record: CredentialUsed) -> str:
    shown = f"certificate {read_certificate(record.certificate).serial:x}" if record.certificate else "no certificate"
    refusal = f"refused, {record.reason or 'no reason was seen'}"
    outcome = f"accepted as {record.account or 'somebody'}" if record.accepted else refusal
    return f"{record.at:%Y-%m-%d %H:%M:%S} {record.relying_party}: {shown} of {record.holder}: {outcome}\n"


def _tried(record: NetworkTried) -> str:
    said = record.detail.replace("\n", "\n  ")
    spoken = f" with {record.tls_version}" if record.tls_version else ""
    return f"{record.at:%Y-%m-%d %H:%M:%S} {record.device}: {record.ssid}: {record.outcome}{spoken}\n  {said}\n"


def _logged(record: ProgramLogged) -> str:
    return f"{record.program}\n{record.text}\n"


USE: dict[type, Callable[..., str]] = {CredentialUsed: _used, NetworkTried: _tried}
LOGS: dict[type, Callable[..., str]] = {ProgramLogged: _logged}
