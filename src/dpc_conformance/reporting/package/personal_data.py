"""Collects what of a run is about persons: names, e-mail addresses, accounts, UUIDs and FASC-N, wherever it stands."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from uuid import UUID

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from dpc_conformance.formats import oids
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reporting.package.object_kinds import KnownObject, alternative_names

MAIL = re.compile(r"[A-Za-z0-9._+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
UUID_TEXT = re.compile(r"\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b")
NO_PERSON = frozenset(
    {ExtendedKeyUsageOID.OCSP_SIGNING.dotted_string, ExtendedKeyUsageOID.SERVER_AUTH.dotted_string}
    | {oids.PIV_CONTENT_SIGNING}
)
"""Purposes of certificates that are no person's."""
Holder = x509.Certificate | x509.CertificateSigningRequest


class Kind(StrEnum):
    """What a value says about somebody."""

    NAME = "names"
    MAIL = "e-mail addresses"
    ACCOUNT = "accounts"
    UUID = "UUIDs"
    FASC_N = "FASC-N"
    DOCUMENT = "numbers of identity documents"


ABOUT_PERSONS: dict[str, dict[str, Kind]] = {
    "cardholder-known": {"account": Kind.ACCOUNT, "name": Kind.NAME},
    **dict.fromkeys(
        ("issued-credential", "escrowed-key", "agency-notice", "card-link", "records-seen"), {"account": Kind.ACCOUNT}
    ),
    "no-card-events-seen": {"account": Kind.ACCOUNT, "operator": Kind.ACCOUNT},
    "registration": {"account": Kind.ACCOUNT, "operator": Kind.ACCOUNT, "document": Kind.DOCUMENT},
    "asset-record": {"issued_to": Kind.ACCOUNT},
    "credential-used": {"holder": Kind.ACCOUNT, "account": Kind.ACCOUNT},
    "assertion-received": {"subject": Kind.ACCOUNT},
    "agencies-stated": {"signed_by": Kind.NAME},
    "documents-shown": {"approved_by": Kind.NAME},
}
"""Members of lines, at any depth, that hold a value of that kind."""


class PersonalData:
    """The values by kind, in the order in which they were met, so that the same run gives the same pseudonyms.

    UUIDs are in lower case with dashes, FASC-N in hexadecimal, upper case.
    """

    def __init__(self) -> None:
        self.values: dict[Kind, dict[str, None]] = {kind: {} for kind in Kind}

    def add(self, kind: Kind, value: str) -> None:
        """One value; empty ones and what is no name at all do not count."""
        if value.strip():
            self.values[kind][value.strip()] = None

    def text(self, text: str) -> None:
        """What gives itself away by its form."""
        for found in MAIL.findall(text):
            self.add(Kind.MAIL, found.replace("%40", "@").lower())
        for found in UUID_TEXT.findall(text):
            self.add(Kind.UUID, found.lower())

    def line(self, record: str, values: dict[str, Any]) -> None:
        """A line of evidence."""
        kinds = ABOUT_PERSONS.get(record, {})
        for member, value in members(values):
            if member in kinds:
                self.add(kinds[member], value)
        for text in texts(values):
            self.text(text)

    def object(self, known: KnownObject) -> None:
        """Whom an object is about."""
        for holder in known.holders:
            if is_a_persons(holder):
                self._holder(holder)
        for line in known.heading:
            self.text(line)
        if known.chuid:
            self._chuid(known.chuid)

    def _holder(self, holder: Holder) -> None:
        for attribute in holder.subject:
            if attribute.oid in (NameOID.COMMON_NAME, NameOID.GIVEN_NAME, NameOID.SURNAME, NameOID.PSEUDONYM):
                self.add(Kind.NAME, str(attribute.value))
            elif attribute.oid == NameOID.EMAIL_ADDRESS:
                self._mail(str(attribute.value))
        self.text(holder.subject.rfc4514_string())
        for name in alternative_names(holder):
            self._general_name(name)

    def _general_name(self, name: Any) -> None:
        match name:
            case x509.RFC822Name():
                self._mail(name.value)
            case x509.UniformResourceIdentifier():
                self.text(name.value)
            case x509.DirectoryName():
                self.text(name.value.rfc4514_string())
            case x509.OtherName() if name.type_id.dotted_string == oids.PIV_FASC_N:
                self.add(Kind.FASC_N, _inner(name.value).hex().upper())
            case x509.OtherName():
                self._mail(_inner(name.value).decode(errors="replace"))

    def _mail(self, address: str) -> None:
        """An address of a person, whose first part is an account as well."""
        self.text(address)
        if "@" in address:
            self.add(Kind.ACCOUNT, address.partition("@")[0])

    def _chuid(self, chuid: Chuid) -> None:
        self.add(Kind.FASC_N, chuid.fasc_n_bytes.hex().upper())
        for tag in (b"\x34", b"\x36"):  # GUID, Cardholder UUID
            for element in chuid.elements:
                if element.tag == tag and len(element.value) == 16:
                    self.add(Kind.UUID, str(UUID(bytes=element.value)))


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of members left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from texts(held)


def members(value: Any) -> Iterator[tuple[str, str]]:
    """Every text in a JSON value that is a member of an object, with the member's name."""
    if isinstance(value, dict):
        for name, held in value.items():
            if isinstance(held, str):
                yield name, held
            yield from members(held)
    elif isinstance(value, list):
        for held in value:
            yield from members(held)


def is_a_persons(holder: Holder) -> bool:
    """Whether a certificate or request may be about a person: all but those of CAs and of servers."""
    try:
        extensions = {each.oid.dotted_string: each.value for each in holder.extensions}
    except UNREADABLE:
        return True  # who cannot be told from a person is one
    constraints = extensions.get(x509.BasicConstraints.oid.dotted_string)
    if isinstance(constraints, x509.BasicConstraints) and constraints.ca:
        return False
    usage = extensions.get(x509.ExtendedKeyUsage.oid.dotted_string)
    named = {each.dotted_string for each in usage} if isinstance(usage, x509.ExtendedKeyUsage) else set()
    return not named & NO_PERSON


def _inner(value: bytes) -> bytes:
    try:
        return Tlv.from_bytes(value).value
    except Malformed:
        return b""
