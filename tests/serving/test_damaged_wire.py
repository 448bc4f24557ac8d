"""A relay that changes bytes: TLS lets the handshake through and ends with the first changed message."""

import httpx
import pytest

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.damaged_wire import damaged_wire
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.serving.server import WebServer
from dpc_conformance.roles.errors import RefusedAtTls, Unreachable

HOST = "issuer.dpc.example"


def test_what_was_changed_on_the_way_reaches_nobody():
    authority, clock = TlsAuthority(machine_now(), SeededEntropy("wire")), RunClock(machine_now())
    server, names, seen, refused = WebServer(lambda: clock, authority.identity(HOST), True), Names(), [], []
    server.on_refused = refused.append
    own = authority.identity("phone.dpc.example")
    certificate = ClientCertificate(own.chain_pem, own.key_pem)

    def app(environ, start_response):
        seen.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    server.serve(app)
    names.add(HOST, 443, server.port)

    def get(path):
        with open_client(names, [authority.root], Recorder(), clock, "phone", certificate) as http:
            return http.get(f"https://{HOST}{path}").status_code

    try:
        assert get("/before") == httpx.codes.OK
        with damaged_wire(names, HOST, 443), pytest.raises((RefusedAtTls, Unreachable)):
            get("/during")
        assert get("/after") == httpx.codes.OK
    finally:
        server.close()
    assert seen == ["/before", "/after"]
    assert refused == []
