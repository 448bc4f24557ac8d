"""Builds the roles of a run from its target: the only place that knows who plays what."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from functools import cache, partial

from dpc_conformance.adapters.adapter import SceneChange
from dpc_conformance.adapters.registry import ON_JOURNEY, ON_TOKEN, adapters_of
from dpc_conformance.casting_attackers import hostile_phone, impostor, key_on
from dpc_conformance.casting_desks import foreign_relying_party, no_card_desk, registration_desk, revocation_desk
from dpc_conformance.casting_players import behind_adapters, played
from dpc_conformance.casting_token import play_token
from dpc_conformance.casting_trust import trust_of
from dpc_conformance.casting_use import use_cast
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy, SystemEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference import help_desk
from dpc_conformance.reference.damaged_wire import damaged_wire
from dpc_conformance.reference.device_manager.manager import ReferenceDeviceManager
from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.reference.issuer.service import ReferenceIssuer
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.old_client import ReferenceOldClient
from dpc_conformance.reference.outages import ReferenceOutages
from dpc_conformance.reference.phone.phone import ReferencePhone
from dpc_conformance.reference.power import ReferencePower
from dpc_conformance.reference.relying_party.application import ReferenceRelyingParty
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.stage import SIGN_IN, ReferenceStage
from dpc_conformance.reference.workstation.workstation import Workstation
from dpc_conformance.roles.android import AndroidDevice
from dpc_conformance.roles.captions import CAPTIONS, Captions, captions_for
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.cast import Cast, TokenCast
from dpc_conformance.roles.device_manager import DerivedCredentialSetting
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION
from dpc_conformance.target import Target

THE_USUAL = AndroidDevice()
OTHER_ISSUER = IssuerSettings(host="other-issuer.dpc.example", display_name="Some Other Issuer")


class Stage:
    """What lasts for a whole worker; `scene` gives the cast of one scenario."""

    def __init__(self, target: Target, start: datetime, seed: str) -> None:
        """`start` is the run's clock at the start. TargetError for an unknown adapter."""
        self._adapters = adapters_of(target, ON_JOURNEY)
        self._captions = captions_for(target.claims.platforms)
        self._token_adapters, self._token_aid = adapters_of(target, ON_TOKEN), target.token_aid
        # With something real on stage a run cannot be repeated, and what it makes may have to stay secret.
        entropy = SeededEntropy(seed) if target.all_reference else SystemEntropy()
        self._reference = ReferenceStage(start, machine_now(), entropy)

    def close(self) -> None:
        """Stop everything that was started."""
        self._reference.close()

    def scene(self, recorder: Recorder, name: str, swaps: Iterable[SceneChange] = ()) -> AbstractContextManager[Cast]:
        """The cast of the scenario `name`, with state, accounts, mailboxes, card and clock of its own.

        `swaps` seed defects into this scenario and no other.
        """
        return _play(self._reference, recorder, name, self._captions, (*self._adapters, *swaps))

    def token(
        self, recorder: Recorder, name: str, swaps: Iterable[SceneChange] = ()
    ) -> AbstractContextManager[TokenCast]:
        """The cast of a scenario about a removable token; nobody else is built for it."""
        return play_token(self._reference, recorder, name, self._token_aid, (*self._token_adapters, *swaps))


@contextmanager
def _play(
    stage: ReferenceStage, recorder: Recorder, name: str, captions: Captions, swaps: Iterable[SceneChange]
) -> Iterator[Cast]:
    clock = stage.clock = RunClock(stage.start)
    scene = Scene(stage, clock, recorder, stage.entropy.branch(name), captions=captions)
    with on_stage(stage, scene, swaps) as cast:
        yield cast


@contextmanager
def on_stage(stage: ReferenceStage, scene: Scene, swaps: Iterable[SceneChange]) -> Iterator[Cast]:
    """The cast of a scene as long as the block runs, after the swaps were made to it."""
    for swap in swaps:
        swap(scene)
    stage.status.serve(scene.status.app)
    issuers = [ReferenceIssuer(scene.issuer)]
    _serve_issuer(stage, issuers[0])
    try:
        yield _cast(stage, scene, issuers)
    finally:
        scene.end()
        stage.hang_up()
        scene.close()
        for issuer in issuers:
            issuer.close()


def _serve_issuer(stage: ReferenceStage, issuer: ReferenceIssuer) -> None:
    host = issuer.parts.settings.host
    stage.serve(host, issuer.app)
    stage.serve_sign_in(host, issuer.sign_in_app, issuer.on_tls_refused)


def _cast(stage: ReferenceStage, scene: Scene, issuers: list[ReferenceIssuer]) -> Cast:
    clock, recorder, [own_issuer] = scene.clock, scene.recorder, issuers
    identity_provider = IdentityProvider(scene.identity_provider)
    stage.serve("idp.dpc.example", identity_provider.app)
    stage.serve_sign_in("idp.dpc.example", identity_provider.sign_in_app, identity_provider.on_tls_refused)
    own_manager = ReferenceDeviceManager(scene.device_manager)
    stage.serve("mdm.dpc.example", own_manager.app)
    relying_party = ReferenceRelyingParty(scene.relying_party)
    stage.serve_sign_in("app.dpc.example", relying_party.app, relying_party.refused_at_tls)
    card, pin = scene.stock.take("good")
    cardholder = scene.stock.holder_of("good")
    issuer = played(scene.players, "issuer", own_issuer)
    device_manager = played(scene.players, "device_manager", own_manager)
    with suppress(NotSupported):  # a real tenant's administrator has set the issuer already
        device_manager.configure_issuer(
            DerivedCredentialSetting(
                "Agency smart card",
                issuer.enrolment_address,
                help_desk.ADDRESS,
                frozenset({"app", "e-mail"}),
            )
        )

    more_phones = itertools.count(1)

    @cache
    def another_issuer() -> ReferenceIssuer:
        other = ReferenceIssuer(scene.issuer_parts(OTHER_ISSUER))
        issuers.append(other)
        _serve_issuer(stage, other)
        return other

    power = ReferencePower(stage, own_issuer, partial(_serve_issuer, stage), issuers.append, scene.on_issuer)
    outages = ReferenceOutages(stage, scene.status, lambda: power.issuer, scene.phone_clock)
    scene.on_end.append(outages.end)
    workstation = Workstation(stage.names, scene.workstation_trust, recorder, clock)
    workstation.insert_card(card)
    scene.on_close.append(workstation.close)
    cast = Cast(
        clock=clock,
        recorder=recorder,
        cardholder=cardholder,
        card=card,
        pin=pin,
        card_certificate=_certificate_on(card, clock),
        workstation=workstation,
        identity_provider=identity_provider,
        device_manager=device_manager,
        issuer=issuer,
        phone=_phone(scene, cardholder, "phone"),
        relying_party=relying_party,
        card_stock=scene.stock,
        another_issuer=another_issuer,
        another_phone=lambda key_kind="P-256": _phone(
            scene, cardholder, f"another phone {next(more_phones)}", key_kind
        ),
        phone_on=partial(_phone_on, scene, cardholder),
        captions=scene.captions,
        hostile_phone=partial(hostile_phone, scene, own_manager, cardholder, partial(key_on, scene, card, pin)),
        trust=trust_of(scene),
        impostor=partial(impostor, scene, own_issuer.parts.settings.host),
        old_client=ReferenceOldClient(stage.names),
        artefacts=scene.artefacts,
        power=power,
        outages=outages,
        revocation_desk=revocation_desk(scene, own_issuer),
        registration_desk=registration_desk(scene, own_issuer),
        no_card_desk=no_card_desk(scene, own_issuer),
        authenticators=scene.authenticators,
        foreign_relying_party=foreign_relying_party(scene, own_issuer, cardholder),
        damaged_wire=partial(damaged_wire, stage.names, own_issuer.parts.settings.host, SIGN_IN),
        use=use_cast(scene, cardholder),
        correspondents=cache(lambda: scene.correspondents.correspondents()),
        mail_account=scene.mail_account,
    )
    return behind_adapters(cast, scene.players)


def _certificate_on(card: Card, clock: RunClock) -> bytes:
    edge = PivCard(card, Recorder(), clock)
    edge.select()
    return edge.certificate(PIV_AUTHENTICATION)


def _phone(scene: Scene, holder: Person, name: str, key_kind: str = "P-256") -> ReferencePhone:
    return ReferencePhone(scene.phone(holder, name, key_kind=key_kind), name)


def _phone_on(scene: Scene, holder: Person, platform: str, device: AndroidDevice = THE_USUAL) -> ReferencePhone:
    scene.captions, scene.android = CAPTIONS[platform], device
    return _phone(scene, holder, "phone")
