"""PKI-AUTH with PIV Cards that nobody in this project made (GSA ICAM test cards), at 2020-06-01."""

import tomllib
from datetime import UTC, datetime

import pytest
from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.status_source import CrlFolder

SIGN_IN_ONLY_AT_TLS = "challenge-response"


@pytest.fixture(scope="session")
def judge(icam_cards):
    authorities = [x509.load_pem_x509_certificate(path.read_bytes()) for path in (icam_cards / "CA").glob("*.crt")]
    authorities = [certificate for certificate in authorities if is_authority(certificate)]
    roots = [certificate for certificate in authorities if "Root" in certificate.subject.rfc4514_string()]
    others = [certificate for certificate in authorities if certificate not in roots]
    clock = RunClock(datetime(2020, 6, 1, tzinfo=UTC))
    return PathJudge(roots, others, frozenset({oids.TEST_AUTHENTICATION}), CrlFolder(icam_cards / "crls"), clock)


def is_authority(certificate):
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def piv_authentication(folder):
    return x509.load_pem_x509_certificate(sorted(folder.glob("3 - *.crt"))[0].read_bytes())


def test_every_card_ends_as_its_manifest_says(icam_cards, judge):
    manifest = tomllib.loads((icam_cards / "manifest.toml").read_text())["cards"]
    expected = {
        name: "" if card["signin"] or card["reason"] == SIGN_IN_ONLY_AT_TLS else card["reason"]
        for name, card in manifest.items()
    }
    outcomes = {name: judge.judge(piv_authentication(icam_cards / name)) for name in manifest}
    assert {name: outcome.reason.value if outcome else "" for name, outcome in outcomes.items()} == expected


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ("46_Golden_FIPS_201-2_PIV", None),
        ("02_Golden_PIV-I", "policy"),
        ("05_Tampered_Certificates", "certificate-signature"),
        ("10_Expired_Cert_Signer", "path-expired"),
        ("12_Certs_not_yet_valid", "not-yet-valid"),
        ("13_Certs_are_expired", "expired"),
    ],
)
def test_each_reason_by_name(icam_cards, judge, card, reason):
    outcome = judge.judge(piv_authentication(icam_cards / card))
    assert (outcome and outcome.reason.value) == reason


def test_without_crls_the_golden_card_is_refused(icam_cards, judge, tmp_path):
    blind = PathJudge(judge.anchors, judge.intermediates, judge.policies, CrlFolder(tmp_path), judge.clock)
    assert blind.judge(piv_authentication(icam_cards / "46_Golden_FIPS_201-2_PIV")).reason.value == "status-unavailable"
