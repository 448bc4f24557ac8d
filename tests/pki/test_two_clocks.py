"""Nothing of the PKI under test takes its time from the machine; only the TLS certificates do."""

from datetime import UTC, datetime

import time_machine
from asn1crypto import ocsp
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPRequestBuilder

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.status import StatusService

RUN_START = datetime(2020, 2, 29, tzinfo=UTC)


def test_the_machine_may_live_in_another_decade(pool):
    with time_machine.travel(datetime(2035, 5, 17, tzinfo=UTC)):
        pki = TestPki(RUN_START, machine_now(), SeededEntropy("clocks"), pool.scenario())
        status = StatusService(pki, RunClock(RUN_START), SeededEntropy("status"))
        status.revoke(pki.piv_authority.certificate)
        crls = [x509.load_der_x509_crl(status.crls.crl(authority, RUN_START)) for authority in pki.authorities]
        request = OCSPRequestBuilder().add_certificate(
            pki.piv_authority.certificate, pki.intermediate.certificate, SHA1()
        )
        answer = status.ocsp.answer(request.build().public_bytes(Encoding.DER), RUN_START)
        [server] = x509.load_pem_x509_certificates(pki.tls_identity("idp.dpc.example").chain_pem)
    certificates = [authority.certificate for authority in pki.authorities] + [pki.content_signer.certificate]
    moments = [made.not_valid_before_utc for made in certificates] + [made.last_update_utc for made in crls]
    data = ocsp.OCSPResponse.load(answer).response_data
    moments += [data["produced_at"].native, data["responses"][0]["this_update"].native]
    assert max(moments) == RUN_START
    assert (server.not_valid_before_utc.year, server.not_valid_after_utc.year) == (2015, 2055)
