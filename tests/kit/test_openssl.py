"""openssl, which has nothing of ours but root and URLs, says of each card what the kit's table says."""

import re
import subprocess
from pathlib import Path

import httpx
import pytest
from cryptography import x509

from dpc_conformance.formats import oids

POLICY = ("-explicit_policy", "-policy", oids.COMMON_AUTHENTICATION)
BY_CERTIFICATE = {
    "revoked": "certificate revoked",
    "suspended": "certificate revoked",
    "expired": "certificate has expired",
    "not-yet-valid": "certificate is not yet valid",
    "unknown-ca": "certificate signature failure|unable to get (local )?issuer certificate",
    "broken-signature": "certificate signature failure",
    "wrong-policy": "no explicit policy",
    "piv-i": "no explicit policy",
    "no-status": "unable to get certificate CRL",
}
"""What openssl says of those whose PIV Authentication certificate is not good."""


def openssl(*words: object) -> str:
    ran = subprocess.run(
        ["openssl", *map(str, words)], capture_output=True, text=True, timeout=20, check=False
    )  # fmt: skip
    return ran.stdout + ran.stderr


def certificate_of(lab, kind: str) -> x509.Certificate:
    [path] = (lab.folder / "cards" / kind).glob("3 - *.crt")
    return x509.load_pem_x509_certificate(path.read_bytes())


@pytest.fixture(scope="session")
def roots_crl(lab, tmp_path_factory) -> Path:
    """That of the root, whose own certificate names none; openssl finds the others."""
    file = tmp_path_factory.mktemp("crls") / "root.crl"
    file.write_bytes(httpx.get(lab.kit.authorities[0].crl_url, trust_env=False).raise_for_status().content)
    return file


def verified(lab, roots_crl: Path, kind: str) -> str:
    authorities = [word for path in sorted((lab.folder / "authorities").glob("*.pem")) for word in ("-untrusted", path)]
    [card] = (lab.folder / "cards" / kind).glob("3 - *.crt")
    return openssl(
        "verify", "-no-CApath", "-CAfile", lab.folder / "roots" / "root.pem", *authorities,
        "-CRLfile", roots_crl, "-crl_download", "-crl_check_all", *POLICY, card,
    )  # fmt: skip


def asked(lab, kind: str, tmp_path: Path) -> str:
    certificate = certificate_of(lab, kind)
    access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    [url] = [each.access_location.value for each in access if each.access_method._name == "OCSP"]
    [card] = (lab.folder / "cards" / kind).glob("3 - *.crt")
    piv = lab.folder / "authorities" / "piv.pem"
    roots = ("-no-CApath", "-CAfile", lab.folder / "roots" / "root.pem")
    between = tmp_path / "between.pem"
    between.write_bytes(b"".join(path.read_bytes() for path in (lab.folder / "authorities").glob("*.pem")))
    return openssl("ocsp", *roots, "-verify_other", between, "-issuer", piv, "-cert", card, "-url", url, "-timeout", 9)


def test_every_card_is_what_the_table_says(lab, roots_crl) -> None:
    for kind in lab.kit.cards:
        said = verified(lab, roots_crl, kind)
        if kind in BY_CERTIFICATE:
            assert re.search(BY_CERTIFICATE[kind], said), (kind, said)
            assert ": OK" not in said, kind
        else:
            assert said.endswith(": OK\n"), (kind, said)
    refused = {each.kind for each in lab.kit.cards.values() if each.must_be == "refused"}
    assert {each for each in refused if lab.kit.cards[each].seen_in == "certificate"} == BY_CERTIFICATE.keys()


@pytest.mark.parametrize(("kind", "status"), [("good", "good"), ("revoked", "revoked"), ("suspended", "revoked")])
def test_the_responder_is_believed(lab, tmp_path, kind, status) -> None:
    said = asked(lab, kind, tmp_path)
    assert "Response verify OK" in said
    assert f"PIV_Auth.crt: {status}" in said
    assert ("Reason: certificateHold" in said) == (kind == "suspended")


def test_the_pkcs12_file_opens_with_the_pin(lab) -> None:
    for kind in ("good", "key-mismatch"):
        store = lab.folder / "cards" / kind / "sign-in.p12"
        said = openssl("pkcs12", "-in", store, "-passin", f"pass:{lab.kit.cards[kind].pin}", "-nodes")
        assert "BEGIN PRIVATE KEY" in said
        assert said.count("BEGIN CERTIFICATE") == 3  # the card's, the PIV CA's, the intermediate's
        assert "BEGIN PRIVATE KEY" not in openssl("pkcs12", "-in", store, "-passin", "pass:123", "-nodes")


def test_the_certificates_of_authorities_are_where_aia_says(lab, tmp_path) -> None:
    access = certificate_of(lab, "good").extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    [url] = [each.access_location.value for each in access if each.access_method._name == "caIssuers"]
    bundle = tmp_path / "piv.p7c"
    bundle.write_bytes(httpx.get(url, trust_env=False).raise_for_status().content)
    said = openssl("pkcs7", "-inform", "DER", "-in", bundle, "-print_certs", "-noout")
    assert re.search(r"subject=.*CN ?= ?Test Kit [0-9A-F]{6} PIV CA", said)
