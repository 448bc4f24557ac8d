"""Path validation comes to the verdict of `openssl verify`: on policies, names, dates, CRLs and cross-certificates."""

import base64
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.path import Verdict, validate_path
from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import boolean, context, integer, octets, sequence
from dpc_conformance.faults.certificates.material import (
    CA,
    CA_NAME,
    CA_SERIAL,
    NOT_AFTER,
    NOT_BEFORE,
    NOW,
    ROOT,
    ROOT_NAME,
    SERIAL,
    authority_key,
    ca_template,
    crl,
    good,
    root_template,
)
from dpc_conformance.faults.certificates.signers import ecdsa
from dpc_conformance.faults.certificates.successors import mapped_by_the_ca
from dpc_conformance.formats import oids

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")

LEAF = good()
ANCHOR = root_template().signed()
ISSUER = ca_template().signed()
LISTS = (crl(ROOT, ROOT_NAME), crl(CA, CA_NAME))
OTHER_ROOT = ecdsa("other root")
OTHER_ROOT_NAME = names.authority("Mutants Other Root CA")
DERIVED = (oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE)


def constrained(number: int, *subtrees: bytes) -> bytes:
    """The CA's certificate with permitted (0) or excluded (1) subtrees."""
    value = sequence(context(number, *(sequence(one) for one in subtrees)))
    return ca_template().adding(oids.NAME_CONSTRAINTS, value, boolean(True)).signed()


def other_root() -> bytes:
    """Another self-signed root."""
    return replace(root_template(OTHER_ROOT), issuer=OTHER_ROOT_NAME, subject=OTHER_ROOT_NAME).signed()


def cross_certificate() -> bytes:
    """The first root's name and key, certified by the other root, with room for a CA below."""
    template = replace(
        ca_template(ROOT), serial=integer(0x20002), signer=OTHER_ROOT, issuer=OTHER_ROOT_NAME, subject=ROOT_NAME
    )
    template = template.with_value(oids.BASIC_CONSTRAINTS, sequence(boolean(True), integer(1)))
    return template.with_value(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(OTHER_ROOT.key_identifier)).signed()


DIRECTORY = context(4, names.name(names.COUNTRY, names.GOVERNMENT))
CASES: dict[str, tuple[Verdict, dict[str, Any]]] = {
    "good": (Verdict.VALID, {}),
    "hardware policy": (Verdict.VALID, {"leaf": good(policy=oids.DERIVED_PIV_AUTH_HARDWARE).signed()}),
    "another policy": (Verdict.VALID, {"leaf": good(policy=oids.COMMON_AUTHENTICATION).signed(), "policies": False}),
    "no policy": (Verdict.VALID, {"leaf": LEAF.without(oids.CERTIFICATE_POLICIES).signed(), "policies": False}),
    "CA without the policy": (
        Verdict.VALID,
        {"issuer": ca_template(asserted=(oids.COMMON_POLICY,)).signed(), "policies": False},
    ),
    "CA with any policy": (Verdict.VALID, {"issuer": ca_template(asserted=(oids.ANY_POLICY,)).signed()}),
    "mapped policy": (Verdict.VALID, {"issuer": mapped_by_the_ca(DERIVED[1], DERIVED[0])["issuer"]}),
    "expired": (Verdict.EXPIRED, {"moment": NOT_AFTER + timedelta(seconds=1)}),
    # In the very second of notAfter openssl calls a certificate expired; RFC 5280 4.1.2.5 includes that second.
    "last second but one": (Verdict.VALID, {"moment": NOT_AFTER - timedelta(seconds=1)}),
    "not yet valid": (Verdict.EXPIRED, {"moment": NOT_BEFORE - timedelta(seconds=1)}),
    "revoked": (Verdict.REVOKED, {"crls": (LISTS[0], crl(CA, CA_NAME, SERIAL))}),
    "CA revoked": (Verdict.REVOKED, {"crls": (crl(ROOT, ROOT_NAME, CA_SERIAL), LISTS[1])}),
    "no CRL of the CA": (Verdict.CANNOT_TELL, {"crls": LISTS[:1]}),
    "CRL of a namesake": (Verdict.CANNOT_TELL, {"crls": (LISTS[0], crl(ecdsa("namesake"), CA_NAME))}),
    "excluded name": (Verdict.NAME_REFUSED, {"issuer": constrained(1, DIRECTORY)}),
    "permitted name": (Verdict.VALID, {"issuer": constrained(0, DIRECTORY)}),
    "name not permitted": (
        Verdict.NAME_REFUSED,
        {"issuer": constrained(0, context(4, names.name(names.COUNTRY, names.DEPARTMENT)))},
    ),
    "path too long": (
        Verdict.INVALID,
        {"issuer": ca_template().with_value(oids.BASIC_CONSTRAINTS, sequence()).signed()},
    ),
    "CA that may not certify": (
        Verdict.INVALID,
        {"issuer": ca_template().with_value(oids.KEY_USAGE, b"\x03\x02\x07\x80").signed()},
    ),
    "unknown critical extension": (
        Verdict.INVALID,
        {"leaf": LEAF.adding("1.3.6.1.4.1.99999.1", octets(b"x"), boolean(True)).signed()},
    ),
    "changed after signing": (Verdict.INVALID, {"leaf": LEAF.signed().replace(b"Alex", b"Elex")}),
    "another root": (Verdict.INVALID, {"anchor": other_root()}),
    "cross-certificate": (
        Verdict.VALID,
        {
            "anchor": other_root(),
            "others": (cross_certificate(),),
            "crls": (*LISTS, crl(OTHER_ROOT, OTHER_ROOT_NAME)),
        },
    ),
    "cross-certificate revoked": (
        Verdict.REVOKED,
        {
            "anchor": other_root(),
            "others": (cross_certificate(),),
            "crls": (*LISTS, crl(OTHER_ROOT, OTHER_ROOT_NAME, 0x20002)),
        },
    ),
}


def pem(label: str, *objects: bytes) -> str:
    blocks = []
    for der in objects:
        lines = base64.encodebytes(der).decode()
        blocks.append(f"-----BEGIN {label}-----\n{lines}-----END {label}-----\n")
    return "".join(blocks)


def accepted_by_openssl(folder: Path, case: dict[str, Any]) -> bool:
    """What `openssl verify` says, CRLs checked all along the path and one of the derived policies demanded."""
    (folder / "root.pem").write_text(pem("CERTIFICATE", case["anchor"]))
    (folder / "ca.pem").write_text(pem("CERTIFICATE", case["issuer"], *case["others"]))
    (folder / "crl.pem").write_text(pem("X509 CRL", *case["crls"]))
    (folder / "leaf.pem").write_text(pem("CERTIFICATE", case["leaf"]))
    moment = str(int(case["moment"].timestamp()))
    assert OPENSSL is not None
    demanded = [word for policy in DERIVED for word in ("-policy", policy)]
    command = [OPENSSL, "verify", "-crl_check_all", "-attime", moment, *demanded, "-explicit_policy"]
    files = ["-CAfile", "root.pem", "-untrusted", "ca.pem", "-CRLfile", "crl.pem", "leaf.pem"]
    done = subprocess.run([*command, *files], cwd=folder, capture_output=True, text=True, timeout=20)
    return done.returncode == 0


@pytest.mark.parametrize("name", CASES)
def test_openssl_and_the_judge_agree(name: str, tmp_path: Path) -> None:
    verdict, changes = CASES[name]
    case: dict[str, Any] = {
        "leaf": LEAF.signed(),
        "issuer": ISSUER,
        "anchor": ANCHOR,
        "others": (),
        "moment": NOW,
        "policies": True,
        **changes,
    }
    if "moment" in changes and "crls" not in changes:
        made = case["moment"]
        case["crls"] = (crl(ROOT, ROOT_NAME, made=made), crl(CA, CA_NAME, made=made))
    case.setdefault("crls", LISTS)
    result = validate_path(
        case["leaf"],
        CertificateContext(
            moment=case["moment"],
            issuer=case["issuer"],
            trust_anchors=(case["anchor"],),
            intermediates=case["others"],
            crls=case["crls"],
        ),
    )
    ours = result.verdict is Verdict.VALID and bool(result.policies & set(DERIVED))
    assert result.verdict is verdict or not case["policies"], result
    assert ours == accepted_by_openssl(tmp_path, case), result
