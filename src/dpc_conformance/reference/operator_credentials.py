"""What the reference's operator has to log on with: a PIV Card, and a certificate that proves less."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.card_tls import open_card_client
from dpc_conformance.protocols.http_client import ClientCertificate, open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.issuer.accounts import identifiers
from dpc_conformance.reference.pki import profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.registration_desk import HARDWARE_CERTIFICATE, PASSWORD, SOFTWARE_CERTIFICATE
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION


@dataclass
class OperatorCredentials:
    """`take_card` hands out the operator's card and its PIN, once the operator is needed; `client` names the desk."""

    pki: TestPki
    names: Names
    recorder: Recorder
    clock: RunClock
    entropy: Entropy
    account: str
    take_card: Callable[[], tuple[Card, str]]
    client: str

    def open(self, means: str = HARDWARE_CERTIFICATE) -> httpx.Client:
        """A client of the issuer's port that asks for a certificate. KeyError for unknown means."""
        edge, pin = self._card
        return {
            HARDWARE_CERTIFICATE: lambda: self._with_card(edge, pin),
            SOFTWARE_CERTIFICATE: lambda: self._in_software(edge),
            PASSWORD: self._with_password,
        }[means]()

    @cached_property
    def _card(self) -> tuple[PivCard, str]:
        """The PIV application of the operator's card, and its PIN."""
        card, pin = self.take_card()
        self.recorder.keep_secret(pin)
        edge = PivCard(card, Recorder(), self.clock)
        edge.select()
        return edge, pin

    def _with_card(self, edge: PivCard, pin: str) -> httpx.Client:
        edge.verify_pin(pin)
        chain = [edge.certificate(PIV_AUTHENTICATION)]
        return open_card_client(
            self.names, self.pki.tls_roots, self.recorder, self.clock, self.client, chain,
            lambda block: edge.sign_raw(PIV_AUTHENTICATION, block),
        )  # fmt: skip

    def _in_software(self, edge: PivCard) -> httpx.Client:
        """With a certificate under the policy for keys in software, which names the same person."""
        own = x509.load_der_x509_certificate(edge.certificate(PIV_AUTHENTICATION))
        [uuid] = [UUID(each) for each in identifiers(own) if each.startswith("urn:uuid:")]
        key = ec_key(self.entropy, ec.SECP256R1())
        authority, now = self.pki.derived_authority, self.clock.now()
        builder = profiles.derived_authentication(authority, own.subject, key.public_key(), uuid, now, self.entropy)
        key_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return self._open(ClientCertificate(authority.sign(builder).public_bytes(Encoding.PEM), key_pem))

    def _with_password(self) -> httpx.Client:
        guessed = self.entropy.bytes(9).hex()
        self.recorder.keep_secret(guessed)
        client = self._open(None)
        client.auth = httpx.BasicAuth(self.account, guessed)
        return client

    def _open(self, certificate: ClientCertificate | None) -> httpx.Client:
        return open_client(self.names, self.pki.tls_roots, self.recorder, self.clock, self.client, certificate)
