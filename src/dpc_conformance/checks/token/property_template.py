"""The application property template, the answer to SELECT (SP 800-73-5 part 2 §3.1.1)."""

from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.claims import (
    ALGORITHM,
    ALGORITHMS,
    CIPHER_SUITES,
    TEMPLATE,
    listed_algorithms,
    virtual_contact_interface,
)
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.ber import Malformed, Tlv

WHERE: Final = "application property template"
AID, AUTHORITY, OBJECT_IDENTIFIER = b"\x4f", b"\x79", b"\x06"
NO_OBJECT_IDENTIFIER: Final = b"\x00"


@token_check("DPC-APP-APT-01")
def names_application_and_authority(reading: CardReading) -> Answer:
    """SELECT is answered with 61 {4F, 79 {4F}}, which name the application and its authority.

    Tag 4F may hold the full AID, as the text demands, or its PIX, as the comment in the table has it.
    """
    status = reading.selects.get(reading.aid)
    if status is None:
        return CannotTell("the application was not selected")
    if status != status_words.SUCCESS:
        return unexpected("SELECT", "9000", f"{status:04X} {status_words.meaning(status)}")
    try:
        outer = Tlv.from_bytes(reading.property_template)
        elements = outer.children() if outer.tag == TEMPLATE else ()
        application = ber.require(elements, AID, "the application")
        authority = ber.require(ber.read_all(ber.require(elements, AUTHORITY, "the authority")), AID, "its AID")
    except Malformed as problem:
        return missing(WHERE, "61 {4F, 79 {4F}}", str(problem))
    if application not in (reading.aid, reading.aid[len(containers.PIV_RID) :]):
        return unexpected(f"{WHERE} 4F", f"{reading.aid.hex().upper()} or its PIX", application)
    names_it = authority.startswith(containers.PIV_RID) and reading.aid.startswith(authority[: len(reading.aid)])
    if not names_it:
        return unexpected(f"{WHERE} 79 4F", f"{containers.PIV_RID.hex().upper()} or an AID with it", authority)
    return None


@token_check("DPC-APP-APT-02")
def lists_algorithms_and_one_cipher_suite(reading: CardReading) -> Answer:
    """Tag AC lists algorithms, each in an 80, with 06 01 00; secure messaging shows as one of 27 and 2E, never both."""
    try:
        listed = listed_algorithms(reading)
    except Malformed as problem:
        return CannotTell(f"the {WHERE} cannot be read: {problem}")
    vci = virtual_contact_interface(reading)
    if listed is None:
        return (
            missing(WHERE, "AC with 27 or 2E, since Discovery tells of a virtual contact interface")
            if vci is True
            else DoesNotApply("the template lists no algorithms")
        )
    elements = ber.read_all(ber.require(Tlv.from_bytes(reading.property_template).children(), ALGORITHMS, "AC"))
    if (
        not listed
        or any(len(each) != 1 for each in listed)
        or {each.tag for each in elements}
        - {
            ALGORITHM,
            OBJECT_IDENTIFIER,
        }
    ):
        return unexpected(f"{WHERE} AC", "80 01 for each algorithm", [bytes(each) for each in elements])
    if [each.value for each in elements if each.tag == OBJECT_IDENTIFIER] != [NO_OBJECT_IDENTIFIER]:
        return unexpected(f"{WHERE} AC", "06 01 00 once", [bytes(each) for each in elements])
    suites = CIPHER_SUITES.intersection(listed)
    if len(suites) > 1 or len(set(listed)) != len(listed):
        return unexpected(f"{WHERE} AC", "each algorithm once, and one of 27 and 2E at most", listed)
    if vci is True and not suites:
        return missing(f"{WHERE} AC", "27 or 2E, since Discovery tells of a virtual contact interface", listed)
    return None
