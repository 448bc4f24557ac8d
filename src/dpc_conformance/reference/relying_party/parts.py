"""The collaborators of the reference relying party."""

from dataclasses import dataclass

from dpc_conformance.reference.audit_log import MemoryAuditLog
from dpc_conformance.reference.identity_provider.parts import Authenticate

ADDRESS = "https://app.dpc.example:8443/"


@dataclass
class RelyingPartyParts:
    """`authenticate` judges a handshake's chain; `address` is on the port that asks for a client certificate."""

    authenticate: Authenticate
    audit: MemoryAuditLog
    address: str = ADDRESS
