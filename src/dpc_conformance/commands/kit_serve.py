"""`dpc kit serve`: a kit's CRLs, CA certificates and OCSP answers for everybody on a network, until it is stopped."""

import socket
from pathlib import Path

import click

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.signals import ended_by_signals, until_stopped
from dpc_conformance.reference.kit.kit import Kit, KitError
from dpc_conformance.reference.kit.publishing import Publishing
from dpc_conformance.reference.serving.server import WebServer


@click.command("serve")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--listen", metavar="ADDRESS:PORT", required=True, help="Where to listen, such as 0.0.0.0:8080.")
def serve(folder: Path, listen: str) -> None:
    """Publish the CRLs, CA certificates and OCSP answers of the kit in FOLDER until ^C.

    They are made when they are asked for, by the machine's clock, with the keys in the kit. Host names are not looked
    at: whatever leads here is answered below the path of the kit's URL. ^C and SIGTERM end it; the exit code is 0
    then.

    \b
    Examples:
      dpc kit serve kit/ --listen 0.0.0.0:80
      dpc kit serve kit/ --listen 192.0.2.7:80
    """
    try:
        kit = Kit.read(folder)
    except KitError as problem:
        raise BadInput(str(problem)) from None
    with ended_by_signals(), _listening(listen) as listener:
        server = WebServer(lambda: RunClock(machine_now()), None, listener=listener)
        try:
            server.serve(Publishing(kit, machine_now).app)
            click.echo(_said(kit, listener))
            until_stopped()
        finally:
            server.close()


def _said(kit: Kit, listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    lines = [f"{kit.url.text} is published at {host}, port {port}, until ^C:"]
    for each in kit.authorities:
        lines += [each.crl_url, each.p7c_url, each.ocsp_url]
    if kit.ended(machine_now()):
        lines.append(f"The kit ended on {kit.table.ends:%Y-%m-%d}: some cards are no longer what its table says.")
    return "\n".join(lines)


def _listening(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise BadInput(f"--listen {listen}: expected an address and a port, such as 0.0.0.0:8080")
    host = host.removeprefix("[").removesuffix("]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, int(port)), family=family, backlog=128)
    except OSError as problem:
        raise BadInput(f"--listen {listen}: expected an address that is free: {problem.strerror}") from None
