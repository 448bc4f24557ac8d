"""The repository of CA certificates and CRLs (profile sections 3 and 5)."""

from typing import Final

from dpc_conformance.checks.context import view_or_none
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected
from dpc_conformance.checks.registry import service_check
from dpc_conformance.checks.services.context import ServiceContext, answered, fetched, media_type
from dpc_conformance.checks.signature import verifies
from dpc_conformance.evidence.observations import Fetched, Observations
from dpc_conformance.formats import oids
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.names import URI
from dpc_conformance.formats.signed_data import SignedData

CMS_TYPE: Final = "application/pkcs7-mime"
CERTIFICATE_TYPE: Final = "application/pkix-cert"
NOTHING: Final = CannotTell("no file of the issuer's certificates was fetched")
SEQUENCE: Final = b"\x30"


def _is_single(one: Fetched) -> bool:
    return one.url.lower().endswith(".cer")


def _certificates(one: Fetched) -> tuple[CertificateView, ...] | Finding:
    """The certificates in an answer, or what is wrong with its form."""
    where = f"{one.url} body"
    if one.body[:1] != SEQUENCE:
        return unexpected(where, "DER", f"octets {one.body[:8].hex()}")
    raw: tuple[bytes, ...] = (one.body,)
    if _is_single(one):
        try:
            Tlv.from_bytes(one.body)
        except Malformed as error:
            return unexpected(where, "one certificate in DER", error)
    else:
        try:
            message = SignedData.from_bytes(one.body)
        except Malformed as error:
            return unexpected(where, "a certs-only SignedData in DER", error)
        if message.signers or message.content is not None:
            return unexpected(where, "neither signers nor content", "a message that is signed")
        raw = message.certificates
    views = [view_or_none(each) for each in raw]
    if None in views:
        return unexpected(where, "certificates in DER", "one that cannot be read")
    return tuple(view for view in views if view is not None)


def _is_self_signed(view: CertificateView) -> bool:
    """Whether its own key signed it; a CA's new key certified with the old one is issued to itself, not by itself."""
    unused = view.signature_unused_bits
    return (
        view.subject.der == view.issuer.der
        and verifies(view.public_key, view.outer_algorithm, view.tbs, view.signature, unused) is not False
    )


@service_check("DPC-AIA-HTTP-01")
def issuers_come_as_certs_only(observations: Observations, context: ServiceContext) -> Answer:
    """The issuer's certificates come as a certs-only CMS message: current ones of that CA, none self-signed."""
    files = answered(observations, "certificates")
    for one in files:
        expected = CERTIFICATE_TYPE if _is_single(one) else CMS_TYPE
        if media_type(one) != expected:
            return unexpected(f"{one.url} Content-Type", expected, one.media_type or "nothing")
        views = _certificates(one)
        if isinstance(views, Finding):
            return views
        for view in views:
            begin, end = view.not_before.moment, view.not_after.moment
            if _is_self_signed(view):
                return unexpected(one.url, "no self-signed certificate", view.subject)
            if context.certificate_view and view.subject.der != context.certificate_view.issuer.der:
                return unexpected(one.url, f"certificates of {context.certificate_view.issuer}", view.subject)
            if begin is None or end is None or not begin <= context.moment <= end:
                return unexpected(one.url, "current certificates", f"serial {view.serial}")
    return None if files else NOTHING


@service_check("DPC-AIA-HTTP-02")
def one_of_them_verifies(observations: Observations, context: ServiceContext) -> Answer:
    """One of the issuer's certificates has the subject, key identifier and key that the certificate was signed with."""
    certificate, files = context.certificate_view, answered(observations, "certificates")
    if certificate is None or not files:
        return NOTHING if certificate else CannotTell("no certificate was given that names the file")
    found = [views for views in map(_certificates, files) if not isinstance(views, Finding)]
    if not found:
        return CannotTell("the file cannot be read, which the rule on its form reports")
    key = certificate.authority_key_identifier
    for view in (view for views in found for view in views):
        if (
            view.subject.der != certificate.issuer.der
            or key is None
            or view.subject_key_identifier != key.key_identifier
        ):
            continue
        unused = certificate.signature_unused_bits
        if (
            verifies(view.public_key, certificate.outer_algorithm, certificate.tbs, certificate.signature, unused)
            is True
        ):
            return None
    return missing(
        files[0].url, "a certificate of the key that signed", [str(v.subject) for views in found for v in views]
    )


@service_check("DPC-REPO-01")
def is_open_to_everybody(observations: Observations, context: ServiceContext) -> Answer:
    """Whoever asks without credentials gets what the certificate names: CRLs and the issuer's certificates."""
    certificate = context.certificate_view
    if certificate is None:
        return CannotTell("no certificate was given that names the locations")
    points = [name for point in certificate.distribution_points for name in point.names]
    files = [one.location for one in certificate.authority_information_access if one.method == oids.CA_ISSUERS]
    named = [name.text or "" for name in (*points, *files) if name.kind == URI]
    known = {one.url: one for purpose in ("crl", "certificates") for one in fetched(observations, purpose)}
    plain = [url for url in named if url.lower().startswith("http://")]
    for url in plain:
        if url in known and known[url].status != 200:
            return unexpected(
                url, "HTTP 200 without credentials", f"HTTP {known[url].status}" if known[url].status else "no answer"
            )
    if not plain:
        return missing("locations in the certificate", "an http URI", named)
    unseen = [url for url in plain if url not in known]
    return CannotTell(f"{unseen[0]} was not fetched") if unseen else None
