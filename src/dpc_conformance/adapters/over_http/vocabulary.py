"""The words of ours to which a product's words are mapped, where a field has a few of them."""

from collections.abc import Mapping

from dpc_conformance.evidence.decisions import OTHER, AuditRecord, IssuedCredential
from dpc_conformance.roles.device_manager import Device
from dpc_conformance.roles.reasons import Reason

OF_ISSUERS = (
    "accept-obligations", "acknowledge-recovery", "approve", "approve-recovery", "authenticate", "bind",
    "close-review", "deliver", "issue", "learn", "list-keys", "modify", "open-review", "re-check", "recover",
    "redeem", "release", "renew", "request", "request-revocation", "reset", "restore", "revoke", "sign-in", "watch",
)  # fmt: skip
OF_DEVICE_MANAGERS = (
    "camera-policy", "check-in", "compliance", "configure-issuer", "delete-issuer", "deploy", "enrol", "issue-device",
    "notify", "offer-app", "retire", "state", "target", "unenrol",
)  # fmt: skip
ACTIONS = tuple(sorted({*OF_ISSUERS, *OF_DEVICE_MANAGERS}))
"""What audit records are about, as the judge knows it."""
WORDS: Mapping[tuple[type, str], tuple[str, ...]] = {
    (AuditRecord, "action"): ACTIONS,
    (AuditRecord, "outcome"): ("accepted", "refused"),
    (AuditRecord, "reason"): ("", *Reason),
    (IssuedCredential, "usage"): ("authentication", "signature", "key-management"),
    (IssuedCredential, "status"): ("signed", "delivered", "revoked"),
    (IssuedCredential, "key_origin"): ("device", "issuer"),
    (Device, "state"): ("enrolled", "retired"),
}
UNKNOWN: Mapping[tuple[type, str], str] = {(AuditRecord, "action"): OTHER, (AuditRecord, "reason"): ""}
"""What stands for a word that nobody mapped; where there is nothing, the answer cannot be read."""
