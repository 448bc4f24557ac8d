"""The file behind the URL of a Key History: retired keys with their certificates (SP 800-73-5 part 1 §3.3.3)."""

from dataclasses import dataclass

from dpc_conformance.formats import der
from dpc_conformance.formats.der import DerError

MOST_ENTRIES = 20
LARGEST = MOST_ENTRIES * 8192
"""Bytes: a longer file is refused unread."""


@dataclass(frozen=True)
class OffCardKeyHistoryFile:
    """Certificates (DER) by key reference, in the order of the file."""

    entries: tuple[tuple[int, bytes], ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> "OffCardKeyHistoryFile":
        """Read `SEQUENCE SIZE (1..20) OF SEQUENCE {OCTET STRING (SIZE (1)), Certificate}`; DerError when it is none.

        Departures from DER are errors, too: the file is named by its hash, so there is one way to write it.
        """
        if len(data) > LARGEST:
            raise DerError(0, f"{len(data)} octets are too many for a file of {MOST_ENTRIES} certificates")
        defects = der.survey(data)
        if defects:
            raise DerError(*defects[0])
        whole = der.expect(data, 0, len(data), der.SEQUENCE, "OffCardKeyHistoryFile", [])
        if whole.stop != len(data):
            raise DerError(whole.stop, f"{len(data) - whole.stop} octets after the file")
        entries = tuple(_entry(data, each) for each in der.children(data, whole.start, whole.stop, []))
        if not 1 <= len(entries) <= MOST_ENTRIES:
            raise DerError(whole.start, f"{len(entries)} keys, expected 1 to {MOST_ENTRIES}")
        return cls(entries)

    def certificate(self, key_reference: int) -> bytes | None:
        """The certificate (DER) of that key; None when the file does not list it."""
        return next((certificate for reference, certificate in self.entries if reference == key_reference), None)


def _entry(data: bytes, element: der.Element) -> tuple[int, bytes]:
    if element.tag != der.SEQUENCE:
        raise DerError(element.at, f"an entry is {der.tag_name(element.tag)}, not SEQUENCE")
    parts = tuple(der.children(data, element.start, element.stop, []))
    if [part.tag for part in parts] != [der.OCTET_STRING, der.SEQUENCE] or parts[0].stop - parts[0].start != 1:
        raise DerError(element.at, "an entry is not an OCTET STRING of one octet and a certificate")
    return data[parts[0].start], data[parts[1].at : parts[1].stop]
