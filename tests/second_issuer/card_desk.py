"""How the badge office judges a PIV Authentication certificate: chain, dates, policy, CRL; in codes of its own."""

from dataclasses import dataclass
from datetime import datetime

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature

PIV_AUTHENTICATION = x509.ObjectIdentifier("2.16.840.1.101.3.2.1.3.13")


class NoAdmission(Exception):
    """The badge office says no; the text is its code."""


@dataclass
class CardDesk:
    """Trusts what it was told to trust, and fetches CRLs over a proxy. `flaw` is the one seeded flaw, or empty."""

    trusted: list[x509.Certificate]
    between: list[x509.Certificate]
    proxy: str
    flaw: str = ""

    def admit(self, certificate: x509.Certificate, now: datetime) -> None:
        """Raises NoAdmission."""
        chain = self._chain(certificate)
        for each in chain:
            if now < each.not_valid_before_utc:
                raise NoAdmission("C2-EARLY")
            if now > each.not_valid_after_utc:
                raise NoAdmission("C2-OVER")
        try:
            policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
        except x509.ExtensionNotFound:
            policies = []
        if PIV_AUTHENTICATION not in [each.policy_identifier for each in policies]:
            raise NoAdmission("C4-KIND")
        if self.flaw != "takes revoked cards":
            self._expect_not_revoked(certificate, chain[1])

    def _chain(self, certificate: x509.Certificate) -> list[x509.Certificate]:
        chain = [certificate]
        while chain[-1] not in self.trusted:
            above = [each for each in (*self.trusted, *self.between) if _signed(each, chain[-1])]
            if not above or len(chain) > 8:
                raise NoAdmission("C1-STRANGER")
            chain.append(above[0])
        return chain

    def _expect_not_revoked(self, certificate: x509.Certificate, issuer: x509.Certificate) -> None:
        [point, *_] = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        try:
            with httpx.Client(proxy=self.proxy, trust_env=False, timeout=5) as http:
                crl = x509.load_der_x509_crl(http.get(point.full_name[0].value).raise_for_status().content)
        except (httpx.HTTPError, ValueError):
            raise NoAdmission("C5-UNKNOWN") from None
        if not crl.is_signature_valid(issuer.public_key()):
            raise NoAdmission("C5-UNKNOWN")
        if crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
            raise NoAdmission("C3-WITHDRAWN")


def _signed(authority: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
