"""Seeded defects of what the issuer does when accounts, cards and phones change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.lifecycle import ENDED, Handler
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason


def _instead(scene: Scene, kind: str, handler: Callable[[Handler], Handler]) -> None:
    """Put another handler in the place of the right one, which it may call."""
    handlers = scene.issuer.maintenance.lifecycle.handlers
    handlers[kind] = handler(handlers[kind])


def _ignores(scene: Scene, kind: str) -> None:
    _instead(scene, kind, lambda _right: lambda _notice: None)


class NewestOnly(Revocations):
    """Knows one credential for each account: the newest."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.audit, parts.notifier, parts.revoke, parts.clock)
        self.on_account = parts.revocations.on_account

    def _all(self, condition: str, values: tuple[str | bytes, ...], reason: str, why: str) -> None:
        newest = f"id=(SELECT max(id) FROM credential WHERE {condition})"  # noqa: S608  a constant
        super()._all(newest, values, reason, why)


@fault("end of the account reaches the newest credential only", {"DPC-LC-TERM-01", "DPC-LC-LINK-04"})
def newest_only(scene: Scene) -> None:
    lifecycle = scene.issuer.maintenance.lifecycle
    newest, every = NewestOnly(scene.issuer), lifecycle.revocations

    def ended(right: Handler) -> Handler:
        def account_terminated(notice: AgencyNotice) -> None:
            lifecycle.revocations = newest
            right(notice)
            lifecycle.revocations = every

        return account_terminated

    _instead(scene, "account-terminated", ended)


@fault("end of the account reaches what the newest card authorised only", {"DPC-LC-LINK-04"})
def newest_card_only(scene: Scene) -> None:
    parts, cards = scene.issuer, list[bytes]()

    def replaced(right: Handler) -> Handler:
        def card_replaced(notice: AgencyNotice) -> None:
            cards.append(notice.certificate)
            right(notice)

        return card_replaced

    def ended(right: Handler) -> Handler:
        def account_terminated(notice: AgencyNotice) -> None:
            if not cards:
                return right(notice)
            parts.accounts.terminate(notice.account)
            return parts.revocations.of_card(cards[-1], ENDED, "the PIV identity account has ended")

        return account_terminated

    _instead(scene, "card-replaced", replaced)
    _instead(scene, "account-terminated", ended)


@fault("terminated card counts only when its certificate is revoked", {"DPC-LC-LINK-03", "DPC-LC-NONVOL-01"})
def asks_for_the_certificate_only(scene: Scene) -> None:
    parts = scene.issuer

    def handler(right: Handler) -> Handler:
        def card_terminated(notice: AgencyNotice) -> None:
            cards = {each.piv_authentication_certificate for each in parts.credentials.of_account(notice.account)}
            if any(_revoked(parts.judge, card) for card in cards):
                right(notice)

        return card_terminated

    _instead(scene, "card-terminated", handler)


def _revoked(judge: CertificateJudge, card: bytes) -> bool:
    refusal = judge.judge(x509.load_der_x509_certificate(card))
    return refusal is not None and refusal.reason is Reason.REVOKED


LATE = {"DPC-LC-TERM-02", "DPC-LC-TERM-03", "DPC-LC-LINK-03", "DPC-LC-NONVOL-01"}


@fault("terminated card is acted on in a weekly batch", LATE)
def weekly_batch(scene: Scene) -> None:
    _later(scene, "card-terminated", timedelta(days=7))


@fault("fraudulent identity ends the card and not what was derived from it", {"DPC-LC-TERM-03"})
def fraud_ends_the_card_only(scene: Scene) -> None:
    def handler(right: Handler) -> Handler:
        return lambda notice: None if notice.reason == "fraudulent-identity" else right(notice)

    _instead(scene, "card-terminated", handler)


@fault("lost card takes its derived credentials with it", {"DPC-LC-TERM-04"})
def lost_card_ends_all(scene: Scene) -> None:
    parts = scene.issuer

    def handler(right: Handler) -> Handler:
        def card_lost(notice: AgencyNotice) -> None:
            right(notice)
            parts.revocations.of_account(notice.account, ENDED, "the PIV Card was lost")

        return card_lost

    _instead(scene, "card-lost", handler)


@fault("derived credentials end with the certificate on the card", {"DPC-LC-TERM-04", "DPC-LC-RP-01"})
def end_with_the_card(scene: Scene) -> None:
    parts, clock = scene.issuer, scene.clock
    open_account = parts.accounts.open

    def open_until_the_end(person: Person, certificate: x509.Certificate, sponsor: str | None) -> None:
        open_account(person, certificate, sponsor)
        card, why = certificate.public_bytes(Encoding.DER), "the certificate on the PIV Card has expired"
        clock.at(certificate.not_valid_after_utc, lambda: parts.revocations.of_card(card, ENDED, why))

    parts.accounts.open = open_until_the_end  # type: ignore[method-assign]


@fault("involuntary end names no case", {"DPC-LC-NONVOL-01"})
def without_case(scene: Scene) -> None:
    _instead(scene, "card-terminated", lambda right: lambda notice: right(replace(notice, case="")))


@fault("credentials that are not needed any more stay valid", {"DPC-LC-NONEED-01"})
def not_needed(scene: Scene) -> None:
    _ignores(scene, "not-needed")


@fault("lost phone is wiped and its certificates are not revoked", {"DPC-LC-LOST-01"})
def wipe_is_enough(scene: Scene) -> None:
    _ignores(scene, "device-lost")


@fault("lost phone takes the credentials on other phones with it", {"DPC-LC-LOST-01"})
def all_phones(scene: Scene) -> None:
    parts = scene.issuer

    def device_lost(notice: AgencyNotice) -> None:
        parts.revocations.of_account(notice.account, "keyCompromise", "the device was lost")

    _instead(scene, "device-lost", lambda _right: device_lost)


@fault("software key that was wiped is not revoked", {"DPC-LC-LOST-02"})
def wiped(scene: Scene) -> None:
    _ignores(scene, "device-collected")


@fault("phone goes to another person with what is on it", {"DPC-LC-TRANSFER-01"})
def handed_over(scene: Scene) -> None:
    _ignores(scene, "device-reassigned")


@fault("lost phone is given four hours to turn up again", {"DPC-LC-REVTIME-02"})
def grace_period(scene: Scene) -> None:
    _later(scene, "device-lost", timedelta(hours=4))


@fault("nobody looks at bindings before the loss of a card", {"DPC-LC-RECENT-01"})
def no_reviews(scene: Scene) -> None:
    _ignores(scene, "card-lost")


@fault("nobody follows up what a compromised card authorised", {"DPC-LC-RECENT-02"})
def not_followed_up(scene: Scene) -> None:
    _ignores(scene, "card-compromised")


def _later(scene: Scene, kind: str, delay: timedelta) -> None:
    clock = scene.clock

    def handler(right: Handler) -> Handler:
        return lambda notice: clock.at(clock.now() + delay, lambda: right(notice))

    _instead(scene, kind, handler)
