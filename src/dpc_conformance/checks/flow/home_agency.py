"""The home agency issues, or whomever it has authorised: SP 800-157r1 fpd §2.2, FIPS 201-3 §2.10.1."""

from datetime import date

from dpc_conformance.checks.finding import Answer, CannotTell, missing, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.agencies import AgenciesStated, ServedAgency
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.certificate_view import CertificateView
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.fascn import FascN

AGENCIES = "the agencies that the issuer serves"
ACCOUNT = "the PIV identity account"


@flow_check("DPC-ISS-HOME-01")
def served_by_right(facts: ScenarioFacts) -> Answer:
    """The issuer derives for cards of its own agency, and of others that have authorised it in writing."""
    stated = facts.of(AgenciesStated)
    if not stated or not facts.credentials:
        return missing(AGENCIES, "a list of them, and an issued credential")
    served = {agency.code: agency for agency in stated[-1].agencies}
    for agency in served.values():
        if not agency.own and not _authorised(agency, facts.now.date()):
            return missing(f"{AGENCIES}: {agency.code} {agency.name}", "an authorisation, signed by whom and when")
    for credential in facts.credentials:
        try:
            card = read_certificate(credential.piv_authentication_certificate)
        except DerError:
            return CannotTell("the record of a credential holds no copy of the card's certificate that can be read")
        code = _agency_of(card)
        if code not in served:
            return unexpected(f"{ACCOUNT}: the card that authorised", f"a card of agency {', '.join(served)}", code)
    return None


def _authorised(agency: ServedAgency, today: date) -> bool:
    signed_on = agency.signed_on
    return bool(agency.authorisation and agency.signed_by and signed_on and signed_on <= today)


def _agency_of(card: CertificateView) -> str:
    """The agency code in the FASC-N of the certificate, or what is wrong with it."""
    numbers = card.fasc_ns
    try:
        return FascN.from_bytes(numbers[0]).agency_code if numbers else "a certificate without a FASC-N"
    except Malformed as problem:
        return str(problem)
