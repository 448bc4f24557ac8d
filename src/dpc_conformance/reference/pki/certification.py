"""Certificates of certification authorities (worksheets 1 to 3 of the Common Policy's profiles v2.2)."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.pki import extensions
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.keys import PrivateKey, signature_hash
from dpc_conformance.reference.pki.naming import Places
from dpc_conformance.reference.pki.profile import serial_number


@dataclass(frozen=True)
class AuthorityPlan:
    """An authority to be: `issues_authorities` tells whether other authorities stand below it."""

    name: str
    subject: x509.Name
    policies: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    issues_authorities: bool
    places: Places = Places()


def certify(plan: AuthorityPlan, key: PrivateKey, issuer: Authority | None, entropy: Entropy) -> Authority:
    """The authority of that plan, certified by `issuer`, or self-signed when there is none.

    Relying parties in the field need a CRL distribution point in CA certificates and policies in the root, although
    RFC 5280 asks for neither.
    """
    public_key = key.public_key()
    own_identifier = x509.SubjectKeyIdentifier.from_public_key(public_key)
    path_length = None if plan.issues_authorities else 0
    builder = (
        x509.CertificateBuilder()
        .serial_number(serial_number(entropy))
        .issuer_name(issuer.subject if issuer else plan.subject)
        .subject_name(plan.subject)
        .not_valid_before(plan.not_before)
        .not_valid_after(plan.not_after)
        .public_key(public_key)
        .add_extension(own_identifier, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(extensions.key_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(extensions.policies(*plan.policies), critical=False)
    )
    if plan.issues_authorities:
        builder = builder.add_extension(extensions.repository_access(plan.places, plan.name), critical=False)
    if issuer is None:
        return Authority(plan.name, builder.sign(key, signature_hash(key)), key, plan.places)
    builder = (
        builder.add_extension(extensions.authority_key(issuer.certificate), critical=False)
        .add_extension(extensions.crl_distribution(issuer), critical=False)
        .add_extension(extensions.information_access(issuer), critical=False)
    )
    return Authority(plan.name, issuer.sign(builder), key, plan.places)
