"""Apache httpd as a relying party: OCSP, the policies of derived credentials, the account by the certificate's UPN."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.formats import oids
from dpc_conformance.reference.programs.installed import library, program
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.programs.run_time import expect_passable
from dpc_conformance.reference.relying_party.program_audit import Decision
from dpc_conformance.reference.relying_party.verify_errors import reason_of
from dpc_conformance.reference.relying_party.web.site import Account, Site, refusal, safe, welcome
from dpc_conformance.roles.reasons import Reason

PACKAGE = "apache2-bin"
MODULES = ("mpm_prefork", "authn_core", "authz_core", "rewrite", "setenvif", "socache_shmcb", "ssl")
CONFIGURED = "AH01876"
"""Says that TLS is set up. It reads its configuration twice, and listens the second time."""
CONNECTED, CLOSED, VERIFY, BAD_NONCE = "AH01964", "AH01998", "Certificate Verification: Error", "(bad nonce)"
NO_CERTIFICATE = "peer did not return a certificate"
OTHER_FAILURE = "application verification failure"
SERIAL = re.compile(r"/ serial: ([0-9A-F]+) ")
ACCESS = re.compile(r"access (\d+) account=(\S+) policy=(\S+) serial=(\S+)")
UPN, COMMON_NAME = "SSL_CLIENT_SAN_OTHER_msUPN_0", "SSL_CLIENT_S_DN_CN"
GUESTS = """SetEnvIfExpr "%{SSL:SSL_CLIENT_VERIFY} == 'NONE'" ACCOUNT=guest PERSON=guest POLICY=none"""
CONFIGURATION = """\
ServerName {host}
ServerRoot {folder}
DefaultRuntimeDir {folder}
PidFile {folder}/pid
User #65534
Group #65534
Mutex pthread default
{modules}
ErrorLog {log}
LogLevel info
ErrorLogFormat "[%t] [%l] %M"
LogFormat "access %s account=%{{ACCOUNT}}e policy=%{{POLICY}}e serial=%{{SSL_CLIENT_M_SERIAL}}x" decision
KeepAlive Off
Timeout 5
SSLSessionCache none
Listen 127.0.0.1:{port}
Listen 127.0.0.1:{side_port}
<VirtualHost 127.0.0.1:{port}>
    CustomLog {log} decision
    SSLEngine on
    SSLCertificateFile {files.certificate}
    SSLCertificateKeyFile {files.key}
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLSessionTickets off
    SSLCACertificateFile {files.authorities}
    SSLVerifyClient {verify}
    SSLVerifyDepth 5
    SSLOCSPEnable {whom}
    SSLOCSPDefaultResponder {ocsp}
    SSLOCSPOverrideResponder on
    SSLOCSPUseRequestNonce on
    SetEnvIfExpr "{policy}" POLICY=yes
    {accounts}
    {guests}
    ErrorDocument 200 "{welcome}"
    ErrorDocument 403 "{refusal}"
    <Location />
        <RequireAll>
            Require env POLICY
            Require env ACCOUNT
        </RequireAll>
        RewriteEngine on
        RewriteRule ^ - [R=200]
    </Location>
</VirtualHost>
<VirtualHost 127.0.0.1:{side_port}>
    RewriteEngine on
    RewriteRule ^ - [R=204]
</VirtualHost>
"""


@dataclass(frozen=True)
class Httpd:
    """Implements WebServerSoftware. It runs as one process, which decides about one visitor after the other.

    `whom` is `on` for the whole path, `leaf` or `off`; `policies` are those that a certificate may assert, of which it
    needs one; `known_by` is the part of the certificate by which accounts are found; `guests` need no certificate.
    """

    whom: str = "on"
    policies: tuple[str, ...] = (oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE)
    known_by: str = UPN
    guests: bool = False
    preload: tuple[Path, ...] = ()
    name: str = "apache2"
    reads_crls: bool = False

    def plan(self, site: Site, log: Path) -> Plan:
        """See WebServerSoftware."""
        file, folder = site.files.folder / "httpd.conf", site.files.folder
        words = (program("apache2", PACKAGE), "-X", "-d", folder, "-f", file, "-E", log)
        modules = library("apache2/modules", PACKAGE)
        expect_passable(folder, self.name)
        file.write_text(
            CONFIGURATION.format(
                host=site.host,
                folder=folder,
                modules="\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in MODULES),
                log=log,
                port=site.port,
                side_port=site.side_port,
                files=site.files,
                whom=self.whom,
                ocsp=site.ocsp,
                policy=" || ".join(map(_asserts, self.policies)) or "true",
                verify="optional" if self.guests else "require",
                guests=GUESTS if self.guests else "",
                accounts="\n    ".join(map(self._account, site.accounts)),
                welcome=welcome("%{env:PERSON}"),
                refusal=refusal(),
            )
        )
        configured = 0

        def ready(line: str) -> bool:
            nonlocal configured
            configured += CONFIGURED in line
            return configured == 2

        return Plan(self.name, words, ready, preload=self.preload)

    def decisions(self, lines: Sequence[str]) -> list[Decision]:
        """See WebServerSoftware."""
        found: list[Decision] = []
        connection: list[str] = []
        for line in lines:
            if CONNECTED in line:
                connection = []
            connection.append(line)
            if CLOSED in line:
                found.append(_refused_at_tls(connection))
            elif access := ACCESS.match(line):
                found.append(_answered(*access.groups()))
        return found

    def _account(self, account: Account) -> str:
        value = account.person.upn if self.known_by == UPN else account.person.common_name
        known = f"tolower(%{{SSL:{self.known_by}}}) == {_text(value.lower())}"
        return f'SetEnvIfExpr "{known}" "ACCOUNT={safe(account.person.account)}" "PERSON={_name(account)}"'


def _text(value: str) -> str:
    """A text in an expression in double quotes. ValueError for one that cannot stand there."""
    if set('"\\%\n') & set(value):
        raise ValueError(f"{value!r} cannot stand in an expression of Apache httpd")
    return "'" + value.replace("'", "\\'") + "'"


def _name(account: Account) -> str:
    return safe(account.person.common_name)


def _asserts(policy: str) -> str:
    return f"'Policy: {policy}' in PeerExtList('{oids.CERTIFICATE_POLICIES}')"


def _answered(status: str, account: str, policy: str, serial: str) -> Decision:
    if status == "200":
        return Decision(None, account, serial.lower())
    if policy == "-":
        return Decision(Reason.POLICY, subject=serial.lower(), detail="none of the policies that are demanded here")
    return Decision(Reason.UNKNOWN_ACCOUNT, subject=serial.lower(), detail="nobody has that user principal name here")


def _refused_at_tls(connection: Sequence[str]) -> Decision:
    said = next((line for line in connection if VERIFY in line), "")
    serial = SERIAL.search(said)
    subject, detail = serial.group(1).lower() if serial else "", said.partition("] ")[2].partition(" [subject")[0]
    if any(BAD_NONCE in line for line in connection):
        return Decision(Reason.OCSP_NONCE, subject=subject, detail="the OCSP response has another nonce")
    if OTHER_FAILURE in said:
        return Decision(Reason.STATUS_UNAVAILABLE, subject=subject, detail=detail)
    if said:
        return Decision(reason_of(said), subject=subject, detail=detail)
    if any(NO_CERTIFICATE in line for line in connection):
        return Decision(Reason.NO_CERTIFICATE, detail="the client sent no certificate")
    return Decision(Reason.PROOF_OF_POSSESSION, detail=connection[-1])
