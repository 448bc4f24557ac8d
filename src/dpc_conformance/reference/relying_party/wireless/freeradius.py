"""FreeRADIUS as a relying party: EAP-TLS, status by CRLs or OCSP, policies, and the name in the certificate."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dpc_conformance.formats import oids
from dpc_conformance.reference.programs.installed import library, program
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.relying_party.program_audit import Decision
from dpc_conformance.reference.relying_party.verify_errors import reason_of
from dpc_conformance.reference.relying_party.wireless.radius import RadiusSite
from dpc_conformance.roles.reasons import Reason

PACKAGE = "freeradius"
POLICY_WORDS, NAME_WORDS = "certificate policy", "name of another certificate"
DECIDED = re.compile(r"Auth: \((\d+)\) Login (OK|incorrect)(?: \((.*)\))?: \[([^\]]*)\] \(from")
ABOUT = re.compile(r": \((\d+)\) ")
VERIFY_ERROR = "OpenSSL says error"
OCSP, REVOKED, NONCE = "ocsp", "Cert status: revoked", "nonce"
NO_COMMON_METHOD = "No mutually acceptable types"
CONFIGURATION = """\
prefix = /usr
libdir = {modules}
logdir = {folder}
run_dir = {folder}
pidfile = {folder}/pid
proxy_requests = no
log {{
    destination = stdout
    auth = yes
}}
security {{
    reject_delay = 0
}}
modules {{
    eap {{
        default_eap_type = tls
        tls-config common {{
            private_key_file = {files.key}
            certificate_file = {files.certificate}
            {status}
            tls_min_version = "1.2"
            tls_max_version = "1.3"
            cache {{
                enable = no
            }}
        }}
        tls {{
            tls = common
            virtual_server = certificate
        }}
        {more_methods}
    }}
    pap {{
    }}
}}
server organisation {{
    listen {{
        type = auth
        ipaddr = 127.0.0.1
        port = {port}
    }}
    client access-points {{
        ipaddr = 127.0.0.1
        secret = "{secret}"
    }}
    authorize {{
        eap {{
            ok = return
        }}
    }}
    authenticate {{
        eap
    }}
    post-auth {{
        Post-Auth-Type REJECT {{
            eap
        }}
    }}
}}
server certificate {{
    authorize {{
        update config {{
            &Auth-Type := Accept
        }}
        {conditions}
    }}
}}
server password {{
    authorize {{
        update control {{
            &Cleartext-Password := "%{{User-Password}}"
        }}
        pap
    }}
    authenticate {{
        pap
    }}
}}
"""
CRLS = """ca_file = {files.root_and_crls}
            check_crl = yes
            check_all_crl = yes"""
OCSP_STATUS = """ca_file = {files.authorities}
            check_crl = no
            ocsp {{
                enable = yes
                override_cert_url = yes
                url = "{ocsp}"
                use_nonce = yes
                softfail = {softfail}
            }}"""
NO_STATUS = "ca_file = {files.authorities}"
REJECT = """if ({condition}) {{
            update config {{
                &Auth-Type := Reject
            }}
            update request {{
                &Module-Failure-Message := "{words}"
            }}
        }}"""
PASSWORDS = """ttls {
            tls = common
            virtual_server = password
        }"""


@dataclass(frozen=True)
class FreeRadius:
    """Implements RadiusSoftware. `crls` or `ocsp` says where status comes from; `softfail`: no answer will do.

    `policies` are those that a certificate may assert, of which it needs one; `own_name`: the visitor has to state the
    user principal name of the certificate; `passwords`: a name and a password will do as well.
    """

    crls: bool = False
    ocsp: bool = False
    softfail: bool = False
    policies: tuple[str, ...] = (oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE)
    own_name: bool = True
    passwords: bool = False
    preload: tuple[Path, ...] = ()
    name: str = "freeradius"

    @property
    def reads_crls(self) -> bool:
        """See RadiusSoftware."""
        return self.crls

    def plan(self, site: RadiusSite, log: Path) -> Plan:  # noqa: ARG002  it logs to its output
        """See RadiusSoftware."""
        folder = site.files.folder
        words = (program("freeradius", PACKAGE), "-f", "-s", "-d", folder, "-n", "radiusd")
        status = CRLS if self.crls else OCSP_STATUS if self.ocsp else NO_STATUS
        file = folder / "radiusd.conf"
        file.touch(mode=0o600)
        file.write_text(
            CONFIGURATION.format(
                folder=folder,
                modules=library("freeradius", PACKAGE),
                files=site.files,
                port=site.port,
                secret=site.secret,
                status=status.format(files=site.files, ocsp=site.ocsp, softfail="yes" if self.softfail else "no"),
                conditions="\n        ".join(self._conditions()),
                more_methods=PASSWORDS if self.passwords else "",
            )
        )
        return Plan(self.name, words, lambda line: "Ready to process requests" in line, preload=self.preload)

    def decisions(self, lines: Sequence[str]) -> list[Decision]:
        """See RadiusSoftware."""
        return [
            Decision(None, found.group(4)) if found.group(2) == "OK" else _refused(found, lines)
            for found in map(DECIDED.search, lines)
            if found
        ]

    def _conditions(self) -> list[str]:
        found = []
        if self.policies:
            wanted = "|".join(policy.replace(".", r"\.") for policy in self.policies)
            lacks = f"!(&TLS-Client-Cert-X509v3-Certificate-Policies[*] =~ /({wanted})$/)"
            found.append(REJECT.format(condition=lacks, words=POLICY_WORDS))
        if self.own_name:
            other = "!(&TLS-Client-Cert-Subject-Alt-Name-Upn == &User-Name)"
            found.append(REJECT.format(condition=other, words=NAME_WORDS))
        return found


def _refused(found: re.Match[str], lines: Sequence[str]) -> Decision:
    """The decision itself names the last of several problems; the lines about the same request have them all."""
    number, words = found.group(1), found.group(3) or ""
    said = "\n".join(line for line in lines if (about := ABOUT.search(line)) and about.group(1) == number)
    return Decision(_reason(f"{said}\n{words}"), detail=words)


def _reason(said: str) -> Reason:
    if POLICY_WORDS in said:
        return Reason.POLICY
    if NAME_WORDS in said:
        return Reason.UNKNOWN_ACCOUNT
    if NO_COMMON_METHOD in said:
        return Reason.NO_CERTIFICATE
    if OCSP not in said:
        return reason_of(said) if VERIFY_ERROR in said else Reason.PROOF_OF_POSSESSION
    if REVOKED in said:
        return Reason.REVOKED
    return Reason.OCSP_NONCE if NONCE in said else Reason.STATUS_UNAVAILABLE
