"""Which sign-ins had their card read and found good; where the kiosk reads cards, nothing is shown before."""

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.card_data_judge import JudgeOfCards
from dpc_conformance.reference.issuer.card_objects import CardData
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.issuer.store import Store, stamp
from dpc_conformance.roles.reasons import Reason

ACTION = "read-card"


class CardReadings:
    """`wanted` says whether the kiosk reads cards; it can be told to while it runs."""

    def __init__(self, store: Store, audit: AuditLog, judge: JudgeOfCards, clock: RunClock, wanted: bool) -> None:
        self._store, self._audit, self._judge, self._clock = store, audit, judge, clock
        self.wanted = wanted

    def outstanding(self, sign_in: SignIn) -> Refusal | None:
        """Refused as long as the card of that sign-in has to be read and was not yet found good."""
        if not self.wanted:
            return None
        query = "SELECT accepted_at FROM card_reading WHERE sign_in=?"
        if self._store.read().execute(query, (sign_in.number,)).fetchone() is not None:
            return None
        return Refusal(Reason.CARD_DATA_MISSING, "the card of this sign-in has not been read")

    def accept(self, sign_in: SignIn, data: CardData) -> Refusal | None:
        """Judge what was read; when it is good, record that for the sign-in. The data themselves are not kept."""
        if (refusal := self._judge.judge(sign_in.certificate, data)) is not None:
            return refusal
        with self._store.write() as connection:
            values = (sign_in.number, stamp(self._clock.now()))
            connection.execute("INSERT INTO card_reading VALUES(?,?) ON CONFLICT(sign_in) DO NOTHING", values)
            read = ", ".join(container.name for container in data.contents)
            self._audit.accept(connection, sign_in.account, ACTION, f"sign-in {sign_in.number}", read)
        return None
