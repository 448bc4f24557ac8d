"""Seeded defects of GET DATA and GET RESPONSE."""

from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.token.declaring import token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.chaining import Answer
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.wire import Command, Refused, template, tlv
from dpc_conformance.reference.token.virtual_token import VirtualToken

TAG_LIST = 0x5C


def _tag(command: Command) -> bytes:
    return template(command.data).get(TAG_LIST, b"")


@token_fault(
    "token leaves the wrapper of its Key History away",
    {
        "DPC-APDU-GET-01",
        "DPC-APP-KH-02",
        "DPC-APP-OBJ-CAP-01",
        "DPC-APP-OBJ-OPT-01",
        "DPC-APP-OBJ-ORDER-01",
        "DPC-APP-UNUSED-01",
    },
)
def no_wrapper(token: VirtualToken) -> None:
    def bare(application: PivApplication, command: Command, before: Handler) -> bytes:
        answer = before(application, command)
        return template(answer)[0x53] if _tag(command) == containers.KEY_HISTORY.tag else answer

    wrap_handler(token, containers.GET_DATA, bare)


@token_fault("token answers for objects that there are not", {"DPC-APDU-GET-02", "DPC-APDU-GETRESP-01"})
def empty_instead_of_missing(token: VirtualToken) -> None:
    def empty(application: PivApplication, command: Command, before: Handler) -> bytes:
        unassigned = _tag(command)[:2] == b"\x5f\xc1" and _tag(command) not in application.objects.capacities
        return b"" if unassigned else before(application, command)

    wrap_handler(token, containers.GET_DATA, empty)


@token_fault("token shows the pairing code before the activation secret", {"DPC-APDU-GET-03"})
def nothing_protected(token: VirtualToken) -> None:
    token.application.access.pin_protected = frozenset()


@token_fault("token serves objects whatever P1 and P2 say", {"DPC-APDU-GET-05"})
def any_parameters(token: VirtualToken) -> None:
    wrap_handler(
        token,
        containers.GET_DATA,
        lambda application, command, before: before(application, replace(command, p1=0x3F, p2=0xFF)),
    )


class CountsInOneByte(Answer):
    """Says what is left of a number of bytes that does not fit one byte."""

    def take(self, wanted: int) -> bytes:
        """The next part; of 300 bytes that are left the status word says 44 instead of 256 or more."""
        part, self.pending = self.pending[:wanted], self.pending[wanted:]
        left = len(self.pending)
        status = status_words.MORE_DATA | left % 256 if left else status_words.SUCCESS
        return part + status.to_bytes(2, "big")


@token_fault("token says a wrong number of bytes left", {"DPC-APDU-GET-04"})
def one_byte(token: VirtualToken) -> None:
    token.card.session.answer = CountsInOneByte()


@dataclass
class Remembers(Answer):
    """Has its last answer ready once more when all of it was fetched."""

    last: bytes = b""

    def begin(self, data: bytes, wanted: int) -> bytes:
        """The first part of a new answer, which is kept."""
        self.last = data
        return super().begin(data, wanted)

    def take(self, wanted: int) -> bytes:
        """The next part; behind the last one the whole begins again."""
        part = super().take(wanted)
        self.pending = self.pending or self.last
        return part


@token_fault("token gives its last answer to GET RESPONSE once more", {"DPC-APDU-GETRESP-01"})
def remembers(token: VirtualToken) -> None:
    token.card.session.answer = Remembers()


def _private_value(application: PivApplication) -> bytes:
    private = application.keys[containers.KEY_MANAGEMENT_KEY].private
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("the key management key of the reference's token is an EC key")
    return private.private_numbers().private_value.to_bytes(private.key_size // 8, "big")


@token_fault("token gives private keys away under a tag of its maker", {"DPC-APDU-READKEY-01"})
def dumps_keys(token: VirtualToken) -> None:
    def dump(application: PivApplication, command: Command, before: Handler) -> bytes:
        try:
            return before(application, command)
        except Refused as refusal:
            if refusal.status != status_words.NOT_FOUND or _tag(command) != b"\x5f\xff\x01":
                raise
            return tlv(b"\x53", _private_value(application))

    wrap_handler(token, containers.GET_DATA, dump)
