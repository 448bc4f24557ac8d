"""The serial numbers on a CRL, as a set: all that is needed of a list with a million entries (RFC 5280 5.1.2.6)."""

from functools import lru_cache

from dpc_conformance.formats import der
from dpc_conformance.formats.crl import MAXIMUM_OCTETS
from dpc_conformance.formats.fields import Fields, read_signed

_TIMES = (der.UTC_TIME, der.GENERALIZED_TIME)


@lru_cache(maxsize=64)
def revoked_serials(data: bytes) -> frozenset[int]:
    """The serial numbers of all entries of a CRL, of whatever issuer. DerError when they cannot be read."""
    signed = read_signed(data, "a CRL", [], MAXIMUM_OCTETS)
    fields = Fields(data, signed.tbs, [])
    fields.optional(der.INTEGER)
    fields.algorithm()
    fields.name("issuer")
    fields.time()
    while fields.optional(*_TIMES):
        pass
    listed = fields.optional(der.SEQUENCE)
    return frozenset(_serials(data, listed)) if listed else frozenset()


def _serials(data: bytes, listed: der.Element) -> list[int]:
    found, at, stop = [], listed.start, listed.stop
    while at < stop:
        length = data[at + 1]
        if data[at] == der.SEQUENCE and length < 0x80 and data[at + 2] == der.INTEGER and 0 < data[at + 3] < 0x80:
            serial, end = at + 4, at + 2 + length
            last = serial + data[at + 3]
        else:
            entry = der.expect(data, at, stop, der.SEQUENCE, "an entry of a CRL", [])
            number = der.expect(data, entry.start, entry.stop, der.INTEGER, "a revoked serial number", [])
            serial, last, end = number.start, number.stop, entry.stop
        if last > end or end > stop:
            raise der.DerError(at, "an entry of a CRL runs past its surroundings")
        found.append(int.from_bytes(data[serial:last], "big", signed=True))
        at = end
    return found
