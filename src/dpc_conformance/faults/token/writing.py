"""Seeded defects of PUT DATA."""

from dataclasses import dataclass

from dpc_conformance.faults.token.declaring import administer_for, the_holder, token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.apdu import SHORT_DATA
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.chaining import CommandChain
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.wire import Command, Refused, objects_in
from dpc_conformance.reference.token.virtual_token import VirtualToken


def _replace_objects(token: VirtualToken, kind: type[DataObjects]) -> None:
    objects = token.application.objects
    token.application.objects = kind(objects.stored, objects.capacities)


@token_fault("cardholder may write data objects", {"DPC-APDU-PUT-01"})
def written_by_the_holder(token: VirtualToken) -> None:
    administer_for(token, containers.PUT_DATA, the_holder)


@token_fault("anybody may write Discovery", {"DPC-APDU-PUT-01"})
def discovery_by_anybody(token: VirtualToken) -> None:
    administer_for(token, containers.PUT_DATA, lambda _, command: command.data.startswith(containers.DISCOVERY.tag))


@token_fault("anybody may write in a chain", {"DPC-APDU-PUT-01"})
def chain_by_anybody(token: VirtualToken) -> None:
    administer_for(token, containers.PUT_DATA, lambda _, command: len(command.data) > SHORT_DATA)


@dataclass
class NotInFive(CommandChain):
    """Does not take PUT DATA in five parts."""

    parts: int = 0

    def add(self, command: Command) -> Command | None:
        """Put together, or refuse the last of five parts (6883)."""
        parts = self.parts + 1 if command.ins == containers.PUT_DATA else 0
        self.parts = parts if command.chained else 0
        if parts == 5 and not command.chained:
            raise Refused(status_words.LAST_OF_CHAIN_EXPECTED)
        return super().add(command)


@token_fault("token refuses PUT DATA in five parts", {"DPC-APDU-PUT-02"})
def not_in_five(token: VirtualToken) -> None:
    token.card.session.chain = NotInFive()


class LosesOld(DataObjects):
    """Makes room before it looks whether there is enough."""

    def write(self, tag: bytes, content: bytes) -> None:
        """Clear, then write."""
        super().write(tag, b"")
        super().write(tag, content)


@token_fault("an object that is too large wipes out the one before", {"DPC-APDU-PUT-03"})
def loses_old(token: VirtualToken) -> None:
    _replace_objects(token, LosesOld)


@token_fault("data objects can be written without contacts", {"DPC-APDU-PUT-04"})
def contactless(token: VirtualToken) -> None:
    access = token.application.access
    del access.refused_contactless[containers.PUT_DATA]
    access.usable_contactless |= {containers.ADMINISTRATION_KEY}


class NeverEmpty(DataObjects):
    """Takes no empty content."""

    def write(self, tag: bytes, content: bytes) -> None:
        """Write, but nothing when there is nothing."""
        if content:
            super().write(tag, content)


@token_fault("token keeps an object that was cleared", {"DPC-APDU-PUT-05"})
def never_empty(token: VirtualToken) -> None:
    _replace_objects(token, NeverEmpty)


@token_fault("token answers with nothing for an object that was cleared", {"DPC-APDU-PUT-05", "DPC-APP-UNUSED-01"})
def nothing_for_cleared(token: VirtualToken) -> None:
    def bare(application: PivApplication, command: Command, before: Handler) -> bytes:
        answer = before(application, command)
        return b"" if answer == b"\x53\0" else answer

    wrap_handler(token, containers.GET_DATA, bare)


class KeepsTail(DataObjects):
    """Writes over what is there, and no further."""

    def write(self, tag: bytes, content: bytes) -> None:
        """The new content, and the end of a longer old one behind it."""
        old = self.stored.get(tag, b"")
        former = next(iter(objects_in(old).values()), b"")
        super().write(tag, content + former[len(content) :] if content else b"")


@token_fault("a shorter object leaves the end of the longer one", {"DPC-APP-PUTREAD-01"})
def keeps_tail(token: VirtualToken) -> None:
    _replace_objects(token, KeepsTail)


@token_fault("token fills an unused object with FF", {"DPC-APP-UNUSED-01", "DPC-APP-OBJ-ABSENT-01"})
def padding(token: VirtualToken) -> None:
    token.application.objects.put(containers.IRIS, b"\xff" * 8)


@token_fault("containers hold less than is guaranteed", {"DPC-APP-OBJ-CAP-01"})
def small_containers(token: VirtualToken) -> None:
    for container in (containers.SIGNATURE_CERTIFICATE, containers.KEY_MANAGEMENT_CERTIFICATE):
        token.application.objects.capacities[container.tag] = container.capacity - 1


@token_fault("Security Object has no more room than on a PIV Card", {"DPC-APP-OBJ-CAP-02"})
def small_security_object(token: VirtualToken) -> None:
    token.application.objects.capacities[containers.SECURITY_OBJECT.tag] = containers.SECURITY_OBJECT.capacity
