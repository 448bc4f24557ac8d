"""A GNUPGHOME of one's own: gpgsm with an agent and a dirmngr that live by the run's clock and ask only its proxy."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12

from dpc_conformance.reference.correspondent.socket_daemon import SocketDaemon
from dpc_conformance.reference.correspondent.trust import MailTrust
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.programs.command import Answer, Command
from dpc_conformance.reference.programs.guard import Guard
from dpc_conformance.roles.errors import Unreachable

AGENT_STRETCHING = 65_536
"""Rounds by which the agent protects a key at rest; left alone it measures the machine first, for a second."""
FILE_STRETCHING = 1_000
ATTEMPTS = 5
"""With one salt in sixty gpgsm 2.2 does not read a good PKCS #12 file; each attempt has another."""
NO_DIRMNGR = "No dirmngr"


class GnupgHome:
    """Made at the first call. `close` ends the daemons; the folder is whose it was."""

    def __init__(self, folder: Path, trust: MailTrust, passphrase: str, guard: Guard) -> None:
        """`folder` is private and empty; `passphrase` has at most 30 characters: PKCS #12 takes no more here."""
        self._folder, self._trust, self._passphrase = folder, trust, passphrase
        environment = {"HOME": str(folder), "GNUPGHOME": str(folder)}
        self._program = Command("gpgsm", "gpgsm", environment)
        self._agent = SocketDaemon(Command("gpg-agent", "gpg-agent", environment), folder, guard)
        self._dirmngr = SocketDaemon(Command("dirmngr", "dirmngr", environment), folder, guard)
        self._dirmngr_time: datetime | None = None
        self._keys: set[str] = set()
        self._is_open = False

    def gpgsm(self, *arguments: str | Path, stdin: bytes = b"") -> Answer:
        """Call gpgsm at the run's time; its status lines stand in the output. Raises MachineLacks, Unreachable."""
        if not self._is_open:
            self._open()
        if self._dirmngr_time != self._trust.clock.now():
            self._start_dirmngr()
        answer = self._call(*arguments, stdin=stdin)
        if NO_DIRMNGR in answer.words:
            last = (self._dirmngr.log.strip().splitlines() or ["it said nothing"])[-1]
            raise Unreachable("dirmngr", last.replace(str(self._folder), ""))
        return answer

    def with_passphrase(self, *arguments: str | Path) -> Answer:
        """The same for what needs a private key."""
        typed = ("--pinentry-mode", "loopback", "--passphrase-fd", "0")
        return self.gpgsm(*typed, *arguments, stdin=f"{self._passphrase}\n".encode())

    def take(self, certificate: x509.Certificate) -> str:
        """Put a certificate into the keybox; its fingerprint, by which gpgsm knows it."""
        self.gpgsm("--import", stdin=certificate.public_bytes(Encoding.DER))
        return fingerprint(certificate)

    def take_key(self, own: Identity) -> None:
        """Give a private key to the agent, once. Raises Unreachable where it does not take it."""
        name = fingerprint(own.certificate)
        if name in self._keys:
            return
        if not any(self._import(own).code == 0 for _ in range(ATTEMPTS)):
            raise Unreachable("gpgsm", "it does not take its user's own key")
        self._keys.add(name)

    def close(self) -> None:
        """End what was started."""
        self._dirmngr.stop()
        self._agent.stop()

    def _open(self) -> None:
        self._program.find()
        trusted = "".join(f"{fingerprint(anchor)} S relax\n" for anchor in self._trust.anchors)
        files = {
            "trustlist.txt": trusted,
            "common.conf": "",
            "gpgsm.conf": "no-common-certs-import\nno-autostart\n",
            "gpg-agent.conf": f"s2k-count {AGENT_STRETCHING}\n",
            "dirmngr.conf": f"disable-ldap\nignore-ldap-dp\nhttp-proxy {self._trust.proxy}\n",
        }
        for name, text in files.items():
            (self._folder / name).write_text(text, "utf-8")
        self._agent.start()
        for number, each in enumerate((*self._trust.anchors, *self._trust.authorities)):
            (self._folder / f"authority-{number}.der").write_bytes(each.public_bytes(Encoding.DER))
        self._call("--import", *sorted(self._folder.glob("authority-*.der")))
        self._is_open = True

    def _import(self, own: Identity) -> Answer:
        # The oldest protection there is, because version 2.2 reads no other. The file lives for one call.
        sealing = (
            PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(FILE_STRETCHING)
            .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
            .hmac_hash(SHA1())
            .build(self._passphrase.encode())
        )
        file = self._folder / "own.p12"
        file.write_bytes(pkcs12.serialize_key_and_certificates(None, own.key, own.certificate, None, sealing))
        try:
            return self.with_passphrase("--import", file)
        finally:
            file.unlink()

    def _start_dirmngr(self) -> None:
        self._dirmngr.stop()
        self._dirmngr.start("--faked-system-time", str(self._trust.clock.epoch()))
        self._dirmngr_time = self._trust.clock.now()

    def _call(self, *arguments: str | Path, stdin: bytes = b"") -> Answer:
        always = ("--homedir", self._folder, "--batch", "--no-tty", "--status-fd", "1")
        now = str(self._trust.clock.epoch())
        return self._program.run(*always, "--faked-system-time", now, *arguments, stdin=stdin)


def fingerprint(certificate: x509.Certificate) -> str:
    """The name that gpgsm has for a certificate; nothing depends on the strength of the digest."""
    return certificate.fingerprint(SHA1()).hex().upper()
