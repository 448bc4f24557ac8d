"""The certificates and CRLs of the test PKI, one function for each worksheet of the Common Policy's profiles v2.2.

Each returns a complete builder for `Authority.sign`; `now` is the moment of issue, `no_later_than` the card's expiry.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import oids
from dpc_conformance.reference.pki import extensions, naming
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.keys import PublicKey
from dpc_conformance.reference.pki.profile import Profile

SIGNS = ("digital_signature",)

PIV_AUTHENTICATION = Profile(SIGNS, (oids.CLIENT_AUTH, oids.SMARTCARD_LOGON))
CARD_AUTHENTICATION = Profile(SIGNS, (oids.PIV_CARD_AUTH,), purposes_critical=True)
SIGNATURE = Profile(("digital_signature", "content_commitment"), (oids.EMAIL_PROTECTION,))
KEY_MANAGEMENT = Profile(("key_encipherment",), (oids.EMAIL_PROTECTION,), key_usages_ec=("key_agreement",))
DERIVED_AUTHENTICATION = Profile(SIGNS, (oids.CLIENT_AUTH, oids.SMARTCARD_LOGON))
CONTENT_SIGNING = Profile(SIGNS, (oids.PIV_CONTENT_SIGNING,), purposes_critical=True, lifetime=timedelta(days=9 * 365))
OCSP_RESPONDER = Profile(
    SIGNS,
    (oids.OCSP_SIGNING,),
    purposes_critical=True,
    lifetime=timedelta(days=120),
    status_services=False,
    more=((x509.OCSPNoCheck(), False), (x509.BasicConstraints(ca=False, path_length=None), False)),
)


def piv_authentication(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    uuid: UUID,
    fasc_n: bytes,
    now: datetime,
    entropy: Entropy,
    policy: str = oids.COMMON_AUTHENTICATION,
    upn: str | None = None,
    no_later_than: datetime | None = None,
) -> x509.CertificateBuilder:
    """Worksheet 6: key 9A of a PIV Card, with its FASC-N (25 bytes) and Card UUID."""
    names = [extensions.fasc_n_name(fasc_n), extensions.uuid_name(uuid)]
    names += [extensions.upn_name(upn)] if upn else []
    profile = replace(PIV_AUTHENTICATION, policies=(policy,))
    return profile.builder(authority, subject, public_key, names, now, entropy, no_later_than)


def card_authentication(
    authority: Authority,
    public_key: PublicKey,
    uuid: UUID,
    fasc_n: bytes,
    now: datetime,
    entropy: Entropy,
    policy: str = oids.COMMON_CARD_AUTH,
    no_later_than: datetime | None = None,
) -> x509.CertificateBuilder:
    """Worksheet 7: key 9E of a PIV Card; the subject is the Card UUID, never a person."""
    subject = naming.directory_name(SERIAL_NUMBER=str(uuid))
    names = [extensions.fasc_n_name(fasc_n), extensions.uuid_name(uuid)]
    profile = replace(CARD_AUTHENTICATION, policies=(policy,))
    return profile.builder(authority, subject, public_key, names, now, entropy, no_later_than)


def piv_signature(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    mail: str,
    now: datetime,
    entropy: Entropy,
    policy: str = oids.COMMON_HARDWARE,
    no_later_than: datetime | None = None,
) -> x509.CertificateBuilder:
    """Worksheet 8: key 9C of a PIV Card."""
    profile = replace(SIGNATURE, policies=(policy,))
    return profile.builder(authority, subject, public_key, [x509.RFC822Name(mail)], now, entropy, no_later_than)


def piv_key_management(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    mail: str,
    now: datetime,
    entropy: Entropy,
    policy: str = oids.COMMON_HARDWARE,
    no_later_than: datetime | None = None,
) -> x509.CertificateBuilder:
    """Worksheet 9: key 9D of a PIV Card; the key usage follows the kind of key."""
    profile = replace(KEY_MANAGEMENT, policies=(policy,))
    return profile.builder(authority, subject, public_key, [x509.RFC822Name(mail)], now, entropy, no_later_than)


def derived_authentication(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    uuid: UUID,
    now: datetime,
    entropy: Entropy,
    policy: str = oids.DERIVED_PIV_AUTH,
    upn: str | None = None,
    kind: Profile = DERIVED_AUTHENTICATION,
) -> x509.CertificateBuilder:
    """Worksheet 10: the derived PIV authentication certificate; `uuid` must be its own, not that of the card."""
    names = [extensions.uuid_name(uuid)] + ([extensions.upn_name(upn)] if upn else [])
    profile = replace(kind, policies=(policy,))
    return profile.builder(authority, subject, public_key, names, now, entropy)


def derived_signature(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    mail: str,
    now: datetime,
    entropy: Entropy,
    policy: str = oids.COMMON_POLICY,
) -> x509.CertificateBuilder:
    """Worksheet 8 for a mobile device: a software key, so the software policy."""
    return piv_signature(authority, subject, public_key, mail, now, entropy, policy)


def derived_key_management(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    mail: str,
    now: datetime,
    entropy: Entropy,
    policy: str = oids.COMMON_POLICY,
) -> x509.CertificateBuilder:
    """Worksheet 9 for a mobile device: a software key, so the software policy."""
    return piv_key_management(authority, subject, public_key, mail, now, entropy, policy)


def content_signing(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    now: datetime,
    entropy: Entropy,
    no_later_than: datetime | None = None,
) -> x509.CertificateBuilder:
    """Worksheet 5: signs CHUID, biometrics and Security Object; outlives the certificates on the cards."""
    profile = replace(CONTENT_SIGNING, policies=(oids.COMMON_PIV_CONTENT_SIGNING,))
    return profile.builder(authority, subject, public_key, [], now, entropy, no_later_than)


def ocsp_responder(
    authority: Authority,
    subject: x509.Name,
    public_key: PublicKey,
    policies: tuple[str, ...],
    now: datetime,
    entropy: Entropy,
) -> x509.CertificateBuilder:
    """Worksheet 13: a delegated responder, at most 120 days, for all `policies` that it answers for."""
    profile = replace(OCSP_RESPONDER, policies=policies)
    return profile.builder(authority, subject, public_key, [], now, entropy)


def crl(
    authority: Authority,
    number: int,
    this_update: datetime,
    next_update: datetime,
    revoked: tuple[x509.RevokedCertificate, ...],
) -> x509.CertificateRevocationListBuilder:
    """Worksheet 14: a full version 2 CRL with its number and the authority's key identifier."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.subject)
        .last_update(this_update)
        .next_update(next_update)
        .add_extension(extensions.authority_key(authority.certificate), critical=False)
        .add_extension(x509.CRLNumber(number), critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(entry)
    return builder
