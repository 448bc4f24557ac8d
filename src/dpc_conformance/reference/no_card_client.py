"""The operator's client of the issuer's desk for applicants without a card."""

import base64
from datetime import timedelta

import httpx

from dpc_conformance.clock import RunClock
from dpc_conformance.roles.no_card_desk import Circumstances
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.screens import Screen

PROOFED_BEFORE = timedelta(days=30)


class ReferenceNoCardDesk:
    """Implements roles.no_card_desk.NoCardDesk over TLS with the recorded client of the desk."""

    def __init__(self, http: httpx.Client, address: str, token: str, clock: RunClock) -> None:
        self._http, self._address, self._token, self._clock = http, address, token, clock

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
        answer = self._http.post(self._address, json=sent, headers={"Authorization": f"Bearer {self._token}"})
        body = answer.json()
        if not answer.is_success:
            return Screen("Refused", str(body.get("message", "")), status=answer.status_code, address=self._address)
        picture = base64.b64decode(body["code"])
        return Screen("Event", str(body["event"]), pictures=(picture,), status=200, address=self._address)
