"""Two path validators that are not ours accept what the test PKI issues, and refuse what is wrong with it."""

import asyncio
import subprocess
from datetime import timedelta

import pytest
from asn1crypto import crl, ocsp
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPRequestBuilder
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, RevokedError
from pyhanko_certvalidator.policy_decl import PKIXValidationParams

ARC = "2.16.840.1.101.3.2.1.3."


@pytest.fixture
def openssl(pki, status, clock, tmp_path):
    """`openssl verify` with CRLs for the whole path and one required policy."""

    def pem(name, *ders):
        path = tmp_path / name
        path.write_bytes(b"".join(ders))
        return path

    def verify(certificate, policy):
        crls = [
            subprocess.run(
                ["openssl", "crl", "-inform", "DER"],
                input=status.crls.crl(authority, clock.now()),
                check=True,
                capture_output=True,
            ).stdout
            for authority in pki.authorities
        ]
        anchors = pem("anchors.pem", pki.trust_anchor.public_bytes(Encoding.PEM))
        others = pem("others.pem", *(made.public_bytes(Encoding.PEM) for made in pki.intermediates()))
        leaf = pem("leaf.pem", certificate.public_bytes(Encoding.PEM))
        command = ["openssl", "verify", "-x509_strict", "-attime", str(clock.epoch()), "-crl_check_all"]
        command += ["-CRLfile", pem("crls.pem", *crls), "-CAfile", anchors, "-untrusted", others]
        command += ["-policy_check", "-explicit_policy", "-policy", ARC + policy, leaf]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        return done.returncode == 0, done.stdout + done.stderr

    return verify


@pytest.mark.parametrize(
    ("kind", "policy"),
    [
        ("piv_authentication", "13"),
        ("card_authentication", "17"),
        ("piv_signature", "7"),
        ("piv_key_management", "7"),
        ("derived_authentication", "40"),
        ("derived_signature", "6"),
        ("derived_key_management", "6"),
    ],
)
def test_openssl_accepts_each_kind_under_its_policy(openssl, subscribers, kind, policy):
    accepted, said = openssl(subscribers.all[kind], policy)
    assert accepted, said


def test_openssl_refuses_for_the_right_reason(openssl, subscribers, status, clock):
    certificate = subscribers.derived_authentication
    assert "no explicit policy" in openssl(certificate, "13")[1]
    status.revoke(certificate)
    assert "certificate revoked" in openssl(certificate, "40")[1]
    clock.advance(timedelta(days=3 * 365))
    assert "certificate has expired" in openssl(subscribers.piv_signature, "7")[1]


def loaded(certificate):
    return Certificate.load(certificate.public_bytes(Encoding.DER))


def context(pki, status, clock, certificate, authority, by):
    """A validator's context that must find a status for every certificate, by CRL or by OCSP, and may not fetch."""

    def answer(about, issuer):
        request = OCSPRequestBuilder().add_certificate(about, issuer.certificate, hashes.SHA1()).build()
        return ocsp.OCSPResponse.load(status.ocsp.answer(request.public_bytes(Encoding.DER), clock.now()))

    crls, answers = [], []
    if by == "crl":
        crls = [crl.CertificateList.load(status.crls.crl(each, clock.now())) for each in pki.authorities]
    else:
        answers = [
            answer(certificate, authority),
            answer(authority.certificate, pki.intermediate),
            answer(pki.intermediate.certificate, pki.root),
        ]
    return ValidationContext(
        trust_roots=[loaded(pki.trust_anchor)],
        other_certs=[loaded(made) for made in pki.intermediates()],
        moment=clock.now(),
        revocation_mode="require",
        allow_fetching=False,
        crls=crls,
        ocsps=answers,
    )


def validate(certificate, prepared, policy):
    params = PKIXValidationParams(user_initial_policy_set=frozenset({ARC + policy}), initial_explicit_policy=True)
    validator = CertificateValidator(loaded(certificate), validation_context=prepared, pkix_params=params)
    return asyncio.run(validator.async_validate_usage({"digital_signature"}))


@pytest.mark.parametrize("by", ["crl", "ocsp"])
@pytest.mark.parametrize(("kind", "policy"), [("derived_authentication", "40"), ("piv_authentication", "13")])
def test_pyhanko_accepts_and_sees_revocation(pki, status, clock, subscribers, by, kind, policy):
    certificate = subscribers.all[kind]
    authority = status.authority_of(certificate)
    validate(certificate, context(pki, status, clock, certificate, authority, by), policy)
    with pytest.raises(PathValidationError, match="policies"):
        validate(certificate, context(pki, status, clock, certificate, authority, by), "16")
    status.revoke(certificate)
    with pytest.raises(RevokedError):
        validate(certificate, context(pki, status, clock, certificate, authority, by), policy)


def test_pyhanko_finds_no_path_to_the_impostor(pki, status, clock, subscribers):
    impostor = pki.foreign_authority.certificate
    prepared = context(pki, status, clock, impostor, pki.intermediate, "crl")
    with pytest.raises((PathBuildingError, PathValidationError)):
        validate(impostor, prepared, "13")
