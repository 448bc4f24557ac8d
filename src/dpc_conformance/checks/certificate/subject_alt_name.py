"""Subject alternative names of derived certificates (profile worksheet row `subjectAltName`, RFC 4122)."""

import re
from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, DoesNotApply, missing, unexpected, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import der, oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.names import RFC822_NAME

WHERE: Final = "subjectAltName"
UUID_FORM: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS: Final = re.compile(rf"(?:{_ATOM}(?:\.{_ATOM})*|\"[\x20!#-\[\]-~]+\")@{_LABEL}(?:\.{_LABEL})*")
"""An addr-spec: no display name, no angle brackets, no scheme (RFC 5280 4.2.1.6, RFC 5321 4.1.2)."""
VERSIONS: Final = "145"
VARIANT: Final = "89ab"
NIL: Final = "00000000-0000-0000-0000-000000000000"


@check("DPC-CERT-SAN-01")
def carries_a_uuid(certificate: CertificateView) -> Answer:
    """The certificate carries a URI of the form urn:uuid."""
    if any(UUID_FORM.fullmatch(uuid) for uuid in certificate.uuids):
        return None
    names = [str(name) for name in certificate.alternative_names]
    return missing(WHERE, "URI urn:uuid: and 8-4-4-4-12 hexadecimal digits", names)


@check("DPC-CERT-SAN-04")
def uuid_is_valid(certificate: CertificateView) -> Answer:
    """The UUID is one of RFC 4122, of version 1, 4 or 5, and not nil."""
    for uuid in certificate.uuids:
        if UUID_FORM.fullmatch(uuid) and (uuid == NIL or uuid[14] not in VERSIONS or uuid[19] not in VARIANT):
            return unexpected(WHERE, "a UUID of variant 10x and version 1, 4 or 5", uuid)
    return None


@check("DPC-CERT-SAN-05")
def carries_no_fasc_n(certificate: CertificateView, context: CertificateContext) -> Answer:
    """No FASC-N is carried, least of all that of the card."""
    if not certificate.fasc_ns:
        return None
    if context.card_view and set(context.card_view.fasc_ns).intersection(certificate.fasc_ns):
        return unexpected(WHERE, "no FASC-N", f"that of the card: {certificate.fasc_ns[0].hex()}")
    return warning(WHERE, "no FASC-N", certificate.fasc_ns)


@check("DPC-CERT-SAN-06")
def carries_one_uuid(certificate: CertificateView) -> Answer:
    """No more than one urn:uuid URI is present."""
    uuids = certificate.uuids
    return unexpected(WHERE, "one urn:uuid URI", uuids) if len(uuids) > 1 else None


@check("DPC-CERT-SAN-07")
def upn_is_utf8(certificate: CertificateView) -> Answer:
    """A user principal name is allowed, as UTF8String."""
    upns = [name for name in certificate.alternative_names if name.type_oid == oids.MS_UPN]
    if not upns:
        return DoesNotApply("no user principal name")
    for upn in upns:
        if upn.string_tag != der.UTF8_STRING:
            return warning(f"{WHERE} UPN", "UTF8String", der.tag_name(upn.string_tag))
    return None


def _mail_has_an_address(certificate: CertificateView) -> Answer:
    if oids.EMAIL_PROTECTION not in certificate.extended_key_usage:
        return DoesNotApply("emailProtection is not asserted")
    for name in certificate.alternative_names:
        if name.kind == RFC822_NAME and ADDRESS.fullmatch(name.text or ""):
            return None
    return missing(WHERE, "rfc822Name local@domain", [str(name) for name in certificate.alternative_names])


@check("DPC-CERT-SAN-08")
def mail_purpose_has_an_address(certificate: CertificateView) -> Answer:
    """A certificate for e-mail protection carries an e-mail address."""
    return _mail_has_an_address(certificate)


@check("DPC-SIG-SAN-01")
def signature_for_mail_has_an_address(certificate: CertificateView) -> Answer:
    """A signature certificate for e-mail protection carries an e-mail address."""
    return _mail_has_an_address(certificate)


@check("DPC-KM-SAN-01")
def management_for_mail_has_an_address(certificate: CertificateView) -> Answer:
    """A key management certificate for e-mail protection carries an e-mail address."""
    return _mail_has_an_address(certificate)


@check("DPC-CERT-SAN-09")
def is_not_critical(certificate: CertificateView) -> Answer:
    """Subject alternative names are not critical, since the subject is there."""
    extension = certificate.by_oid.get(oids.SUBJECT_ALT_NAME)
    if not certificate.subject.rdns:
        return DoesNotApply("the subject is empty, which its own rule reports")
    return unexpected(f"{WHERE} critical", "FALSE", "TRUE") if extension and extension.critical else None
