"""Who holds a card that somebody else made: the person named in its PIV Authentication certificate."""

import re

from cryptography import x509
from cryptography.x509.oid import NameOID

from dpc_conformance.reference.relying_party.sign_in import user_principal_name
from dpc_conformance.roles.people import Person

DOMAIN = "dpc.example"
NAMELESS = "PIV Cardholder"


def holder_named_in(certificate: x509.Certificate) -> Person:
    """The common name gives the names, the user principal name account and addresses.

    A certificate without a user principal name gets them from the names.
    """
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    known = str(found[0].value) if found else ""
    given_name, _, surname = (known if " " in known.strip() else f"{NAMELESS} {known}").strip().rpartition(" ")
    upn = user_principal_name(certificate)
    account = upn.partition("@")[0].lower() or re.sub(r"[^a-z0-9]+", ".", f"{given_name} {surname}".lower())
    address = upn or f"{account}@{DOMAIN}"
    return Person(account, given_name, surname, upn=address, mail=address)
