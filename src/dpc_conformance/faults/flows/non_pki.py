"""Seeded defects of bound authenticators: which are bound, what replaces them, who verifies and changes what."""

import json
import sqlite3
from dataclasses import replace

from fido2.attestation.base import AttestationResult, AttestationType
from fido2.webauthn import AttestationObject, AuthenticationResponse, AuthenticatorData, RegistrationResponse
from flask import request
from flask.typing import ResponseReturnValue

from dpc_conformance.evidence.non_pki import AuthenticatorModel, BoundAuthenticator
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.authenticator_binding import AuthenticatorBinding
from dpc_conformance.reference.issuer.authenticator_models import ApprovedModels, aaguid_of
from dpc_conformance.reference.issuer.authenticator_notices import AuthenticatorNotices
from dpc_conformance.reference.issuer.authenticator_pages import AuthenticatorPages, ReturnRefusal
from dpc_conformance.reference.issuer.authenticator_verification import AuthenticatorVerification, Verifier
from dpc_conformance.reference.issuer.bound_authenticators import Authenticator, BoundAuthenticators
from dpc_conformance.reference.issuer.non_pki_parts import NonPkiParts
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.scene import Scene


class WithoutAttestation(ApprovedModels):
    """Believes what an authenticator says of its model without looking at who attests it."""

    def __call__(self, made: AttestationObject, _hash: bytes) -> None:
        """See ApprovedModels."""
        self.approved(made.auth_data)


@fault("issuer binds authenticators that nobody attested", {"DPC-ISS-NONPKI-01"})
def not_attested(scene: Scene) -> None:
    scene.issuer.non_pki.models = WithoutAttestation(scene.issuer.authenticator_models)


class SelfAttested(ApprovedModels):
    """Takes an attestation by the new key itself for one of the maker."""

    def ca_lookup(self, attestation_result: AttestationResult, auth_data: AuthenticatorData) -> bytes | None:
        """See ApprovedModels."""
        by_itself = attestation_result.attestation_type is AttestationType.SELF
        root = self.listed[aaguid_of(auth_data)][1] if aaguid_of(auth_data) in self.listed else None
        return root if by_itself else super().ca_lookup(attestation_result, auth_data)


@fault("issuer binds an authenticator that attests itself", {"DPC-ISS-NONPKI-01"})
def self_attested(scene: Scene) -> None:
    scene.issuer.non_pki.models = SelfAttested(scene.issuer.authenticator_models)


class WithoutFips(ApprovedModels):
    """Does not ask whether anybody validated the module."""

    def approved(self, auth_data: AuthenticatorData) -> AuthenticatorModel:
        """See ApprovedModels."""
        model, _ = self.listed.get(aaguid_of(auth_data), (None, b""))
        return model or super().approved(auth_data)


@fault("issuer binds authenticators without FIPS 140 data", {"DPC-ISS-NONPKI-01"})
def without_fips(scene: Scene) -> None:
    scene.issuer.non_pki.models = WithoutFips(scene.issuer.authenticator_models)


def _binding(scene: Scene, kind: type[AuthenticatorBinding]) -> None:
    parts = scene.issuer.non_pki
    parts.binding = kind(
        parts.models, parts.bound, parts.passwords, parts.verification, parts.notices, scene.clock,
        scene.entropy.branch("binding"), scene.issuer.settings,
    )  # fmt: skip


class OneFactor(AuthenticatorBinding):
    """Is content with a touch."""

    def second_factor(self, new: Authenticator, password: str) -> Refusal | None:  # noqa: ARG002
        """See AuthenticatorBinding."""
        return None


@fault("issuer binds an authenticator that is only touched, without a password", {"DPC-ISS-NONPKI-02"})
def one_factor(scene: Scene) -> None:
    _binding(scene, OneFactor)


class Unused(AuthenticatorBinding):
    """Does not look at what the authenticator answers when it is used for the first time."""

    def authenticated(self, new: Authenticator, challenge: str, response: str, password: str) -> Authenticator:  # noqa: ARG002
        """See AuthenticatorBinding."""
        return replace(new, authenticated_at=self._clock.now())


@fault("issuance of an authenticator ends without an authentication", {"DPC-ISS-NONPKI-02"})
def unused(scene: Scene) -> None:
    _binding(scene, Unused)


class Silent(AuthenticatorNotices):
    """Tells nobody of a new authenticator."""

    def bound(self, account: str, name: str) -> None:
        """See AuthenticatorNotices."""


@fault("nobody is told of a new authenticator", {"DPC-ISS-NOTIFY-01"})
def silent(scene: Scene) -> None:
    parts = scene.issuer
    parts.non_pki.notices = Silent(parts.accounts, parts.notice_sender)


class InPlace(BoundAuthenticators):
    """Puts a new key in the place of the one that has its identifier."""

    def _expect_new(self, connection: sqlite3.Connection, new: Authenticator) -> None:
        connection.execute("DELETE FROM authenticator WHERE credential_id=?", (new.identifier,))


@fault("key of a bound authenticator is replaced in place", {"DPC-LC-NONPKI-01"})
def in_place(scene: Scene) -> None:
    parts = scene.issuer
    parts.non_pki.bound = InPlace(parts.store, parts.audit, parts.clock)


class Remembers(BoundAuthenticators):
    """Strikes a removed authenticator off the record, and finds it all the same."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.audit, parts.clock)
        self._struck: set[str] = set()

    def remove(self, account: str, identifier: str, why: str) -> None:
        """See BoundAuthenticators."""
        self._struck.add(identifier)
        with self._store.write() as connection:
            self._audit.accept(connection, account, "unbind", identifier, why)

    def records(self, account: str) -> tuple[BoundAuthenticator, ...]:
        """See BoundAuthenticators."""
        return tuple(
            replace(each, status="removed") if each.credential_id in self._struck else each
            for each in super().records(account)
        )


@fault("removed authenticator signs its holder in", {"DPC-LC-NONPKI-01"})
def remembers(scene: Scene) -> None:
    scene.issuer.non_pki.bound = Remembers(scene.issuer)


class OutlivesTheAccount(NonPkiParts):
    """Leaves authenticators in an account that has ended."""

    def end_account(self, account: str, why: str) -> None:
        """See NonPkiParts."""


@fault("end of the account leaves its authenticators", {"DPC-LC-NONPKI-01"})
def outlives_the_account(scene: Scene) -> None:
    scene.issuer.non_pki = OutlivesTheAccount(scene.issuer)


def _verification(scene: Scene, kind: type[AuthenticatorVerification]) -> None:
    parts = scene.issuer.non_pki
    parts.verification = kind(**vars(parts.verification))


class ForEverybody(AuthenticatorVerification):
    """Verifies for whoever asks, on whatever page the authenticator was used."""

    def requester(self, authorization: str) -> Verifier:
        """See AuthenticatorVerification."""
        try:
            return super().requester(authorization)
        except Refused:
            return Verifier("somebody", "anywhere")

    def verify(
        self, one: Authenticator, challenge: str, answer: AuthenticationResponse, password: str, origin: str
    ) -> int:
        """See AuthenticatorVerification."""
        used_at = answer.response.client_data.origin if origin == "anywhere" else origin
        return super().verify(one, challenge, answer, password, used_at)


@fault("issuer verifies authenticators for any relying party", {"DPC-LC-NONPKI-02"})
def for_everybody(scene: Scene) -> None:
    _verification(scene, ForEverybody)


class WithoutTheAccount(AuthenticatorVerification):
    """Looks at the authenticator and not at the account."""

    def stands(self, one: Authenticator) -> None:
        """See AuthenticatorVerification."""


@fault("verification of an authenticator does not consult the account", {"DPC-LC-NONPKI-02"})
def without_the_account(scene: Scene) -> None:
    _verification(scene, WithoutTheAccount)


def _pages(scene: Scene, kind: type[AuthenticatorPages]) -> None:
    parts = scene.issuer.non_pki
    parts.pages = kind(**vars(parts.pages))


class TakesReports(AuthenticatorPages):
    """Binds what a relying party reports for an account, without anybody's card."""

    def stranger(self, action: str, refuse: ReturnRefusal) -> ResponseReturnValue:
        """See AuthenticatorPages."""
        if action != "bind" or "account" not in request.form:
            return super().stranger(action, refuse)
        made = RegistrationResponse.from_dict(json.loads(request.form["response"])).response.attestation_object
        reported = SignIn(0, request.form["account"], b"", self.binding._clock.now(), None)
        self.bound.bind(replace(self.binding.look_at(reported, made), authenticated_at=self.binding._clock.now()))
        return self._page("Authenticator bound", "<p>Your account holds it now.</p>")


@fault("another agency's relying party binds authenticators", {"DPC-LC-NONPKI-01", "DPC-LC-NONPKI-02"})
def takes_reports(scene: Scene) -> None:
    _pages(scene, TakesReports)


class AnyCurrentPassword(AuthenticatorPages):
    """Does not ask for the current password."""

    def current_password(self, account: str, password: str) -> Refusal | None:  # noqa: ARG002
        """See AuthenticatorPages."""
        return None


@fault("password beside an authenticator is changed without the current one", {"DPC-LC-NONPKI-03"})
def any_current_password(scene: Scene) -> None:
    _pages(scene, AnyCurrentPassword)


class ResetForWhoeverAsks(AuthenticatorPages):
    """Sets another password for whoever names the account."""

    def stranger(self, action: str, refuse: ReturnRefusal) -> ResponseReturnValue:
        """See AuthenticatorPages."""
        if action != "change-password" or "account" not in request.form:
            return super().stranger(action, refuse)
        self.bound.change_password(request.form["account"], self.passwords.digest(request.form["new_password"]))
        return self._page("Password changed", "<p>Use the new password from now on.</p>")


@fault("password beside an authenticator is reset for whoever names the account", {"DPC-LC-NONPKI-03"})
def reset_for_whoever_asks(scene: Scene) -> None:
    _pages(scene, ResetForWhoeverAsks)
