"""Good certificates of the card that derives and mutants of them."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import bits, sequence, utc_time
from dpc_conformance.faults.certificates.material import NOT_AFTER, P7C_URI, access, good, policies, purposes
from dpc_conformance.faults.certificates.other_kinds import (
    CARD_EXPIRY,
    beside,
    card_authentication,
    piv_authentication,
)
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids

PIV = "piv-authentication"
CARD = "card-authentication"
WORKSHEET_6 = {"PIV-SRC-AUTHCERT-01"}
WORKSHEET_7 = {"PIV-SRC-CARDAUTH-01"}


@golden("PIV Authentication", beside, profile=PIV)
def plain_piv() -> bytes:
    return piv_authentication().signed()


@golden("PIV Authentication with a user principal name", beside, profile=PIV)
def piv_with_upn() -> bytes:
    value = sequence(names.fasc_n(), names.urn(names.CARD_UUID), names.upn())
    return piv_authentication().with_value(oids.SUBJECT_ALT_NAME, value).signed()


@mutant(
    "PIV Authentication: the policy of Card Authentication", WORKSHEET_6 | {"DPC-PATH-POLICY-01"}, beside, profile=PIV
)
def card_policy() -> bytes:
    return piv_authentication().with_value(oids.CERTIFICATE_POLICIES, policies(oids.COMMON_CARD_AUTH)).signed()


@mutant("PIV Authentication: no smart-card logon", WORKSHEET_6, beside, profile=PIV)
def no_logon() -> bytes:
    return piv_authentication().with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.CLIENT_AUTH)).signed()


@mutant("PIV Authentication: nonRepudiation too", WORKSHEET_6, beside, profile=PIV)
def non_repudiation() -> bytes:
    return piv_authentication().with_value(oids.KEY_USAGE, bits(b"\xc0", 6)).signed()


@mutant("PIV Authentication: no FASC-N", WORKSHEET_6, beside, profile=PIV)
def no_fasc_n() -> bytes:
    return piv_authentication().with_value(oids.SUBJECT_ALT_NAME, sequence(names.urn(names.CARD_UUID))).signed()


@mutant("PIV Authentication: no Card UUID", WORKSHEET_6, beside, profile=PIV)
def no_uuid() -> bytes:
    return piv_authentication().with_value(oids.SUBJECT_ALT_NAME, sequence(names.fasc_n())).signed()


@mutant(
    "PIV Authentication: outlives the card", WORKSHEET_6, beside, profile=PIV, card_expiry=NOT_AFTER - timedelta(days=1)
)
def outlives_the_card() -> bytes:
    return piv_authentication().signed()


@mutant(
    "PIV Authentication: expired",
    WORKSHEET_6 | {"DPC-PATH-TIME-01"},
    beside,
    profile=PIV,
    moment=CARD_EXPIRY + timedelta(1),
)
def expired() -> bytes:
    return piv_authentication().signed()


@mutant("PIV Authentication: no OCSP service", {"DPC-CERT-AIA-02"}, beside, profile=PIV)
def no_ocsp() -> bytes:
    value = access((oids.CA_ISSUERS, names.uri(P7C_URI)))
    return piv_authentication().with_value(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@golden("Card Authentication", beside, profile=CARD)
def plain_card() -> bytes:
    return card_authentication().signed()


@mutant("Card Authentication: a user principal name too", WORKSHEET_7, beside, profile=CARD)
def extra_upn() -> bytes:
    value = sequence(names.fasc_n(), names.urn(names.CARD_UUID), names.upn())
    return card_authentication().with_value(oids.SUBJECT_ALT_NAME, value).signed()


@mutant("Card Authentication: purpose not critical", WORKSHEET_7, beside, profile=CARD)
def purpose_not_critical() -> bytes:
    return card_authentication().with_criticality(oids.EXTENDED_KEY_USAGE, b"").signed()


@mutant("Card Authentication: clientAuth too", WORKSHEET_7, beside, profile=CARD)
def client_auth_too() -> bytes:
    value = purposes(oids.PIV_CARD_AUTH, oids.CLIENT_AUTH)
    return card_authentication().with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@mutant("Card Authentication: two policies", WORKSHEET_7, beside, profile=CARD)
def two_policies() -> bytes:
    value = policies(oids.COMMON_CARD_AUTH, oids.COMMON_AUTHENTICATION)
    return card_authentication().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("Card Authentication: subject is the cardholder", WORKSHEET_7, beside, profile=CARD)
def names_the_holder() -> bytes:
    return replace(card_authentication(), subject=names.person()).signed()


@mutant("Card Authentication: four years", WORKSHEET_7 | {"DPC-CERT-VALID-03"}, beside, profile=CARD)
def four_years() -> bytes:
    return replace(card_authentication(), not_after=utc_time(NOT_AFTER + timedelta(days=365))).signed()


@mutant(
    "Card Authentication: a derived certificate in its place",
    WORKSHEET_7 | {"DPC-PATH-POLICY-01"},
    beside,
    profile=CARD,
)
def derived() -> bytes:
    return good().signed()
