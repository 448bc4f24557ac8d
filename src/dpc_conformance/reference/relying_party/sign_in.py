"""Who comes with a certificate: the path is judged, then a directory knows the person or not."""

from collections.abc import Callable, Iterable

from asn1crypto import core
from cryptography import x509

from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

UPN = "1.3.6.1.4.1.311.20.2.3"
"""otherName with a user principal name in the subject alternative name."""


class CertificateSignIn:
    """Judges a handshake's chain (DER, the client's own first), whose possession TLS has proved."""

    def __init__(self, judge: CertificateJudge, find: Callable[[x509.Certificate], Person | None]) -> None:
        """`find` knows who holds a certificate that `judge` has accepted."""
        self._judge, self._find = judge, find

    def __call__(self, chain: list[bytes]) -> Person | Refusal:
        """The person, or why nobody is signed in."""
        if not chain:
            return Refusal(Reason.NO_CERTIFICATE, "the client sent no certificate")
        try:
            certificate, *others = [x509.load_der_x509_certificate(der) for der in chain]
            found = self._find(certificate)
        except UNREADABLE as error:
            return Refusal(Reason.PATH, f"the certificate cannot be read: {type(error).__name__}")
        refusal = self._judge.judge(certificate, others)
        if refusal is not None:
            return refusal
        return found or Refusal(Reason.UNKNOWN_ACCOUNT, "nobody has this work account")


class DerivedCredentialSignIn(CertificateSignIn):
    """Finds people by the work account's name in the certificate."""

    def __init__(self, judge: CertificateJudge, people: Callable[[], Iterable[Person]]) -> None:
        """`judge` accepts derived PIV authentication certificates only; `people` are those known to the application."""
        self._people = people
        super().__init__(judge, self._by_name)

    def _by_name(self, certificate: x509.Certificate) -> Person | None:
        known = {person.upn.casefold(): person for person in self._people()}
        return known.get(user_principal_name(certificate).casefold())


def user_principal_name(certificate: x509.Certificate) -> str:
    """The user principal name in the subject alternative name, empty without one. ValueError when malformed."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ""
    for name in names.get_values_for_type(x509.OtherName):
        if name.type_id.dotted_string == UPN:
            return str(core.UTF8String.load(name.value).native)
    return ""
