"""A page of a product that keeps a stream of events open does not hold up whoever looks at it."""

import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from dpc_conformance.adapters.browser.computer import Computer
from dpc_conformance.adapters.browser.session import Session
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.protocols.network import Names
from dpc_conformance.reference.pki.tls import TlsAuthority

HOST, PORT = "kiosk.vendor.example", 443
PAGE = b'<title>Kiosk</title><script>fetch("/events")</script><h1>Kiosk</h1><img src="/picture">'
LONG = 60.0


class Kiosk(BaseHTTPRequestHandler):
    """Its picture comes when the stream has begun, so that the page is complete only then."""

    begun, over = Event(), Event()

    def do_GET(self) -> None:
        kind = {"/": "text/html", "/events": "text/event-stream"}.get(self.path, "image/svg+xml")
        if self.path == "/picture":
            self.begun.wait(LONG)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(PAGE if self.path == "/" else b": begun\n\n")
        if self.path == "/events":
            self.wfile.flush()
            self.begun.set()
            if not self.over.wait(LONG):
                self.over.set()

    def log_message(self, *_) -> None: ...


@pytest.fixture
def kiosk(tmp_path):
    """The root of its certificate, and its port on loopback."""
    authority = TlsAuthority(machine_now(), SeededEntropy("vendor"))
    identity = authority.identity(HOST)
    (tmp_path / "server.pem").write_bytes(identity.chain_pem + identity.key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with ThreadingHTTPServer(("127.0.0.1", 0), Kiosk) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield authority.root, server.server_port
        Kiosk.over.set()
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("visit")  # where a browser is lacking, that says so
def test_what_is_there_is_looked_at(kiosk):
    root, port = kiosk
    names, recorder, clock = Names(), Recorder(), RunClock(machine_now())
    names.add(HOST, PORT, port)
    computer = Computer(names, [root])
    try:

        def look():
            session = Session(computer.chromium.browser, names, recorder, clock, "workstation")
            return session.open(f"https://{HOST}/")

        assert computer.chromium.do(look).title == "Kiosk"
        assert not Kiosk.over.is_set()
    finally:
        Kiosk.over.set()
        computer.close()
    found = {each.url.removeprefix(f"https://{HOST}"): each.response_body for each in recorder.of(HttpExchange)}
    assert found["/"] == PAGE.decode()
    assert found["/events"] == ""
