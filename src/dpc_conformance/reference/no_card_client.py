"""The operator's client of the issuer's desk for applicants without a card: the operator has one."""

import base64
from collections.abc import Callable
from datetime import timedelta

import httpx

from dpc_conformance.clock import RunClock
from dpc_conformance.roles.no_card_desk import Circumstances
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen

PROOFED_BEFORE = timedelta(days=30)


class ReferenceNoCardDesk:
    """Implements roles.no_card_desk.NoCardDesk over connections that the operator's PIV Card opens."""

    def __init__(self, address: str, clock: RunClock, open_http: Callable[[], httpx.Client]) -> None:
        """`address` is the service's, `open_http` logs the operator on."""
        self._address, self._clock, self._open = address, clock, open_http

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
        with self._open() as http:
            answer = http.post(self._address, json=sent)
        body = answer.json()
        if not answer.is_success:
            return Screen("Refused", str(body.get("message", "")), status=answer.status_code, address=self._address)
        picture = base64.b64decode(body["code"])
        return Screen("Event", str(body["event"]), pictures=(picture,), status=200, address=self._address)
