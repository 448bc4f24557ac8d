"""The judge on certificates that were made without it: those of the reference's test PKI."""

import pytest
from reference_made import HOUR, PERSON, START, certificates, encoded, pki

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Finding
from dpc_conformance.checks.judgement import findings, judge_certificate
from dpc_conformance.checks.profiles.selection import profile_of
from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.reference.pki.status import StatusService


def judged(kind: str) -> dict[str, Finding]:
    certificate, issuer = certificates()[kind]
    der, status = encoded(certificate), StatusService(pki(), RunClock(START), SeededEntropy("status"))
    profile = profile_of(read_certificate(der))
    assert profile is not None
    assert profile.key == kind
    told = CertificateContext(
        moment=START + HOUR,
        issuer=encoded(issuer),
        person=PERSON,
        affiliate=False,
        card_certificate=encoded(certificates()["piv-authentication"][0]),
        key_in_hardware=False,
        trust_anchors=(encoded(pki().trust_anchor),),
        intermediates=tuple(encoded(one) for one in pki().intermediates()),
        crls=tuple(status.crls.crl(authority, START) for authority in pki().authorities),
        covered_certificates=(encoded(certificates()["derived-authentication"][0]),),
    )
    return findings(judge_certificate(der, told, profile))


@pytest.mark.parametrize(
    "kind",
    [
        "derived-authentication",
        "signature",
        "key-management",
        "content-signing",
        "ocsp-responder",
        "piv-authentication",
        "card-authentication",
    ],
)
def test_the_reference_makes_certificates_by_their_worksheets(kind: str) -> None:
    found = judged(kind)
    assert not found, [str(one) for one in found.values()]
