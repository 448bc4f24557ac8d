"""Builds the desks at which officers, operators and other agencies deal with the issuer; part of `casting`."""

from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.protocols.webauthn import WebAuthnClient
from dpc_conformance.reference.foreign_relying_party import ReferenceForeignRelyingParty
from dpc_conformance.reference.issuer.registration_desk import PREFIX
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.no_card_client import ReferenceNoCardDesk
from dpc_conformance.reference.operator_credentials import OperatorCredentials
from dpc_conformance.reference.registration_client import ReferenceRegistrationDesk
from dpc_conformance.reference.revocation_client import ReferenceRevocationDesk
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.people import Person

OPERATOR = "operator"
"""The kind of card that the operator of both desks for applicants holds."""


def revocation_desk(scene: Scene, issuer: ReferenceIssuer) -> ReferenceRevocationDesk:
    """The security office."""
    http = open_client(scene.stage.names, scene.stage.pki.tls_roots, scene.recorder, scene.clock, "security office")
    scene.on_close.append(http.close)
    token = issuer.parts.maintenance.officer_token
    scene.recorder.keep_secret(token)
    return ReferenceRevocationDesk(http, f"{issuer.parts.settings.origin}/revocations", token)


def operator_credentials(scene: Scene, issuer: ReferenceIssuer, desk: str) -> OperatorCredentials:
    """What the operator logs on with at that desk; card and account are made when they are first needed."""
    operator = scene.stock.holder_of(OPERATOR).account

    def take() -> tuple[Card, str]:
        taken = scene.stock.take(OPERATOR)  # the operator's card opens the operator's account
        issuer.parts.hardware.operators.appoint(operator)
        return taken

    pki, names, entropy = scene.stage.pki, scene.stage.names, scene.entropy.branch(f"operator at the {desk}")
    return OperatorCredentials(pki, names, scene.recorder, scene.clock, entropy, operator, take, desk)


def registration_desk(scene: Scene, issuer: ReferenceIssuer) -> ReferenceRegistrationDesk:
    """The desk at which applicants for hardware credentials are registered."""
    address = f"{issuer.parts.settings.sign_in_origin}{PREFIX}"
    credentials = operator_credentials(scene, issuer, "registration desk")
    return ReferenceRegistrationDesk(address, credentials, scene.recorder, scene.entropy.branch("samples"))


def no_card_desk(scene: Scene, issuer: ReferenceIssuer) -> ReferenceNoCardDesk:
    """The desk for applicants without their card."""
    address = f"{issuer.parts.settings.sign_in_origin}/no-card"
    return ReferenceNoCardDesk(address, scene.clock, operator_credentials(scene, issuer, "desk").open)


def foreign_relying_party(scene: Scene, issuer: ReferenceIssuer, holder: Person) -> ReferenceForeignRelyingParty:
    """The relying party of another agency, which has the holder's authenticator sign."""
    http = open_client(scene.stage.names, scene.stage.pki.tls_roots, scene.recorder, scene.clock, "another agency")
    scene.on_close.append(http.close)
    client = WebAuthnClient(scene.recorder, scene.clock, strict=False)
    entropy = scene.entropy.branch("another agency")
    return ReferenceForeignRelyingParty(http, issuer.parts.settings.origin, holder, client, entropy)
