"""Seeded defects of the certificate containers."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.token.data_door import content, data_fault, put
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.wire import objects_in, tlv
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.virtual_token import VirtualToken

AUTHENTICATION = containers.PIV_AUTHENTICATION_CERTIFICATE
CERTIFICATE, CERT_INFO, MSCUID, END = b"\x70", b"\x71", b"\x72", b"\xfe"
IS_X509 = b"\x04"
NOBODY_CAN_JUDGE = "without its certificate nobody can judge what the authentication key gives"
USE_THE_KEY = (
    "A blocked secret is not compared any more",
    "A key that is not there is refused",
    "A malformed template is refused",
    "A relying party authenticates the token by challenge and response",
    "A reset clears the security status",
    "A secret of another length than eight bytes is refused",
    "A wrong secret costs a try and clears the security status",
    "All eight commands are implemented",
    "An algorithm that is not the key's is refused",
    "An interrupted chain leaves no trace",
    "Another P1 is refused and changes nothing",
    "Authentication and signature keys agree on nothing",
    "Each key has its own access rule",
    "Each key is at its reference",
    "Each key is new and takes the place of the former one",
    "GET RESPONSE gives nothing when nothing is left",
    "Neither a Global PIN nor a fingerprint opens the application",
    "No key is used before VERIFY",
    "Only the administrator replaces a key",
    "Over plain NFC nobody verifies the secret, nobody spends its tries",
    "P1 FF clears the security status and keeps the tries",
    "Selecting an unknown application changes nothing",
    "Selecting another application clears the security status",
    "Selecting the application once more keeps the security status",
    "The authentication key signs a challenge after VERIFY",
    "The security status of the secret stays as it was",
    "What is no command of the application is refused and does nothing",
)
"""The scenarios that use key 9A, and so begin with reading its certificate."""


# It is also the object by which others see whether the application is reached and GET DATA and PUT DATA work.
@data_fault(
    "token has no authentication certificate",
    {
        "DPC-APP-OBJ-CERT-01",
        "DPC-APP-AID-01",
        "DPC-APP-AID-04",
        "DPC-APDU-GET-01",
        "DPC-APDU-PUT-01",
    },
    breaks=dict.fromkeys(USE_THE_KEY, NOBODY_CAN_JUDGE),
)
def no_certificate(token: VirtualToken, _: Scene) -> None:
    token.application.objects.remove(AUTHENTICATION)


@data_fault("token gives its authentication certificate away over plain NFC", {"DPC-APP-OBJ-CERT-02"})
def certificate_over_nfc(token: VirtualToken, _: Scene) -> None:
    access = token.application.access
    open_to_all = access.readable_contactless | {AUTHENTICATION.tag}
    token.application.access = replace(access, readable_contactless=open_to_all)


@data_fault("MSCUID stands beside the authentication certificate", {"DPC-APP-OBJ-CERT-03"})
def mscuid(token: VirtualToken, _: Scene) -> None:
    held = content(token, AUTHENTICATION).removesuffix(tlv(END, b""))
    put(token, AUTHENTICATION, held + tlv(MSCUID, b"an old identifier") + tlv(END, b""))


@data_fault("CertInfo of the authentication certificate has another bit set", {"DPC-APP-OBJ-CERT-04"})
def cert_info(token: VirtualToken, _: Scene) -> None:
    der = objects_in(content(token, AUTHENTICATION))[CERTIFICATE]
    put(token, AUTHENTICATION, tlv(CERTIFICATE, der) + tlv(CERT_INFO, IS_X509) + tlv(END, b""))


# Whatever the key gives is judged by the certificate, so that those rules find fault with it, too.
@data_fault(
    "certificate of the former key pair is left on the token",
    {
        "DPC-APP-OBJ-CERT-05",
        "DPC-APP-AUTHMECH-01",
        "DPC-APP-KEYREF-01",
        "DPC-APDU-GA-01",
        "DPC-APDU-GEN-01",
    },
)
def former_certificate(token: VirtualToken, scene: Scene) -> None:
    new = ec_key(scene.entropy.branch("new authentication key"), ec.SECP256R1())
    token.application.keys[containers.PIV_AUTHENTICATION_KEY].private = new
