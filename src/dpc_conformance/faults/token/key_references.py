"""Seeded defects of which key is at which reference, with which algorithm."""

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.token.declaring import token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.keys import RESPONSE, CardKey, PinRule
from dpc_conformance.reference.card.wire import Command, Refused, tlv
from dpc_conformance.reference.token.virtual_token import VirtualToken


@token_fault("token has the key of 9D at a retired reference", {"DPC-APP-KEYREF-01", "DPC-APP-RETIRED-01"})
def another_place(token: VirtualToken) -> None:
    token.application.keys[0x82] = token.application.keys[containers.KEY_MANAGEMENT_KEY]


@token_fault("token signs with the key of secure messaging", {"DPC-APDU-GA-10"})
def signs_with_secure_messaging(token: VirtualToken) -> None:
    key = token.application.keys[containers.PIV_AUTHENTICATION_KEY]
    token.application.keys[0x04] = CardKey(key.private, PinRule.ALWAYS)


@token_fault("token has no word for a key that there is not", {"DPC-APDU-GA-14"})
def no_word(token: VirtualToken) -> None:
    def crash(application: PivApplication, command: Command, before: Handler) -> bytes:
        if 0x82 <= command.p2 <= 0x95 and command.p2 not in application.keys:
            raise Refused(0x6F00)
        return before(application, command)

    wrap_handler(token, containers.GENERAL_AUTHENTICATE, crash)


@token_fault("token serves RSA-1024 for the authentication key", {"DPC-CRY-ALGID-01"})
def rsa_1024(token: VirtualToken) -> None:
    def serve(application: PivApplication, command: Command, before: Handler) -> bytes:
        reference = command.p2
        if command.p1 != containers.RSA_1024 or reference != containers.PIV_AUTHENTICATION_KEY:
            return before(application, command)
        if not application.pins.verified:
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)
        return tlv(b"\x7c", tlv(bytes([RESPONSE]), bytes(range(128))))

    wrap_handler(token, containers.GENERAL_AUTHENTICATE, serve)


@token_fault("token has a key on P-384 at 9E behind the activation secret", {"DPC-APP-KEYREF-02"})
def guarded_card_authentication(token: VirtualToken) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    token.application.keys[containers.CARD_AUTHENTICATION_KEY] = CardKey(key, PinRule.PIN)


@token_fault("token has a Card Authentication key", {"DPC-APP-KEYREF-02"})
def card_authentication(token: VirtualToken) -> None:
    key = token.application.keys[containers.PIV_AUTHENTICATION_KEY]
    token.application.keys[containers.CARD_AUTHENTICATION_KEY] = CardKey(key.private, PinRule.ALWAYS)
