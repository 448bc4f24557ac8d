"""Good certificates of OCSP responders and mutants of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import bits, boolean, integer, octets, sequence, utc_time
from dpc_conformance.faults.certificates.material import (
    CARD_CA_NAME,
    NOT_BEFORE,
    OCSP_URI,
    P7C_URI,
    access,
    good,
    policies,
    purposes,
)
from dpc_conformance.faults.certificates.other_kinds import beside, responder
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids

KIND = "ocsp-responder"


def _hardware_too() -> dict[str, Any]:
    return beside(covered_certificates=(good().signed(), good(policy=oids.DERIVED_PIV_AUTH_HARDWARE).signed()))


@golden("responder: 120 days", beside, profile=KIND)
def plain() -> bytes:
    return responder().signed()


@golden("responder: both derived policies, and the location of its issuer", _hardware_too, profile=KIND)
def both_policies() -> bytes:
    template = responder().with_value(
        oids.CERTIFICATE_POLICIES, policies(oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE)
    )
    value = access((oids.CA_ISSUERS, names.uri(P7C_URI)))
    return template.adding(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@mutant("responder: one year", {"DPC-OCSP-CERT-01"}, beside, profile=KIND)
def one_year() -> bytes:
    return replace(responder(), not_after=utc_time(NOT_BEFORE + timedelta(days=365))).signed()


@mutant("responder: clientAuth too", {"DPC-OCSP-CERT-02"}, beside, profile=KIND)
def client_auth_too() -> bytes:
    value = purposes(oids.OCSP_SIGNING, oids.CLIENT_AUTH)
    return responder().with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@mutant("responder: purpose not critical", {"DPC-OCSP-CERT-02"}, beside, profile=KIND)
def purpose_not_critical() -> bytes:
    return responder().with_criticality(oids.EXTENDED_KEY_USAGE, b"").signed()


@mutant("responder: cRLSign too", {"DPC-OCSP-CERT-03"}, beside, profile=KIND)
def crl_sign_too() -> bytes:
    return responder().with_value(oids.KEY_USAGE, bits(b"\x82", 1)).signed()


@mutant("responder: no ocsp-nocheck", {"DPC-OCSP-CERT-03"}, beside, profile=KIND)
def no_nocheck() -> bytes:
    return responder().without(oids.OCSP_NOCHECK).signed()


@mutant("responder: ocsp-nocheck that is not NULL", {"DPC-OCSP-CERT-03", "DPC-CERT-DER-01"}, beside, profile=KIND)
def odd_nocheck() -> bytes:
    return responder().with_value(oids.OCSP_NOCHECK, octets(b"")).signed()


@mutant("responder: an OCSP service for itself", {"DPC-OCSP-CERT-04"}, beside, profile=KIND)
def loop() -> bytes:
    value = access((oids.CA_ISSUERS, names.uri(P7C_URI)), (oids.OCSP, names.uri(OCSP_URI)))
    return responder().adding(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@mutant("responder: not the policy it answers for", {"DPC-OCSP-CERT-05"}, beside, profile=KIND)
def another_policy() -> bytes:
    return responder().with_value(oids.CERTIFICATE_POLICIES, policies(oids.COMMON_POLICY)).signed()


@mutant("responder: one of the two policies it answers for", {"DPC-OCSP-CERT-05"}, _hardware_too, profile=KIND)
def one_policy_of_two() -> bytes:
    return responder().signed()


def _of_another_ca() -> bytes:
    return replace(good(), issuer=CARD_CA_NAME).signed()


@mutant(
    "responder: issued by another CA than the certificates it answers for",
    {"DPC-OCSP-CERT-06"},
    lambda: beside(covered_certificates=(_of_another_ca(),)),
    profile=KIND,
)
def another_ca() -> bytes:
    return responder().signed()


@mutant("responder: cA TRUE", {"DPC-OCSP-CERT-07"}, beside, profile=KIND)
def is_a_ca() -> bytes:
    return responder().with_value(oids.BASIC_CONSTRAINTS, sequence(boolean(True))).signed()


@mutant("responder: path length", {"DPC-OCSP-CERT-07"}, beside, profile=KIND)
def path_length() -> bytes:
    return responder().with_value(oids.BASIC_CONSTRAINTS, sequence(integer(0))).signed()


@mutant("responder: no basic constraints, which the default only warns of", {"DPC-OCSP-CERT-07"}, beside, profile=KIND)
def no_constraints() -> bytes:
    return responder().without(oids.BASIC_CONSTRAINTS).signed()


@mutant(
    "responder: an ordinary derived certificate",
    {"DPC-OCSP-CERT-01", "DPC-OCSP-CERT-02", "DPC-OCSP-CERT-03", "DPC-OCSP-CERT-04", "DPC-OCSP-CERT-07"},
    beside,
    profile=KIND,
)
def ordinary() -> bytes:
    return good().signed()
