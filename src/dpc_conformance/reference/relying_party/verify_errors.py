"""OpenSSL's words for what is wrong with a certificate: every server here verifies with it and logs them."""

import re

from dpc_conformance.roles.reasons import Reason

REASONS = {
    "certificate has expired": Reason.EXPIRED,
    "certificate is not yet valid": Reason.NOT_YET_VALID,
    "certificate revoked": Reason.REVOKED,
    "CRL has expired": Reason.STATUS_UNAVAILABLE,
    "CRL is not yet valid": Reason.STATUS_UNAVAILABLE,
    "unable to get certificate CRL": Reason.STATUS_UNAVAILABLE,
    "unsuitable certificate purpose": Reason.PURPOSE,
    "unsupported certificate purpose": Reason.PURPOSE,
    "unhandled critical extension": Reason.CRITICAL_EXTENSION,
}
"""X509_verify_cert_error_string, OpenSSL 1.1 and 3; whatever else there is concerns the path."""
QUOTED = re.compile("|".join(map(re.escape, REASONS)))


def reason_of(words: str) -> Reason:
    """The reason for those words, or for a log line in which they stand."""
    found = QUOTED.search(words)
    return REASONS[found.group()] if found else Reason.PATH
