"""Recovery for somebody else than the subscriber: two key recovery agents have to agree (CP §4.12.1.3)."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.escrow import Entry, KeyEscrow
from dpc_conformance.reference.issuer.key_delivery import KeyDelivery
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

AGENTS_NEEDED = 2


@dataclass
class RecoveryAgents:
    """Counts approvals of different agents, and releases a key upon the second."""

    store: Store
    audit: AuditLog
    escrow: KeyEscrow
    key_delivery: KeyDelivery

    def approve(self, agent: str, certificate: bytes, recipient: ec.EllipticCurvePublicKey) -> bytes:
        """The key in an envelope for `recipient`, when this was the approval that was missing. Raises Refused."""
        entry = self.escrow.find(certificate)
        if entry is None:
            raise Refused(Refusal(Reason.KEY_OWNER, "the escrow has no key for that certificate"), agent)
        refusal = self.enough(self.escrow.approve(entry, agent))
        with self.store.write() as connection:
            self.audit.accept(connection, agent, "approve-recovery", entry.serial)
            if refusal is not None:
                self.audit.refuse_in(connection, "release", refusal, agent, entry.serial)
        if refusal is not None:
            raise Refused(refusal, agent, entry.serial)
        return self._release(agent, entry, recipient)

    def enough(self, agents: int) -> Refusal | None:
        """Refused while fewer agents than needed have approved."""
        if agents < AGENTS_NEEDED:
            return Refusal(Reason.SECOND_AGENT, f"{agents} of {AGENTS_NEEDED} key recovery agents approved")
        return None

    def _release(self, agent: str, entry: Entry, recipient: ec.EllipticCurvePublicKey) -> bytes:
        envelope = self.key_delivery.envelope(self.escrow.open(entry), recipient)
        with self.store.write() as connection:
            self.audit.accept(connection, agent, "release", entry.serial, f"a key of {entry.account}, enveloped")
        self.escrow.forget_approvals(entry)
        return envelope
