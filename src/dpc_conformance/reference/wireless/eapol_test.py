"""Joins wireless networks with eapol_test: the supplicant of wpa_supplicant and an access point in one program."""

import re
from base64 import encodebytes
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.wireless.air import AccessPoint
from dpc_conformance.roles.errors import Unreachable
from dpc_conformance.roles.wireless_network import Joining, WirelessProfile

EAPOL_TEST = Command("eapol_test", "eapoltest")
SECONDS_FOR_AN_ANSWER = 10
TIMED_OUT = "EAPOL test timed out"
NOT_TRUSTED = "CTRL-EVENT-EAP-TLS-CERT-ERROR"
TLS_VERSION = re.compile(r"SSL: Using TLS version (\S+)")
TOLD = re.compile(r"CTRL-EVENT-EAP-\S+|SSL: SSL3 alert: .*|TLS: Certificate verification failed.*")
"""What of its output goes into the records: the rest holds session keys in hexadecimal."""


@dataclass(frozen=True)
class Identity:
    """Who wants to join: a name, and a key with its certificates (PKCS #12 without a password) or else a password."""

    name: str
    pkcs12: bytes | None = field(default=None, repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Attempt:
    """How an attempt ended, the TLS version (empty where nobody got that far), and what the supplicant said."""

    joining: Joining
    tls_version: str
    said: str


def join(
    network: WirelessProfile, access_point: AccessPoint, who: Identity, verify_server: bool, newest_tls: str
) -> Attempt:
    """One attempt. `newest_tls` is TLSv1.2 or TLSv1.3. Raises Unreachable, MachineLacks.

    The key gets to the supplicant through a pipe and nowhere else.
    """
    answer = EAPOL_TEST.run(
        *("-c", "/dev/stdin", "-a", access_point.host, "-p", str(access_point.port), "-s", access_point.secret),
        *("-t", str(SECONDS_FOR_AN_ANSWER)),
        stdin=_configuration(network, who, verify_server, newest_tls).encode(),
    )
    output = answer.output.decode(errors="replace")
    if TIMED_OUT in output:
        raise Unreachable(network.ssid, "the authentication server does not answer")
    version = TLS_VERSION.search(output)
    said = "\n".join(dict.fromkeys(TOLD.findall(output)))
    return Attempt(_joining(answer.code, output), version.group(1) if version else "", said)


def _joining(code: int, output: str) -> Joining:
    if code == 0:
        return Joining.JOINED
    return Joining.SERVER_NOT_TRUSTED if NOT_TRUSTED in output else Joining.REFUSED


def _configuration(network: WirelessProfile, who: Identity, verify_server: bool, newest_tls: str) -> str:
    lines = [f"ssid={network.ssid.encode().hex()}", "key_mgmt=WPA-EAP", f"identity={_quoted(who.name)}"]
    blobs = {"roots": b"".join(map(_pem, network.roots))}
    if verify_server:
        lines += ['ca_cert="blob://roots"', f"domain_match={_quoted(network.server_name)}"]
    if who.pkcs12 is not None:
        blobs["identity"] = who.pkcs12
        lines += ["eap=TLS", 'private_key="blob://identity"', 'private_key_passwd=""']
    else:
        lines += ["eap=TTLS", f"password={_quoted(who.password)}", 'phase2="auth=PAP"']
    lines.append(f'phase1="tls_disable_tlsv1_3={int(newest_tls == "TLSv1.2")}"')
    body = "\n".join(f"\t{line}" for line in lines)
    held = "".join(f"blob-base64-{name}={{\n{encodebytes(content).decode()}}}\n" for name, content in blobs.items())
    return f"network={{\n{body}\n}}\n{held}"


def _pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def _quoted(text: str) -> str:
    if '"' in text or not text.isprintable():
        raise ValueError(f"{text!r} cannot stand in a supplicant's configuration")
    return f'"{text}"'
