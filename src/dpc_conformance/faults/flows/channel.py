"""Seeded defects of the way that messages take: TLS that is too weak, none at all, and secrets in the open."""

import json
import ssl
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.phone.camera import CodePolicy
from dpc_conformance.reference.phone.installation import InstallationCheck
from dpc_conformance.reference.phone.keys import DeviceKeys
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.reference.phone.parts import Certificate, PhoneParts
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.serving.connection import TlsEntrance
from dpc_conformance.roles.errors import ServerNotTrusted

ISSUER = "issuer.dpc.example"


class WithoutAes(TlsEntrance):
    """TLS 1.2 with ChaCha20 only."""

    def configure(self, context: ssl.SSLContext) -> None:
        super().configure(context)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("ECDHE+CHACHA20")


@fault("kiosk's TLS does not use AES", {"DPC-ISS-CHAN-02", "DPC-LC-REMOTE-02"})
def without_aes(scene: Scene) -> None:
    server = scene.stage.ordinary[ISSUER]
    before = server.let_in(WithoutAes(scene.stage.pki.tls_identity(ISSUER)))
    scene.on_close.append(partial(server.let_in, before))


class LargeKeys(DeviceKeys):
    """Makes keys that are stronger than the channel over which their certificates come."""

    def __init__(self, entropy: Entropy) -> None:
        super().__init__(entropy)

    def credential_key(self, usage: str) -> PrivateKey:  # noqa: ARG002
        """See DeviceKeys."""
        return ec_key(self._entropy, ec.SECP384R1())


@fault("phone's keys are stronger than the channel", {"DPC-ISS-CHAN-03"})
def weaker_channel(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.keys = LargeKeys(parts.entropy.branch("large keys"))

    scene.on_phone.append(change)


class CuriousPolicy(CodePolicy):
    """Opens the address in a code to see what is there, before it looks whose address it is."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def accept(self, text: str, issuer_address: str) -> QrPayload:
        """See CodePolicy."""
        if text.startswith("https://issuer.") or text.startswith("https://other-issuer."):
            with suppress(ServerNotTrusted):  # whom it does not trust it tells nothing, and goes on
                self._http.get(text.partition("#")[0])
        return super().accept(text, issuer_address)


@fault("phone talks to whatever issuer a QR code names", {"DPC-ISS-CHAN-01"})
def any_issuer(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.code_policy = CuriousPolicy(parts.open_http(None))

    scene.on_phone.append(change)


class PlainFetch(InstallationCheck):
    """Fetches the certificates of the authority over plain HTTP before it checks a path."""

    def __init__(self, clock: RunClock, http: httpx.Client, url: str) -> None:
        super().__init__(clock)
        self._http, self._url = http, url

    def path(
        self, certificate: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
    ) -> tuple[x509.Certificate, ...]:
        """See InstallationCheck."""
        fetched = load_der_pkcs7_certificates(self._http.get(self._url).content)
        return super().path(certificate, [*others, *fetched], roots)


@fault("phone fetches CA certificates over plain HTTP", {"DPC-ISS-CHAN-01", "DPC-LC-REMOTE-02"})
def plain_http(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        url = scene.stage.pki.derived_authority.p7c_url
        parts.check = PlainFetch(parts.clock, parts.open_http(None), url)

    scene.on_phone.append(change)


def repeat_secret_in_address(request: httpx.Request) -> None:
    """Put the binding secret that is in the body of a request into its address as well."""
    if request.url.path.endswith("/sessions"):
        request.url = request.url.copy_merge_params({"code": json.loads(request.content)["secret"]})


@fault("phone puts the binding secret into an address", {"DPC-ISS-SECRET-01"})
def secret_in_address(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        open_http = parts.open_http

        def open_changed(certificate: Certificate | None) -> httpx.Client:
            client = open_http(certificate)
            client.event_hooks = {"request": [repeat_secret_in_address]}
            return client

        parts.open_http = open_changed

    scene.on_phone.append(change)


@fault("phone trusts any server", {"DPC-ISS-CHAN-01"})
def trusts_any_server(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.trust.append(scene.stage.impostor_authority.root)

    scene.on_phone.append(change)


@fault("workstation trusts any server", {"DPC-ISS-CHAN-01"})
def workstation_trusts_any_server(scene: Scene) -> None:
    scene.workstation_trust.append(scene.stage.impostor_authority.root)
