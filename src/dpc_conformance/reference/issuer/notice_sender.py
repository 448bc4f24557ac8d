"""Sends notices to subscribers by e-mail, and puts on record what became of each."""

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store
from dpc_conformance.reference.mail import SendMail
from dpc_conformance.roles.people import Person


class NoticeSender:
    """Mails to the address in the PIV identity account (SP 800-157r1 §2.2, CP §4.3.2)."""

    def __init__(
        self, store: Store, audit: AuditLog, send_mail: SendMail, clock: RunClock, settings: IssuerSettings
    ) -> None:
        self._store, self._audit, self._send_mail = store, audit, send_mail
        self._clock, self._settings = clock, settings

    def send(self, person: Person, about: str, subject: str, body: str, urgent: bool = False, **words: str) -> bool:
        """Whether the mail is out. `about` is what the record names, `body` a template of name, issuer, at and words.

        Raises Refused when there is no room for the record; that of an `urgent` notice may use the reserve.
        """
        at = self._clock.now().strftime("%Y-%m-%d %H:%M UTC")
        text = body.format(name=person.common_name, issuer=self._settings.display_name, at=at, **words)
        try:
            self._send_mail(person.mail, subject, text)
        except OSError as error:
            action, detail = "notify-failed", f"mail failed: {type(error).__name__}"
        else:
            action, detail = "notify", f"mail to the account's address: {subject}"
        with self._store.write(urgent=urgent) as connection:
            self._audit.accept(connection, "issuer", action, about, detail)
        return action == "notify"
