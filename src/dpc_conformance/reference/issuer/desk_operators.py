"""Who works at the desk for people without their card: holders of PIV Cards whom the agency has appointed."""

from cryptography import x509

from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.refusals import Refusal


class DeskOperators:
    """The account directory for log-ons to the desk; `appointed` are names of accounts."""

    def __init__(self, accounts: Accounts, appointed: frozenset[str]) -> None:
        self._accounts, self._appointed = accounts, appointed

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """The operator whose card it is; None for anybody else."""
        account = self._accounts.holder_of(certificate)
        return account if account is not None and account.name in self._appointed else None

    def standing(self, account: Account) -> Refusal | None:
        """A refusal when the operator's account is not active."""
        return self._accounts.standing(account)
