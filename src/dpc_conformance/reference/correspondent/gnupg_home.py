"""A GNUPGHOME of one's own: gpgsm with an agent and a dirmngr that live by the run's clock and ask only its proxy."""

from datetime import datetime
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.correspondent.program import Answer, Program
from dpc_conformance.reference.correspondent.socket_daemon import SocketDaemon
from dpc_conformance.reference.correspondent.trust import MailTrust
from dpc_conformance.roles.errors import Unreachable

QUICK_STRETCHING = 65_536
"""Rounds by which the agent protects a key at rest; left alone it measures the machine first, for a second."""
NO_DIRMNGR = "No dirmngr"


class GnupgHome:
    """Made at the first call. `close` ends the daemons; the folder is whose it was."""

    def __init__(self, folder: Path, trust: MailTrust) -> None:
        """`folder` is private and empty."""
        self._folder, self._trust = folder, trust
        environment = {"HOME": str(folder), "GNUPGHOME": str(folder)}
        self._program = Program("gpgsm", "gpgsm", environment)
        self._agent = SocketDaemon(Program("gpg-agent", "gpg-agent", environment), folder)
        self._dirmngr = SocketDaemon(Program("dirmngr", "dirmngr", environment), folder)
        self._dirmngr_time: datetime | None = None

    def gpgsm(self, *arguments: str | Path, stdin: bytes = b"") -> Answer:
        """Call gpgsm at the run's time; its status lines stand in the output. Raises NotInstalled, Unreachable."""
        home = self._opened
        if self._dirmngr_time != self._trust.clock.now():
            self._start_dirmngr()
        answer = self._call(home, *arguments, stdin=stdin)
        if NO_DIRMNGR in answer.words:
            last = (self._dirmngr.log.strip().splitlines() or ["it said nothing"])[-1]
            raise Unreachable("dirmngr", last.replace(str(self._folder), ""))
        return answer

    def take(self, certificate: x509.Certificate) -> str:
        """Put a certificate into the keybox; its fingerprint, by which gpgsm knows it."""
        self.gpgsm("--import", stdin=certificate.public_bytes(Encoding.DER))
        return fingerprint(certificate)

    def close(self) -> None:
        """End what was started."""
        self._dirmngr.stop()
        self._agent.stop()

    @cached_property
    def _opened(self) -> Path:
        self._program.find()
        trusted = "".join(f"{fingerprint(anchor)} S relax\n" for anchor in self._trust.anchors)
        files = {
            "trustlist.txt": trusted,
            "common.conf": "",
            "gpgsm.conf": "no-common-certs-import\nno-autostart\n",
            "gpg-agent.conf": f"s2k-count {QUICK_STRETCHING}\n",
            "dirmngr.conf": f"disable-ldap\nignore-ldap-dp\nhttp-proxy {self._trust.proxy}\n",
        }
        for name, text in files.items():
            (self._folder / name).write_text(text, "utf-8")
        self._agent.start()
        for number, each in enumerate((*self._trust.anchors, *self._trust.authorities)):
            (self._folder / f"authority-{number}.der").write_bytes(each.public_bytes(Encoding.DER))
        self._call(self._folder, "--import", *sorted(self._folder.glob("authority-*.der")))
        return self._folder

    def _start_dirmngr(self) -> None:
        self._dirmngr.stop()
        self._dirmngr.start("--faked-system-time", str(self._trust.clock.epoch()))
        self._dirmngr_time = self._trust.clock.now()

    def _call(self, home: Path, *arguments: str | Path, stdin: bytes = b"") -> Answer:
        always = ("--homedir", home, "--batch", "--no-tty", "--status-fd", "1")
        return self._program.run(
            *always, "--faked-system-time", str(self._trust.clock.epoch()), *arguments, stdin=stdin
        )


def fingerprint(certificate: x509.Certificate) -> str:
    """The name that gpgsm has for a certificate; nothing depends on the strength of the digest."""
    return certificate.fingerprint(SHA1()).hex().upper()
