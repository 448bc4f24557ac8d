"""What all tokens of a run share because it takes long to make: keys, certificates and what the issuer signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import Entropy, random_uuid
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.keys import PrivateKey
from dpc_conformance.reference.card.personalise import new_key
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool
from dpc_conformance.reference.token.off_card_history import off_card_key_history, url_of
from dpc_conformance.roles.people import Person

HOLDER = Person("terry.token", "Terry", "Token", upn="terry.token@dpc.example", mail="terry.token@dpc.example")
RETIRED_ON_TOKEN, RETIRED_ELSEWHERE = (0x82, 0x83), (0x95,)
RETIRED = (*RETIRED_ON_TOKEN, *RETIRED_ELSEWHERE)
CURRENT = (containers.PIV_AUTHENTICATION_KEY, containers.SIGNATURE_KEY, containers.KEY_MANAGEMENT_KEY)
ALGORITHMS = {0x83: "RSA-2048"}
"""What is not P-256: an older key, so that key transport has its place on the token."""
AGE_OF_A_RETIRED_KEY = timedelta(days=365)
HASHED = (containers.DISCOVERY, containers.KEY_HISTORY)
"""What the Security Object lists: every object of the token that carries no signature of its own."""


@dataclass(frozen=True)
class Mould:
    """Contents of the containers (without 53 or own tag), private keys by reference, and what stands behind URLs."""

    aid: bytes
    contents: Mapping[Container, bytes]
    keys: Mapping[int, PrivateKey] = field(repr=False)
    certificates: Mapping[int, x509.Certificate]
    published: Mapping[str, bytes]
    signer: ContentSigner = field(repr=False)


def mould(pki: TestPki, now: datetime, entropy: Entropy, pool: KeyPool, aid: bytes) -> Mould:
    """Make it; `aid` is that of the derived application, `now` the moment of issue."""
    keys = {
        reference: new_key(ALGORITHMS.get(reference, "P-256"), entropy.branch(f"key/{reference:02X}"), pool)
        for reference in (*CURRENT, *RETIRED)
    }
    certificates = _certificates(pki, now, entropy, keys)
    file = off_card_key_history({reference: certificates[reference] for reference in RETIRED})
    signer = ContentSigner(pki.content_signer, now)
    contents: dict[Container, bytes] = {
        containers.CERTIFICATE_OF_KEY[reference]: card_data.certificate_object(
            certificates[reference].public_bytes(Encoding.DER)
        )
        for reference in (*CURRENT, *RETIRED_ON_TOKEN)
    }
    contents[containers.DISCOVERY] = card_data.discovery(aid)
    contents[containers.KEY_HISTORY] = card_data.key_history(
        len(RETIRED_ON_TOKEN), len(RETIRED_ELSEWHERE), url_of(file)
    )
    made = Mould(aid, contents, keys, certificates, {url_of(file): file}, signer)
    return replace(made, contents=contents | {containers.SECURITY_OBJECT: sealed(contents, signer)})


def sealed(contents: Mapping[Container, bytes], signer: ContentSigner) -> bytes:
    """Content of the Security Object over those of `contents` that it has to list."""
    hashed = {container: contents[container] for container in HASHED if container in contents}
    return card_data.security_object(hashed, signer, with_certificate=True)


def _certificates(
    pki: TestPki, now: datetime, entropy: Entropy, keys: Mapping[int, PrivateKey]
) -> dict[int, x509.Certificate]:
    authority, subject = pki.derived_authority, naming.directory_name(HOLDER.common_name)
    random = {reference: entropy.branch(f"certificate/{reference:02X}") for reference in keys}
    builders = {
        containers.PIV_AUTHENTICATION_KEY: profiles.derived_authentication(
            authority,
            subject,
            keys[containers.PIV_AUTHENTICATION_KEY].public_key(),
            random_uuid(entropy.branch("uuid")),
            now,
            random[containers.PIV_AUTHENTICATION_KEY],
            policy=oids.DERIVED_PIV_AUTH_HARDWARE,
            upn=HOLDER.upn,
        ),
        containers.SIGNATURE_KEY: profiles.derived_signature(
            authority,
            subject,
            keys[containers.SIGNATURE_KEY].public_key(),
            HOLDER.mail,
            now,
            random[containers.SIGNATURE_KEY],
            policy=oids.COMMON_HARDWARE,
        ),
    }
    for age, reference in enumerate((containers.KEY_MANAGEMENT_KEY, *RETIRED)):
        builders[reference] = profiles.derived_key_management(
            authority,
            subject,
            keys[reference].public_key(),
            HOLDER.mail,
            now - age * AGE_OF_A_RETIRED_KEY,
            random[reference],
            policy=oids.COMMON_HARDWARE,
        )
    return {reference: authority.sign(builder) for reference, builder in builders.items()}
