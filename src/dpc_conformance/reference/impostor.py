"""The reference's impostor: takes over a name, with a TLS certificate from a root of its own."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from dpc_conformance.clock import RunClock
from dpc_conformance.protocols.module_orders import write_order
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer


class ReferenceImpostor:
    """Implements roles.impostor.Impostor; `leave` gives the name back."""

    def __init__(
        self, names: Names, host: str, port: int, authority: TlsAuthority, clock: RunClock, asks: bool
    ) -> None:
        """`asks`: whether it wants a client certificate, as the port that it takes over does."""
        self._names, self._host, self._port = names, host, port
        self._identity = authority.identity(host)
        self._received: list[str] = []
        self._address, self._honest = names.resolve(host, port)
        self._server = WebServer(lambda: clock, self._identity, ask_client_certificate=asks)
        self._server.serve(self._answer)
        names.add(host, port, self._server.port)

    def received(self) -> tuple[str, ...]:
        """Method and path of every request that reached it."""
        return tuple(self._received)

    def order_to(self, module: str) -> str:
        """An order as the issuer's, under the impostor's certificate."""
        certificate = load_pem_x509_certificate(self._identity.chain_pem)
        key = load_pem_private_key(self._identity.key_pem, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("orders are signed with a P-256 key")
        return write_order(module, sha256(module.encode()).digest(), key, certificate)

    def leave(self) -> None:
        """The honest server answers again."""
        self._names.add(self._host, self._port, self._honest, self._address)
        self._server.close()

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._received.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "0")])
        return [b""]
