"""From a grant and a request to a certificate: judge, reserve, sign, keep, tell; only then deliver."""

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy, random_uuid
from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.certificate_requests import AcceptedRequest, CertificateRequests
from dpc_conformance.reference.issuer.credentials import Credentials, Product, Reservation
from dpc_conformance.reference.issuer.escrow_desk import EscrowDesk
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.holder_records import HolderRecords
from dpc_conformance.reference.issuer.key_delivery import KeyDelivery
from dpc_conformance.reference.issuer.notifier import Notifier
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.recheck import Recheck
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.settings import ISSUER, KEY_MANAGEMENT, IssuerSettings
from dpc_conformance.reference.issuer.signing import AuthorityOffline, CertificateSigner
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.reference.pki.keys import PrivateKey
from dpc_conformance.roles.reasons import Reason


@dataclass
class Issuance:
    """Issues one credential of a grant. Each part can be replaced by one with a defect."""

    store: Store
    accounts: Accounts
    judge: CertificateJudge
    requests: CertificateRequests
    credentials: Credentials
    signer: CertificateSigner
    key_delivery: KeyDelivery
    notifier: Notifier
    recheck: Recheck
    clock: RunClock
    entropy: Entropy
    settings: IssuerSettings
    holder_records: HolderRecords
    escrow: EscrowDesk
    revocations: Revocations

    def issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        """The certificate for the request (DER), and the enveloped key when the issuer makes it. Raises Refused.

        The same request under the same grant gets the same bytes again, also after a restart.
        """
        try:
            return self._issue(grant, usage, der, key_origin)
        except Refused as refused:
            raise Refused(refused.refusal, grant.account, f"{usage} for device {grant.device_id}") from refused

    def _issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        if grant.credentials.get(usage) != key_origin:
            raise Refused(Refusal(Reason.TOKEN, f"the token is not for a {usage} key made by the {key_origin}"))
        subject = self.holder_records.subject(grant.account, grant.piv_certificate)
        request = accepted(self.requests.read(der, subject))
        account = self.accounts.get(grant.account)
        done = self.credentials.existing(grant, usage, request.digest)
        if done is not None:
            self._note(done)
            return done
        raise_if(self.eligible(account) or self.timely(grant) or self.by_card(grant))
        made = self._make_key(request, key_origin)
        public_key = made.public_key() if made else request.public_key
        with self.store.write() as connection:
            raise_if(self.eligible(self.accounts.get(grant.account, connection)))
            place = self.credentials.reserve(
                connection, grant, usage, request.digest, public_key, random_uuid(self.entropy)
            )
        if isinstance(place, Product):
            return place
        if made is not None and usage == KEY_MANAGEMENT:
            self.escrow.deposit(account.name, made)
        try:
            certificate = self.signer.certify(usage, account.person, subject, public_key, place.uuid)
        except AuthorityOffline as error:
            raise Refused(Refusal(Reason.AUTHORITY_UNAVAILABLE, str(error))) from error
        product = self._keep(grant, place, certificate, self._envelope(made, request))
        self._note(product)
        self.notifier.issued()
        self.recheck.plan()
        return product

    def _keep(self, grant: Grant, place: Reservation, certificate: x509.Certificate, envelope: bytes | None) -> Product:
        """Put it on record, when nothing that happened while it was signed speaks against it. Raises Refused."""
        try:
            with self.store.write() as connection:
                raise_if(self.eligible(self.accounts.get(grant.account, connection)))
                return self.credentials.signed(connection, place, certificate, envelope)
        except Refused as refused:
            self.revocations.never_issued(certificate, refused.refusal.detail)
            raise

    def eligible(self, account: Account) -> Refusal | None:
        """Refused when the account is terminated or nobody approved."""
        return self.accounts.standing(account) or self.accounts.approval(account)

    def timely(self, grant: Grant) -> Refusal | None:
        """Refused more than ninety days after the identity was verified (CP §4.2.3)."""
        if self.clock.now() - grant.verified_at > self.settings.identity_lifetime:
            return Refusal(Reason.TOKEN, f"the identity was verified too long ago, at {grant.verified_at.isoformat()}")
        return None

    def by_card(self, grant: Grant) -> Refusal | None:
        """Refused when a card authorised it and is no longer good; without a card an operator has decided."""
        return self.authorised(x509.load_der_x509_certificate(grant.piv_certificate)) if grant.piv_certificate else None

    def authorised(self, card: x509.Certificate) -> Refusal | None:
        """Refused when the card certificate that authorised it is no longer good."""
        return self.judge.judge(card)

    def _make_key(self, request: AcceptedRequest, key_origin: str) -> PrivateKey | None:
        """A new key where the issuer makes it; None for the request's own key."""
        if key_origin != ISSUER:
            return None
        if not isinstance(request.public_key, ec.EllipticCurvePublicKey):
            raise Refused(Refusal(Reason.KEY_TYPE, "the transport key of serverkeygen has to be an EC key"))
        return self.key_delivery.generate()

    def _envelope(self, made: PrivateKey | None, request: AcceptedRequest) -> bytes | None:
        """What carries a key that was made here to the key of the request."""
        recipient = request.public_key
        if made is None or not isinstance(recipient, ec.EllipticCurvePublicKey):
            return None
        return self.key_delivery.envelope(made, recipient)

    def _note(self, product: Product) -> None:
        """Let the escrow know the certificate of a key that it may hold."""
        if product.envelope is not None:
            self.escrow.certified(product.certificate)


def raise_if(refusal: Refusal | None) -> None:
    """Raises Refused for a refusal."""
    if refusal is not None:
        raise Refused(refusal)


def accepted(outcome: AcceptedRequest | Refusal) -> AcceptedRequest:
    """The request; raises Refused for a refusal."""
    if isinstance(outcome, Refusal):
        raise Refused(outcome)
    return outcome
