"""PKI-AUTH: from a certificate whose possession TLS proved to a PIV identity account (FIPS 201-3 §6.2.3.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reference.issuer.accounts import Account
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason


class AccountDirectory(Protocol):
    """Knows who holds a certificate, and whether the account still stands."""

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """The account that the certificate's own identifiers select; None when there is none."""

    def standing(self, account: Account) -> Refusal | None:
        """A refusal when the account is not active."""


@dataclass(frozen=True)
class Authenticated:
    """Somebody proved at `at` to hold the card of this account."""

    account: Account
    certificate: x509.Certificate
    at: datetime


class PkiAuthenticator:
    """Decides about a certificate from the TLS layer, which has checked CertificateVerify and nothing else.

    The challenge is that of the handshake: fresh for each connection, and signed over with the certificate's own key.
    """

    def __init__(self, judge: CertificateJudge, directory: AccountDirectory, clock: RunClock) -> None:
        self._judge, self._directory, self._clock = judge, directory, clock

    def authenticate(self, certificate: bytes | None, sent: Sequence[bytes] = ()) -> Authenticated | Refusal:
        """Judge the certificate (DER; None when the client sent none); `sent` is what else was in the handshake."""
        if certificate is None:
            return Refusal(Reason.NO_CERTIFICATE, "the client sent no certificate")
        try:
            end = x509.load_der_x509_certificate(certificate)
            further = [x509.load_der_x509_certificate(der) for der in sent if der != certificate]
            end.public_key(), end.extensions  # noqa: B018  both are parsed on first use and may turn out malformed
        except UNREADABLE as error:
            return Refusal(Reason.PATH, f"the certificate cannot be read: {error}")
        refusal = self._judge.judge(end, further)
        if refusal is not None:
            return refusal
        account = self._directory.holder_of(end)
        if account is None:
            return Refusal(Reason.UNKNOWN_ACCOUNT, "no account holds this card")
        return self._directory.standing(account) or Authenticated(account, end, self._clock.now())
