"""Seeded defects that only an attack shows: races, withdrawn codes, accounts that end in between, foreign wishes."""

import sqlite3
import ssl
import threading
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from flask import request

from dpc_conformance.faults.flows.binding_secret import SecretsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.binding_secrets import PendingBinding
from dpc_conformance.reference.issuer.certificate_requests import AcceptedRequest, CertificateRequests, PublicKey
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.pki_auth import Authenticated, PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.signing import CertificateSigner
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.serving.connection import TlsEntrance
from dpc_conformance.roles.people import Person

TOGETHER_SECONDS = 1.0
ISSUER = "issuer.dpc.example"


class LooksThenActs(SecretsOf):
    """Looks whether a secret was used, then uses it up without looking again."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts)
        self._together = threading.Barrier(2)

    def find(self, secret: str) -> PendingBinding | Refusal:
        """Whoever comes at the same moment finds the secret unused, too: bounded, so that one alone goes on."""
        found = super().find(secret)
        if not isinstance(found, Refusal):
            try:
                self._together.wait(TOGETHER_SECONDS)
            except threading.BrokenBarrierError:
                self._together.reset()
        return found

    def spend(self, connection: sqlite3.Connection, pending: PendingBinding, device_id: str) -> Refusal | None:
        """See BindingSecrets."""
        super().spend(connection, pending, device_id)
        return None


@fault("issuer looks at a binding secret before it uses it up", {"DPC-ISS-MULTI-03"})
def look_then_act(scene: Scene) -> None:
    scene.issuer.secrets = LooksThenActs(scene.issuer)


class NeverWithdrawn(SecretsOf):
    """Leaves an older code good when it shows a newer one."""

    def find(self, secret: str) -> PendingBinding | Refusal:
        """See BindingSecrets."""
        with self._store.write() as connection:
            connection.execute("UPDATE secret SET replaced_at=NULL")
        return super().find(secret)


@fault("an older QR code of the same sign-in stays good", {"DPC-ISS-MULTI-04"})
def never_withdrawn(scene: Scene) -> None:
    scene.issuer.secrets = NeverWithdrawn(scene.issuer)


class NoLongerLooked(Accounts):
    """Looked at the account when its holder signed in, and does not again."""

    def standing(self, account: Account) -> Refusal | None:  # noqa: ARG002
        """See Accounts."""
        return None


@fault("issuer redeems a QR code after the account was terminated", {"DPC-ISS-ELIG-01"})
def redeemed_late(scene: Scene) -> None:
    parts = scene.issuer
    parts.enrolment.accounts = NoLongerLooked(parts.store, parts.audit, parts.clock)


class TakesSha1(CertificateRequests):
    """Takes a signature over SHA-1 for a proof of possession."""

    def possession(self, request: x509.CertificateSigningRequest) -> Refusal | None:
        """See CertificateRequests."""
        sha1 = isinstance(request.signature_hash_algorithm, hashes.SHA1)
        return None if sha1 else super().possession(request)


@fault("issuer takes a request signed with SHA-1", {"DPC-ISS-POP-01"})
def sha1(scene: Scene) -> None:
    scene.issuer.requests = TakesSha1(scene.issuer.key_checks)


class WishedFor(CertificateRequests):
    """Notes the UUID that a request asks for."""

    uuid: UUID | None = None

    def read(self, der: bytes, subject: x509.Name) -> AcceptedRequest | Refusal:
        """See CertificateRequests."""
        read = super().read(der, subject)
        self.uuid = None if isinstance(read, Refusal) else _wanted(x509.load_der_x509_csr(der))
        return read


class Obliging(CertificateSigner):
    """Puts the UUID into the certificate that the request asked for."""

    def __init__(self, parts: IssuerParts, wishes: WishedFor) -> None:
        super().__init__(parts.pki.derived_authority, parts.clock, parts.randomness.branch("certificates"))
        self._wishes = wishes

    def certify(
        self, usage: str, person: Person, subject: x509.Name, public_key: PublicKey, uuid: UUID
    ) -> x509.Certificate:
        """See CertificateSigner."""
        return super().certify(usage, person, subject, public_key, self._wishes.uuid or uuid)


@fault("issuer certifies the UUID that a request asks for", {"DPC-ISS-POP-02"})
def obliging(scene: Scene) -> None:
    parts = scene.issuer
    wishes = WishedFor(parts.key_checks)
    parts.requests, parts.signer = wishes, Obliging(parts, wishes)


def _wanted(request: x509.CertificateSigningRequest) -> UUID | None:
    try:
        names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None
    addresses = names.get_values_for_type(x509.UniformResourceIdentifier)
    return UUID(addresses[0]) if addresses else None


class OldTls(TlsEntrance):
    """Lets in whoever speaks any TLS at all."""

    def configure(self, context: ssl.SSLContext) -> None:
        """See TlsEntrance."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("ALL:@SECLEVEL=0")


@fault("issuer speaks TLS 1.0", {"DPC-ISS-CHAN-01"})
def old_tls(scene: Scene) -> None:
    server = scene.stage.ordinary[ISSUER]
    before = server.let_in(OldTls(scene.stage.pki.tls_identity(ISSUER)))
    scene.on_close.append(partial(server.let_in, before))


@dataclass
class TakesPasswords:
    """Signs in whoever sends a name and any password."""

    strict: PkiAuthenticator
    scene: Scene

    def authenticate(self, certificate: bytes | None, sent: Sequence[bytes] = ()) -> Authenticated | Refusal:
        """See PkiAuthenticator."""
        who = request.authorization.username if request.authorization else None
        for der, person in self.scene.cards.items():
            if certificate is None and person.account == who:
                account = self.scene.issuer.accounts.get(person.account)
                return Authenticated(account, x509.load_der_x509_certificate(der), self.scene.clock.now())
        return self.strict.authenticate(certificate, sent)


@fault("kiosk takes a password in place of the card", {"DPC-ISS-PKIAUTH-01"})
def passwords(scene: Scene) -> None:
    parts = scene.issuer
    parts.authenticator = TakesPasswords(parts.authenticator, scene)  # type: ignore[assignment]


class AlwaysGood:
    """Looks at no certificate."""

    def judge(self, certificate: x509.Certificate, sent: Sequence[x509.Certificate] = ()) -> Refusal | None:  # noqa: ARG002
        """See CertificateJudge."""
        return None


@fault("issuer does not look at the card again before it signs", {"DPC-ISS-PKIAUTH-03"})
def not_again(scene: Scene) -> None:
    scene.issuer.issuance.judge = AlwaysGood()
