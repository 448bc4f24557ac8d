"""Certificates beside those they replace, and the sample of the yearly test."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import boolean, integer, oid, sequence, utc_time
from dpc_conformance.faults.certificates.material import (
    ASSERTED,
    CA,
    CA_NAME,
    NOT_AFTER,
    NOT_BEFORE,
    NOW,
    ROOT,
    ROOT_NAME,
    ca_template,
    crl,
    good,
    with_key,
)
from dpc_conformance.faults.certificates.signers import ec_key, spki
from dpc_conformance.faults.certificates.template import Template
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids

FORMER_SERIAL = 0x1A2B3C4D5E6F708192A3B4C5
EARLIER = timedelta(days=200)


def former(policy: str = oids.DERIVED_PIV_AUTH, label: str = "former-phone") -> Template:
    """The certificate that a good one replaces: another key, 200 days older."""
    template = with_key(good(policy=policy), spki(ec_key(label)))
    template = template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.urn("7b1f4a52-93d6-4c1e-8a52-5d0c6f1a2b3c")))
    return replace(template, serial=integer(FORMER_SERIAL)).lasting(NOT_BEFORE - EARLIER, NOT_AFTER - EARLIER)


def _lists(*serials: int) -> tuple[bytes, ...]:
    return crl(ROOT, ROOT_NAME), crl(CA, CA_NAME, *serials)


def _rekeyed(**changes: Any) -> dict[str, Any]:
    return {"predecessor": former().signed(), "replacement": "re-key", **changes}


@golden("re-keyed: new key, new serial", _rekeyed)
def rekeyed() -> bytes:
    return good().signed()


@mutant("re-keyed with the same key", {"DPC-LC-REKEY-06", "DPC-LC-RENEW-01"}, _rekeyed)
def same_key() -> bytes:
    return with_key(good(), spki(ec_key("former-phone"))).signed()


@mutant("re-keyed with the same serial", {"DPC-LC-REKEY-06"}, _rekeyed)
def same_serial() -> bytes:
    return replace(good(), serial=integer(FORMER_SERIAL)).signed()


@mutant(
    "the same key certified again a year later",
    {"DPC-LC-RENEW-01", "DPC-ISS-DUP-01"},
    lambda: {"other_certificates": (former(label="phone").signed(),)},
)
def renewed() -> bytes:
    return good().signed()


def _modified(**changes: Any) -> dict[str, Any]:
    return {"predecessor": former(label="phone").signed(), "replacement": "modification", **changes}


@golden("modified: the same key, within three years of its first certificate", _modified)
def modified() -> bytes:
    return replace(good(), not_after=utc_time(NOT_AFTER - EARLIER)).signed()


@mutant("modified: the same key beyond three years", {"DPC-LC-RENEW-01"}, _modified)
def modified_too_long() -> bytes:
    return good().signed()


@golden(
    "issued again after compromise of the CA: the same key and notAfter",
    lambda: _modified(replacement="CA compromise"),
)
def after_compromise() -> bytes:
    return replace(good(), not_after=utc_time(NOT_AFTER - EARLIER)).signed()


@mutant(
    "issued again after compromise of the CA, for longer",
    {"DPC-LC-RENEW-01"},
    lambda: _modified(replacement="CA compromise"),
)
def after_compromise_longer() -> bytes:
    return good().signed()


def _downgraded(*serials: int) -> dict[str, Any]:
    before = former(oids.DERIVED_PIV_AUTH_HARDWARE).signed()
    return {"predecessor": before, "replacement": "modification", "crls": _lists(*serials)}


@golden("from hardware to software policy, the former revoked", lambda: _downgraded(FORMER_SERIAL))
def downgraded() -> bytes:
    return good().signed()


@mutant("from hardware to software policy, the former still good", {"DPC-LC-MOD-02"}, _downgraded)
def former_still_good() -> bytes:
    return good().signed()


@mutant("an employee became a contractor, the former still good", {"DPC-LC-MOD-02"}, _modified, affiliate=True)
def became_contractor() -> bytes:
    template = replace(good(), subject=names.person("Alex Example (affiliate)"))
    return replace(template, not_after=utc_time(NOT_AFTER - EARLIER)).signed()


@golden("sample of the yearly test", annual_sample=True)
def sample() -> bytes:
    return good().signed()


@mutant("sample of the yearly test, 20 months old", {"DPC-ISS-ACCRED-02"}, annual_sample=True)
def old_sample() -> bytes:
    begin = NOW - timedelta(days=610)
    return replace(good(), not_before=utc_time(begin), not_after=utc_time(begin + timedelta(days=1096))).signed()


@mutant("sample of the yearly test, from a test PKI", {"DPC-ISS-ACCRED-02"}, annual_sample=True, test_pki=True)
def test_sample() -> bytes:
    return good(policy=oids.TEST_DERIVED_PIV_AUTH).signed()


def mapped_by_the_ca(*pair: str) -> dict[str, Any]:
    """The CA's certificate where it maps the first policy, of the root, to the second, of its own."""
    value = sequence(sequence(*(oid(one) for one in pair)))
    asserted = tuple(one for one in ASSERTED if one != pair[1])
    template = ca_template(asserted=asserted).adding(oids.POLICY_MAPPINGS, value, boolean(True))
    return {"issuer": template.signed()}


@mutant(
    "the CA's certificate maps the hardware policy to the software one",
    {"DPC-PATH-POLICY-02"},
    lambda: mapped_by_the_ca(oids.DERIVED_PIV_AUTH_HARDWARE, oids.DERIVED_PIV_AUTH),
)
def mapped_to_hardware() -> bytes:
    return good().signed()


@golden(
    "the CA's certificate maps another policy", lambda: mapped_by_the_ca(oids.COMMON_HIGH, "2.16.840.1.101.3.2.1.99.7")
)
def mapped_elsewhere() -> bytes:
    return good().signed()
