"""The subject of a content signing certificate, and what worksheet 5 has no row for."""

import re
from typing import Final

from dpc_conformance.checks.certificate.subject import names_like_a_person
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, missing, unexpected, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

NAMING: Final = (oids.ORGANIZATION, oids.ORGANIZATIONAL_UNIT, oids.DOMAIN_COMPONENT)
NO_ROW: Final = frozenset({oids.SUBJECT_ALT_NAME, oids.BASIC_CONSTRAINTS})
_SYSTEM: Final = re.compile(
    r"sign|content|issu|piv|cms|system|server|service|agency|department|office|bureau|authority|credential|card|\d",
    re.IGNORECASE,
)
"""Words that a person's name does not have: what names a system is not taken for a person."""


@check("DPC-CS-SUBJ-01")
def names_an_organisation(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The subject of a content signing certificate names the organisation that issues, and no person."""
    subject = certificate.subject
    if not any(subject.texts(kind) for kind in NAMING):
        return missing("subject", "the organisation that runs the issuance system", subject)
    for name in subject.texts(oids.COMMON_NAME):
        if context.person is not None and name.casefold().split() == context.person.casefold().split():
            return unexpected("subject CN", "no person", name)
        if names_like_a_person(name) and not _SYSTEM.search(name):
            return unexpected("subject CN", "the issuing organisation or its system", name)
    return None


@check("DPC-CS-COMMON-01")
def has_no_row_of_its_own(certificate: CertificateView) -> Answer:
    """A content signing certificate has neither alternative names nor basic constraints, which have no row."""
    strays = NO_ROW.intersection(certificate.by_oid)
    return warning("extensions", "no subjectAltName and no basicConstraints", strays) if strays else None
