"""Self-recovery of key management keys, by the rules of Common Policy CP §4.12.1.2 and §4.12.1.4."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.certificate_requests import CertificateRequests
from dpc_conformance.reference.issuer.escrow import Entry, EscrowOffline, KeyEscrow
from dpc_conformance.reference.issuer.hardware_issuance import HardwareRecipients
from dpc_conformance.reference.issuer.issuance import accepted, raise_if
from dpc_conformance.reference.issuer.key_delivery import KeyDelivery
from dpc_conformance.reference.issuer.pki_auth import Authenticated, PkiAuthenticator
from dpc_conformance.reference.issuer.recovery_notices import RecoveryNotices
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

SOFTWARE, HARDWARE = 1, 2
ASSURANCE = {
    oids.COMMON_POLICY: SOFTWARE,
    oids.DERIVED_PIV_AUTH: SOFTWARE,
    oids.COMMON_HARDWARE: HARDWARE,
    oids.DERIVED_PIV_AUTH_HARDWARE: HARDWARE,
}


@dataclass
class KeyRecovery:
    """Hands a subscriber the own keys, one at a time. Each part can be replaced by one with a defect."""

    store: Store
    audit: AuditLog
    accounts: Accounts
    subscribers: PkiAuthenticator
    """Judges the derived certificate with which a recovery is asked for."""
    escrow: KeyEscrow
    requests: CertificateRequests
    key_delivery: KeyDelivery
    notices: RecoveryNotices
    recipients: HardwareRecipients
    """Judges the keys that recovered keys are sent to."""

    def authenticate(self, certificate: bytes | None, sent: Sequence[bytes]) -> Authenticated:
        """Who asks, by a certificate whose possession TLS proved. Raises Refused."""
        who = self.subscribers.authenticate(certificate, sent)
        if isinstance(who, Refusal):
            raise Refused(who)
        return who

    def offered(self, who: Authenticated) -> list[Entry]:
        """The keys that this credential may recover, oldest first. Raises Refused."""
        try:
            entries = self.escrow.keys_of(who.account.name)
        except EscrowOffline as error:
            raise Refused(Refusal(Reason.ESCROW_UNAVAILABLE, str(error)), who.account.name) from error
        return [entry for entry in entries if self.assured(who.certificate, entry) is None]

    def recover(self, who: Authenticated, certificate: bytes, request: bytes) -> bytes:
        """The key of that certificate (DER) in an envelope for the key of the request (PKCS #10). Raises Refused."""
        account = who.account
        entry = self._entry(certificate)
        raise_if(self.owned(account, entry) or self.assured(who.certificate, entry) or self.notices.notifiable(account))
        recipient = accepted(self.requests.read(request, who.certificate.subject)).public_key
        raise_if(self.recipients.judge(who.certificate, request))
        if not isinstance(recipient, ec.EllipticCurvePublicKey):
            raise Refused(Refusal(Reason.KEY_TYPE, "the transport key of a recovery has to be an EC key"))
        envelope = self.key_delivery.envelope(self.escrow.open(entry), recipient)
        with self.store.write() as connection:
            self.audit.accept(connection, account.name, "recover", entry.serial, "enveloped for the phone's key")
        self.notices.recovered(account, entry.serial)
        return envelope

    def received(self, who: Authenticated, certificate: bytes) -> None:
        """The phone has the key. Raises Refused."""
        entry = self._entry(certificate)
        raise_if(self.owned(who.account, entry))
        with self.store.write() as connection:
            self.audit.accept(connection, who.account.name, "acknowledge-recovery", entry.serial)

    def refuse(self, refused: Refused, account: Account | None, certificate: bytes) -> None:
        """Put a refused attempt on record, and tell whoever it concerns."""
        try:
            entry = self.escrow.find(certificate)
        except EscrowOffline:
            entry = None
        serial = entry.serial if entry else ""
        self.audit.refuse("recover", refused.refusal, account.name if account else "unknown", serial)
        owner = self.accounts.get(entry.account) if entry else None
        for concerned in {each.name: each for each in (account, owner) if each is not None}.values():
            self.notices.refused(concerned, serial)

    def owned(self, account: Account, entry: Entry) -> Refusal | None:
        """Refused for a key of somebody else."""
        if entry.account != account.name:
            return Refusal(Reason.KEY_OWNER, f"the key of {entry.serial} is that of {entry.account}")
        return None

    def assured(self, certificate: x509.Certificate, entry: Entry) -> Refusal | None:
        """Refused when the credential is of lower assurance than the key; an unknown policy of a key counts as high."""
        has = max((ASSURANCE.get(policy, 0) for policy in _policies(certificate)), default=0)
        needs = max((ASSURANCE.get(policy, HARDWARE) for policy in _policies(entry.certificate)), default=HARDWARE)
        if has < needs:
            return Refusal(Reason.ASSURANCE, f"the key of {entry.serial} asks for a hardware credential")
        return None

    def _entry(self, certificate: bytes) -> Entry:
        try:
            entry = self.escrow.find(certificate)
        except EscrowOffline as error:
            raise Refused(Refusal(Reason.ESCROW_UNAVAILABLE, str(error))) from error
        if entry is None:
            raise Refused(Refusal(Reason.KEY_OWNER, "the escrow has no key for that certificate"))
        return entry


def _policies(certificate: x509.Certificate) -> list[str]:
    try:
        asserted = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return []
    return [policy.policy_identifier.dotted_string for policy in asserted]
