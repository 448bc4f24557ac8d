"""The adapters `operator`: who plays a role is a person, asked by `dpc run` in the terminal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from cryptography import x509

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.card_holder import holder_named_in
from dpc_conformance.adapters.card_trust import CardTrust, TrustError, read_trust
from dpc_conformance.adapters.operator.cards import NAME, PIN, CardInPocket, NoOtherCards
from dpc_conformance.adapters.operator.display import Display
from dpc_conformance.adapters.operator.files import certificates_of
from dpc_conformance.adapters.operator.line import Line
from dpc_conformance.adapters.operator.phone import PersonsPhone
from dpc_conformance.adapters.operator.servers import DONE, PersonsDeviceManager, PersonsIdentityProvider, PersonsIssuer
from dpc_conformance.adapters.operator.session import Session
from dpc_conformance.adapters.operator.settings import (
    IdentityProviderSettings,
    IssuerSettings,
    PersonSettings,
    WorkstationSettings,
)
from dpc_conformance.adapters.operator.workstation import PersonsWorkstation
from dpc_conformance.adapters.own_card_stock import OwnCardStock
from dpc_conformance.evidence.questions import AnswerBook, Kind
from dpc_conformance.evidence.records import MailReceived, NotificationShown, QrCodeShown, Screenshot, ScreenShown
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.android import OLDEST, AndroidDevice
from dpc_conformance.roles.captions import ANDROID, CAPTIONS, captions_for
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.target import Target, TargetError
from dpc_conformance.target_roles import OPERATOR, REFERENCE, keeps_state_elsewhere
from dpc_conformance.toml_file import fit

SEEN = (ScreenShown, QrCodeShown, NotificationShown, MailReceived, Screenshot)
"""What a person can tell of; what goes over wires, on a card and into a server's records nobody sees."""
UNSEEN = "a person plays a part: nobody saw what the devices sent, kept and put on record"
ABOARD = "the person"
"""The key in `scene.players` under which the roles of a scenario find their session."""
USUAL_KEY = "P-256"
PREPARATION = (
    "Before the scenario: the phone is not managed and holds no derived credential, the cardholder's account at the "
    "issuer is approved and has none, and the cardholder's card is at hand."
)


@dataclass(frozen=True)
class Person:
    """A role in a person's hands. `play` puts the player into the scene."""

    settings: PersonSettings
    target: Target
    play: Callable[["Person", Scene, Session], None]
    certificate: bytes = b""
    """The PIV Authentication certificate on the cardholder's card (DER), where the role's table names it."""
    trust: CardTrust | None = None

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        scene.recorder.see_only(SEEN, UNSEEN)
        self.play(self, scene, self._session(scene))

    def _session(self, scene: Scene) -> Session:
        """That of the scenario, whichever role comes first."""
        if ABOARD not in scene.players:
            line = Line()
            scene.on_close.append(line.close)
            pausable = keeps_state_elsewhere(self.target.roles)
            session = Session(scene, line, self.settings.language, PREPARATION, pausable)
            scene.players[ABOARD] = lambda: session
        found = scene.players[ABOARD]()
        assert isinstance(found, Session)
        return found


def _kiosk(scene: Scene, session: Session) -> Display:
    """The workstation's display, one in a scenario."""
    key = f"{ABOARD}'s kiosk"
    if key not in scene.players:
        made = Display(session, "workstation", "workstation", scene.stock.holder_of("good").common_name)
        scene.players[key] = lambda: made
    found = scene.players[key]()
    assert isinstance(found, Display)
    return found


def _play_phone(person: Person, scene: Scene, session: Session) -> None:
    numbers = count(1)
    words = captions_for(person.target.claims.platforms)

    def in_hand(name: str) -> PersonsPhone:
        holder = scene.stock.holder_of("good").common_name
        return PersonsPhone(session, Display(session, "phone", name, holder, words), _kiosk(scene, session))

    def another(key_kind: str = USUAL_KEY) -> PersonsPhone:
        if key_kind != USUAL_KEY:
            raise NotSupported("phone", f"make keys of the kind {key_kind} because somebody asks for it")
        return in_hand(f"another phone {next(numbers)}")

    def on(platform: str, device: AndroidDevice | None = None) -> PersonsPhone:
        nonlocal words
        session.done("phone", "phone_on", wanted(platform, device), "when it is so", Kind.CHOICE, choices=(DONE,))
        words = CAPTIONS[platform]
        return in_hand("phone")

    scene.players |= {"phone": partial(in_hand, "phone"), "another_phone": lambda: another, "phone_on": lambda: on}


def wanted(platform: str, device: AndroidDevice | None) -> str:
    """Which phone the person has to take in hand."""
    if platform != ANDROID.platform:
        return "Take a phone with iOS or iPadOS in hand."
    version = f"Android {device.version}" if device else f"Android {OLDEST} or newer"
    kind = ", with a work profile" if device and device.work_profile else ", fully managed" if device else ""
    return f"Take a phone with {version} in hand that is new or was reset, owned by the organisation{kind}."


def _play_workstation(person: Person, scene: Scene, session: Session) -> None:
    if person.certificate:
        holder = holder_named_in(x509.load_der_x509_certificate(person.certificate))
        take = partial(_take, person.certificate)
        scene.stock = OwnCardStock(take, holder, NoOtherCards(scene.stock), scene.people_register, NAME)
    login = person.target.roles["identity_provider"]
    address = (
        fit(login.settings, IdentityProviderSettings, "", TargetError).device_login_address
        if login.adapter == OPERATOR
        else ""
    )
    scene.players["workstation"] = lambda: PersonsWorkstation(_kiosk(scene, session), address)


def _take(certificate: bytes) -> tuple[CardInPocket, str, bytes]:
    return CardInPocket(certificate), PIN, certificate


def _play_identity_provider(person: Person, scene: Scene, _: Session) -> None:
    settings = person.settings
    assert isinstance(settings, IdentityProviderSettings)
    scene.players["identity_provider"] = lambda: PersonsIdentityProvider(settings)


def _play_device_manager(_: Person, scene: Scene, session: Session) -> None:
    scene.players["device_manager"] = lambda: PersonsDeviceManager(session)


def _play_issuer(person: Person, scene: Scene, session: Session) -> None:
    settings = person.settings
    assert isinstance(settings, IssuerSettings)
    if person.trust is not None:
        scene.own_pki = False  # the derived certificates are of the product's authorities, and of no others
        scene.more_anchors += person.trust.anchors
        scene.more_authorities += person.trust.intermediates
        scene.more_crls += person.trust.crls
    scene.players["issuer"] = lambda: PersonsIssuer(session, settings)


def _read(
    role: str,
    shape: type[PersonSettings],
    play: Callable[[Person, Scene, Session], None],
    settings: Mapping[str, Any],
    target: Target,
) -> Person:
    """Read the table and what it names. TargetError: target file, key, problem."""
    where = f"{target.file}: roles.{role}"
    wanted = fit(settings, shape, f"{where}.", TargetError)
    if wanted.answers is not None:
        _expect_answers(target.file.parent / wanted.answers, f"{where}.answers")
    certificate, trust = b"", None
    if isinstance(wanted, WorkstationSettings):
        certificate = _certificate(wanted, target, where)
    if isinstance(wanted, IssuerSettings):
        folder = target.file.parent
        try:
            trust = read_trust(
                wanted.trust and folder / wanted.trust, wanted.crls and folder / wanted.crls, frozenset()
            )
        except TrustError as problem:
            raise TargetError(f"{where}.{problem.key}: {problem}") from None
    return Person(wanted, target, play, certificate, trust)


def _certificate(wanted: WorkstationSettings, target: Target, where: str) -> bytes:
    if wanted.card_certificate is None:
        if target.roles["card"].adapter == REFERENCE:
            raise TargetError(
                f"{where}.card_certificate: expected the certificate of the card that the person holds, "
                "where roles.card is the reference"
            )
        return b""
    file = target.file.parent / wanted.card_certificate
    try:
        certificate = certificates_of(file)[0]
        x509.load_der_x509_certificate(certificate)
    except (OSError, *UNREADABLE):
        raise TargetError(f"{where}.card_certificate: {file}: expected a certificate in PEM or DER") from None
    return certificate


def _expect_answers(file: Path, where: str) -> None:
    if not file.is_file():
        raise TargetError(f"{where}: {file}: expected a file of answers that can be read")
    try:
        AnswerBook(file)
    except (OSError, ValueError) as problem:
        raise TargetError(f"{where}: {problem}") from None


def _adapter(role: str, summary: str, shape: type[PersonSettings], play: Callable[..., None]) -> Adapter:
    return Adapter(role, OPERATOR, summary, shape, partial(_read, role, shape, play))


PHONE = _adapter("phone", "A person with a real phone.", PersonSettings, _play_phone)
WORKSTATION = _adapter(
    "workstation", "A person at a real workstation or kiosk.", WorkstationSettings, _play_workstation
)
IDENTITY_PROVIDER = _adapter(
    "identity_provider", "The tenant's, as a person signs in there.", IdentityProviderSettings, _play_identity_provider
)
DEVICE_MANAGER = _adapter("device_manager", "A person at the MDM's console.", PersonSettings, _play_device_manager)
ISSUER = _adapter("issuer", "A person at the issuer's console.", IssuerSettings, _play_issuer)
