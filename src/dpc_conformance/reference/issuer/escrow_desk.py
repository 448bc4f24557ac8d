"""Where issuance hands key management keys to the escrow, each before its certificate is made (CP §4.12.1.1)."""

from cryptography import x509

from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.escrow import EscrowOffline, KeyEscrow
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.reference.pki.keys import PrivateKey
from dpc_conformance.roles.reasons import Reason


class EscrowDesk:
    """No key without a place in escrow gets a certificate."""

    def __init__(self, escrow: KeyEscrow, store: Store, audit: AuditLog) -> None:
        self._escrow, self._store, self._audit = escrow, store, audit

    def deposit(self, account: str, key: PrivateKey) -> None:
        """Put a new key into escrow. Raises Refused (ESCROW_UNAVAILABLE)."""
        try:
            name = self._escrow.deposit(account, key)
        except EscrowOffline as error:
            raise Refused(Refusal(Reason.ESCROW_UNAVAILABLE, str(error))) from error
        with self._store.write() as connection:
            self._audit.accept(connection, "issuer", "escrow", name, f"a key management key for {account}")

    def certified(self, certificate: bytes) -> None:
        """Note the certificate (DER) of a key that was put there. Raises Refused (ESCROW_UNAVAILABLE)."""
        try:
            self._escrow.certified(x509.load_der_x509_certificate(certificate))
        except EscrowOffline as error:
            raise Refused(Refusal(Reason.ESCROW_UNAVAILABLE, str(error))) from error
