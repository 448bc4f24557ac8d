"""By what a product's records name certificates and cards: each product writes numbers in its own way."""

from collections.abc import Iterable
from dataclasses import replace

from dpc_conformance.evidence.archive import RecordsSeen
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.evidence.no_card import NoCardEventsSeen
from dpc_conformance.evidence.records import Record
from dpc_conformance.evidence.unseen import PartlySeen
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError

OF_CARDS = ("urn:uuid:", "fasc-n:")


class PlainNames:
    """One way to write the serial numbers of certificates (DER), and the identifiers of cards."""

    def __init__(self, certificates: Iterable[bytes]) -> None:
        """A certificate that cannot be read has no number."""
        numbers = [number for each in certificates if (number := _serial(each)) is not None]
        self._numbers = {str(each): f"{each:x}" for each in numbers} | {f"{each:x}": f"{each:x}" for each in numbers}

    def plain(self, text: str) -> str:
        """Lower-case hexadecimal digits for a serial number, and lower case for a card; any other text as it is.

        Decimal digits, capitals, colons or spaces between octets, and zeros or 0x in front name the same number.
        """
        lower = text.lower()
        if lower.startswith(OF_CARDS):
            return lower
        digits = lower.replace(":", "").replace(" ", "").removeprefix("0x").lstrip("0")
        return self._numbers.get(digits, text)

    def all_plain(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Each of them so."""
        return tuple(map(self.plain, texts))


def names_in(facts: ScenarioFacts) -> PlainNames:
    """Those of the holder's derived certificates and cards."""
    cards = {credential.piv_authentication_certificate for credential in facts.credentials}
    return PlainNames([*(each.certificate for each in facts.credentials), *cards, facts.card_certificate])


def plainly_named(facts: ScenarioFacts) -> ScenarioFacts:
    """The same facts, with every certificate and card named in the one way in which the checks name them."""
    if isinstance(facts, PartlySeen):
        return facts
    names = names_in(facts)
    registrations = facts.hardware.registrations
    return replace(
        facts,
        timeline=tuple(_named(names, each) for each in facts.timeline),
        audit=_decisions(names, facts.audit),
        links=tuple(
            replace(each, serial=names.plain(each.serial), identifiers=names.all_plain(each.identifiers))
            for each in facts.links
        ),
        hardware=replace(
            facts.hardware,
            registrations=tuple(replace(each, serials=names.all_plain(each.serials)) for each in registrations),
        ),
    )


def _decisions(names: PlainNames, records: Iterable[AuditRecord]) -> tuple[AuditRecord, ...]:
    return tuple(replace(each, subject=names.plain(each.subject)) for each in records)


def _named(names: PlainNames, record: Record) -> Record:
    if isinstance(record, AgencyNotice):
        return replace(record, subject=names.plain(record.subject))
    if isinstance(record, RecordsSeen):
        return replace(record, decisions=_decisions(names, record.decisions))
    if isinstance(record, NoCardEventsSeen):
        return replace(
            record, events=tuple(replace(each, serials=names.all_plain(each.serials)) for each in record.events)
        )
    return record


def _serial(certificate: bytes) -> int | None:
    try:
        return read_certificate(certificate).serial
    except DerError:
        return None
