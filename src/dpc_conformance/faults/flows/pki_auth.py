"""Seeded defects of the sign-in at the issuer's kiosk: which certificates it takes, and what it calls a proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography import x509
from flask import redirect, request
from flask.typing import ResponseReturnValue

from dpc_conformance.faults.forgiving import forgiving
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.accounts import Account
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.kiosk import Kiosk
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.path_judge import CertificateJudge, PathJudge
from dpc_conformance.reference.issuer.pki_auth import AccountDirectory, Authenticated, PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.renewals import DerivedHolders
from dpc_conformance.reference.pki.revocation import HOLD
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


def _judge_sign_ins_by(parts: IssuerParts, judge: CertificateJudge) -> None:
    """Only the kiosk's sign-in judges so: issuance and the second look stay as they were."""
    parts.authenticator = PkiAuthenticator(judge, parts.accounts, parts.clock)


def _forgive(scene: Scene, *reasons: Reason) -> None:
    _judge_sign_ins_by(scene.issuer, forgiving(scene.issuer.judge, *reasons))


def _path_judge(scene: Scene) -> PathJudge:
    judge = scene.issuer.judge
    if not isinstance(judge, PathJudge):
        raise TypeError("another defect has taken the place of the issuer's judge")
    return judge


@fault("issuer accepts a revoked PIV Card", {"DPC-ISS-PKIAUTH-03", "PIV-SRC-STATUS-01"})
def revoked(scene: Scene) -> None:
    _forgive(scene, Reason.REVOKED)


@dataclass(frozen=True)
class BlindToHolds:
    """Takes a certificate on hold for a good one: a hold may end, after all."""

    strict: CertificateJudge
    status: StatusService

    def judge(self, certificate: x509.Certificate, sent: Sequence[x509.Certificate] = ()) -> Refusal | None:
        """See CertificateJudge."""
        refusal = self.strict.judge(certificate, sent)
        if refusal is None or refusal.reason is not Reason.REVOKED:
            return refusal
        entry = self.status.revocations.find(self.status.authority_of(certificate), certificate.serial_number)
        return None if entry is not None and entry.reason is HOLD else refusal


@fault("issuer accepts a PIV Card on hold", {"DPC-ISS-PKIAUTH-03", "PIV-SRC-STATUS-01"})
def on_hold(scene: Scene) -> None:
    _judge_sign_ins_by(scene.issuer, BlindToHolds(scene.issuer.judge, scene.status))


@fault("issuer accepts a card whose status cannot be found out", {"DPC-ISS-PKIAUTH-03"})
def status_unknown(scene: Scene) -> None:
    _forgive(scene, Reason.STATUS_UNAVAILABLE)


@fault("issuer accepts an expired PIV Card", {"DPC-ISS-PKIAUTH-02"})
def expired(scene: Scene) -> None:
    _forgive(scene, Reason.EXPIRED)


@fault("issuer accepts a PIV Card before its time", {"DPC-ISS-PKIAUTH-02"})
def not_yet_valid(scene: Scene) -> None:
    _forgive(scene, Reason.NOT_YET_VALID)


@fault("issuer accepts a card of an unknown CA", {"DPC-ISS-PKIAUTH-02"})
def unknown_authority(scene: Scene) -> None:
    _forgive(scene, Reason.CERTIFICATE_SIGNATURE)


@fault("issuer accepts the Card Authentication certificate", {"DPC-ISS-PKIAUTH-04", "PIV-SRC-CARDAUTH-02"})
def card_authentication(scene: Scene) -> None:
    judge = _path_judge(scene)
    policies = judge.policies | {oids.COMMON_CARD_AUTH}
    _judge_sign_ins_by(scene.issuer, replace(judge, policies=policies, extended_key_usage=frozenset()))


@fault("issuer accepts a PIV-I card", {"PIV-SRC-PIVI-01"})
def piv_interoperable(scene: Scene) -> None:
    judge = _path_judge(scene)
    _judge_sign_ins_by(scene.issuer, replace(judge, policies=judge.policies | {oids.PIVI_AUTHENTICATION}))


@dataclass(frozen=True)
class AnyHolder:
    """Knows the holders of cards and those of derived credentials alike."""

    cards: AccountDirectory
    derived: AccountDirectory

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """See AccountDirectory."""
        return self.cards.holder_of(certificate) or self.derived.holder_of(certificate)

    def standing(self, account: Account) -> Refusal | None:
        """See AccountDirectory."""
        return self.cards.standing(account)


@fault("issuer derives a credential from a derived credential", {"DPC-ISS-NOCHAIN-01"})
def derived_from_derived(scene: Scene) -> None:
    _derive_from(scene, oids.DERIVED_PIV_AUTH)


@fault("issuer derives a credential from a hardware credential", {"DPC-ISS-NOCHAIN-01"})
def derived_from_hardware(scene: Scene) -> None:
    _derive_from(scene, oids.DERIVED_PIV_AUTH_HARDWARE)


def _derive_from(scene: Scene, policy: str) -> None:
    parts, judge = scene.issuer, _path_judge(scene)
    holders = AnyHolder(parts.accounts, DerivedHolders(parts.grants, parts.accounts))
    accepting = replace(judge, policies=judge.policies | {policy})
    parts.authenticator = PkiAuthenticator(accepting, holders, parts.clock)


@dataclass(frozen=True)
class Indulgent:
    """Knows the accounts, and lets those that have ended stand."""

    accounts: AccountDirectory

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """See AccountDirectory."""
        return self.accounts.holder_of(certificate)

    def standing(self, account: Account) -> Refusal | None:  # noqa: ARG002
        """See AccountDirectory."""
        return None


@fault("issuer accepts a person whose account was terminated", {"DPC-ISS-ELIG-01"})
def terminated(scene: Scene) -> None:
    parts = scene.issuer
    parts.authenticator = PkiAuthenticator(parts.judge, Indulgent(parts.accounts), parts.clock)


class Obliging(PkiAuthenticator):
    """Signs in the last visitor again when nobody shows a certificate."""

    def __init__(self, scene: Scene) -> None:
        parts = scene.issuer
        super().__init__(parts.judge, parts.accounts, parts.clock)
        self._scene = scene

    def authenticate(self, certificate: bytes | None, sent: Sequence[bytes] = ()) -> Authenticated | Refusal:
        """See PkiAuthenticator."""
        if certificate is not None:
            return super().authenticate(certificate, sent)
        account = self._scene.issuer.accounts.get(self._scene.people[0].account)
        return Authenticated(account, self._scene.stage.pki.content_signer.certificate, self._scene.clock.now())


@fault("issuer signs somebody in without a certificate", {"DPC-ISS-PKIAUTH-01", "PIV-SRC-PIVAUTHCERT-PUB-01"})
def without_certificate(scene: Scene) -> None:
    scene.issuer.authenticator = Obliging(scene)


class TicketInTheAddress(Kiosk):
    """Sends the browser on with the ticket in the address, and takes the same ticket again and again."""

    def sign_in(self) -> ResponseReturnValue:
        """See Kiosk."""
        certificate = request.environ.get("dpc.client_certificate")
        who = self.visitor(certificate, request.environ.get("dpc.client_chain") or ())
        if isinstance(who, Refusal):
            return super().sign_in()
        return redirect(f"{self.settings.origin}/signed-in?visit={self.sign_ins.begin(who)}", 303)

    def signed_in(self) -> ResponseReturnValue:
        """See Kiosk."""
        ticket = request.args.get("visit", "")
        session = self.sign_ins.exchange(ticket) or self.sessions[ticket]
        self.sessions[ticket] = session
        response = redirect("/home", 303)
        response.set_cookie("__Host-session", session, secure=True, httponly=True, path="/")
        return response

    @property
    def sessions(self) -> dict[str, str]:
        """The session that each ticket opened."""
        known: dict[str, str] = self.__dict__.setdefault("_sessions", {})
        return known


@fault("the address that ends a sign-in signs anybody in", {"DPC-ISS-PKIAUTH-05"})
def reusable_address(scene: Scene) -> None:
    parts = scene.issuer
    parts.kiosk = TicketInTheAddress(**vars(parts.kiosk))


class Imprecise(AuditLog):
    """Does not tell a failed proof of possession from a missing certificate."""

    def refuse(self, action: str, refusal: Refusal, actor: str = "unknown", subject: str = "") -> None:
        """See AuditLog."""
        failed = refusal.reason is Reason.PROOF_OF_POSSESSION
        super().refuse(action, Refusal(Reason.NO_CERTIFICATE) if failed else refusal, actor, subject)


@fault("issuer takes a failed proof of possession for a missing certificate", {"DPC-ISS-PKIAUTH-06"})
def imprecise(scene: Scene) -> None:
    scene.issuer.audit = Imprecise(scene.issuer.store, scene.issuer.clock)
