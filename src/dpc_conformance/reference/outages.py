"""Brings down what the reference depends on, one thing at a time."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from cryptography import x509

from dpc_conformance.clock import MachineClock
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.issuer.store import MOST_PAGES, RESERVE
from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.reference.serving.server import WsgiApp
from dpc_conformance.reference.stage import ReferenceStage

WRONG_BY = timedelta(minutes=4)
"""More than the three minutes of Common Policy CP §6.8."""
SHORT_PATIENCE = 0.3
"""Seconds for which an issuer waits for status services of which none answers."""
PLACES = {"certificate": "/simpleenroll", "receipt": "/receipts"}
Environ = dict[str, Any]


class ReferenceOutages:
    """Implements roles.outages.Outages. `issuer` is the process that runs now, `phone_clock` the phone's own."""

    def __init__(
        self,
        stage: ReferenceStage,
        status: StatusService,
        issuer: Callable[[], ReferenceIssuer],
        phone_clock: MachineClock,
    ) -> None:
        self._stage, self._status, self._issuer, self._phone_clock = stage, status, issuer, phone_clock
        self._put_back: list[Callable[[], None]] = []
        self._known: dict[str, Callable[[], None]] = {
            "certification-authority": self._authority,
            "records": self._records,
            "slow-status-services": self._slow_status,
            "issuer-clock-fast": lambda: self._wrong_clock(self._parts.clock, WRONG_BY),
            "issuer-clock-slow": lambda: self._wrong_clock(self._parts.clock, -WRONG_BY),
            "phone-clock-fast": lambda: self._wrong_clock(self._phone_clock, WRONG_BY),
            "phone-clock-slow": lambda: self._wrong_clock(self._phone_clock, -WRONG_BY),
        }

    def begin(self, what: str) -> None:
        """See roles.outages.Outages."""
        if what not in self._known:
            raise ValueError(f"nobody can bring down {what}")
        self._known[what]()

    def cut_once(self, where: str) -> None:
        """See roles.outages.Outages."""
        when, _, what = where.partition("-")
        if when not in ("before", "after") or what not in PLACES:
            raise ValueError(f"the network cannot be cut {where}")
        issuer = self._issuer()
        app = issuer.app.wsgi_app
        self._stage.serve(issuer.parts.settings.host, self._cutting(app, PLACES[what], answers=when == "after"))

    def while_signing(self, happens: Callable[[], None]) -> None:
        """See roles.outages.Outages."""
        signer = self._parts.signer
        certify = signer.certify

        def certify_once(*request: Any) -> x509.Certificate:
            signer.certify = certify  # type: ignore[method-assign]
            certificate = certify(*request)
            happens()
            return certificate

        signer.certify = certify_once  # type: ignore[assignment, method-assign]

    def end(self) -> None:
        """See roles.outages.Outages."""
        while self._put_back:
            self._put_back.pop()()

    @property
    def _parts(self) -> IssuerParts:
        return self._issuer().parts

    def _authority(self) -> None:
        signer = self._parts.signer
        signer.online = False
        self._put_back.append(lambda: setattr(signer, "online", True))

    def _records(self) -> None:
        store = self._parts.store
        # Room for what has to go on record whatever happens, and for nothing else.
        store.most_pages -= store.room() - (RESERVE - 1)
        self._put_back.append(lambda: setattr(store, "most_pages", MOST_PAGES))

    def _slow_status(self) -> None:
        source = self._parts.status_source
        if isinstance(source, HttpStatus):
            patience, source.patience = source.patience, SHORT_PATIENCE
            self._put_back.append(lambda: setattr(source, "patience", patience))
        self._status.stall()
        self._put_back.append(self._status.go_on)

    def _wrong_clock(self, clock: MachineClock, error: timedelta) -> None:
        clock.error = error
        self._put_back.append(lambda: setattr(clock, "error", timedelta()))

    def _cutting(self, app: WsgiApp, ending: str, answers: bool) -> WsgiApp:
        """The application, but once nothing comes back; `answers`: it has worked on the request by then."""
        left = [ending]

        def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if not left or not environ["PATH_INFO"].endswith(left[0]):
                return app(environ, start_response)
            left.clear()
            if answers:
                list(app(environ, lambda *_: None))
            raise ConnectionAbortedError("the network is cut")

        return answer
