"""The organisation and the person of these tests."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.roles.device_manager import DerivedCredentialSetting
from dpc_conformance.roles.people import Person

START = datetime(2020, 6, 1, 12, tzinfo=UTC)
IDP, MDM, ISSUER = "https://idp.dpc.example", "https://mdm.dpc.example", "https://issuer.dpc.example/enrol"
ALEX = Person("acct-alex", "Alex", "Archer", "alex@agency.example", "alex.archer@agency.example")
BOTH = DerivedCredentialSetting("Example", ISSUER, None, frozenset({"app", "e-mail"}))
LIFE = timedelta(days=100)
SETUP, RENEW, OPEN = "Set up mobile smart card access", "Renew mobile smart card access", "Open Company Portal"


def certificate(serial, begin=START):
    """A certificate (DER) that lives for a hundred days."""
    key, name = ec.derive_private_key(7, ec.SECP256R1()), x509.Name([])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(serial)
    built = built.not_valid_before(begin).not_valid_after(begin + LIFE).public_key(key.public_key())
    return built.sign(key, SHA256()).public_bytes(Encoding.DER)


FIRST = {"authentication": certificate(1)}
ALL = FIRST | {"signature": certificate(2), "key-management": certificate(3)}


def told(device):
    """The titles of the notifications on a phone."""
    return [each.title for each in device.notifications()]
