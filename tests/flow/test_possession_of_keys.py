"""Each request that was granted proves possession of its key: the first one, a repeated one, and that of a re-key."""

from base64 import b64encode
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from timelines import AT, DAY, facts

from dpc_conformance.checks.flow.possession import request_is_signed_by_the_certified_key
from dpc_conformance.evidence.records import CertificateInstalled, HttpExchange

KEY = ec.generate_private_key(ec.SECP256R1())
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Grace Goode")])
GOOD = x509.CertificateSigningRequestBuilder(NAME).sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER)
BAD = GOOD[:-1] + bytes([GOOD[-1] ^ 1])
CERTIFICATE = (
    x509.CertificateBuilder(NAME, NAME, KEY.public_key(), 1, AT, AT + DAY)
    .sign(KEY, hashes.SHA256())
    .public_bytes(Encoding.DER)
)


def granted(der, operation="simpleenroll", status=200):
    address = f"https://issuer.example/.well-known/est/{operation}"
    return HttpExchange(AT, "phone", "POST", address, status, None, {}, b64encode(der).decode())


@pytest.mark.parametrize(
    ("sent", "holds"),
    [
        ([granted(GOOD)], True),
        ([granted(GOOD, "simplereenroll")], True),
        ([granted(GOOD), granted(GOOD)], True),
        ([replace(granted(BAD), status=400), granted(GOOD)], True),
        ([granted(BAD)], False),
        ([granted(BAD), granted(GOOD)], False),
        ([granted(GOOD, status=202)], False),
        ([], False),
    ],
)
def test_what_was_granted_was_signed(sent, holds):
    known = facts([*sent, CertificateInstalled(AT, "authentication", CERTIFICATE, True)])
    assert (request_is_signed_by_the_certified_key(known) is None) is holds
