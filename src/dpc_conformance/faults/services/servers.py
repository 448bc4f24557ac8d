"""Good status services and ones that misbehave, each as a client observes it."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.evidence.observations import Fetched, Observations, StatusChanged
from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import sequence, utc_time
from dpc_conformance.faults.certificates.material import (
    CA_NAME,
    NOT_AFTER,
    NOW,
    OCSP_URI,
    SERIAL,
    ca_template,
    distribution_point,
    good,
    root_template,
)
from dpc_conformance.faults.certificates.signers import ecdsa
from dpc_conformance.faults.mutants import SERVICE, golden, mutant
from dpc_conformance.faults.services.server import BEGIN, HOUR, Server, certs_only, listing
from dpc_conformance.faults.status.material import OcspTemplate
from dpc_conformance.formats import oids

GOOD = Server()
ASKED = BEGIN + 20 * HOUR
"""Four hours before the third CRL."""


def _revoked() -> StatusChanged:
    return StatusChanged(ASKED, "revoke", SERIAL, NOT_AFTER)


@golden("service: nothing happens", kind=SERVICE)
def quiet() -> Observations:
    return GOOD.observed()


@golden("service: a revocation is on the next CRL and stays", kind=SERVICE)
def revokes() -> Observations:
    return replace(GOOD, entries=listing(SERIAL, ASKED)).observed(_revoked())


@golden("service: a revocation asked for an hour before a CRL is on the one after", kind=SERVICE)
def asked_late() -> Observations:
    late = StatusChanged(BEGIN + 23 * HOUR, "revoke", SERIAL, NOT_AFTER)
    return replace(GOOD, entries=listing(SERIAL, BEGIN + 30 * HOUR)).observed(late)


@golden("service: a hold comes and goes", kind=SERVICE)
def holds() -> Observations:
    entries = listing(SERIAL, ASKED, BEGIN + 30 * HOUR, 6)
    return replace(GOOD, entries=entries).observed(
        StatusChanged(ASKED, "hold", SERIAL), StatusChanged(BEGIN + 31 * HOUR, "restore", SERIAL)
    )


@golden("service: a hold that ends in a revocation before the next CRL", kind=SERVICE)
def held_and_revoked() -> Observations:
    hold = StatusChanged(ASKED - HOUR, "hold", SERIAL)
    return replace(GOOD, entries=listing(SERIAL, ASKED)).observed(hold, _revoked())


@golden("service: a hold that ends before the next CRL", kind=SERVICE)
def held_for_an_hour() -> Observations:
    return GOOD.observed(StatusChanged(ASKED - HOUR, "hold", SERIAL), StatusChanged(ASKED, "restore", SERIAL))


@golden("service: an empty file of issuers beside one that verifies", kind=SERVICE)
def single_certificate() -> Observations:
    file = Fetched(
        NOW, "certificates", "http://repo.dpc.example/ca.cer", 200, "application/pkix-cert", ca_template().signed()
    )
    return (*GOOD.observed(), file)


@golden("service: the CA's new key certified with the old one", kind=SERVICE)
def after_a_rekey() -> Observations:
    new_with_old = replace(ca_template(), signer=ecdsa("former"), issuer=CA_NAME).signed()
    return replace(GOOD, file=lambda: certs_only(ca_template().signed(), new_with_old)).observed()


@mutant("service: CRL as text/html", {"DPC-CRL-HTTP-01"}, kind=SERVICE)
def html() -> Observations:
    return replace(GOOD, crl_type="text/html").observed()


@mutant(
    "service: CRL in PEM",
    {"DPC-CRL-HTTP-01"},
    kind=SERVICE,
)
def pem() -> Observations:
    return replace(GOOD, wrap=lambda _: b"-----BEGIN X509 CRL-----\n").observed()


@mutant("service: CRL behind a redirection to https", {"DPC-CRL-HTTP-01", "DPC-REPO-01"}, kind=SERVICE)
def redirected() -> Observations:
    return replace(GOOD, status={"crl": 301}).observed()


@mutant("service: OCSP response as application/octet-stream", {"DPC-OCSP-HTTP-01"}, kind=SERVICE)
def octet_stream() -> Observations:
    return replace(GOOD, ocsp_type="application/octet-stream").observed()


@mutant("service: CRL after 30 seconds", {"DPC-CRL-AVAIL-01"}, kind=SERVICE)
def slow_crl() -> Observations:
    return replace(GOOD, took={"crl": timedelta(seconds=30)}).observed()


@mutant("service: OCSP response after 12 seconds", {"DPC-OCSP-AVAIL-01"}, kind=SERVICE)
def slow_ocsp() -> Observations:
    return replace(GOOD, took={"ocsp": timedelta(seconds=12)}).observed()


@mutant("service: the root among the issuer's certificates", {"DPC-AIA-HTTP-01"}, kind=SERVICE)
def with_root() -> Observations:
    return replace(GOOD, file=lambda: certs_only(ca_template().signed(), root_template().signed())).observed()


@mutant("service: issuer's certificates as application/x-pkcs7-certificates", {"DPC-AIA-HTTP-01"}, kind=SERVICE)
def old_media_type() -> Observations:
    return replace(GOOD, file_type="application/x-pkcs7-certificates").observed()


@mutant("service: issuer's certificates in PEM", {"DPC-AIA-HTTP-01"}, kind=SERVICE)
def pem_file() -> Observations:
    return replace(GOOD, file=lambda: b"-----BEGIN PKCS7-----\n").observed()


@mutant("service: two certificates in a .cer file", {"DPC-AIA-HTTP-01"}, kind=SERVICE)
def two_in_a_file() -> Observations:
    both = ca_template().signed() + ca_template(ecdsa("former")).signed()
    file = Fetched(NOW, "certificates", "http://repo.dpc.example/ca.cer", 200, "application/pkix-cert", both)
    return (*GOOD.observed(), file)


@mutant("service: an expired certificate of the issuer", {"DPC-AIA-HTTP-01"}, kind=SERVICE)
def expired_issuer() -> Observations:
    expired = replace(ca_template(), not_after=utc_time(NOW - timedelta(days=1))).signed()
    return replace(GOOD, file=lambda: certs_only(ca_template().signed(), expired)).observed()


@mutant("service: only the certificate of the CA's former key", {"DPC-AIA-HTTP-02"}, kind=SERVICE)
def former_key() -> Observations:
    return replace(GOOD, file=lambda: certs_only(ca_template(ecdsa("former")).signed())).observed()


@mutant("service: repository that asks for a password", {"DPC-REPO-01"}, kind=SERVICE)
def closed() -> Observations:
    return replace(GOOD, status={"certificates": 401}).observed()


def _found_by_ldap_only() -> dict[str, object]:
    ldap = names.uri("ldap://dir.dpc.example/cn=ca")
    template = good().with_value(oids.CRL_DISTRIBUTION_POINTS, sequence(distribution_point(ldap)))
    return {"certificate": template.without(oids.AUTHORITY_INFORMATION_ACCESS).signed()}


@mutant("service: repository that is a directory only", {"DPC-REPO-01"}, _found_by_ldap_only, kind=SERVICE)
def directory_only() -> Observations:
    return GOOD.observed()


@mutant("service: repository that only the agency resolves", {"DPC-REPO-01"}, kind=SERVICE)
def internal() -> Observations:
    return replace(GOOD, status={"certificates": 0}).observed()


@mutant("service: a CRL each day", {"DPC-CRL-TIME-02"}, kind=SERVICE)
def daily() -> Observations:
    return replace(GOOD, every=24 * HOUR).observed()


@mutant("service: CRLs for seven days", {"DPC-CRL-TIME-02"}, kind=SERVICE)
def seven_days() -> Observations:
    return replace(GOOD, lasts=timedelta(days=7)).observed()


@mutant("service: CRLs published six hours after they are made", {"DPC-CRL-TIME-03"}, kind=SERVICE)
def published_late() -> Observations:
    return replace(GOOD, publishes=6 * HOUR).observed()


@mutant("service: CRLs that lapse before the next", {"DPC-CRL-TIME-03"}, kind=SERVICE)
def lapsed() -> Observations:
    return replace(GOOD, lasts=10 * HOUR).observed()


@mutant("service: a revocation two CRLs late", {"DPC-LC-REVTIME-01"}, kind=SERVICE)
def revokes_late() -> Observations:
    return replace(GOOD, entries=listing(SERIAL, BEGIN + 40 * HOUR)).observed(_revoked())


@mutant("service: a revoked certificate drops off the CRL", {"DPC-LC-REVLIST-01"}, kind=SERVICE)
def drops_off() -> Observations:
    return replace(GOOD, entries=listing(SERIAL, ASKED, BEGIN + 30 * HOUR)).observed(_revoked())


@mutant("service: OCSP says good of what the CRL lists", {"DPC-LC-REVLIST-01"}, kind=SERVICE)
def ocsp_says_good() -> Observations:
    response = OcspTemplate(produced_at=NOW, this_update=NOW).signed()
    late = Fetched(NOW, "ocsp", OCSP_URI, 200, "application/ocsp-response", response)
    return (*replace(GOOD, entries=listing(SERIAL, ASKED)).observed(_revoked()), late)


@mutant("service: a hold without its reason", {"DPC-LC-SUSP-01"}, kind=SERVICE)
def hold_without_reason() -> Observations:
    entries = listing(SERIAL, ASKED, code=None)
    return replace(GOOD, entries=entries).observed(StatusChanged(ASKED, "hold", SERIAL))


@mutant("service: removeFromCRL in a full CRL", {"DPC-LC-SUSP-01"}, kind=SERVICE)
def remove_from_crl() -> Observations:
    entries = listing(SERIAL, BEGIN + 36 * HOUR, code=8)
    return replace(GOOD, entries=entries).observed(StatusChanged(BEGIN + 34 * HOUR, "restore", SERIAL))


@mutant("service: a restored certificate stays on the CRL", {"DPC-LC-SUSP-01"}, kind=SERVICE)
def never_restored() -> Observations:
    return replace(GOOD, entries=listing(SERIAL, ASKED, code=6)).observed(
        StatusChanged(ASKED, "hold", SERIAL), StatusChanged(BEGIN + 31 * HOUR, "restore", SERIAL)
    )
