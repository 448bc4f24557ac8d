"""Whose cardholders the issuer serves: the agency is the one that the card's FASC-N names (SP 800-157r1 fpd §2.2)."""

from collections.abc import Iterable
from datetime import date

from asn1crypto import core
from cryptography import x509

from dpc_conformance.evidence.agencies import ServedAgency
from dpc_conformance.formats import oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.fascn import FascN
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

HOME = ServedAgency("4700", "Example Agency", own=True)
AUTHORISING = ServedAgency(
    "7008",
    "Example Bureau",
    authorisation="docs/practice/authorisation-example-bureau.md",
    signed_by="Director of Personnel Security, Example Bureau",
    signed_on=date(2026, 11, 30),
)
"""An agency that has its derived credentials from this issuer."""


class ServedAgencies:
    """The agencies on the list; a card of any other is refused, whatever its certificate is worth."""

    def __init__(self, agencies: Iterable[ServedAgency] = (HOME, AUTHORISING)) -> None:
        self.agencies = tuple(agencies)

    def refusal(self, card: x509.Certificate) -> Refusal | None:
        """Refused when the card is of an agency that is not served, or names none."""
        code = agency_of(card)
        if code in {agency.code for agency in self.agencies}:
            return None
        return Refusal(Reason.AGENCY_NOT_SERVED, f"agency {code}" if code else "the certificate has no FASC-N")


def agency_of(card: x509.Certificate) -> str | None:
    """The agency code in the FASC-N of a card's certificate (FIPS 201-3 §4.2.1); None without a readable FASC-N."""
    try:
        names = card.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        for name in names.get_values_for_type(x509.OtherName):
            if name.type_id.dotted_string == oids.PIV_FASC_N:
                return FascN.from_bytes(core.OctetString.load(name.value).native).agency_code
    except (x509.ExtensionNotFound, Malformed, *UNREADABLE):
        return None
    return None
