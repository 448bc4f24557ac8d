"""Where the holder of a hardware credential gets an order for the module, in a session that its key opened."""

from dataclasses import dataclass

from cryptography import x509
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.issuer.attested_keys import AttestedKeys
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.enrolment import error_answer
from dpc_conformance.reference.issuer.grants import Grant, Grants
from dpc_conformance.reference.issuer.module_orders import ModuleOrders
from dpc_conformance.reference.issuer.pki_auth import PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

ACTION = "order-key"


@dataclass
class ModuleDesk:
    """`GET /module/orders`, for a re-key or for key history (Common Policy CP §3.3.1, §4.12.1.5)."""

    store: Store
    audit: AuditLog
    holders: PkiAuthenticator
    grants: Grants
    keys: AttestedKeys
    orders: ModuleOrders

    def blueprint(self) -> Blueprint:
        """What is served on the port that asks for a client certificate."""
        pages = Blueprint("module", __name__, url_prefix="/module")
        pages.get("/orders")(self.give)
        return pages

    def give(self) -> ResponseReturnValue:
        """An order for the module that holds the current key; `module` may name it."""
        environ = request.environ
        who = self.holders.authenticate(environ.get("dpc.client_certificate"), environ.get("dpc.client_chain") or ())
        try:
            if isinstance(who, Refusal):
                raise Refused(who)
            return self._give(who.account.name, who.certificate)
        except Refused as refused:
            self.audit.refused(ACTION, refused)
            return error_answer(refused.refusal)

    def same(self, own: str, wanted: str) -> Refusal | None:
        """Refused for another module: what it gets repeats initial issuance."""
        if own == wanted:
            return None
        return Refusal(Reason.ANOTHER_MODULE, f"the current key is in module {own}, asked for was {wanted}")

    def _give(self, account: str, certificate: x509.Certificate) -> ResponseReturnValue:
        grant, own = self.grants.of_certificate(certificate), self.keys.module_of(certificate)
        if not isinstance(grant, Grant) or not own:
            raise Refused(Refusal(Reason.ASSURANCE, "the credential is not one in hardware"), account)
        wanted = request.args.get("module", own)
        if (refusal := self.same(own, wanted)) is not None:
            raise Refused(refusal, account, f"module {wanted}")
        with self.store.write() as connection:
            self.orders.note(connection, grant.identifier, wanted)
            self.audit.accept(connection, account, ACTION, f"module {wanted}")
        order = self.orders.outstanding(grant.identifier)
        if isinstance(order, Refusal):
            raise Refused(order, account)
        return {"order": self.orders.text(order)}
