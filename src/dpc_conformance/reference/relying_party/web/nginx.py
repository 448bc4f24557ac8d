"""nginx as a relying party: the certificate was registered for an account, and its status is asked for."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.programs.run_time import VARIABLES
from dpc_conformance.reference.relying_party.program_audit import Decision
from dpc_conformance.reference.relying_party.verify_errors import reason_of
from dpc_conformance.reference.relying_party.web.site import Account, Site, refusal, safe, welcome
from dpc_conformance.roles.reasons import Reason

PACKAGE = "nginx"
SERVES = "getrlimit("
"""The last thing it says before it serves; it listens by then."""
FAILED, NONE = "FAILED:", "NONE"
HANDSHAKE_FAILED = "SSL_do_handshake() failed"
NO_STATUS = "certificate status request failed"
CRLS = "ssl_client_certificate {files.root}; ssl_crl {files.crls};"
NO_CRLS = "ssl_client_certificate {files.root};"
OCSP = """ssl_client_certificate {files.authorities}; ssl_ocsp {whom}; ssl_ocsp_responder {ocsp};
        ssl_ocsp_cache {cache}; resolver 127.0.0.1;"""
CONFIGURATION = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log {log} info;
{kept};
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format decision escape=json
        '{{"status":$status,"verify":"$ssl_client_verify","serial":"$ssl_client_serial","account":"$account"}}';
    access_log {log} decision;
    keepalive_timeout 0;
    map $ssl_client_fingerprint $account {{ default "{otherwise}";{accounts} }}
    map $ssl_client_fingerprint $person {{ default "";{people} }}
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name {host};
        ssl_certificate {files.certificate};
        ssl_certificate_key {files.key};
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_tickets off;
        ssl_verify_client {verify};
        ssl_verify_depth 5;
        {status}
        default_type text/html;
        location / {{
            if ($account = "") {{ return 403 "{refusal}"; }}
            return 200 "{welcome}";
        }}
    }}
    server {{
        listen 127.0.0.1:{side_port};
        access_log off;
        return 204;
    }}
}}
"""


@dataclass(frozen=True)
class Nginx:
    """Implements WebServerSoftware. `crls` or `ocsp` says where status comes from.

    `whom` is `on` for the whole path or `leaf`; `remembers`: for as long as a response lets it; `verify` is `on`, or
    `optional` where nobody has to show a certificate; `otherwise` is the account of somebody who has none.
    """

    crls: bool = False
    ocsp: bool = False
    whom: str = "on"
    remembers: bool = False
    verify: str = "on"
    otherwise: str = ""
    preload: tuple[Path, ...] = ()
    name: str = "nginx"

    @property
    def reads_crls(self) -> bool:
        """See WebServerSoftware."""
        return self.crls

    def plan(self, site: Site, log: Path) -> Plan:
        """See WebServerSoftware."""
        file = site.files.folder / "nginx.conf"
        status = CRLS if self.crls else OCSP if self.ocsp else NO_CRLS
        file.write_text(
            CONFIGURATION.format(
                folder=site.files.folder,
                log=log,
                kept="; ".join(f"env {name}" for name in VARIABLES),
                otherwise=self.otherwise,
                accounts=_map(site, lambda account: account.person.account),
                people=_map(site, lambda account: account.person.common_name),
                port=site.port,
                side_port=site.side_port,
                host=site.host,
                files=site.files,
                verify=self.verify,
                status=status.format(
                    files=site.files,
                    whom=self.whom,
                    ocsp=site.ocsp,
                    cache="shared:status:1m" if self.remembers else "off",
                ),
                refusal=refusal(),
                welcome=welcome("$person"),
            )
        )
        words = (program("nginx", PACKAGE), "-c", file, "-p", site.files.folder, "-e", log)
        return Plan(self.name, words, lambda line: SERVES in line, preload=self.preload)

    def decisions(self, lines: Sequence[str]) -> list[Decision]:
        """See WebServerSoftware."""
        found = []
        for line in lines:
            if line.startswith('{"status"'):
                found.append(_decision(json.loads(line)))
            elif HANDSHAKE_FAILED in line:
                found.append(Decision(Reason.PROOF_OF_POSSESSION, detail=line))
        return found


def _map(site: Site, value: Callable[[Account], str]) -> str:
    return "".join(f' "{account.fingerprint}" "{safe(value(account))}";' for account in site.accounts)


def _decision(line: dict[str, str | int]) -> Decision:
    verify, serial, account = str(line["verify"]), str(line["serial"]).lower(), str(line["account"])
    if verify.startswith(FAILED):
        words = verify.removeprefix(FAILED)
        reason = Reason.STATUS_UNAVAILABLE if words == NO_STATUS else reason_of(words)
        return Decision(reason, subject=serial, detail=words)
    if line["status"] == 200:
        return Decision(None, account, serial)
    if verify == NONE:
        return Decision(Reason.NO_CERTIFICATE, detail="the client sent no certificate")
    return Decision(Reason.UNKNOWN_ACCOUNT, subject=serial, detail="nobody has registered this certificate")
