"""How a hostile phone's requests reach an issuer: any bytes as a request, under any token or none."""

from typing import Protocol

import httpx

from dpc_conformance.protocols.enrolment import EnrolmentClient, EnrolmentSession
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.protocols.rekey import ordinary_origin


class HostileWire(Protocol):
    """For one scanned code. Methods raise the network's errors."""

    def redeem(self, code: QrPayload, statement: str, proof: str) -> EnrolmentSession:
        """Present a secret with whatever comes with it. Raises EnrolmentRefused."""

    def ask(self, request: bytes, usage: str, token: str | None) -> httpx.Response:
        """The answer to whatever bytes as a request for a certificate."""


class ReferenceHostileWire:
    """The reference enrolment protocol."""

    def __init__(self, http: httpx.Client) -> None:
        self._http, self._address = http, ""

    def redeem(self, code: QrPayload, statement: str, proof: str) -> EnrolmentSession:
        """At the address in the code."""
        self._address = code.enrolment_address
        return EnrolmentClient(self._http, self._address).redeem(code.secret, statement, proof, code.password)

    def ask(self, request: bytes, usage: str, token: str | None) -> httpx.Response:
        """EST simpleenroll."""
        return EstClient(self._http, ordinary_origin(self._address), token).simpleenroll_raw(request, usage)
