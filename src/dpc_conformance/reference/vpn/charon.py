"""strongSwan's daemon, told through its own socket: neither keys nor certificates lie in files."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vici

from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.program import Plan, Program
from dpc_conformance.reference.programs.programs import Programs

PACKAGE = "charon-systemd"
SERVES = "worker threads"
CONFIGURATION = """\
charon-systemd {{
    load = random nonce x509 revocation constraints pubkey pkcs1 pkcs8 pem openssl curl kernel-libipsec \
kernel-netlink socket-default vici updown resolve kdf hmac sha1 sha2 gcm aes drbg attr
    plugins {{
        revocation {{
            enable_ocsp = {ocsp}
            enable_crl = {crls}
        }}
        vici {{
            socket = unix://{folder}/vici
        }}
        resolve {{
            file = {folder}/resolv.conf
        }}
    }}
    journal {{
        default = -1
    }}
    filelog {{
        output {{
            path = {log}
            default = 1
            flush_line = yes
        }}
    }}
}}
"""
"""ESP in user space, because not every kernel has it; x509 before openssl, which would read no certificate policies."""
# Without it a wait with a limit is over at once where the run's clock is not the machine's.
WAITS = {"FAKETIME_FORCE_MONOTONIC_FIX": "0"}
WORDS = {True: "yes", False: "no"}
Placed = Callable[..., tuple[str | Path, ...]]


@dataclass(frozen=True)
class Inquiries:
    """What a daemon asks about the status of certificates: a responder, through an HTTP proxy, or the CRLs it has."""

    ocsp: bool = False
    crls: bool = False
    proxy: str = ""


class Charon:
    """One daemon, from its start to its end."""

    def __init__(
        self,
        programs: Programs,
        name: str,
        placed: Placed,
        inquiries: Inquiries = Inquiries(),  # noqa: B008  nobody can change it
        preload: tuple[Path, ...] = (),
    ) -> None:
        """`placed` puts a command line into a network, `preload` are libraries of ours. Raises MachineLacks."""
        self._programs, self._folder = programs, programs.folder(name)
        daemon = program("charon-systemd", PACKAGE)

        def plan(log: Path) -> Plan:
            settings = self._folder / "strongswan.conf"
            settings.write_text(
                CONFIGURATION.format(
                    folder=self._folder, log=log, ocsp=WORDS[inquiries.ocsp], crls=WORDS[inquiries.crls]
                )
            )
            environment = {"STRONGSWAN_CONF": str(settings), "SWANCTL_DIR": str(self._folder), **WAITS}
            environment["http_proxy"] = inquiries.proxy
            return Plan(name, placed(daemon), lambda line: SERVES in line, environment, preload)

        self.program: Program = programs.start(self._folder, plan)

    @contextmanager
    def session(self) -> Iterator[Any]:
        """Talks to it (strongSwan's VICI protocol)."""
        with closing(socket.socket(socket.AF_UNIX)) as talking:
            talking.connect(os.fspath(self._folder / "vici"))
            yield vici.Session(talking)

    def said(self) -> tuple[str, ...]:
        """All that it has logged."""
        return self._programs.listen(self.program)

    def stop(self) -> None:
        """End it."""
        self._programs.stop(self.program)
