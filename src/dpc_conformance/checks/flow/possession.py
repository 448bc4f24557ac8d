"""Proof of possession of the derived key: Common Policy CP §3.2.1, RFC 2986, RFC 7030 §3.4."""

from base64 import b64decode

from dpc_conformance.checks.finding import CannotTell, Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.checks.signature import verifies
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import CertificateInstalled, CertificateRequested, HttpExchange
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.request import RequestView, read_request

OPERATIONS = ("/simpleenroll", "/simplereenroll")
"""What ends the address of a request for a certificate, the first and a later one (RFC 7030 §4.2)."""


def _requests(facts: ScenarioFacts) -> list[RequestView]:
    """The certification requests that were answered with a certificate."""
    sent = [exchange for exchange in facts.of(HttpExchange) if exchange.url.endswith(OPERATIONS)]
    granted = [b64decode(exchange.request_body) for exchange in sent if exchange.status == 200]
    return [
        read_request(der)
        for der in (*granted, *(each.request for each in facts.of(CertificateRequested) if each.request))
    ]


@flow_check("DPC-ISS-POP-01")
def request_is_signed_by_the_certified_key(facts: ScenarioFacts) -> Finding | CannotTell | None:
    """Every key that the phone generated was certified on a request that this key signed."""
    requests = _requests(facts)
    generated = [record for record in facts.of(CertificateInstalled) if record.key_generated_on_device]
    if not generated:
        return unexpected("the phone", "a certificate for a key generated on it", "none")
    for record in generated:
        key = read_certificate(record.der).public_key
        own = [request for request in requests if request.public_key.der == key.der]
        if not own and any(each.public_key == key.der for each in facts.of(CertificateRequested)):
            return CannotTell("the request for the certified key held a secret, so that it was not kept")
        if not own:
            return unexpected("the enrolment", "a PKCS#10 request for the certified key", "none")
        for request in own:
            held = verifies(request.public_key, request.algorithm, request.tbs, request.signature, 0)
            if isinstance(held, CannotTell):
                return held
            if not held:
                return unexpected("the PKCS#10 request", "a signature by the requested key", "another signature")
    return None
