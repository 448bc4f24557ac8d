"""Names of what is on a PIV Card: AIDs, containers with their tags, keys, algorithms (SP 800-73-5, SP 800-78-5).

Nothing here reads or writes; it is the vocabulary that card, client and judge share.
"""

from dataclasses import dataclass

PIV_AID = bytes.fromhex("A000000308000010000100")
DERIVED_PIV_AID = bytes.fromhex("A000000308000020000100")
PIV_RID = PIV_AID[:5]
VERSION_BYTES = 2
"""How many bytes at the right of an AID, the version, a SELECT may leave out."""

WRAPPER = b"\x53"
"""Tag around the content of every container but Discovery and the BIT group template."""


@dataclass(frozen=True)
class Container:
    """A data object: `capacity` is the guaranteed minimum in bytes, `pin` whether reading takes a verified PIN."""

    name: str
    tag: bytes
    container_id: int
    capacity: int
    pin: bool = False

    @property
    def own_tag(self) -> bool:
        """Whether the object answers under its own tag instead of inside 53."""
        return len(self.tag) < 3


def _container(name: str, tag: str, container_id: int, capacity: int, pin: bool = False) -> Container:
    return Container(name, bytes.fromhex(tag), container_id, capacity, pin)


CCC = _container("Card Capability Container", "5FC107", 0xDB00, 170)
CHUID = _container("CHUID", "5FC102", 0x3000, 2881)
PIV_AUTHENTICATION_CERTIFICATE = _container("PIV Authentication certificate", "5FC105", 0x0101, 1857)
FINGERPRINTS = _container("Fingerprints", "5FC103", 0x6010, 4006, pin=True)
SECURITY_OBJECT = _container("Security Object", "5FC106", 0x9000, 1336)
FACIAL_IMAGE = _container("Facial image", "5FC108", 0x6030, 12710, pin=True)
CARD_AUTHENTICATION_CERTIFICATE = _container("Card Authentication certificate", "5FC101", 0x0500, 1857)
SIGNATURE_CERTIFICATE = _container("Digital Signature certificate", "5FC10A", 0x0100, 1857)
KEY_MANAGEMENT_CERTIFICATE = _container("Key Management certificate", "5FC10B", 0x0102, 1857)
PRINTED_INFORMATION = _container("Printed Information", "5FC109", 0x3001, 245, pin=True)
DISCOVERY = _container("Discovery Object", "7E", 0x6050, 19)
KEY_HISTORY = _container("Key History", "5FC10C", 0x6060, 128)
IRIS = _container("Iris images", "5FC121", 0x1015, 7106, pin=True)
BIT_GROUP_TEMPLATE = _container("Biometric Information Templates", "7F61", 0x1016, 65)
SM_CERTIFICATE_SIGNER = _container("Secure Messaging Certificate Signer", "5FC122", 0x1017, 2471)
PAIRING_CODE = _container("Pairing Code Reference Data", "5FC123", 0x1018, 12, pin=True)
RETIRED_CERTIFICATES = tuple(
    Container(f"Retired Key Management certificate {n}", bytes([0x5F, 0xC1, 0x0C + n]), 0x1000 + n, 1895)
    for n in range(1, 21)
)

BIOMETRICS = (FINGERPRINTS, FACIAL_IMAGE, IRIS)
"""What holds parts of a person's body: no report keeps more of it than a hash."""

CONTAINERS = (
    CCC,
    CHUID,
    PIV_AUTHENTICATION_CERTIFICATE,
    FINGERPRINTS,
    SECURITY_OBJECT,
    FACIAL_IMAGE,
    CARD_AUTHENTICATION_CERTIFICATE,
    SIGNATURE_CERTIFICATE,
    KEY_MANAGEMENT_CERTIFICATE,
    PRINTED_INFORMATION,
    DISCOVERY,
    KEY_HISTORY,
    *RETIRED_CERTIFICATES,
    IRIS,
    BIT_GROUP_TEMPLATE,
    SM_CERTIFICATE_SIGNER,
    PAIRING_CODE,
)

GLOBAL_PIN = 0x00
APPLICATION_PIN = 0x80
PUK = 0x81
PIV_AUTHENTICATION_KEY = 0x9A
ADMINISTRATION_KEY = 0x9B
SIGNATURE_KEY = 0x9C
KEY_MANAGEMENT_KEY = 0x9D
CARD_AUTHENTICATION_KEY = 0x9E

CERTIFICATE_OF_KEY = {
    PIV_AUTHENTICATION_KEY: PIV_AUTHENTICATION_CERTIFICATE,
    SIGNATURE_KEY: SIGNATURE_CERTIFICATE,
    KEY_MANAGEMENT_KEY: KEY_MANAGEMENT_CERTIFICATE,
    CARD_AUTHENTICATION_KEY: CARD_AUTHENTICATION_CERTIFICATE,
    **{0x82 + n: container for n, container in enumerate(RETIRED_CERTIFICATES)},
}

RSA_3072 = 0x05
RSA_1024 = 0x06
RSA_2048 = 0x07
P_256 = 0x11
P_384 = 0x14
TRIPLE_DES, TRIPLE_DES_TOO = 0x03, 0x00
AES_128, AES_192, AES_256 = 0x08, 0x0A, 0x0C
BLOCK_BYTES = {RSA_1024: 128, RSA_2048: 256, RSA_3072: 384, P_256: 32, P_384: 48}
"""Bytes of a padded RSA block, or of the digest that ECDSA signs, for each algorithm."""

SELECT = 0xA4
GET_DATA = 0xCB
GET_RESPONSE = 0xC0
VERIFY = 0x20
GENERAL_AUTHENTICATE = 0x87
CHANGE_REFERENCE_DATA = 0x24
RESET_RETRY_COUNTER = 0x2C
PUT_DATA = 0xDB
GENERATE_KEY_PAIR = 0x47


def by_tag(tag: bytes) -> Container | None:
    """The container with that tag, None for a tag that SP 800-73-5 does not know."""
    return next((container for container in CONTAINERS if container.tag == tag), None)


def by_id(container_id: int) -> Container | None:
    """The container with that two-byte id, None for an unknown one."""
    return next((container for container in CONTAINERS if container.container_id == container_id), None)
