"""What a card signed verifies under its certificate, which may be one that no library reads."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from timelines import AT, facts

from dpc_conformance.checks.flow.card_keys import authentication_key_matches
from dpc_conformance.evidence.records import CardKeyUsed
from dpc_conformance.faults.certificates.encoding import context, integer
from dpc_conformance.faults.certificates.material import good, with_key
from dpc_conformance.faults.certificates.signers import ec_key, spki

KEY = ec_key("a card")
DIGEST = bytes(range(32))
SIGNATURE = KEY.sign(DIGEST, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
TEMPLATE = with_key(good(), spki(KEY))


@pytest.mark.parametrize(
    ("certificate", "holds"),
    [
        (TEMPLATE.signed(), True),
        (good().signed(), False),
        (replace(TEMPLATE, version=context(0, integer(3))).signed(), False),
        (b"\x30\x00", False),
    ],
)
def test_authentication_key_fits_its_certificate(certificate, holds):
    use = CardKeyUsed(AT, 0x9A, True, certificate, DIGEST, SIGNATURE, 0x9000)
    assert (authentication_key_matches(facts([use])) is None) is holds
