"""Seeded defects of GENERAL AUTHENTICATE with the private keys."""

from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from dpc_conformance.faults.token.declaring import token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.chaining import CommandChain
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.keys import CHALLENGE, EXPONENTIATION, RESPONSE, CardKey, PinRule
from dpc_conformance.reference.card.wire import Command, Refused, template, tlv
from dpc_conformance.reference.token.virtual_token import VirtualToken


def _replace_key(token: VirtualToken, reference: int, kind: type[CardKey]) -> None:
    key = token.application.keys[reference]
    token.application.keys[reference] = kind(key.private, key.rule, key.key_management)


def _set_rule(token: VirtualToken, reference: int, rule: PinRule) -> None:
    key = token.application.keys[reference]
    token.application.keys[reference] = CardKey(key.private, rule, key.key_management)


class RawSignatures(CardKey):
    """Signs with r and s side by side, from its second signature on."""

    signed: int = 0

    def use(self, objects: dict[int, bytes]) -> bytes:
        """The signature, once as ECDSA-Sig-Value."""
        self.signed += 1
        if self.signed == 1:
            return super().use(objects)
        r, s = decode_dss_signature(super().use(objects))
        size = self.private.key_size // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


@token_fault("token signs with r and s instead of ECDSA-Sig-Value", {"DPC-APDU-GA-01"})
def raw_signatures(token: VirtualToken) -> None:
    _replace_key(token, containers.PIV_AUTHENTICATION_KEY, RawSignatures)


@token_fault("token uses a retired key before the activation secret", {"DPC-APDU-GA-02", "DPC-APP-KEYREF-03"})
def retired_key_without_secret(token: VirtualToken) -> None:
    _set_rule(token, 0x83, PinRule.ALWAYS)


@token_fault("token uses a key whose certificate is elsewhere before the activation secret", {"DPC-APDU-GA-02"})
def off_card_key_without_secret(token: VirtualToken) -> None:
    _set_rule(token, 0x95, PinRule.ALWAYS)


@token_fault("token signs twice with 9C after one VERIFY", {"DPC-APDU-GA-03", "DPC-APP-KEYREF-03", "DPC-SIG-USE-01"})
def signs_twice(token: VirtualToken) -> None:
    _set_rule(token, containers.SIGNATURE_KEY, PinRule.PIN)


@token_fault("token agrees on a secret with 9D before the activation secret", {"DPC-APDU-GA-02", "DPC-APP-KEYREF-03"})
def agrees_without_secret(token: VirtualToken) -> None:
    _set_rule(token, containers.KEY_MANAGEMENT_KEY, PinRule.ALWAYS)


@token_fault("token signs with a P-256 key when it is asked for RSA", {"DPC-APDU-GA-04"})
def any_algorithm(token: VirtualToken) -> None:
    def own_algorithm(application: PivApplication, command: Command, before: Handler) -> bytes:
        key = application.keys.get(command.p2)
        if key is None or key.algorithm == command.p1 or command.p1 != containers.RSA_2048:
            return before(application, command)
        size = containers.BLOCK_BYTES[key.algorithm]
        asked = template(template(command.data)[0x7C])
        cut = tlv(b"\x7c", tlv(bytes([RESPONSE]), b"") + tlv(bytes([CHALLENGE]), asked[CHALLENGE][:size]))
        return before(application, replace(command, p1=key.algorithm, data=cut))

    wrap_handler(token, containers.GENERAL_AUTHENTICATE, own_algorithm)


@token_fault("token with a P-256 key signs the beginning of a longer digest", {"DPC-APDU-GA-04"})
def cuts_digests(token: VirtualToken) -> None:
    def cut(application: PivApplication, command: Command, before: Handler) -> bytes:
        if command.p1 != containers.P_384 or command.p2 != containers.PIV_AUTHENTICATION_KEY:
            return before(application, command)
        digest = template(template(command.data)[0x7C])[CHALLENGE][: containers.BLOCK_BYTES[containers.P_256]]
        shorter = tlv(b"\x7c", tlv(bytes([RESPONSE]), b"") + tlv(bytes([CHALLENGE]), digest))
        return before(application, replace(command, p1=containers.P_256, data=shorter))

    wrap_handler(token, containers.GENERAL_AUTHENTICATE, cut)


@token_fault("token answers a malformed template with nothing", {"DPC-APDU-GA-05"})
def nothing_for_malformed(token: VirtualToken) -> None:
    def shrug(application: PivApplication, command: Command, before: Handler) -> bytes:
        try:
            return before(application, command)
        except Refused as refusal:
            if refusal.status != status_words.WRONG_DATA or not command.data.startswith(b"\x7c\x02"):
                raise
            return b""

    wrap_handler(token, containers.GENERAL_AUTHENTICATE, shrug)


class AlsoAgrees(CardKey):
    """Signs, and agrees on secrets as well."""

    def use(self, objects: dict[int, bytes]) -> bytes:
        """Whatever is asked."""
        if EXPONENTIATION in objects:
            return replace(CardKey(self.private, self.rule), key_management=True).use(objects)
        return super().use(objects)


@token_fault("token agrees on a secret with the authentication key", {"DPC-APDU-GA-06"})
def also_agrees(token: VirtualToken) -> None:
    _replace_key(token, containers.PIV_AUTHENTICATION_KEY, AlsoAgrees)


class AnyPoint(CardKey):
    """Does not look whether a point is on its curve."""

    def use(self, objects: dict[int, bytes]) -> bytes:
        """The secret, or for a point off the curve some bytes that depend on the key."""
        try:
            return super().use(objects)
        except Refused:
            point = objects.get(EXPONENTIATION, b"")
            size = self.private.key_size // 8
            if len(point) != 2 * size + 1 or not isinstance(self.private, ec.EllipticCurvePrivateKey):
                raise
            secret = self.private.private_numbers().private_value ^ int.from_bytes(point[1 : size + 1], "big")
            return secret.to_bytes(size, "big")


@token_fault("token multiplies points that are not on its curve", {"DPC-APDU-GA-07"})
def any_point(token: VirtualToken) -> None:
    for reference in (containers.KEY_MANAGEMENT_KEY, 0x82):
        _replace_key(token, reference, AnyPoint)


class LooksAtPadding(CardKey):
    """Tells whether what it deciphers has a padding."""

    def use(self, objects: dict[int, bytes]) -> bytes:
        """The block; Refused (6A80) when it begins like a padding of no known type, which helps an attacker."""
        block = super().use(objects)
        if block[0] == 0 and block[1] > 2:
            raise Refused(status_words.WRONG_DATA)
        return block


@token_fault("token tells whether what it deciphers has a padding", {"DPC-APDU-GA-08"})
def looks_at_padding(token: VirtualToken) -> None:
    _replace_key(token, 0x83, LooksAtPadding)


@dataclass
class KeepsParts(CommandChain):
    """Goes on with a chain after another command."""

    kept: Command | None = None

    def add(self, command: Command) -> Command | None:
        """Put the parts together that belong together, whatever came in between."""
        if self.begun is None and self.kept is not None and self.kept.same_chain(command):
            self.begun = self.kept
        complete = super().add(command)
        if complete is None:
            self.kept = self.begun
        elif self.kept is not None and self.kept.same_chain(command):
            self.kept = None
        return complete


@token_fault("token goes on with a chain after another command", {"DPC-APDU-GA-09"})
def keeps_parts(token: VirtualToken) -> None:
    token.card.session.chain = KeepsParts()
