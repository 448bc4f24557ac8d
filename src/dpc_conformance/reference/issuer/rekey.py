"""Re-key in place: the holder of a derived credential gets one for a new key (CP §3.3.1, §4.7, §4.8)."""

from dataclasses import dataclass, replace
from datetime import timedelta

from cryptography import x509
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.credentials import Product
from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.issuance import Issuance
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.replacements import Replacements
from dpc_conformance.roles.reasons import Reason

LONGEST_WITHOUT_PROOFING = timedelta(days=12 * 365)
"""CP §3.3.1: identity is proofed again in person, or by supervised remote, at least every twelve years."""


class Rekey(Issuance):
    """Issues to a holder who proved possession of the current key, which stands in place of PKI-AUTH with the card.

    What has to hold is the account, not the certificate of the card that authorised the first issuance: a card may
    have been replaced since.
    """

    def _issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        card = self.holder_records.present_card(grant.account, grant.piv_certificate)
        return super()._issue(
            replace(grant, piv_certificate=card, verified_at=self.clock.now()), usage, der, key_origin
        )

    def timely(self, grant: Grant) -> Refusal | None:
        """Refused when the identity was proofed more than twelve years ago."""
        proofed = self.holder_records.last_proofing(grant.account)
        if self.clock.now() - proofed > LONGEST_WITHOUT_PROOFING:
            return Refusal(Reason.IDENTITY_PROOFING, f"the identity was last proofed at {proofed.isoformat()}")
        return None

    def authorised(self, card: x509.Certificate) -> Refusal | None:  # noqa: ARG002
        """The current key has authorised it."""
        return None


@dataclass
class RekeyDesk:
    """Where a phone says, in a session that the new key opened, that the certificate for it has arrived."""

    audit: AuditLog
    holders: PkiAuthenticator
    replacements: Replacements

    def blueprint(self) -> Blueprint:
        """What is served on the port that asks for a client certificate."""
        pages = Blueprint("rekey", __name__, url_prefix="/rekey")
        pages.post("/receipts")(self.receipts)
        return pages

    def receipts(self) -> ResponseReturnValue:
        """The certificate of this very session is installed: what it replaces goes out of use."""
        environ = request.environ
        who = self.holders.authenticate(environ.get("dpc.client_certificate"), environ.get("dpc.client_chain") or ())
        if isinstance(who, Refusal):
            self.audit.refuse("deliver", who)
            return error_answer(who)
        self.replacements.rekeyed(who.certificate)
        return {}
