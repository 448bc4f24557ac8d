"""The organisation and the person of these tests."""

from datetime import UTC, datetime

from dpc_conformance.roles.device_manager import DerivedCredentialSetting
from dpc_conformance.roles.people import Person

START = datetime(2020, 6, 1, 12, tzinfo=UTC)
IDP, MDM, ISSUER = "https://idp.dpc.example", "https://mdm.dpc.example", "https://issuer.dpc.example/enrol"
ALEX = Person("acct-alex", "Alex", "Archer", "alex@agency.example", "alex.archer@agency.example")
BOTH = DerivedCredentialSetting("Example", ISSUER, None, frozenset({"app", "e-mail"}))
