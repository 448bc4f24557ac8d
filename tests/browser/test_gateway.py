"""The browser's way into the network."""

import socket
from contextlib import closing, suppress
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from dpc_conformance.adapters.browser import gateway as gateway_module
from dpc_conformance.adapters.browser.gateway import Gateway
from dpc_conformance.protocols.network import Names


@pytest.fixture
def server():
    """Says what it hears, once, on a loopback port."""

    def echo(listening):
        with suppress(OSError):  # nobody came
            connection, _ = listening.accept()
            with connection:
                connection.sendall(connection.recv(100))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=echo, args=(listening,))
        thread.start()
        yield listening.getsockname()[1]
        with suppress(OSError):  # somebody came, and it has ended
            listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def names(server):
    names = Names()
    names.add("issuer.dpc.example", 443, server)
    return names


@pytest.fixture
def ask(names):
    with closing(Gateway(names)) as gateway:
        parts = urlsplit(gateway.address)

        def ask(words, more=b""):
            with socket.create_connection((parts.hostname, parts.port), 5) as browser:
                browser.sendall(words + b"\r\n\r\n")
                answer = browser.recv(1000)
                if more:
                    browser.sendall(more)
                    answer += browser.recv(100)
                return answer

        yield ask


def test_a_name_of_the_run_is_reached(ask):
    assert ask(b"CONNECT issuer.dpc.example:443 HTTP/1.1", b"hello").endswith(b"\r\n\r\nhello")


@pytest.mark.parametrize(
    "words",
    [
        b"CONNECT accounts.google.com:443 HTTP/1.1",
        b"CONNECT 127.0.0.1:22 HTTP/1.1",
        b"GET http://issuer.dpc.example/ HTTP/1.1",
        b"nonsense",
    ],
)
def test_nothing_else_is_found(ask, words):
    assert ask(words).startswith(b"HTTP/1.1 502 ")


def test_a_host_that_is_cut_off_is_not_found(ask, names):
    names.cut("issuer.dpc.example")
    assert ask(b"CONNECT issuer.dpc.example:443 HTTP/1.1").startswith(b"HTTP/1.1 502 ")


def test_a_host_that_cannot_be_looked_up_is_not_reached(ask, names):
    """A connection that ends without a word would be taken for that of a server which refuses the certificate."""
    names.let_out("issuer.dpc.example", 443, "no-such-host.invalid")
    assert ask(b"CONNECT issuer.dpc.example:443 HTTP/1.1").startswith(b"HTTP/1.1 502 ")


def test_a_tunnel_waits_for_the_end_of_one_that_was_closed_before_however_busy_the_machine_is(names, monkeypatch):
    """The server puts on record that somebody left before what the next one did."""
    busy, carry = Event(), gateway_module._carry

    def carry_when_there_is_time(source, sink):
        busy.wait(5)
        carry(source, sink)

    monkeypatch.setattr(gateway_module, "_carry", carry_when_there_is_time)
    with closing(Gateway(names)) as gateway:
        at = urlsplit(gateway.address)
        wanted = b"CONNECT issuer.dpc.example:443 HTTP/1.1\r\n\r\n"
        with socket.create_connection((at.hostname, at.port), 5) as former:
            former.sendall(wanted)
            assert former.recv(1000).startswith(b"HTTP/1.1 200 ")
            former.sendall(b"nobody has read this")
        with socket.create_connection((at.hostname, at.port), 0.2) as latter:
            latter.sendall(wanted)
            with pytest.raises(TimeoutError):
                latter.recv(1000)
            busy.set()
            latter.settimeout(5)
            assert latter.recv(1000).startswith(b"HTTP/1.1 200 ")
