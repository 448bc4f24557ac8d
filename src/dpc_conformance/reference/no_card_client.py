"""The operator's client of the issuer's desk for applicants without a card: the operator has one."""

import base64
from collections.abc import Callable
from datetime import timedelta

import httpx
from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.card_tls import open_card_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.no_card_desk import Circumstances
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION

CLIENT = "desk"
PROOFED_BEFORE = timedelta(days=30)


class ReferenceNoCardDesk:
    """Implements roles.no_card_desk.NoCardDesk over TLS with the key of the operator's PIV Card."""

    def __init__(
        self,
        names: Names,
        trust: list[x509.Certificate],
        recorder: Recorder,
        clock: RunClock,
        address: str,
        take_card: Callable[[], tuple[Card, str]],
    ) -> None:
        """`take_card` hands out the operator's card and its PIN, once somebody comes to the desk."""
        self._names, self._trust, self._recorder, self._clock = names, trust, recorder, clock
        self._address, self._take_card = address, take_card

    def decide(self, applicant: Person, circumstances: Circumstances) -> Screen:
        """See NoCardDesk."""
        proofed = (self._clock.now() - PROOFED_BEFORE).isoformat() if circumstances.proofed else ""
        sent = {
            "account": applicant.account,
            "channel": circumstances.channel,
            "proofed_at": proofed,
            "adjudication": circumstances.adjudication,
            "biometric": circumstances.biometric,
            "justification": circumstances.justification,
            "event": circumstances.event,
        }
        with self._logged_on() as http:
            answer = http.post(self._address, json=sent)
        body = answer.json()
        if not answer.is_success:
            return Screen("Refused", str(body.get("message", "")), status=answer.status_code, address=self._address)
        picture = base64.b64decode(body["code"])
        return Screen("Event", str(body["event"]), pictures=(picture,), status=200, address=self._address)

    def _logged_on(self) -> httpx.Client:
        card, pin = self._take_card()
        self._recorder.keep_secret(pin)
        edge = PivCard(card, Recorder(), self._clock)
        edge.select()
        edge.verify_pin(pin)
        chain = [edge.certificate(PIV_AUTHENTICATION)]
        return open_card_client(
            self._names, self._trust, self._recorder, self._clock, CLIENT, chain,
            lambda block: edge.sign_raw(PIV_AUTHENTICATION, block),
        )  # fmt: skip
