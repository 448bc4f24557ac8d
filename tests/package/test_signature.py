"""The signature of a package: by RSA and EC, from PEM and PKCS#12; who is trusted, and what a forger cannot do."""

import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from people import (
    PASSWORD,
    START,
    Party,
    authority,
    cardholder,
    made,
    rsa_signer,
    signer,
    usage,
)

from dpc_conformance.reporting.package.manifest import MANIFEST, SIGNATURE, manifest_of
from dpc_conformance.reporting.package.signing import (
    NeedsPassword,
    NotASigner,
    Signer,
    signer_from_files,
    signer_from_pkcs12,
)
from dpc_conformance.reporting.package.verify import Verified, verify
from dpc_conformance.reporting.package.zip_writer import pack, zip_bytes

MOMENT = datetime(2026, 6, 1, tzinfo=UTC)


def by(party: Party, chain=()) -> Signer:
    return Signer(party.certificate, party.key, tuple(each.certificate for each in chain))


def package(signature: bytes | None, content: bytes = b"one") -> bytes:
    entry = pack("a.txt", content)
    signed = [pack(SIGNATURE, signature, compress=False)] if signature is not None else []
    return zip_bytes([pack(MANIFEST, manifest_of([entry]), compress=False), *signed, entry])


def signed_by(who: Signer, content: bytes = b"one") -> bytes:
    return package(who.sign(manifest_of([pack("a.txt", content)])), content)


def seen(data: bytes, *roots: Party, at: datetime = MOMENT) -> Verified:
    return verify(data, [each.der for each in roots], at)


@pytest.mark.parametrize("party", [signer, rsa_signer], ids=["EC", "RSA"])
def test_a_signature_holds_and_leads_to_a_trusted_root(party):
    found = seen(signed_by(by(party())), authority())
    assert found.problems == ()
    assert any(
        each.startswith(f"signed by CN={party().certificate.subject.rfc4514_string()[3:]}") for each in found.said
    )
    assert any("leads to a trusted root" in each for each in found.said)


def test_without_roots_it_is_said_that_nobody_looked_whose_certificate_it_is():
    found = seen(signed_by(by(signer())))
    assert found.problems == ()
    assert any("--trust names the roots" in each for each in found.said)


def test_a_package_without_a_signature_is_whole_and_vouched_for_by_nobody():
    found = seen(package(None))
    assert found.problems == ()
    assert any("nobody vouches for it" in each for each in found.said)
    assert any("nobody vouches for it" in each for each in seen(package(None), authority()).problems)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: package(by(signer()).sign(b"another manifest")), "the signature does not hold"),
        (lambda: package(by(signer()).sign(manifest_of([pack("a.txt", b"one")]))[:-1] + b"\x00"), "does not hold"),
        (lambda: package(b"\x30\x00"), "is no CMS SignedData"),
        (lambda: package(b""), "is no CMS SignedData"),
        (lambda: package(signer().der), "is no CMS SignedData"),
    ],
    ids=["of another manifest", "changed", "no CMS", "empty", "a certificate"],
)
def test_a_signature_that_is_not_over_this_manifest_is_found(data, sentence):
    assert any(sentence in each for each in seen(data()).problems)


def test_who_signs_anew_with_another_certificate_is_not_trusted():
    forger = made("Example Labs", made("Example Root", ca=True))
    found = seen(signed_by(by(forger)), authority())
    assert any("is not trusted on 2026-06-01" in each for each in found.problems)
    found = seen(signed_by(by(made("Example Labs"))), authority())
    assert any("is not trusted" in each for each in found.problems)


def test_intermediate_certificates_may_come_with_the_signature_or_with_the_roots():
    between = made("Example Issuing CA", authority(), ca=True)
    leaf = made("Labs", between)
    assert seen(signed_by(by(leaf, [between])), authority()).problems == ()
    assert seen(signed_by(by(leaf)), authority(), between).problems == ()
    assert seen(signed_by(by(leaf)), authority()).problems


def test_a_certificate_that_is_trusted_itself_is_enough():
    own = made("Labs by themselves")
    assert seen(signed_by(by(own)), own).problems == ()


def test_an_authority_that_is_no_root_vouches_for_nothing():
    between = made("Example Issuing CA", authority(), ca=True)
    assert any("is a root" in each for each in seen(signed_by(by(made("Labs", between))), between).problems)


def test_a_certificate_outside_its_dates_is_a_problem_at_that_moment_only():
    short = made("Labs", authority(), days=30)
    data = signed_by(by(short))
    assert seen(data, authority(), at=START.replace(day=10)).problems == ()
    assert any("not trusted on 2026-06-01" in each for each in seen(data, authority()).problems)


def test_a_certificate_that_is_not_for_signatures_is_a_problem():
    other = made("Labs", authority(), extensions=((usage(key_encipherment=True), True),))
    assert any("not for signatures" in each for each in seen(signed_by(by(other)), authority()).problems)
    assert seen(signed_by(by(cardholder())), authority()).problems == ()


def test_the_same_package_with_two_signatures_differs_in_nothing_else():
    one, two = signed_by(by(signer())), signed_by(by(rsa_signer()))
    manifests = [verify(each, (), MOMENT).read.content[MANIFEST] for each in (one, two)]
    assert manifests[0] == manifests[1]


def test_signers_from_files():
    party = signer()
    for certificate in (party.pem, party.pem + authority().pem, party.der):
        assert signer_from_files(certificate, party.key_pem(), None).certificate == party.certificate
    assert signer_from_files(party.pem + authority().pem, party.key_pem(PASSWORD), PASSWORD).chain
    assert signer_from_files(party.pem, party.key_pem(), PASSWORD).certificate == party.certificate
    assert signer_from_pkcs12(party.pkcs12(), PASSWORD).chain == (authority().certificate,)
    assert signer_from_pkcs12(party.pkcs12(None), None).certificate == party.certificate


@pytest.mark.parametrize(
    ("load", "error", "sentence"),
    [
        (lambda p: signer_from_files(p.pem, p.key_pem(PASSWORD), None), NeedsPassword, "locked"),
        (lambda p: signer_from_files(p.pem, p.key_pem(PASSWORD), b"wrong"), NotASigner, "that the password opens"),
        (lambda p: signer_from_files(p.pem, b"", None), NotASigner, "expected a private key"),
        (lambda p: signer_from_files(b"", p.key_pem(), None), NotASigner, "expected a certificate"),
        (lambda p: signer_from_files(authority().pem, p.key_pem(), None), NotASigner, "not that of the certificate"),
        (lambda p: signer_from_pkcs12(p.pkcs12(), None), NeedsPassword, "locked"),
        (lambda p: signer_from_pkcs12(p.pkcs12(), b"wrong"), NotASigner, "that the password opens"),
        (lambda _: signer_from_pkcs12(b"\x30\x00", None), NotASigner, "expected a PKCS#12"),
    ],
)
def test_who_cannot_sign_gets_a_sentence_without_a_secret(load, error, sentence):
    with pytest.raises(error, match=sentence) as raised:
        load(signer())
    assert PASSWORD.decode() not in str(raised.value)


def test_a_signer_does_not_show_its_key():
    assert "key=" not in repr(by(signer()))


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_openssl_verifies_the_signature(tmp_path):
    manifest = manifest_of([pack("a.txt", b"one")])
    (tmp_path / "manifest.json").write_bytes(manifest)
    (tmp_path / "signature.p7s").write_bytes(by(signer()).sign(manifest))
    (tmp_path / "root.pem").write_bytes(authority().pem)
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "signature.p7s", "-content", "manifest.json"]
    command += ["-CAfile", "root.pem", "-binary", "-purpose", "any", "-out", "verified"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "verified").read_bytes() == manifest
