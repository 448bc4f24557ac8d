"""Seeded defects of an issuer when something around it is out of order: clocks, records, status services, the CA."""

from collections.abc import Mapping
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import random_uuid
from dpc_conformance.faults.flows.device_statement import StatementsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.credentials import Product, Reservation
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.issuer.issuance import Issuance
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import DEVICE
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.pki.keys import PublicKey
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason

OUT_OF_ORDER = 503


class NotItsFault(AuditLog):
    """Keeps no entry of what the issuer could not do because something else was out of order."""

    def refuse(self, action: str, refusal: Refusal, actor: str = "unknown", subject: str = "") -> None:
        """See AuditLog."""
        if refusal.status != OUT_OF_ORDER:
            super().refuse(action, refusal, actor, subject)


@fault("requests that the issuer could not serve leave no log entry", {"DPC-ISS-AUDIT-01"})
def not_its_fault(scene: Scene) -> None:
    scene.issuer.audit = NotItsFault(scene.issuer.store, scene.issuer.clock)


class WithoutRecord(Issuance):
    """Signs what it cannot put on record."""

    def issue(self, grant: Grant, usage: str, der: bytes, key_origin: str) -> Product:
        """See Issuance."""
        try:
            return super().issue(grant, usage, der, key_origin)
        except Refused as refused:
            if refused.refusal.reason is not Reason.RECORDS_FULL or key_origin != DEVICE:
                raise
        person = self.accounts.get(grant.account).person
        subject = self.holder_records.subject(grant.account, grant.piv_certificate)
        key = x509.load_der_x509_csr(der).public_key()
        if not isinstance(key, PublicKey):
            raise TypeError("phones ask for certificates for RSA and EC keys")
        certificate = self.signer.certify(usage, person, subject, key, random_uuid(self.entropy))
        return Product(certificate.public_bytes(Encoding.DER), None)


@fault("issuer hands out a certificate that it could not put on record", {"DPC-ISS-AUDIT-01"})
def without_record(scene: Scene) -> None:
    parts = scene.issuer
    parts.issuance = WithoutRecord(**vars(parts.issuance))


class LetsItPass(Issuance):
    """Looked at the account before it asked for the signature, and does not again."""

    def _keep(
        self,
        grant: Grant,  # noqa: ARG002
        place: Reservation,
        certificate: x509.Certificate,
        envelope: bytes | None,
    ) -> Product:
        with self.store.write() as connection:
            return self.credentials.signed(connection, place, certificate, envelope)


@fault("issuer hands out a certificate although the account ended while it was signed", {"DPC-ISS-ELIG-01"})
def lets_it_pass(scene: Scene) -> None:
    parts = scene.issuer
    parts.issuance = LetsItPass(**vars(parts.issuance))


class Patient(httpx.Client):
    """Waits for an answer as long as it takes."""

    def __init__(self, http: httpx.Client) -> None:
        super().__init__()
        self._http = http

    def request(self, method: str, url: Any, **more: Any) -> httpx.Response:
        """See httpx.Client."""
        return self._http.request(method, url, **(more | {"timeout": None}))


@fault("issuer waits for the status services without end", {"DPC-ISS-PKIAUTH-03"})
def waits(scene: Scene) -> None:
    scene.issuer.status_source = HttpStatus(Patient(scene.server_http()))


class Timeless(StatementsOf):
    """Looks at no time in statement and proof."""

    def _problem_of_statement(self, claims: Mapping[str, Any]) -> str:
        now = self._clock.epoch()
        return super()._problem_of_statement({**claims, "iat": now, "exp": now + 1})

    def _problem_of_proof(self, claims: Mapping[str, Any], secret: bytes) -> str:
        return super()._problem_of_proof({**claims, "iat": self._clock.epoch()}, secret)


@fault("issuer looks at no time in what the phone brings", {"DPC-ISS-DEVICE-01"})
def timeless(scene: Scene) -> None:
    scene.issuer.statements = Timeless(scene.issuer)
