"""The fields of a tbsCertificate, tbsCertList or request, taken one after the other (RFC 5280 4.1, 5.1)."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple, Protocol, TypeVar

from dpc_conformance.formats import der
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import moment
from dpc_conformance.formats.extension import Extension, read_extensions
from dpc_conformance.formats.names import NAMES, Name
from dpc_conformance.formats.public_key import ALGORITHMS, AlgorithmIdentifier, PublicKey, read_public_key

TIME_FORMS: Final = {der.UTC_TIME: re.compile(rb"\d{12}Z"), der.GENERALIZED_TIME: re.compile(rb"\d{14}Z")}
"""How DER writes dates: with seconds, in UTC, without a fraction (X.690 11.7 and 11.8, RFC 5280 4.1.2.5)."""


class Time(NamedTuple):
    """A date as encoded: `tag` of its type, `text` its contents, `moment` what it means or None."""

    tag: int
    text: bytes
    moment: datetime | None

    @property
    def is_complete(self) -> bool:
        """Whether it is a date that names seconds, ends in Z and has no fraction."""
        form = TIME_FORMS.get(self.tag)
        return form is not None and form.fullmatch(self.text) is not None and self.moment is not None

    def __str__(self) -> str:
        return self.text.decode("latin-1")


class _WithDefects(Protocol):
    @property
    def defects(self) -> tuple[Defect, ...]: ...


Part = TypeVar("Part", bound=_WithDefects)


class Fields:
    """A cursor over the fields that fill `parent`; departures from DER are added to `defects`, DerError is raised."""

    def __init__(self, data: bytes, parent: der.Element, defects: list[Defect]) -> None:
        self.data = data
        self.at = parent.start
        self.end = parent.stop
        self.defects = defects

    def take(self, tag: int, what: str) -> der.Element:
        """The next field, which must carry `tag`."""
        element = der.expect(self.data, self.at, self.end, tag, what, self.defects)
        self.at = element.stop
        return element

    def optional(self, *tags: int) -> der.Element | None:
        """The next field when it carries one of `tags`, else None."""
        if self.at < self.end and self.data[self.at] in tags:
            return self.take(self.data[self.at], "")
        return None

    def explicit_version(self) -> int | None:
        """The number in an EXPLICIT [0] version; None when omitted."""
        element = self.optional(0xA0)
        if element is None:
            return None
        number = der.expect(self.data, element.start, element.stop, der.INTEGER, "version", self.defects)
        der.note_primitive(self.data, number, self.defects)
        if number.stop != element.stop:
            raise der.DerError(number.stop, "something follows the version")
        version = int.from_bytes(self.data[number.start : number.stop], "big", signed=True)
        if version == 0:
            self.defects.append(Defect(element.at, "version v1 is the default and must not be encoded"))
        return version

    def algorithm(self) -> AlgorithmIdentifier:
        """The next field as an AlgorithmIdentifier."""
        return self._part(self.take(der.SEQUENCE, "an algorithm identifier"), ALGORITHMS.of)

    def name(self, what: str) -> Name:
        """The next field as a distinguished name."""
        return self._part(self.take(der.SEQUENCE, what), NAMES.of)

    def public_key(self) -> PublicKey:
        """The next field as a subjectPublicKeyInfo."""
        return self._part(self.take(der.SEQUENCE, "subjectPublicKeyInfo"), read_public_key)

    def _part(self, element: der.Element, reader: Callable[[bytes], Part]) -> Part:
        try:
            part = reader(self.data[element.at : element.stop])
        except der.DerError as error:
            raise der.DerError(element.at + error.offset, error.reason) from None
        if part.defects:
            self.defects += [Defect(element.at + offset, reason) for offset, reason in part.defects]
        return part

    def time(self) -> Time:
        """The next field as a date, whatever its type."""
        element = der.read(self.data, self.at, self.end, self.defects)
        self.at = element.stop
        contents = self.data[element.start : element.stop]
        return Time(element.tag, contents, moment(element.tag, contents))

    def extensions(self, tag: int) -> tuple[Extension, ...]:
        """The extensions under the EXPLICIT context `tag`, which must be the last field; empty when there are none."""
        element = self.optional(tag)
        self.finish()
        if element is None:
            return ()
        sequence = der.expect(self.data, element.start, element.stop, der.SEQUENCE, "extensions", self.defects)
        if sequence.stop != element.stop:
            raise der.DerError(sequence.stop, "something follows the extensions")
        return read_extensions(self.data, sequence, self.defects)

    def finish(self) -> None:
        """DerError when a field is left that has no place here."""
        if self.at != self.end:
            raise der.DerError(self.at, f"{der.tag_name(self.data[self.at])} has no place here")


class Signed(NamedTuple):
    """The frame shared by certificates, CRLs and requests: what is signed, with what, and the signature."""

    tbs: der.Element
    algorithm: AlgorithmIdentifier
    signature: bytes
    unused_bits: int


def read_signed(data: bytes, what: str, defects: list[Defect], limit: int) -> Signed:
    """SEQUENCE of signed part, algorithm and BIT STRING; what follows it is a defect. DerError when unreadable.

    `limit` is the greatest number of octets that are read at all.
    """
    if len(data) > limit:
        raise der.DerError(0, f"{len(data)} octets are too many for {what}: {limit} are the limit")
    whole = der.expect(data, 0, len(data), der.SEQUENCE, what, defects)
    if whole.stop != len(data):
        defects.append(Defect(whole.stop, f"{len(data) - whole.stop} octets after {what}"))
    fields = Fields(data, whole, defects)
    tbs = fields.take(der.SEQUENCE, f"the signed part of {what}")
    algorithm = fields.algorithm()
    signature = fields.take(der.BIT_STRING, "the signature")
    if signature.start == signature.stop:
        raise der.DerError(signature.at, "the signature is empty")
    der.note_primitive(data, signature, defects)
    fields.finish()
    return Signed(tbs, algorithm, data[signature.start + 1 : signature.stop], data[signature.start])
