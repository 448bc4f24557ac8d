"""The view of a certificate held against asn1crypto, over every golden."""

import pytest
from asn1crypto import x509

from dpc_conformance.faults.mutants import CERTIFICATE, goldens
from dpc_conformance.formats.certificate import read_certificate

GOLDENS = {golden.description: golden for golden in goldens(CERTIFICATE)}


@pytest.mark.parametrize("description", sorted(GOLDENS))
def test_the_view_says_what_asn1crypto_says(description):
    der = GOLDENS[description].make()
    view, other = read_certificate(der), x509.Certificate.load(der)
    tbs = other["tbs_certificate"]
    assert view.version == int(tbs["version"])
    assert view.serial == other.serial_number
    assert (view.issuer.der, view.subject.der) == (other.issuer.dump(), other.subject.dump())
    assert (view.not_before.moment, view.not_after.moment) == (other.not_valid_before, other.not_valid_after)
    assert view.public_key.der == other.public_key.dump()
    assert view.outer_algorithm.der == other["signature_algorithm"].dump()
    assert view.tbs == tbs.dump()
    assert view.signature == other.signature
    theirs = [
        (each["extn_id"].dotted, each["critical"].native, each["extn_value"].contents) for each in tbs["extensions"]
    ]
    assert [(each.oid, each.critical, each.value) for each in view.extensions] == theirs
    assert set(view.uris) == {name.native for name in other.subject_alt_name_value or () if name.name == URI}


URI = "uniform_resource_identifier"
