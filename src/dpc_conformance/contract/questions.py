"""What the contract asks of a role: questions that change nothing, whoever plays it."""

from typing import Any

from dpc_conformance.formats import containers
from dpc_conformance.formats.apdu import CommandApdu
from dpc_conformance.roles.biometric_activation import BiometricActivation
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.cast import Cast
from dpc_conformance.roles.device_manager import DeviceManager
from dpc_conformance.roles.escrow import Escrow
from dpc_conformance.roles.hardware_records import HardwareRecords
from dpc_conformance.roles.identity_provider import IdentityProvider
from dpc_conformance.roles.issuer import Issuer
from dpc_conformance.roles.key_history import KeyHistory
from dpc_conformance.roles.non_pki import NonPkiRecords
from dpc_conformance.roles.phone import Phone
from dpc_conformance.roles.relying_party import RelyingParty

UNKNOWN = "the contract asks for nothing that is there"


def questions_of(interface: type, cast: Cast) -> dict[str, tuple[Any, ...]]:
    """The verbs of an interface that only tell something, with the arguments to ask with."""
    person = cast.cardholder
    asked: dict[type, dict[str, tuple[Any, ...]]] = {
        BiometricActivation: {"detects_presentation_attacks": ()},
        Card: {"transmit": (bytes(CommandApdu(0, containers.SELECT, 4, 0, containers.PIV_AID)),)},
        DeviceManager: {"setting": (), "devices_of": (person,), "asset_of": (UNKNOWN,), "audit": ()},
        Escrow: {"inventory": ()},
        HardwareRecords: {"registrations_of": (person,), "sample": (UNKNOWN,), "attestations_of": (person,)},
        IdentityProvider: {"audit": ()},
        Issuer: {
            "credentials_of": (person,),
            "audit": (),
            "audit_export": (),
            "published": (),
            "card_links": (person,),
            "longest_suspension": (),
            "served_agencies": (),
            "most_credentials": (),
            "documents": (),
            "maintenance_practice": (),
            "no_card_events": (person,),
        },
        KeyHistory: {"certificates": ()},
        NonPkiRecords: {"approved_models": (), "authenticators_of": (person,), "verifiers": ()},
        Phone: {
            "notifications": (),
            "mail": (),
            "credentials": (),
            "private_keys": (),
            "idle_time": (),
            "attempts_allowed": (),
            "profiles": (),
        },
        RelyingParty: {"audit": ()},
    }
    return asked.get(interface, {})
