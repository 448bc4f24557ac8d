"""Tells a tester's servers about the run: whom to trust, what is revoked, who has an account.

The PKI of a run is new each time, and what it says about revocation changes within a scenario. So a command of the
tester's is called with the path of a folder as its last word, before a server is used and something in the folder has
changed; it takes what it needs, and returns when the server goes by it. In the folder are

* `authorities.pem`: the CA certificates, the trust anchor first; `crls.pem`: the CRL of each of them;
* `status-proxy.txt`: the address of an HTTP proxy that answers for the names of CRLs and OCSP in certificates;
* `accounts.txt`: a line `account TAB user principal name TAB common name TAB file` for each person with an account, the
  file with the person's certificate in PEM lying beside it.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.relying_party.web.site import Account
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.errors import Unreachable

SECONDS = 60.0


@dataclass(frozen=True)
class HandOver:
    """`command` is called in `folder`; where there is none, the servers are told in another way."""

    command: tuple[str, ...]
    folder: Path

    def call(self, files: Mapping[str, bytes]) -> None:
        """Call it with these files. Raises Unreachable when it cannot be called, takes too long or fails."""
        with tempfile.TemporaryDirectory(prefix="dpc-hand-over-") as name:
            for file, content in files.items():
                Path(name, file).write_bytes(content)
            program = shutil.which(self.command[0]) or str(self.folder / self.command[0])
            try:
                subprocess.run(
                    [program, *self.command[1:], name], cwd=self.folder, check=True, timeout=SECONDS,
                    # A pipe would stay open as long as a server lives that the command started.
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except (OSError, subprocess.SubprocessError) as error:
                raise Unreachable(self.command[0], f"the servers could not be told: {error}") from None


class ToldServers:
    """The servers of one scenario, which are told what has changed since they were told last."""

    def __init__(self, hand_over: HandOver, scene: Scene) -> None:
        self._hand_over, self._scene = hand_over, scene
        self._told: dict[str, bytes] = {}
        self._accounts: list[Account] = []

    def admit(self, account: Account) -> None:
        """There is such an account from now on."""
        if account not in self._accounts:
            self._accounts.append(account)

    def tell(self) -> None:
        """Call the command where there is something new. Raises Unreachable."""
        if not self._hand_over.command:
            return
        files = _files(self._scene, self._accounts)
        if files != self._told:
            self._hand_over.call(files)
            self._told = files


def _files(scene: Scene, accounts: Sequence[Account]) -> dict[str, bytes]:
    pki, now = scene.stage.pki, scene.clock.now()
    chain = (pki.root, pki.intermediate, pki.derived_authority)
    lists = (x509.load_der_x509_crl(scene.status.crls.crl(each, now)) for each in chain)
    lines, certificates = "", {}
    for number, account in enumerate(accounts, 1):
        file, person = f"certificate-{number}.pem", account.person
        certificates[file] = _pem(x509.load_der_x509_certificate(account.certificate))
        lines += "\t".join((person.account, person.upn, person.common_name, file)) + "\n"
    return {
        "authorities.pem": b"".join(_pem(each.certificate) for each in chain),
        "crls.pem": b"".join(each.public_bytes(Encoding.PEM) for each in lists),
        "status-proxy.txt": f"{scene.stage.names.proxy}\n".encode(),
        "accounts.txt": lines.encode(),
        **certificates,
    }


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)
