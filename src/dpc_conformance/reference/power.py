"""Pulls the plug of the reference's issuer between signing and answering, and starts another process over its store."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from cryptography import x509

from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.serving.server import WsgiApp, closed_for_now
from dpc_conformance.reference.stage import ReferenceStage

Environ = dict[str, Any]


class ReferencePower:
    """Implements roles.power.Power. `serve` puts an issuer on the network, `started` wants to know of new ones."""

    def __init__(
        self,
        stage: ReferenceStage,
        issuer: ReferenceIssuer,
        serve: Callable[[ReferenceIssuer], None],
        started: Callable[[ReferenceIssuer], None],
        changes: Iterable[Callable[[IssuerParts], None]],
    ) -> None:
        """`changes` are made to the parts of each issuer before it is built."""
        self._stage, self._issuer, self._serve, self._started = stage, issuer, serve, started
        self._changes = tuple(changes)

    def cut_before_the_answer(self) -> None:
        """See roles.power.Power."""
        self._stage.serve(self._host, self._dying(self._issuer.app.wsgi_app))

    def cut_before_the_record(self) -> None:
        """See roles.power.Power."""
        signer = self._issuer.parts.signer
        certify = signer.certify

        def certify_last(*request: Any) -> x509.Certificate:
            certify(*request)
            raise ConnectionAbortedError("the power is gone")

        signer.certify = certify_last  # type: ignore[assignment, method-assign]
        self.cut_before_the_answer()

    def restore(self) -> None:
        """See roles.power.Power."""
        left = self._issuer.parts
        parts = IssuerParts(**{each.name: getattr(left, each.name) for each in fields(IssuerParts)})
        for change in self._changes:
            change(parts)
        self._issuer = ReferenceIssuer(parts)
        self._started(self._issuer)
        self._serve(self._issuer)

    @property
    def issuer(self) -> ReferenceIssuer:
        """The process that runs now, or ran last."""
        return self._issuer

    @property
    def _host(self) -> str:
        return self._issuer.parts.settings.host

    def _dying(self, app: WsgiApp) -> WsgiApp:
        def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if not environ["PATH_INFO"].endswith("/simpleenroll"):
                return app(environ, start_response)
            # Everything is worked out and on record; what would be sent is thrown away with the connection.
            list(app(environ, lambda *_: None))
            self._stage.serve(self._host, closed_for_now)
            self._issuer.parts.clock.stop()
            raise ConnectionAbortedError("the power is gone")

        return answer
