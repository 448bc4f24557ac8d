"""What the certificate library raises for an object that it cannot read, which is not always a ValueError."""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""For `except` where a certificate, request or CRL of others is loaded, or its key or extensions are first read."""
