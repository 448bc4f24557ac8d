"""The short way through a certificate whose encoding holds no surprise: the same view, in a fraction of the time.

Every step takes the commonest form of a field for granted and gives up when it meets another one; then the careful
reader, which knows all forms and notes what is wrong, reads the certificate from its beginning.
"""

from typing import Final

from dpc_conformance.formats.certificate_view import CertificateView
from dpc_conformance.formats.extension import Extension
from dpc_conformance.formats.names import NAMES
from dpc_conformance.formats.public_key import ALGORITHMS
from dpc_conformance.formats.quick_extensions import quick_extensions
from dpc_conformance.formats.quick_parts import Unusual, body, quick_key, quick_name, quick_time

_VERSION_3: Final = b"\xa0\x03\x02\x01\x02"
_UTC_TIMES: Final = b"\x30\x1e\x17\x0d"
_UTC_TIME: Final = b"\x17\x0d"


def read_quickly(data: bytes) -> CertificateView | None:
    """The view of a version 3 certificate in strict DER; None when something in it asks for a closer look."""
    try:
        return _read(data)
    except (ValueError, IndexError):
        return None


def _read(data: bytes) -> CertificateView | None:
    size = len(data)
    tbs_at, stop = body(data, 0, 0x30)
    start, tbs_stop = body(data, tbs_at, 0x30)
    at = start + 5
    if stop != size or data[start:at] != _VERSION_3:
        return None
    serial_start, at = body(data, at, 0x02)
    octets = data[serial_start:at]
    first = octets[0]
    if (first == 0 or first == 0xFF) and len(octets) > 1 and (first == 0) == (octets[1] < 0x80):
        return None
    begin, at = at, body(data, at, 0x30)[1]
    inner = ALGORITHMS.of(data[begin:at])
    begin, at = at, body(data, at, 0x30)[1]
    issuer = NAMES.of(data[begin:at])
    validity, at = at, at + 32
    if data[validity : validity + 4] != _UTC_TIMES or data[validity + 17 : validity + 19] != _UTC_TIME:
        return None
    begin, (start, at) = at, body(data, at, 0x30)
    subject = quick_name(data, begin, start, at)
    begin, (start, at) = at, body(data, at, 0x30)
    public_key = quick_key(data, begin, start, at)
    start, stop = body(data, at, 0xA3)
    start, at = body(data, start, 0x30)
    extensions = quick_extensions(data, start, at)
    begin, end = tbs_stop, body(data, tbs_stop, 0x30)[1]
    outer = ALGORITHMS.of(data[begin:end])
    start, end = body(data, end, 0x03)
    if stop != tbs_stop or at != stop or end != size or data[start] or inner.defects or outer.defects or issuer.defects:
        return None
    by_oid: dict[str, Extension] = {one.oid: one for one in extensions}
    if len(by_oid) != len(extensions):
        raise Unusual
    return tuple.__new__(
        CertificateView,
        (
            data,
            data[tbs_at:tbs_stop],
            2,
            int.from_bytes(octets, "big", signed=True),
            octets,
            inner,
            outer,
            data[start + 1 : end],
            0,
            issuer,
            quick_time(data[validity + 4 : validity + 17]),
            quick_time(data[validity + 19 : validity + 32]),
            subject,
            public_key,
            False,
            False,
            extensions,
            by_oid,
            (),
        ),
    )
