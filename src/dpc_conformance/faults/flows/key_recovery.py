"""Seeded defects of key recovery: who gets a key, which one, in what, and who hears of it."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.key_envelope import read_signed_key
from dpc_conformance.reference.issuer.accounts import Account
from dpc_conformance.reference.issuer.escrow import Entry, KeyEscrow
from dpc_conformance.reference.issuer.key_delivery import KeyDelivery
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.reference.issuer.recovery import KeyRecovery
from dpc_conformance.reference.issuer.recovery_agents import RecoveryAgents
from dpc_conformance.reference.issuer.recovery_notices import RecoveryNotices
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.pki import keys
from dpc_conformance.reference.scene import Scene


class AnotherYear(KeyEscrow):
    """Takes a neighbouring entry of the same subscriber."""

    def open(self, entry: Entry) -> keys.PrivateKey:
        """See KeyEscrow."""
        others = [other for other in self.keys_of(entry.account) if other.number != entry.number]
        return super().open(others[-1] if others else entry)


@fault("recovered key is that of another year", {"DPC-KM-MATCH-01", "DPC-KM-REC-07"})
def another_year(scene: Scene) -> None:
    parts = scene.issuer.key_escrow
    parts.escrow = AnotherYear(parts.store_path.with_suffix(".escrow.sqlite"), parts.clock, parts.entropy)

    def change(phone: PhoneParts) -> None:
        phone.belongs = lambda _certificate, _key: True

    scene.on_phone.append(change)


def _recovery(scene: Scene, kind: type[KeyRecovery]) -> None:
    parts = scene.issuer.key_escrow
    parts.recovery = kind(**vars(parts.recovery))


class CurrentOnly(KeyRecovery):
    """Offers the newest key and none of the earlier ones."""

    def offered(self, who: Authenticated) -> list[Entry]:
        """See KeyRecovery."""
        return super().offered(who)[-1:]


@fault("escrow offers the current key only", {"DPC-KM-REC-07"})
def current_only(scene: Scene) -> None:
    _recovery(scene, CurrentOnly)


class Anybody(KeyRecovery):
    """Hands a key to whoever names its certificate."""

    def owned(self, account: Account, entry: Entry) -> Refusal | None:  # noqa: ARG002
        """See KeyRecovery."""
        return None


@fault("recovery hands out keys of other subscribers", {"DPC-KM-REC-02"})
def anybody(scene: Scene) -> None:
    _recovery(scene, Anybody)


class AnyAssurance(KeyRecovery):
    """Takes every derived credential for every key."""

    def assured(self, certificate: x509.Certificate, entry: Entry) -> Refusal | None:  # noqa: ARG002
        """See KeyRecovery."""
        return None


@fault("recovery does not compare assurance", {"DPC-KM-REC-01"})
def any_assurance(scene: Scene) -> None:
    _recovery(scene, AnyAssurance)


@fault("recovery needs no certificate", {"DPC-KM-REC-01"})
def without_certificate(scene: Scene) -> None:
    issuer, recovery = scene.issuer, scene.issuer.key_escrow.recovery
    honest = recovery.authenticate

    def by_code(certificate: bytes | None, sent: Sequence[bytes]) -> Authenticated:
        """A code that was mailed to the cardholder is enough."""
        if certificate is not None:
            return honest(certificate, sent)
        account = issuer.accounts.get(scene.people[0].account)
        held = [each for each in issuer.credentials.of_account(account.name) if each.usage == "authentication"]
        return Authenticated(account, x509.load_der_x509_certificate(held[-1].certificate), issuer.clock.now())

    recovery.authenticate = by_code  # type: ignore[method-assign]


class SuccessOnly(RecoveryNotices):
    """Keeps quiet about attempts that were refused."""

    def refused(self, account: Account, serial: str) -> None:
        """See RecoveryNotices."""


class NoAddressNeeded(RecoveryNotices):
    """Goes on when nobody can be told."""

    def notifiable(self, account: Account) -> Refusal | None:  # noqa: ARG002
        """See RecoveryNotices."""
        return None


def _notices(scene: Scene, kind: type[RecoveryNotices]) -> None:
    parts = scene.issuer.key_escrow
    parts.notices = kind(parts.sender)


@fault("nobody is told of a refused recovery", {"DPC-KM-REC-03"})
def success_only(scene: Scene) -> None:
    _notices(scene, SuccessOnly)


@fault("key is recovered though nobody can be told", {"DPC-KM-REC-03"})
def no_address_needed(scene: Scene) -> None:
    _notices(scene, NoAddressNeeded)


class SignedOnly(KeyDelivery):
    """Sends keys as a signed package without an envelope around it."""

    def envelope(self, key: keys.PrivateKey, recipient: ec.EllipticCurvePublicKey) -> bytes:  # noqa: ARG002
        """See KeyDelivery."""
        return self.signed_package(key)


def _take_it(arrived: bytes, _key: ec.EllipticCurvePrivateKey, trust: Sequence[x509.Certificate]) -> PrivateKey:
    return read_signed_key(arrived, trust)


@fault("recovered key travels without an envelope", {"DPC-KM-REC-04", "DPC-KM-REC-06"})
def without_envelope(scene: Scene) -> None:
    parts: IssuerParts = scene.issuer
    server = parts.pki.tls_identity(parts.settings.host)
    parts.key_escrow.recovery.key_delivery = SignedOnly.of_server(server, parts.randomness.branch("bare keys"))

    def change(phone: PhoneParts) -> None:
        phone.open_key = _take_it

    scene.on_phone.append(change)


class OneAgent(RecoveryAgents):
    """Needs the approval of one agent."""

    def enough(self, agents: int) -> Refusal | None:  # noqa: ARG002
        """See RecoveryAgents."""
        return None


@fault("one key recovery agent suffices", {"DPC-KM-REC-05"})
def one_agent(scene: Scene) -> None:
    parts = scene.issuer.key_escrow
    parts.agents = OneAgent(**vars(parts.agents))
