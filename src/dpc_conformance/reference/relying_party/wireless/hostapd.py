"""hostapd's authentication server as a relying party, for a second opinion: EAP-TLS, status by CRLs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.preload import bind_to_loopback
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.relying_party.program_audit import Decision
from dpc_conformance.reference.relying_party.verify_errors import reason_of
from dpc_conformance.reference.relying_party.wireless.radius import RadiusSite
from dpc_conformance.roles.reasons import Reason

PACKAGE = "hostapd"
BEGAN, ACCEPTED, REFUSED = "CTRL-EVENT-EAP-STARTED", "CTRL-EVENT-EAP-SUCCESS", "CTRL-EVENT-EAP-FAILURE"
TLS = "SSL"
"""Stands in every line about a handshake."""
VERIFY = re.compile(r"authsrv: certificate chain failure: .* err='(.*)'")
PASSWORDS = """\
* TLS,TTLS
""* TTLS-PAP "correct horse" [2]
"""
CHECKS = {"all": 2, "leaf": 1, "none": 0}
CONFIGURATION = """\
driver=none
interface=lo
logger_stdout=-1
logger_stdout_level=0
eap_server=1
eap_user_file={folder}/methods
ca_cert={files.root_and_crls}
server_cert={files.certificate}
private_key={files.key}
check_crl={check_crl}
tls_flags=[ENABLE-TLSv1.3]
radius_server_clients={folder}/access-points
radius_server_auth_port={port}
"""


@dataclass(frozen=True)
class Hostapd:
    """Implements RadiusSoftware. `whom` says whose CRLs are looked at: `all` CAs of the path, of the `leaf`, `none`.

    `passwords` lets in whoever knows one, too.
    """

    whom: str = "all"
    passwords: bool = False
    preload: tuple[Path, ...] = ()
    name: str = "hostapd"
    reads_crls: bool = True

    def plan(self, site: RadiusSite, log: Path) -> Plan:  # noqa: ARG002  it logs to its output
        """See RadiusSoftware."""
        folder = site.files.folder
        file, secrets = folder / "hostapd.conf", folder / "access-points"
        file.write_text(
            CONFIGURATION.format(folder=folder, files=site.files, port=site.port, check_crl=CHECKS[self.whom])
        )
        (folder / "methods").write_text(PASSWORDS if self.passwords else "* TLS\n")
        secrets.touch(mode=0o600)
        secrets.write_text(f"127.0.0.1/32 {site.secret}\n")
        # Its port for access points would be open to the whole network.
        preload = (bind_to_loopback(folder), *self.preload)
        words = (program("hostapd", PACKAGE), file)
        return Plan(self.name, words, lambda line: "AP-ENABLED" in line, preload=preload)

    def decisions(self, lines: Sequence[str]) -> list[Decision]:
        """See RadiusSoftware."""
        found: list[Decision] = []
        about: list[str] = []
        for line in lines:
            if BEGAN in line:
                about = []
            about.append(line)
            if ACCEPTED in line:
                found.append(Decision(None))
            elif REFUSED in line:
                found.append(_refused(about))
        return found


def _refused(about: Sequence[str]) -> Decision:
    failures = [failure.group(1) for failure in map(VERIFY.search, about) if failure]
    if failures:
        return Decision(reason_of(failures[0]), detail=failures[0])
    if any(TLS in line for line in about):
        return Decision(Reason.PROOF_OF_POSSESSION, detail="the handshake failed")
    return Decision(Reason.NO_CERTIFICATE, detail="no method that both know")
