"""Registration operators: people with an account here whom the agency has appointed (Common Policy CP §5.2.1)."""

from cryptography import x509

from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.store import Store


class Operators:
    """The account directory for log-ons to the registration desk."""

    def __init__(self, store: Store, audit: AuditLog, accounts: Accounts) -> None:
        self._store, self._audit, self._accounts = store, audit, accounts

    def appoint(self, account: str) -> None:
        """The holder of that account is an operator from now on. LookupError when there is no such account."""
        name = self._accounts.get(account).name
        with self._store.write() as connection:
            connection.execute("INSERT INTO operator VALUES(?) ON CONFLICT DO NOTHING", (name,))
            self._audit.accept(connection, "registrar", "appoint-operator", name)

    def appointed(self, account: str) -> bool:
        """Whether the holder of that account is an operator."""
        query = "SELECT 1 FROM operator WHERE account=?"
        return self._store.read().execute(query, (account,)).fetchone() is not None

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """The operator whose certificate this is, by its identifiers; None for anybody else."""
        account = self._accounts.holder_of(certificate)
        return account if account is not None and self.appointed(account.name) else None

    def standing(self, account: Account) -> Refusal | None:
        """Refused when the account is not active."""
        return self._accounts.standing(account)
