"""The credential at work: what relying parties made of it, and what their programs said."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CredentialUsed:
    """Somebody used a certificate (DER; None: none at all) at a relying party.

    `relying_party` reads like `nginx with CRLs`; `holder` is the account of whoever holds the certificate, `account`
    the one that the relying party took the visitor for. `reason` is a word of roles.reasons, empty where nobody was
    refused or the reason could not be seen. `aal` is the assurance level that the relying party demands, 2 or 3, where
    it distinguishes them.
    """

    at: datetime
    relying_party: str
    certificate: bytes | None
    holder: str
    accepted: bool
    account: str = ""
    reason: str = ""
    aal: int = 0


@dataclass(frozen=True)
class NetworkTried:
    """A device tried to join a wireless network by EAP-TLS (RFC 5216, RFC 9190), or another by IKEv2 (RFC 7296).

    `ssid` is the name of the network or of its gateway. `outcome` is joined, refused, or server-not-trusted: the device
    ended it, by EAP-TLS before it showed its certificate, by IKEv2 before it sent anything through a tunnel.
    `tls_version` is empty where the handshake did not get that far.
    """

    at: datetime
    device: str
    ssid: str
    outcome: str
    tls_version: str = ""
    detail: str = ""


@dataclass(frozen=True)
class ProgramLogged:
    """What a third-party program wrote to its log, without secrets; `text` has several lines."""

    at: datetime
    program: str
    text: str


UseRecord = CredentialUsed | NetworkTried | ProgramLogged
