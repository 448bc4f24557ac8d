"""Good OCSP responses and mutants of them."""

from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA1

from dpc_conformance.faults.certificates.encoding import (
    context,
    generalized_time,
    integer,
    null,
    octets,
    oid,
    sequence,
    tlv,
)
from dpc_conformance.faults.certificates.material import (
    CA,
    CA_NAME,
    NOW,
    P384_CA,
    ROOT,
    ROOT_NAME,
    SERIAL,
    ca_template,
    crl,
    good,
)
from dpc_conformance.faults.certificates.signers import ecdsa, rsa_pkcs1, rsa_pss
from dpc_conformance.faults.certificates.template import ExtensionParts
from dpc_conformance.faults.mutants import OCSP_RESPONSE, golden, mutant
from dpc_conformance.faults.status.material import (
    CRITICAL,
    MADE,
    RESPONDER,
    REVOKED_STATUS,
    CrlTemplate,
    OcspTemplate,
    cert_id,
    entry,
    reason,
    responder_template,
)
from dpc_conformance.formats import oids

GOOD = OcspTemplate()


@golden("response: good", kind=OCSP_RESPONSE)
def says_good() -> bytes:
    return GOOD.signed()


@golden(
    "response: revoked, as the CRL says",
    lambda: {"crl": crl(ecdsa("ca"), CA_NAME, SERIAL)},
    kind=OCSP_RESPONSE,
)
def says_revoked() -> bytes:
    return replace(GOOD, status=REVOKED_STATUS).signed()


@golden("response: revoked since the CRL was made", kind=OCSP_RESPONSE)
def revoked_since() -> bytes:
    since = context(1, generalized_time(MADE + timedelta(hours=1)))
    return replace(GOOD, status=since, produced_at=NOW, this_update=NOW).signed()


@golden(
    "response: good, from before a revocation that the CRL lists",
    lambda: {"crl": crl(ecdsa("ca"), CA_NAME, SERIAL)},
    kind=OCSP_RESPONSE,
)
def not_yet_revoked() -> bytes:
    return replace(GOOD, this_update=MADE - timedelta(hours=1)).signed()


def _held() -> dict[str, object]:
    return {"crl": replace(CrlTemplate(), entries=sequence(entry(SERIAL, reason(6)))).signed()}


@golden("response: good, after a hold that the CRL before shows", _held, kind=OCSP_RESPONSE)
def restored_since() -> bytes:
    return replace(GOOD, produced_at=NOW, this_update=NOW).signed()


@golden("response: with SHA-256 as asked, and a nonce", kind=OCSP_RESPONSE, requested_hash=oids.SHA256)
def sha256() -> bytes:
    nonce = ExtensionParts(oids.OCSP_NONCE, octets(bytes(16)))
    return replace(GOOD, cert_id=cert_id(SERIAL, oids.SHA256, "sha256"), extensions=(nonce,)).signed()


@golden("response: signed by the CA itself", kind=OCSP_RESPONSE)
def signed_by_the_ca() -> bytes:
    return replace(GOOD, signer=CA, certificates=()).signed()


@mutant("response: unauthorized", {"DPC-OCSP-PRESENT-01"}, kind=OCSP_RESPONSE)
def unauthorized() -> bytes:
    return sequence(tlv(0x0A, b"\x06"))


@mutant("response: about another certificate", {"DPC-OCSP-PRESENT-01"}, kind=OCSP_RESPONSE)
def about_another() -> bytes:
    return replace(GOOD, cert_id=cert_id(0x1234)).signed()


@mutant("response: critical extension", {"DPC-OCSP-VER-01"}, kind=OCSP_RESPONSE)
def critical_extension() -> bytes:
    private = ExtensionParts("1.3.6.1.4.1.99999.1", octets(b"private"), CRITICAL)
    return replace(GOOD, extensions=(private,)).signed()


@mutant("response: version 2", {"DPC-OCSP-VER-01"}, kind=OCSP_RESPONSE)
def version_2() -> bytes:
    return replace(GOOD, version=context(0, integer(1))).signed()


@mutant(
    "response: SHA-1 where SHA-256 was asked", {"DPC-OCSP-CERTID-01"}, kind=OCSP_RESPONSE, requested_hash=oids.SHA256
)
def sha1_instead() -> bytes:
    return GOOD.signed()


@mutant("response: hash of another CA", {"DPC-OCSP-CERTID-01"}, kind=OCSP_RESPONSE)
def another_ca() -> bytes:
    return replace(GOOD, cert_id=cert_id(issuer=ROOT_NAME)).signed()


@mutant(
    "response: hash of another CA, whatever was asked", {"DPC-OCSP-CERTID-01"}, kind=OCSP_RESPONSE, requested_hash=None
)
def another_ca_unasked() -> bytes:
    return replace(GOOD, cert_id=cert_id(issuer=ROOT_NAME)).signed()


@mutant("response: signed with SHA-1", {"DPC-OCSP-SIG-01", "DPC-CRL-STRENGTH-01"}, kind=OCSP_RESPONSE)
def signed_with_sha1() -> bytes:
    algorithm = sequence(oid(oids.RSA_WITH_SHA1), null())
    return replace(GOOD, signer=replace(RESPONDER, algorithm=algorithm)).signed()


def _of_an_rsa_ca() -> dict[str, object]:
    return {"issuer": ca_template(rsa_pkcs1()).signed()}


@mutant(
    "response: signed with RSASSA-PSS and SHA-1",
    {"DPC-OCSP-SIG-01", "DPC-CRL-STRENGTH-01"},
    _of_an_rsa_ca,
    kind=OCSP_RESPONSE,
)
def pss_with_sha1() -> bytes:
    return replace(GOOD, cert_id=cert_id(ca=rsa_pkcs1()), signer=rsa_pss(SHA1, oids.SHA1, 20)).signed()


@mutant("response: signature of another key", {"DPC-OCSP-SIG-01"}, kind=OCSP_RESPONSE)
def another_key() -> bytes:
    return replace(GOOD, signer=replace(RESPONDER, sign=ecdsa("impostor").sign)).signed()


@mutant("response: signed with a derived certificate", {"DPC-OCSP-CERT-02"}, kind=OCSP_RESPONSE)
def signed_by_a_subscriber() -> bytes:
    ordinary = replace(good(), public_key=RESPONDER.public_key).signed()
    return replace(GOOD, certificates=(ordinary,)).signed()


@mutant("response: signed by a responder of another CA", {"DPC-OCSP-CERT-06"}, kind=OCSP_RESPONSE)
def signed_for_another_ca() -> bytes:
    foreign = replace(responder_template(), signer=ROOT, issuer=ROOT_NAME).signed()
    return replace(GOOD, certificates=(foreign,)).signed()


@mutant("response: signed by a responder that certified itself", {"DPC-OCSP-CERT-06"}, kind=OCSP_RESPONSE)
def signed_by_an_impostor() -> bytes:
    return replace(GOOD, certificates=(replace(responder_template(), signer=RESPONDER).signed(),)).signed()


@mutant("response: five days old", {"DPC-OCSP-FRESH-01"}, kind=OCSP_RESPONSE)
def stale() -> bytes:
    begin = NOW - timedelta(days=5)
    return replace(GOOD, this_update=begin, next_update=begin + timedelta(hours=36)).signed()


@mutant("response: without nextUpdate", {"DPC-OCSP-FRESH-01"}, kind=OCSP_RESPONSE)
def no_next_update() -> bytes:
    return replace(GOOD, next_update=None).signed()


@mutant("response: for nine days", {"DPC-OCSP-FRESH-01"}, kind=OCSP_RESPONSE)
def for_nine_days() -> bytes:
    return replace(GOOD, next_update=MADE + timedelta(days=9)).signed()


@mutant("response: from the future", {"DPC-OCSP-FRESH-01"}, kind=OCSP_RESPONSE)
def from_the_future() -> bytes:
    return replace(GOOD, produced_at=NOW + timedelta(minutes=4)).signed()


@mutant("response: about the day after tomorrow", {"DPC-OCSP-FRESH-01"}, kind=OCSP_RESPONSE)
def about_the_future() -> bytes:
    return replace(GOOD, this_update=NOW + timedelta(days=2), next_update=NOW + timedelta(days=3)).signed()


@mutant("response: lapsed a second ago", {"DPC-OCSP-FRESH-01"}, kind=OCSP_RESPONSE)
def lapsed() -> bytes:
    return replace(GOOD, next_update=NOW - timedelta(seconds=1)).signed()


@mutant(
    "response: P-256 for a certificate of a P-384 CA",
    {"DPC-CRL-STRENGTH-01"},
    lambda: {"issuer": ca_template(P384_CA).signed(), "certificate": good(P384_CA).signed()},
    kind=OCSP_RESPONSE,
)
def weaker_than_the_certificate() -> bytes:
    return replace(GOOD, cert_id=cert_id(ca=P384_CA)).signed()


@mutant(
    "response: good, although the CRL lists the certificate",
    {"DPC-OCSP-REVOKED-01"},
    lambda: {"crl": crl(ecdsa("ca"), CA_NAME, SERIAL)},
    kind=OCSP_RESPONSE,
)
def contradicts_the_crl() -> bytes:
    return GOOD.signed()
