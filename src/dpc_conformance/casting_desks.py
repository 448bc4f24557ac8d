"""Builds the desks at which officers and operators work with the issuer; part of `casting`."""

from functools import cache, partial

from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.reference.issuer.registration_desk import PREFIX
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.operator_credentials import OperatorCredentials
from dpc_conformance.reference.registration_client import ReferenceRegistrationDesk
from dpc_conformance.reference.revocation_client import ReferenceRevocationDesk
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.stage import ReferenceStage

OPERATOR = "operator"
"""The kind of card that the registration operator holds."""


def revocation_desk(stage: ReferenceStage, scene: Scene, issuer: ReferenceIssuer) -> ReferenceRevocationDesk:
    """The security office."""
    http = open_client(stage.names, stage.pki.tls_roots, scene.recorder, scene.clock, "security office")
    scene.on_close.append(http.close)
    token = issuer.parts.maintenance.officer_token
    scene.recorder.keep_secret(token)
    return ReferenceRevocationDesk(http, f"{issuer.parts.settings.origin}/revocations", token)


def registration_desk(stage: ReferenceStage, scene: Scene, issuer: ReferenceIssuer) -> ReferenceRegistrationDesk:
    """The station of an operator, whose card and account are made when they are first needed."""
    operator, entropy = scene.stock.holder_of(OPERATOR).account, scene.entropy.branch("registration desk")
    take = partial(scene.stock.take, OPERATOR)
    credentials = OperatorCredentials(
        stage.pki, stage.names, scene.recorder, scene.clock, entropy.branch("operator"), operator, take
    )

    def appoint() -> None:
        take()  # the operator's card opens the operator's account
        issuer.parts.hardware.operators.appoint(operator)

    address = f"{issuer.parts.settings.sign_in_origin}{PREFIX}"
    return ReferenceRegistrationDesk(address, credentials, cache(appoint), scene.recorder, entropy.branch("samples"))
