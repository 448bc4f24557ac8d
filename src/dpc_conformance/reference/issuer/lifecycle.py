"""What the issuer does about its derived credentials when accounts, cards and devices change (FIPS 201-3 §2.10.2)."""

from collections.abc import Callable

from cryptography import x509

from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.reference.issuer import under_way
from dpc_conformance.reference.issuer.accounts import ACTIVE, Accounts
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.reviews import Reviews
from dpc_conformance.reference.issuer.revocations import Revocations
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.roles.reasons import Reason

INELIGIBLE = frozenset({"separation", "no-longer-needs-access", "death", "adverse-adjudication", "fraudulent-identity"})
"""Reasons for which the end of a card is the end of its holder's eligibility (FIPS 201-3 §2.9.4)."""
ENDED, COMPROMISED = "cessationOfOperation", "keyCompromise"
Handler = Callable[[AgencyNotice], None]


class Lifecycle:
    """Acts on one notice at a time. `handlers` holds what is done for each kind of notice; others are only noted."""

    def __init__(
        self, store: Store, audit: AuditLog, accounts: Accounts, revocations: Revocations, reviews: Reviews
    ) -> None:
        self._store, self._audit, self._accounts = store, audit, accounts
        self.revocations, self.reviews = revocations, reviews
        self.on_new_card: list[Callable[[str, bytes], None]] = []
        """Called with an account and the PIV Authentication certificate (DER) of its new card."""
        self.handlers: dict[str, Handler] = {
            "account-terminated": self.account_terminated,
            "card-terminated": self.card_terminated,
            "card-replaced": self.card_replaced,
            "card-lost": self.card_lost,
            "card-compromised": self.card_compromised,
            "device-lost": self.device_lost,
            "device-collected": self.device_collected,
            "device-reassigned": self.device_reassigned,
            "not-needed": self.not_needed,
        }

    def learn(self, notice: AgencyNotice) -> None:
        """Note what was learnt, then act on it; what concerns nobody here is on record, and holds up nothing."""
        with self._store.write() as connection:
            detail = f"{notice.kind} {notice.reason}".rstrip()
            self._audit.accept(connection, "agency back-end", "learn", notice.subject, detail)
        handler = self.handlers.get(notice.kind)
        if handler is None:
            return
        try:
            handler(notice)
        except LookupError as error:
            self._audit.refuse("learn", Refusal(Reason.UNKNOWN_ACCOUNT, str(error)), "agency back-end", notice.subject)

    def account_terminated(self, notice: AgencyNotice) -> None:
        """Every credential of the account goes, whatever card it was derived from."""
        self._end(notice.account)
        self.revocations.of_account(notice.account, ENDED, why("the PIV identity account has ended", notice))

    def card_terminated(self, notice: AgencyNotice) -> None:
        """The card names the account. Its certificates say nothing: those of a collected card need not be revoked."""
        account = self._accounts.of_identifier(notice.subject)
        if account is None or notice.reason not in INELIGIBLE:
            return
        self._end(account)
        self.revocations.of_account(account, ENDED, why("the PIV Card has been terminated", notice))

    def card_replaced(self, notice: AgencyNotice) -> None:
        """The new card belongs to the same account; what was derived by means of the old one goes on."""
        person = self._accounts.get(notice.account).person
        self._accounts.open(person, x509.load_der_x509_certificate(notice.certificate), None)
        for tell in self.on_new_card:
            tell(notice.account, notice.certificate)

    def card_lost(self, notice: AgencyNotice) -> None:
        """Credentials go on, but whoever had the card may have bound one of the recent ones."""
        self.reviews.of_recent(notice.account, notice.at, why("the PIV Card was lost", notice))

    def card_compromised(self, notice: AgencyNotice) -> None:
        """What the card's key authorised since then goes; nobody can tell who asked for it (CP §4.9.1)."""
        text = why("the key of the PIV Card that authorised it may be compromised", notice)
        self.revocations.of_card(notice.certificate, COMPROMISED, text, notice.since)

    def device_lost(self, notice: AgencyNotice) -> None:
        """A wipe that was ordered proves nothing: the certificates on the device are revoked."""
        self.revocations.of_device(notice.account, notice.subject, COMPROMISED, why("the device was lost", notice))

    def device_collected(self, notice: AgencyNotice) -> None:
        """Keys in software may have been copied before the device was wiped (CP §4.9.3)."""
        text = why("the device was given back", notice)
        self.revocations.of_device(notice.account, notice.subject, ENDED, text)

    def device_reassigned(self, notice: AgencyNotice) -> None:
        """The device goes to somebody else."""
        text = why("the device goes to another person", notice)
        self.revocations.of_device(notice.account, notice.subject, ENDED, text)

    def not_needed(self, notice: AgencyNotice) -> None:
        """The agency no longer wants the person to have derived credentials; the account goes on."""
        text = why("the derived credential is no longer needed", notice)
        self.revocations.withdraw(under_way.of_account(notice.account), notice.account, text)
        self.revocations.of_account(notice.account, ENDED, text)

    def _end(self, account: str) -> None:
        if self._accounts.get(account).state == ACTIVE:
            self._accounts.terminate(account)


def why(words: str, notice: AgencyNotice) -> str:
    """What record and holder are told, with the file of the case where there is one."""
    return f"{words} (case {notice.case})" if notice.case else words
