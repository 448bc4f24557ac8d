"""strongSwan as a relying party: IKEv2 with certificates, whose status it asks for, and a policy that it demands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.formats import oids
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.reference.relying_party.program_audit import Decision
from dpc_conformance.reference.vpn.device import PASSWORD
from dpc_conformance.reference.vpn.networks import INSIDE
from dpc_conformance.roles.reasons import Reason

ESTABLISHED = re.compile(r"IKE_SA gateway\[\d+\] established between .*\[(.*)\]$")
REFUSED = "[ N(AUTH_FAILED) ]"
REASONS = {
    "certificate was revoked": Reason.REVOKED,
    "subject certificate invalid (valid from": Reason.EXPIRED,
    "constraint requires cert policy": Reason.POLICY,
    "RULE_CRL_VALIDATION is": Reason.STATUS_UNAVAILABLE,
    "no matching peer config found": Reason.NO_CERTIFICATE,
    "no shared key found": Reason.NO_CERTIFICATE,
}
"""What it says before it refuses, what decides before what follows from it."""


@dataclass(frozen=True)
class StrongSwan:
    """`crls` or `ocsp` says where status comes from; with `strict` it refuses whose status is unknown.

    `policies` are those of which a certificate must have one; none where any will do. `passwords` lets in whoever knows
    one, too.
    """

    crls: bool = False
    ocsp: bool = False
    strict: bool = True
    policies: tuple[str, ...] = (oids.DERIVED_PIV_AUTH,)
    passwords: bool = False
    preload: tuple[Path, ...] = ()
    name: str = "strongswan"

    def load(self, session: Any, address: str, identity: TlsIdentity, anchor: x509.Certificate, crls: bytes) -> None:
        """Configure it to listen at `address`; `crls` are in PEM."""
        chain = [each.public_bytes(Encoding.DER) for each in x509.load_pem_x509_certificates(identity.chain_pem)]
        session.load_key({"type": "any", "data": identity.key_pem})
        session.load_cert({"type": "x509", "flag": "ca", "data": anchor.public_bytes(Encoding.DER)})
        for crl in re.findall(rb"-----BEGIN X509 CRL-----.*?-----END X509 CRL-----", crls, re.S):
            session.load_cert({"type": "x509_crl", "data": x509.load_pem_x509_crl(crl).public_bytes(Encoding.DER)})
        remote = {"auth": "pubkey", "cacerts": [anchor.public_bytes(Encoding.DER)]}
        remote["revocation"] = "strict" if self.strict else "relaxed"
        if self.policies:
            remote["cert_policy"] = list(self.policies)
        connection = {
            "version": "2",
            "local_addrs": [address],
            "send_certreq": "no",
            "pools": ["devices"],
            "local": {"auth": "pubkey", "id": identity_name(chain[0]), "certs": chain},
            "children": {"net": {"local_ts": [f"{INSIDE}/32"]}},
        }
        session.load_pool({"devices": {"addrs": "203.0.113.0/28"}})
        session.load_conn({"gateway": {**connection, "remote": remote}})
        if self.passwords:
            session.load_shared({"type": "IKE", "data": PASSWORD})
            session.load_conn({"gateway-too": {**connection, "remote": {"auth": "psk"}}})

    def decisions(self, lines: Sequence[str]) -> list[Decision]:
        """What stands in its log."""
        found: list[Decision] = []
        about: list[str] = []
        for line in lines:
            about.append(line)
            if established := ESTABLISHED.search(line):
                found.append(Decision(None, detail=established.group(1)))
            elif REFUSED in line:
                found.append(_refused("\n".join(about)))
            else:
                continue
            about = []
        return found


def _refused(said: str) -> Decision:
    words = next((each for each in REASONS if each in said), "")
    detail = next((line for line in said.splitlines() if words and words in line), said.splitlines()[-1])
    return Decision(REASONS.get(words, Reason.PATH), detail=detail)


def identity_name(der: bytes) -> str:
    """The DNS name in a server's certificate."""
    names = x509.load_der_x509_certificate(der).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return names.get_values_for_type(x509.DNSName)[0]
