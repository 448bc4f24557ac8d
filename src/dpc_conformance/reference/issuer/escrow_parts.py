"""What the issuer's key escrow is made of; like IssuerParts, each part can be swapped before it is first used."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.issuer.accounts import Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.certificate_requests import CertificateRequests
from dpc_conformance.reference.issuer.escrow import KeyEscrow
from dpc_conformance.reference.issuer.escrow_desk import EscrowDesk
from dpc_conformance.reference.issuer.hardware_issuance import HardwareRecipients
from dpc_conformance.reference.issuer.key_delivery import KeyDelivery
from dpc_conformance.reference.issuer.notice_sender import NoticeSender
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.recovery import KeyRecovery
from dpc_conformance.reference.issuer.recovery_agents import RecoveryAgents
from dpc_conformance.reference.issuer.recovery_notices import RecoveryNotices
from dpc_conformance.reference.issuer.recovery_service import RecoveryService
from dpc_conformance.reference.issuer.store import Store


@dataclass
class EscrowParts:
    """The escrow stands in a database of its own beside `store_path`."""

    store: Store
    store_path: Path
    audit: AuditLog
    accounts: Accounts
    subscribers: PkiAuthenticator
    requests: CertificateRequests
    key_delivery: KeyDelivery
    sender: NoticeSender
    clock: RunClock
    entropy: Entropy
    recipients: HardwareRecipients

    @cached_property
    def escrow(self) -> KeyEscrow:
        """The database."""
        return KeyEscrow(self.store_path.with_suffix(".escrow.sqlite"), self.clock, self.entropy)

    @cached_property
    def desk(self) -> EscrowDesk:
        """Where new keys are handed in."""
        return EscrowDesk(self.escrow, self.store, self.audit)

    @cached_property
    def notices(self) -> RecoveryNotices:
        """Mail about recoveries."""
        return RecoveryNotices(self.sender)

    @cached_property
    def recovery(self) -> KeyRecovery:
        """Self-recovery."""
        return KeyRecovery(
            self.store, self.audit, self.accounts, self.subscribers, self.escrow, self.requests, self.key_delivery,
            self.notices, self.recipients,
        )  # fmt: skip

    @cached_property
    def service(self) -> RecoveryService:
        """Self-recovery over the network."""
        return RecoveryService(self.recovery)

    @cached_property
    def agents(self) -> RecoveryAgents:
        """Recovery for somebody else."""
        return RecoveryAgents(self.store, self.audit, self.escrow, self.key_delivery)
