"""Whose cardholders the issuer serves: the agency code of the card decides, and nothing else about the card."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.evidence.agencies import ServedAgency
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.agencies import ServedAgencies, agency_of
from dpc_conformance.roles.reasons import Reason


def certificate(stage, value):
    """A certificate whose subject alternative name holds a FASC-N with those DER bytes, or none."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(stage.clock.now())
        .not_valid_after(stage.clock.now())
    )
    if value is not None:
        other = x509.OtherName(x509.ObjectIdentifier(oids.PIV_FASC_N), value)
        builder = builder.add_extension(x509.SubjectAlternativeName([other]), critical=False)
    return builder.sign(key, hashes.SHA256())


def test_the_agency_of_a_card(stage, card):
    assert agency_of(card) == "4700"


@pytest.mark.parametrize("value", [None, b"\x04\x00", b"\x04\x19" + bytes(25), b"\x05\x00", b"\x0c\x01a"])
def test_a_card_that_names_no_agency_is_of_none(stage, value):
    assert agency_of(certificate(stage, value)) is None
    assert ServedAgencies().refusal(certificate(stage, value)).reason is Reason.AGENCY_NOT_SERVED


def test_a_card_of_an_agency_that_is_not_served_opens_no_session(stage, card):
    stage.parts.kiosk.agencies = ServedAgencies([ServedAgency("1900", "Another Agency", own=True)])
    browser = stage.browser()
    assert browser.sign_in(card).status_code == 403
    assert stage.last_refusal().reason == Reason.AGENCY_NOT_SERVED
    assert stage.decisions("sign-in")[-1].outcome == "refused"
    assert browser.http.get("/home").status_code == 401
