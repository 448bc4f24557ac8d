"""Builds the roles of a run from its target: the only place that knows who plays what."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cache, partial
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.crl_download import download_crls
from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.reference import help_desk, hostile_phone
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.device_manager.manager import ReferenceDeviceManager
from dpc_conformance.reference.hostile_phone import ReferenceHostilePhone
from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.phone.phone import ReferencePhone
from dpc_conformance.reference.relying_party.application import ReferenceRelyingParty
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.stage import ReferenceStage
from dpc_conformance.reference.workstation.workstation import Workstation
from dpc_conformance.roles.cast import Cast, Trust
from dpc_conformance.roles.device_manager import DerivedCredentialSetting
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person
from dpc_conformance.target import REFERENCE, Target

OTHER_ISSUER = IssuerSettings(host="other-issuer.dpc.example", display_name="Some Other Issuer")
Swap = Callable[[Scene], None]
"""Changes parts of the reference before the roles of a scenario are built."""


class Stage:
    """What lasts for a whole worker; `scene` gives the cast of one scenario."""

    def __init__(self, target: Target, start: datetime, seed: str, swaps: Iterable[Swap] = ()) -> None:
        """`start` is the run's clock at the start; `swaps` seed defects. NotSupported for an unknown adapter."""
        for role, choice in target.roles.items():
            if choice.adapter != REFERENCE:
                raise NotSupported(role, f"be played by the adapter {choice.adapter!r}: this version has none")
        self._swaps = tuple(swaps)
        self._reference = ReferenceStage(start, machine_now(), SeededEntropy(seed))

    def close(self) -> None:
        """Stop everything that was started."""
        self._reference.close()

    def scene(self, recorder: Recorder, name: str) -> AbstractContextManager[Cast]:
        """The cast of the scenario `name`, with state, accounts, mailboxes, card and clock of its own."""
        return _play(self._reference, recorder, name, self._swaps)


@contextmanager
def _play(stage: ReferenceStage, recorder: Recorder, name: str, swaps: Iterable[Swap]) -> Iterator[Cast]:
    clock = stage.clock = RunClock(stage.start)
    scene = Scene(stage, clock, recorder, stage.entropy.branch(name))
    for swap in swaps:
        swap(scene)
    stage.status.serve(scene.status.app)
    issuers = [ReferenceIssuer(scene.issuer)]
    _serve_issuer(stage, issuers[0])
    try:
        yield _cast(stage, scene, issuers)
    finally:
        scene.close()
        for issuer in issuers:
            issuer.close()


def _serve_issuer(stage: ReferenceStage, issuer: ReferenceIssuer) -> None:
    host = issuer.parts.settings.host
    stage.serve(host, issuer.app.wsgi_app)
    stage.serve_sign_in(host, issuer.sign_in_app.wsgi_app, issuer.on_tls_refused)


def _cast(stage: ReferenceStage, scene: Scene, issuers: list[ReferenceIssuer]) -> Cast:
    clock, recorder, [issuer] = scene.clock, scene.recorder, issuers
    identity_provider = IdentityProvider(scene.identity_provider)
    stage.serve("idp.dpc.example", identity_provider.app.wsgi_app)
    stage.serve_sign_in("idp.dpc.example", identity_provider.sign_in_app.wsgi_app, identity_provider.on_tls_refused)
    device_manager = ReferenceDeviceManager(scene.device_manager)
    stage.serve("mdm.dpc.example", device_manager.app)
    relying_party = ReferenceRelyingParty(scene.relying_party)
    stage.serve_sign_in("app.dpc.example", relying_party.app, relying_party.refused_at_tls)
    card, pin = scene.stock.take("good")
    cardholder = scene.stock.holder_of("good")
    device_manager.configure_issuer(
        DerivedCredentialSetting(
            "Agency smart card",
            issuer.enrolment_address,
            help_desk.ADDRESS,
            frozenset({"app", "e-mail"}),
        )
    )

    @cache
    def another_issuer() -> ReferenceIssuer:
        other = ReferenceIssuer(scene.issuer_parts(OTHER_ISSUER))
        issuers.append(other)
        _serve_issuer(stage, other)
        return other

    workstation = Workstation(stage.names, stage.pki.tls_roots, recorder, clock)
    workstation.insert_card(card)
    scene.on_close.append(workstation.close)
    return Cast(
        clock=clock,
        recorder=recorder,
        cardholder=cardholder,
        card=card,
        pin=pin,
        card_certificate=certificate_on(card),
        workstation=workstation,
        identity_provider=identity_provider,
        device_manager=device_manager,
        issuer=issuer,
        phone=_phone(scene, cardholder, "phone"),
        relying_party=relying_party,
        card_stock=scene.stock,
        another_issuer=another_issuer,
        another_phone=partial(_phone, scene, cardholder, "another phone"),
        hostile_phone=partial(_hostile_phone, stage, scene, device_manager, cardholder),
        trust=_trust(stage, scene),
    )


def _phone(scene: Scene, holder: Person, name: str) -> ReferencePhone:
    return ReferencePhone(scene.phone(holder, name), name)


def _hostile_phone(
    stage: ReferenceStage, scene: Scene, manager: ReferenceDeviceManager, holder: Person
) -> ReferenceHostilePhone:
    def register(model: str, key: dict[str, Any]) -> str:
        return manager.register_device(holder, model, key).device_id

    http = open_client(stage.names, stage.pki.tls_roots, scene.recorder, scene.clock, "hostile phone")
    entropy = scene.entropy.branch("hostile phone")
    parts = hostile_phone.standard_parts(http, manager.service_address, register, scene.recorder, scene.clock, entropy)
    return ReferenceHostilePhone(parts)


def _trust(stage: ReferenceStage, scene: Scene) -> Trust:
    def crls_of(certificates: tuple[bytes, ...]) -> tuple[bytes, ...]:
        with scene.server_http() as http:
            return download_crls(http, certificates)

    pki = stage.pki
    return Trust(
        anchors=(pki.trust_anchor.public_bytes(Encoding.DER),),
        intermediates=tuple(certificate.public_bytes(Encoding.DER) for certificate in pki.intermediates()),
        crls_of=crls_of,
        issuer_of=partial(_issuer_of, pki.intermediates()),
        test_pki=False,
    )


def _issuer_of(authorities: list[x509.Certificate], certificate: bytes) -> bytes | None:
    issued = x509.load_der_x509_certificate(certificate)
    found = (each for each in authorities if each.subject == issued.issuer)
    return next((each.public_bytes(Encoding.DER) for each in found), None)
