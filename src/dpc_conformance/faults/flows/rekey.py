"""Seeded defects of re-key and renewal: who gets a new certificate, how, and what becomes of the former one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import httpx
from cryptography import x509
from flask import request

from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.faults.flows.pki_auth import Indulgent
from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.forgiving import forgiving
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.accounts import Account
from dpc_conformance.reference.issuer.grants import Grant, Grants
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.pki_auth import Authenticated, PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.rekey import Rekey
from dpc_conformance.reference.issuer.renewals import DerivedHolders
from dpc_conformance.reference.issuer.replacements import Replacements
from dpc_conformance.reference.issuer.settings import AUTHENTICATION
from dpc_conformance.reference.phone.parts import Certificate, PhoneParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


class ForAnybody(Rekey):
    """Does not ask whether the holder is still eligible."""

    def eligible(self, account: Account) -> Refusal | None:  # noqa: ARG002
        """See Issuance."""
        return None


@fault("re-key does not ask whether the holder is still eligible", {"DPC-LC-REKEY-01"})
def not_eligible(scene: Scene) -> None:
    parts = scene.issuer
    holders = Indulgent(DerivedHolders(parts.grants, parts.accounts))
    parts.maintenance.rekey_authenticator = PkiAuthenticator(parts.renewal_judge, holders, parts.clock)
    parts.rekey = ForAnybody(**vars(parts.issuance))


class WhateverBecameOfIt(Grants):
    """Grants a re-key for every certificate that was ever issued."""

    def active(self, status: str) -> bool:  # noqa: ARG002
        """See Grants."""
        return True


@fault("revoked credential fetches its successor", {"DPC-LC-REKEY-05"})
def revoked(scene: Scene) -> None:
    parts = scene.issuer
    parts.grants = WhateverBecameOfIt(parts.store, parts.clock, parts.settings)
    parts.renewal_judge = forgiving(parts.renewal_judge, Reason.REVOKED)


@fault("expired credential fetches its successor", {"DPC-LC-REKEY-05"})
def expired(scene: Scene) -> None:
    parts = scene.issuer
    parts.renewal_judge = forgiving(parts.renewal_judge, Reason.EXPIRED)


@dataclass
class ByPassword:
    """Takes a name with a password where no certificate is presented."""

    parts: IssuerParts
    strict: PkiAuthenticator

    def authenticate(self, certificate: bytes | None, sent: Sequence[bytes] = ()) -> Authenticated | Refusal:
        """See PkiAuthenticator."""
        if certificate is not None or request.authorization is None:
            return self.strict.authenticate(certificate, sent)
        account = self.parts.accounts.get(request.authorization.username or "")
        held = [one for one in self.parts.credentials.of_account(account.name) if one.usage == AUTHENTICATION]
        latest = x509.load_der_x509_certificate(held[-1].certificate)
        return Authenticated(account, latest, self.parts.clock.now())


@fault("re-key takes a password in place of the certificate", {"DPC-LC-REMOTE-01", "DPC-LC-REKEY-02"})
def password(scene: Scene) -> None:
    est = scene.issuer.est
    est.renewals = ByPassword(scene.issuer, est.renewals)  # type: ignore[assignment]


@fault("phone sends a copy of the re-key to a log server in the clear", {"DPC-LC-REMOTE-02"})
def copy_in_the_clear(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        open_http = parts.open_http

        def copy(sent: httpx.Request) -> None:
            if sent.url.path.endswith("/simplereenroll"):
                with open_http(None) as http:
                    http.post(scene.stage.pki.derived_authority.p7c_url, content=sent.content)

        def open_changed(certificate: Certificate | None) -> httpx.Client:
            client = open_http(certificate)
            client.event_hooks = {"request": [copy]}
            return client

        parts.open_http = open_changed

    scene.on_phone.append(change)


class ProofedOnce(Rekey):
    """Relies for ever on the identity proofing before the first credential."""

    def timely(self, grant: Grant) -> Refusal | None:  # noqa: ARG002
        """See Rekey."""
        return None


@fault("identity is never proofed again", {"DPC-LC-REKEY-04"})
def proofed_once(scene: Scene) -> None:
    scene.issuer.rekey = ProofedOnce(**vars(scene.issuer.issuance))


class NoProofing(CredentialsOf):
    """Keeps no record of identity proofing."""

    def of_account(self, account: str) -> tuple[IssuedCredential, ...]:
        """See Credentials."""
        return tuple(replace(each, identity_proofed_at=None) for each in super().of_account(account))


@fault("record does not say when the identity was proofed", {"DPC-LC-REKEY-04"})
def no_proofing(scene: Scene) -> None:
    scene.issuer.credentials = NoProofing(scene.issuer)


class SideBySide(Replacements):
    """Leaves a certificate in use that another one has replaced."""

    def retire_formers(self, serial: str) -> None:
        """See Replacements."""


@fault("replaced certificate stays in use", {"DPC-LC-MOD-01", "DPC-LC-MOD-03", "DPC-ACT-RESET-02", "DPC-LC-POLICY-01"})
def side_by_side(scene: Scene) -> None:
    parts = scene.issuer
    parts.maintenance.replacements = SideBySide(parts.store, parts.audit, parts.revocations, parts.clock)
