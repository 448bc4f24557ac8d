"""What `dpc serve` tells its user: where everything is, and lines to copy."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters.private_pcscd import PrivatePcscd
from dpc_conformance.casting_served import CONSOLE, Served
from dpc_conformance.commands.card_plug import pkcs11_module, write_authorities
from dpc_conformance.reference.stage import HTTP, HTTPS, SIGN_IN, STATUS_HOST

LOOPBACK = "127.0.0.1"
WHAT = {
    ("idp.dpc.example", HTTPS): ("/devicelogin", "identity provider: enter the code of the phone"),
    ("idp.dpc.example", SIGN_IN): ("", "where it asks for the card"),
    ("issuer.dpc.example", HTTPS): ("/", "issuer with its kiosk"),
    ("issuer.dpc.example", SIGN_IN): ("", "where it asks for the card, or for a derived credential"),
    ("mdm.dpc.example", HTTPS): ("/", "device manager"),
    ("help.dpc.example", HTTPS): ("/smart-card", "the organisation's instructions"),
    ("app.dpc.example", SIGN_IN): ("/", "a web application, for the derived credential"),
}
LOST = "so a browser cannot sign in with it here; everything else is served"


@dataclass(frozen=True)
class Roots:
    """The files that programs are told to trust."""

    tls: Path
    """The root of the TLS certificates (PEM)."""
    authorities: Path
    """Folder of the CAs above card and derived credentials."""


def write_roots(served: Served) -> Roots:
    """Write what programs trust; the root of TLS only once, since whoever imported it has that one. OSError."""
    roots = Roots(served.folder / "tls-root.pem", served.folder / "authorities")
    if not roots.tls.exists():
        roots.tls.write_bytes(served.tls_root.public_bytes(Encoding.PEM))
    write_authorities(served.authorities, roots.authorities)
    return roots


def how_to_use(served: Served, roots: Roots, daemon: PrivatePcscd | None, lost: str) -> str:
    """Everything that is printed; `lost` says why there is no reader for the card."""
    return "\n".join(
        (
            f"The reference system runs until ^C. Its clock shows {served.clock.now():%Y-%m-%d %H:%M:%S} UTC.",
            "",
            f"Console, with a phone: http://{LOOPBACK}:{served.places[CONSOLE]}/",
            "",
            *_addresses(served),
            "",
            *_card(served, daemon, lost),
            "",
            f"# TLS certificates lead to {shlex.quote(str(roots.tls))},",
            f"# card and credentials to the CAs in {shlex.quote(str(roots.authorities))}.",
            "# A browser and curl are told where the names are (docs/serve.md):",
            f"chromium --host-resolver-rules={shlex.quote(resolver_rules(served))}",
            _curl(served, roots),
        )
    )


def resolver_rules(served: Served) -> str:
    """The value of Chromium's option `--host-resolver-rules`."""
    https = [(place, real) for place, real in served.places.items() if place[1] != HTTP]
    return ", ".join(f"MAP {host}:{port} {LOOPBACK}:{real}" for (host, port), real in https)


def _addresses(served: Served) -> list[str]:
    lines = []
    for (host, port), (path, what) in WHAT.items():
        shown = f"https://{host}{'' if port == HTTPS else f':{port}'}{path}"
        lines.append(f"{shown:<42} {LOOPBACK}:{served.places[host, port]:<6} {what}")
    status = served.places[STATUS_HOST, HTTP]
    lines.append(f"{'CRLs, OCSP, certificates of CAs':<42} {LOOPBACK}:{status:<6} http_proxy for their addresses")
    lines.append(f"{'mail':<42} {LOOPBACK}:{served.mail_port:<6} SMTP")
    return lines


def _card(served: Served, daemon: PrivatePcscd | None, lost: str) -> list[str]:
    holder = served.cast.cardholder.common_name
    if daemon is None:
        return [f"The card of {holder} is in no reader, {LOST}: {lost}."]
    [(variable, value)] = daemon.environment.items()
    return [
        f"The card of {holder} is in the reader {daemon.reader!r}; its PIN is {served.cast.pin}.",
        f"export {variable}={shlex.quote(value)}",
        f"# The PKCS#11 module that gets a browser to it: {pkcs11_module()}",
    ]


def _curl(served: Served, roots: Roots) -> str:
    real = served.places["issuer.dpc.example", HTTPS]
    where = f"issuer.dpc.example:{HTTPS}:{LOOPBACK}:{real}"
    return f"curl --cacert {shlex.quote(str(roots.tls))} --connect-to {where} https://issuer.dpc.example/"
