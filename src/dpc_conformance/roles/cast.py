"""The roles of one scenario together, as casting.py hands them to the steps."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.roles.artefacts import Artefacts
from dpc_conformance.roles.authenticator import AuthenticatorStock, ForeignRelyingParty
from dpc_conformance.roles.captions import Captions
from dpc_conformance.roles.card import Card, CardStock
from dpc_conformance.roles.correspondent import Correspondent
from dpc_conformance.roles.device_manager import DeviceManager
from dpc_conformance.roles.hostile_phone import HostilePhone
from dpc_conformance.roles.identity_provider import IdentityProvider
from dpc_conformance.roles.impostor import Impostor
from dpc_conformance.roles.issuer import Issuer
from dpc_conformance.roles.mail_account import MailAccount
from dpc_conformance.roles.no_card_desk import NoCardDesk
from dpc_conformance.roles.old_client import OldClient
from dpc_conformance.roles.outages import Outages
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.phone import Phone
from dpc_conformance.roles.power import Power
from dpc_conformance.roles.registration_desk import RegistrationDesk
from dpc_conformance.roles.relying_party import RelyingParty
from dpc_conformance.roles.revocation_desk import RevocationDesk
from dpc_conformance.roles.token import Token
from dpc_conformance.roles.use import UseCast
from dpc_conformance.roles.workstation import Workstation


@dataclass(frozen=True)
class Trust:
    """What the judge may believe: certificates as DER, and where revocation status comes from.

    `crls_of` fetches the CRLs that the given certificates name, `ocsp_of` the response about a certificate of a CA
    (None when there is none); `test_pki` allows test policies.
    """

    anchors: tuple[bytes, ...]
    intermediates: tuple[bytes, ...]
    crls_of: Callable[[tuple[bytes, ...]], tuple[bytes, ...]]
    issuer_of: Callable[[bytes], bytes | None]
    """The certificate of the CA that issued a certificate; None when it is not among the intermediates."""
    test_pki: bool
    ocsp_of: Callable[[bytes, bytes], bytes | None] = lambda _certificate, _issuer: None


@dataclass
class Cast:
    """Everyone on stage, new for each scenario."""

    clock: RunClock
    recorder: Recorder
    cardholder: Person
    card: Card
    pin: str
    card_certificate: bytes
    """The PIV Authentication certificate on the cardholder's card (DER)."""
    workstation: Workstation
    identity_provider: IdentityProvider
    device_manager: DeviceManager
    issuer: Issuer
    phone: Phone
    relying_party: RelyingParty
    card_stock: CardStock
    another_issuer: Callable[[], Issuer]
    """An issuer to which the organisation has no relation."""
    another_phone: Callable[..., Phone]
    """A further phone of the same cardholder each time; perhaps one that makes RSA-2048 or RSA-3072 keys, not P-256."""
    phone_on: Callable[..., Phone]
    """The cardholder's phone, new, where it runs that platform (ios or android); perhaps a certain AndroidDevice.

    Raises NotSupported.
    """
    captions: Captions
    """Those of the platform that the cardholder's phone runs."""
    hostile_phone: Callable[[], HostilePhone]
    """A phone registered to the cardholder, under an attacker's hand."""
    trust: Trust
    impostor: Callable[[int], Impostor]
    """A stranger's server takes the place of the issuer's at that port (443 or 8443)."""
    revocation_desk: RevocationDesk
    registration_desk: RegistrationDesk
    damaged_wire: Callable[[], AbstractContextManager[None]]
    """While it lasts, somebody changes bytes of what is sent to the issuer's port that asks for a certificate."""
    old_client: OldClient
    """A client that speaks outdated TLS, or none."""
    power: Power
    """The plug of the issuer's machine."""
    use: UseCast
    """The credential at work."""
    correspondents: Callable[[], tuple[Correspondent, ...]]
    """Those with whom the cardholder exchanges mail, each with a mail program that others made."""
    mail_account: Callable[[str], MailAccount]
    """The mail account of an address."""
    outages: Outages
    """What issuer and phones depend on, out of order."""
    artefacts: Artefacts | None
    """What an issuer has in files, where nothing of it can be asked: they are judged, and nobody enrols for them."""
    no_card_desk: NoCardDesk
    authenticators: AuthenticatorStock
    """FIDO2 authenticators for whoever has one bound."""
    foreign_relying_party: ForeignRelyingParty
    """The relying party of another agency."""


@dataclass
class TokenCast:
    """What a scenario about a removable token takes: the token, and nobody of the enrolment journey."""

    clock: RunClock
    recorder: Recorder
    token: Token
    trust: Trust
