"""Who holds a derived certificate: the issuer's own records say so, not the names in it."""

from dataclasses import dataclass

from cryptography import x509

from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.grants import Grant, Grants
from dpc_conformance.reference.issuer.refusals import Refusal


@dataclass
class DerivedHolders:
    """The account directory for renewals (RFC 7030 §4.2.2)."""

    grants: Grants
    accounts: Accounts

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """The account that this active derived authentication certificate was issued to."""
        grant = self.grants.of_certificate(certificate)
        return self.accounts.get(grant.account) if isinstance(grant, Grant) else None

    def standing(self, account: Account) -> Refusal | None:
        """Refused when the account is not active."""
        return self.accounts.standing(account)
