"""Mutants whose defect lies in the path: the CA, its CRL, the anchor."""

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import boolean, context, sequence
from dpc_conformance.faults.certificates.material import (
    CA,
    CA_NAME,
    CA_SERIAL,
    ROOT,
    ROOT_NAME,
    SERIAL,
    ca_template,
    crl,
    good,
    root_template,
)
from dpc_conformance.faults.certificates.signers import ecdsa
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.faults.status.material import OcspTemplate
from dpc_conformance.formats import oids


@mutant(
    "the path ends in a root that is not the anchor",
    {"DPC-PATH-ANCHOR-01"},
    lambda: {"trust_anchors": (root_template(ecdsa("another root")).signed(),)},
)
def another_root() -> bytes:
    return good().signed()


@mutant(
    "the certificate is on the CRL",
    {"DPC-PATH-ANCHOR-01"},
    lambda: {"crls": (crl(ROOT, ROOT_NAME), crl(CA, CA_NAME, SERIAL))},
)
def revoked() -> bytes:
    return good().signed()


def _good_by_ocsp() -> dict[str, object]:
    return {"crls": (crl(ROOT, ROOT_NAME), crl(CA, CA_NAME, SERIAL)), "ocsp_responses": (OcspTemplate().signed(),)}


@mutant("the certificate is on the CRL, although OCSP says good", {"DPC-PATH-ANCHOR-01"}, _good_by_ocsp)
def revoked_and_good() -> bytes:
    return good().signed()


@mutant(
    "the CA is on the root's CRL",
    {"DPC-PATH-ANCHOR-01"},
    lambda: {"crls": (crl(ROOT, ROOT_NAME, CA_SERIAL), crl(CA, CA_NAME))},
)
def ca_revoked() -> bytes:
    return good().signed()


@mutant(
    "the CA may not issue under the derived policies",
    {"DPC-PATH-POLICY-01"},
    lambda: {"issuer": ca_template(asserted=(oids.COMMON_POLICY, oids.COMMON_AUTHENTICATION)).signed()},
)
def ca_without_the_policy() -> bytes:
    return good().signed()


@mutant(
    "the CA has no basic constraints",
    {"DPC-PATH-CA-01", "DPC-PATH-ANCHOR-01"},
    lambda: {"issuer": ca_template().without(oids.BASIC_CONSTRAINTS).signed()},
)
def ca_without_constraints() -> bytes:
    return good().signed()


@mutant(
    "the CA's basic constraints are not critical",
    {"DPC-PATH-CA-01"},
    lambda: {"issuer": ca_template().with_criticality(oids.BASIC_CONSTRAINTS, b"").signed()},
)
def ca_constraints_not_critical() -> bytes:
    return good().signed()


@mutant(
    "name constraints of the CA exclude the subject",
    {"DPC-PATH-NC-01"},
    lambda: {
        "issuer": ca_template()
        .adding(
            oids.NAME_CONSTRAINTS,
            sequence(context(1, sequence(context(4, names.name(names.COUNTRY, names.GOVERNMENT))))),
            boolean(True),
        )
        .signed()
    },
)
def excluded_name() -> bytes:
    return good().signed()
