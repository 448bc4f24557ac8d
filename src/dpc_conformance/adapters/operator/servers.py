"""The product's servers as far as somebody with an administrator's page can tell of them, or do something there."""

from dpc_conformance.adapters.operator.files import certificates_in
from dpc_conformance.adapters.operator.phone import usage_of
from dpc_conformance.adapters.operator.session import Session
from dpc_conformance.adapters.operator.settings import IdentityProviderSettings, IssuerSettings
from dpc_conformance.adapters.operator.told import ToldCredential, ToldDecision
from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.evidence.questions import NONE, Kind
from dpc_conformance.roles.device_manager import Device
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person

DONE = "done"
ACTIONS = ("sign-in", "accept-obligations", "request", "redeem", "issue", "revoke")
OUTCOMES = ("accepted", "refused")
AUDIT = (
    "Which decisions does the issuer's audit log show since the scenario began, oldest first? Type them as ACTION "
    "OUTCOME REASON with semicolons between, such as: redeem accepted; issue refused key-weak. "
    f"Actions: {', '.join(ACTIONS)}. Outcomes: {', '.join(OUTCOMES)}. Type none where it shows none."
)
ACCOUNT = (
    "Which derived credentials does the issuer show in the account of {name}? Export their certificates (PEM or DER) "
    "and type the paths; type none where it shows none."
)
DEVICES = "Which phones of {name} does the device manager list? Type their names with commas between, or none."


class PersonsIssuer:
    """Implements roles.issuer.Issuer in part.

    What it tells of decisions and credentials serves to see a refusal and what came of it; the judge of records has to
    do without (see `adapter.SEEN`), because nobody types a whole record.
    """

    def __init__(self, session: Session, settings: IssuerSettings) -> None:
        self._session = session
        self.kiosk_address, self.enrolment_address = settings.kiosk_address, settings.enrolment_address

    @property
    def sign_in_address(self) -> str:
        """Where the link leads no person is asked. Raises NotSupported."""
        raise NotSupported("issuer", "tell where its certificate sign-in is: a person follows the link")

    def terminate_account(self, person: Person) -> None:
        """Have an administrator end the account."""
        words = f"At the issuer, terminate the PIV identity account of {person.common_name}."
        self._session.done("issuer", "terminate_account", words, "when it is so", Kind.CHOICE, choices=(DONE,))

    def audit(self) -> tuple[AuditRecord, ...]:
        """The decisions with their reasons; who decided about what is not told."""
        return self._session.told("issuer", "audit", AUDIT, Kind.DECISIONS, self._decisions)

    def credentials_of(self, person: Person) -> tuple[IssuedCredential, ...]:
        """The certificates in the account; of the rest of the record nothing is told."""
        words = ACCOUNT.format(name=person.common_name)

        def read(answer: str) -> tuple[IssuedCredential, ...]:
            now = self._session.scene.clock.now()
            return tuple(
                ToldCredential(person.account, "", usage_of(der), der, now, now, "", b"", "")
                for der in certificates_in(answer)
            )

        return self._session.told("issuer", "credentials_of", words, Kind.CERTIFICATES, read)

    def _decisions(self, answer: str) -> tuple[AuditRecord, ...]:
        now = self._session.scene.clock.now()
        entries = [] if answer == NONE else [entry.split() for entry in answer.split(";") if entry.strip()]
        return tuple(ToldDecision(now, "", each[0], "", each[1], each[2] if each[2:] else "") for each in entries)


class PersonsIdentityProvider:
    """Implements roles.identity_provider.IdentityProvider as far as a person needs it."""

    def __init__(self, settings: IdentityProviderSettings) -> None:
        self.device_login_address = settings.device_login_address


class PersonsDeviceManager:
    """Implements roles.device_manager.DeviceManager as far as an administrator at a console can."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def target(self, person: Person) -> None:
        """Assign the policy."""
        self._do("target", f"Assign a policy that needs a derived credential to {person.common_name}.")

    def allow_camera(self, allowed: bool) -> None:
        """Set the policy on the camera."""
        word = "allow" if allowed else "block"
        self._do("allow_camera", f"Have the device policy {word} the camera, and let the phone take the policy over.")

    def require_screen_lock(self) -> None:
        """Set the policy on the screen lock."""
        self._do("require_screen_lock", "Have the device policy require a screen lock.")

    def devices_of(self, person: Person) -> tuple[Device, ...]:
        """What the console lists."""
        words = DEVICES.format(name=person.common_name)

        def read(answer: str) -> tuple[Device, ...]:
            names = [] if answer == NONE else [name.strip() for name in answer.split(",")]
            return tuple(Device(name, person.account, "", "enrolled") for name in names)

        return self._session.told("device_manager", "devices_of", words, Kind.LINE, read)

    def _do(self, verb: str, words: str) -> None:
        self._session.done("device_manager", verb, words, "when it is so", Kind.CHOICE, choices=(DONE,))
