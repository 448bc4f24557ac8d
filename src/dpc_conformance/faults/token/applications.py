"""Seeded defects of the AIDs that a token answers to, and of the commands that it knows."""

from dataclasses import dataclass

from dpc_conformance.faults.token.declaring import token_fault, wrap_handler
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.application import Event, PivApplication
from dpc_conformance.reference.card.commands import Handler
from dpc_conformance.reference.card.wire import Command, Refused
from dpc_conformance.reference.token.virtual_token import VirtualToken

VENDOR_AID = bytes.fromhex("A000000527200101000100")


def _rename(token: VirtualToken, aid: bytes) -> None:
    token.application.aid = aid
    token.application.objects.put(containers.DISCOVERY, card_data.discovery(aid))
    token.seal()


@token_fault("token does not know the derived PIV AID", {"DPC-APP-AID-01"})
def piv_aid(token: VirtualToken) -> None:
    _rename(token, containers.PIV_AID)


NO_AID_OF_NIST = {"DPC-APP-AID-01", "DPC-APP-AID-02", "DPC-APP-AID-03", "DPC-APP-APT-01"}


@token_fault("token only answers an AID of its maker", NO_AID_OF_NIST)
def vendor_aid_only(token: VirtualToken) -> None:
    _rename(token, VENDOR_AID)


@dataclass
class SecondName:
    """The same application under another AID."""

    application: PivApplication
    aid: bytes = VENDOR_AID

    def answers_to(self, aid: bytes) -> bool:
        """Whether that name is meant."""
        return len(aid) >= len(containers.PIV_RID) and self.aid.startswith(aid)

    def select(self) -> bytes:
        """As under its own name."""
        return self.application.select()

    def process(self, command: Command) -> bytes:
        """As under its own name."""
        return self.application.process(command)

    def happens(self, event: Event) -> None:
        """As under its own name."""
        self.application.happens(event)


@token_fault("derived application can be had under an AID of its maker too", {"DPC-APP-AID-03"})
def second_name(token: VirtualToken) -> None:
    token.card.applications.append(SecondName(token.application))


class WholeAidOnly(PivApplication):
    """Wants its AID in full."""

    def answers_to(self, aid: bytes) -> bool:
        """Whether it is the whole AID."""
        return aid == self.aid


@token_fault("token wants the AID with its version", {"DPC-APP-AID-04"})
def whole_aid_only(token: VirtualToken) -> None:
    strict = WholeAidOnly(**vars(token.application))
    token.application = token.card.application = strict
    token.card.applications[0] = strict


@token_fault("token does not know RESET RETRY COUNTER without data", {"DPC-APP-CMDSET-01"})
def no_reset(token: VirtualToken) -> None:
    def only_with_data(application: PivApplication, command: Command, before: Handler) -> bytes:
        if not command.data:
            raise Refused(status_words.INSTRUCTION_NOT_SUPPORTED)
        return before(application, command)

    wrap_handler(token, containers.RESET_RETRY_COUNTER, only_with_data)


@token_fault("token takes a key by an instruction of its maker", {"DPC-APP-CMDSET-02"})
def import_key(token: VirtualToken) -> None:
    token.application.handlers[0xFE] = lambda _application, _command: b""
