"""Addresses in certificates that look like some and are none: nobody is asked, and whoever wanted to ask goes on."""

from datetime import UTC, datetime

import httpx
import pytest
from cryptography.x509 import load_der_x509_certificate

from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.fetching import fetched
from dpc_conformance.commands.inputs import Item
from dpc_conformance.commands.surroundings import Surroundings
from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import sequence
from dpc_conformance.faults.certificates.material import access, distribution_point, good
from dpc_conformance.formats import oids
from dpc_conformance.protocols.crl_download import download_crls
from dpc_conformance.protocols.ocsp_query import ask_responder
from dpc_conformance.reference.issuer.status_source import HttpStatus

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
ADDRESSES = (
    "http://ca.example:port/x",
    "http://ca..example/x",
    "http://xn--/x",
    "http://[/x",
    "http://ca.example/\x7f",
)


@pytest.fixture(params=ADDRESSES)
def address(request):
    return request.param


@pytest.fixture
def certificate(address):
    point = sequence(distribution_point(names.uri(address)))
    responder = access((oids.OCSP, names.uri(address)), (oids.CA_ISSUERS, names.uri(address)))
    changed = good().with_value(oids.CRL_DISTRIBUTION_POINTS, point)
    return changed.with_value(oids.AUTHORITY_INFORMATION_ACCESS, responder).signed()


@pytest.fixture
def http():
    return httpx.Client(trust_env=False)


def test_crl_is_left_out(certificate, http):
    assert download_crls(http, [certificate]) == ()


def test_responder_is_not_asked(certificate, http):
    assert ask_responder(http, certificate, certificate) is None


def test_status_cannot_be_found_out(certificate, http):
    chain = [load_der_x509_certificate(good().signed()), load_der_x509_certificate(certificate)]
    found = HttpStatus(http).status_of(chain)
    assert (found.crls, found.ocsps) == ([], [])


def test_check_fetches_nothing(certificate, http):
    found = fetched(Surroundings(NOW), [Item("derived.der", Kind.CERTIFICATE, certificate)], http)
    assert (found.authorities, found.crls) == ((), ())
