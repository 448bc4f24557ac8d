"""Personalises a card for a cardholder from the test PKI: keys, certificates, signed objects, PIN."""

from collections.abc import Mapping
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy, random_uuid
from dpc_conformance.formats import containers
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card import biometrics, card_data
from dpc_conformance.reference.card.administration import KEY_BYTES, AdministrationKey
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.fascn_writer import fasc_n
from dpc_conformance.reference.card.generation import KeyGenerator
from dpc_conformance.reference.card.keys import PrivateKey, card_key
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.personalisation import Personalisation, deviate, plan
from dpc_conformance.reference.card.pins import Pin, Pins
from dpc_conformance.reference.card.printed_information import printed_information
from dpc_conformance.reference.card.secret_format import ANY
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.card.wire import template
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, ec_key
from dpc_conformance.roles.people import Person

DEFAULT_PIN = "123456"
PUK_ATTEMPTS = 5
KEYS = (
    containers.PIV_AUTHENTICATION_KEY,
    containers.SIGNATURE_KEY,
    containers.KEY_MANAGEMENT_KEY,
    containers.CARD_AUTHENTICATION_KEY,
)


def personalise(
    pki: TestPki,
    person: Person,
    clock: RunClock,
    entropy: Entropy,
    pool: KeyPool,
    deviation: str = "none",
    pin: str = DEFAULT_PIN,
    algorithms: Mapping[int, str] | None = None,
) -> VirtualCard:
    """A card for that person, with one deviation or none.

    `algorithms` maps a key reference to P-256, P-384, RSA-2048 or RSA-3072; keys not named are P-256 from `entropy`.
    """
    wanted = dict.fromkeys(KEYS, "P-256") | dict(algorithms or {})
    keys = {reference: new_key(wanted[reference], entropy.branch(f"key/{reference:02X}"), pool) for reference in KEYS}
    made = deviate(plan(pki, person, clock), deviation, pki)
    return make(made, pki, entropy, keys, pin, pool)


def make(
    made: Personalisation, pki: TestPki, entropy: Entropy, keys: dict[int, PrivateKey], pin: str, pool: KeyPool
) -> VirtualCard:
    """The card of that plan with those keys; unblocking key and administration key come from `entropy`."""
    number = entropy.branch("fasc-n")
    digits = f"{number.below(10**16):016}"
    fasc = fasc_n(made.agency, "0001", digits[:6], digits[6:])
    card_uuid = random_uuid(entropy.branch("card-uuid"))
    signer = ContentSigner(made.signer or pki.content_signer, made.made)
    enrollment = biometrics.Enrollment(fasc, card_uuid, made.made, made.expires)
    contents: dict[Container, bytes] = {
        containers.CCC: card_data.capability_container(entropy.branch("ccc").bytes(14)),
        containers.CHUID: card_data.chuid(fasc, card_uuid, made.expires.date(), signer),
        containers.FINGERPRINTS: biometrics.fingerprints(enrollment, signer, entropy.branch("minutiae")),
        containers.FACIAL_IMAGE: biometrics.facial_image(enrollment, signer),
        containers.DISCOVERY: card_data.discovery(containers.PIV_AID),
        containers.PRINTED_INFORMATION: printed_information(made.person.common_name, digits, made.expires.date()),
    }
    contents[containers.SECURITY_OBJECT] = card_data.security_object(contents, signer)
    for reference, certificate in certificates(made, keys, fasc, card_uuid, entropy).items():
        der = certificate.public_bytes(Encoding.DER)
        contents[containers.CERTIFICATE_OF_KEY[reference]] = card_data.certificate_object(der)
    if not made.own_key:
        keys = keys | {containers.PIV_AUTHENTICATION_KEY: ec_key(entropy.branch("stranger"), ec.SECP256R1())}
    objects = DataObjects()
    for container, content in contents.items():
        objects.put(container, content)
    return VirtualCard(
        PivApplication(
            objects,
            Pins({containers.APPLICATION_PIN: Pin(pin)}, Pin(entropy.branch("puk").bytes(8), PUK_ATTEMPTS, ANY)),
            {reference: card_key(reference, key) for reference, key in keys.items()},
            administration=administration_key(entropy),
            generator=KeyGenerator(entropy.branch("on the card"), pool),
        )
    )


def administration_key(entropy: Entropy, algorithm: int = containers.AES_128) -> AdministrationKey:
    """A card administration key 9B of this card alone."""
    secret = entropy.branch("administration key").bytes(KEY_BYTES[algorithm])
    return AdministrationKey(algorithm, secret, entropy.branch("challenges"))


def certificates(
    made: Personalisation, keys: dict[int, PrivateKey], fasc: bytes, card_uuid: UUID, entropy: Entropy
) -> dict[int, x509.Certificate]:
    """The four certificates by key reference, issued by the plan's authority."""
    person, public = made.person, {reference: key.public_key() for reference, key in keys.items()}
    authority, now, end = made.authority, made.issued, made.expires
    subject = naming.directory_name(person.common_name)
    random = {reference: entropy.branch(f"certificate/{reference:02X}") for reference in KEYS}
    builders = {
        0x9A: profiles.piv_authentication(
            authority,
            subject,
            public[0x9A],
            card_uuid,
            fasc,
            now,
            random[0x9A],
            policy=made.authentication_policy,
            upn=person.upn,
            no_later_than=end,
        ),
        0x9C: profiles.piv_signature(
            authority, subject, public[0x9C], person.mail, now, random[0x9C], no_later_than=end
        ),
        0x9D: profiles.piv_key_management(
            authority, subject, public[0x9D], person.mail, now, random[0x9D], no_later_than=end
        ),
        0x9E: profiles.card_authentication(
            authority, public[0x9E], card_uuid, fasc, now, random[0x9E], no_later_than=end
        ),
    }
    return {reference: authority.sign(builder) for reference, builder in builders.items()}


def certificate_on(card: VirtualCard, reference: int = containers.PIV_AUTHENTICATION_KEY) -> bytes:
    """The certificate (DER) that a personalised card holds for that key. KeyError when it holds none."""
    stored = card.application.objects.stored[containers.CERTIFICATE_OF_KEY[reference].tag]
    return template(template(stored)[0x53])[0x70]


def new_key(algorithm: str, entropy: Entropy, pool: KeyPool) -> PrivateKey:
    """A key by the name of its algorithm: EC from `entropy`, RSA from the pool. ValueError for another name."""
    if algorithm == "P-256":
        return ec_key(entropy, ec.SECP256R1())
    if algorithm == "P-384":
        return ec_key(entropy, ec.SECP384R1())
    if algorithm in ("RSA-2048", "RSA-3072"):
        return pool.rsa(int(algorithm[4:]), entropy)
    raise ValueError(f"a PIV Card has no {algorithm} key")
