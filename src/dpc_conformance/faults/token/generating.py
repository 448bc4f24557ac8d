"""Seeded defects of GENERATE ASYMMETRIC KEY PAIR."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.faults.token.declaring import administer_for, the_holder, token_fault, wrap_handler
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.generation import KeyGenerator
from dpc_conformance.reference.card.wire import Command, template, tlv
from dpc_conformance.reference.pki.keys import PrivateKey
from dpc_conformance.reference.token.virtual_token import VirtualToken


def _generator(token: VirtualToken) -> KeyGenerator:
    generator = token.application.generator
    if generator is None:
        raise TypeError("the token makes no keys")
    return generator


@token_fault("cardholder may replace a key", {"DPC-APDU-GEN-01"})
def replaced_by_the_holder(token: VirtualToken) -> None:
    administer_for(token, containers.GENERATE_KEY_PAIR, the_holder)


@token_fault("token shows a P-384 key as a compressed point", {"DPC-APDU-GEN-02"})
def compressed(token: VirtualToken) -> None:
    def compress(application: PivApplication, command: Command, before: Handler) -> bytes:
        answer = before(application, command)
        private = application.keys[command.p2].private
        if not isinstance(private, ec.EllipticCurvePrivateKey) or private.key_size < 384:
            return answer
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return tlv(b"\x7f\x49", tlv(b"\x86", point))

    wrap_handler(token, containers.GENERATE_KEY_PAIR, compress)


@token_fault("token generates an RSA key of 1024 bits", {"DPC-APDU-GEN-03"})
def rsa_1024(token: VirtualToken) -> None:
    def take(application: PivApplication, command: Command, before: Handler) -> bytes:
        if template(template(command.data).get(0xAC, b"")).get(0x80) != bytes([containers.RSA_1024]):
            return before(application, command)
        application.check_administrator()
        return tlv(b"\x7f\x49", tlv(b"\x81", b"\xc1" + bytes(126) + b"\x01") + tlv(b"\x82", b"\x01\0\x01"))

    wrap_handler(token, containers.GENERATE_KEY_PAIR, take)


class OneKey(KeyGenerator):
    """Makes one key of each kind, and gives it again."""

    def generate(self, mechanism: int) -> PrivateKey:
        """The first one."""
        self.made = 0
        return super().generate(mechanism)


@token_fault("token generates the same key twice", {"DPC-APDU-GEN-04"})
def one_key(token: VirtualToken) -> None:
    generator = _generator(token)
    token.application.generator = OneKey(generator.entropy, generator.pool, generator.references)


@token_fault("keys can be generated without contacts", {"DPC-APDU-GEN-05"})
def contactless(token: VirtualToken) -> None:
    access = token.application.access
    del access.refused_contactless[containers.GENERATE_KEY_PAIR]
    access.usable_contactless |= {containers.ADMINISTRATION_KEY}


@token_fault("token generates keys at the upper retired references", {"DPC-APDU-GEN-06"})
def retired(token: VirtualToken) -> None:
    _generator(token).references |= frozenset(range(0x90, 0x96))
