"""An OCSP response, read once from its DER (RFC 6960 4.2)."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import oid_of
from dpc_conformance.formats.extension import Extension
from dpc_conformance.formats.fields import Fields, Time, read_signed
from dpc_conformance.formats.names import Name
from dpc_conformance.formats.public_key import AlgorithmIdentifier

MAXIMUM_OCTETS: Final = 1 << 20
SUCCESSFUL: Final = 0
GOOD: Final = "good"
REVOKED: Final = "revoked"
UNKNOWN: Final = "unknown"
_STATUS: Final = {0x80: GOOD, 0xA1: REVOKED, 0x82: UNKNOWN}


class CertId(NamedTuple):
    """Which certificate is meant: OID of the hash, hashes of the issuer's name and key, and the serial."""

    hash: str
    issuer_name_hash: bytes
    issuer_key_hash: bytes
    serial: int


class SingleResponse(NamedTuple):
    """What the responder says about one certificate; `status` is good, revoked or unknown.

    `revoked` is since when it is revoked, None for another status.
    """

    cert_id: CertId
    status: str
    revoked: Time | None
    this_update: Time
    next_update: Time | None
    extensions: tuple[Extension, ...]
    reason: int | None = None
    """Why it is revoked, a reasonCode; None when absent."""


@dataclass(frozen=True, slots=True, eq=False)
class OcspView:
    """What stands in a basic response. `version` is None when omitted (v1).

    The responder is named by `responder_name` or by `responder_key_hash`, the other is None.
    """

    der: bytes
    tbs: bytes
    version: int | None
    responder_name: Name | None
    responder_key_hash: bytes | None
    produced_at: Time
    responses: tuple[SingleResponse, ...]
    extensions: tuple[Extension, ...]
    algorithm: AlgorithmIdentifier
    signature: bytes
    certificates: tuple[bytes, ...]
    defects: tuple[Defect, ...]


def read_ocsp_status(data: bytes) -> int:
    """responseStatus: 0 successful, 1 malformedRequest ... 6 unauthorized. DerError when unreadable."""
    whole = der.expect(data, 0, len(data), der.SEQUENCE, "an OCSP response", [])
    status = der.expect(data, whole.start, whole.stop, der.ENUMERATED, "responseStatus", [])
    return int.from_bytes(data[status.start : status.stop], "big", signed=True)


def read_ocsp(data: bytes) -> OcspView:
    """The view of a successful basic response. DerError when unreadable or of another status or type."""
    if len(data) > MAXIMUM_OCTETS:
        raise der.DerError(0, f"{len(data)} octets are too many for an OCSP response")
    status = read_ocsp_status(data)
    if status != SUCCESSFUL:
        raise der.DerError(0, f"responseStatus is {status}, not successful")
    defects: list[Defect] = []
    whole = Fields(data, der.expect(data, 0, len(data), der.SEQUENCE, "an OCSP response", defects), defects)
    if whole.end != len(data):
        defects.append(Defect(whole.end, f"{len(data) - whole.end} octets after the OCSP response"))
    whole.take(der.ENUMERATED, "responseStatus")
    wrapped = whole.take(0xA0, "responseBytes")
    held = Fields(data, der.expect(data, wrapped.start, wrapped.stop, der.SEQUENCE, "responseBytes", defects), defects)
    kind = oid_of(data, held.take(der.OBJECT_IDENTIFIER, "responseType"), "responseType")
    if kind != oids.OCSP_BASIC:
        raise der.DerError(wrapped.at, f"responseType is {kind}, not id-pkix-ocsp-basic")
    octets = held.take(der.OCTET_STRING, "response")
    return _read_basic(data, data[octets.start : octets.stop], defects)


def _read_basic(whole: bytes, data: bytes, defects: list[Defect]) -> OcspView:
    basic, certificates = _split_certificates(data)
    signed = read_signed(basic, "a basic OCSP response", defects, MAXIMUM_OCTETS)
    fields = Fields(basic, signed.tbs, defects)
    version = fields.explicit_version()
    by_name = fields.optional(0xA1)
    by_key = fields.take(0xA2, "responderID") if by_name is None else None
    produced_at = fields.time()
    listed = fields.take(der.SEQUENCE, "responses")
    extensions = fields.extensions(0xA1)
    responder = Fields(basic, by_name, defects).name("responderID") if by_name else None
    key_hash = der.expect(basic, by_key.start, by_key.stop, der.OCTET_STRING, "key hash", defects) if by_key else None
    return OcspView(
        der=whole,
        tbs=basic[signed.tbs.at : signed.tbs.stop],
        version=version,
        responder_name=responder,
        responder_key_hash=basic[key_hash.start : key_hash.stop] if key_hash else None,
        produced_at=produced_at,
        responses=tuple(
            _read_single(basic, one, defects) for one in der.children(basic, listed.start, listed.stop, defects)
        ),
        extensions=extensions,
        algorithm=signed.algorithm,
        signature=signed.signature,
        certificates=certificates,
        defects=tuple(sorted(set(defects))),
    )


def _split_certificates(data: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """A BasicOCSPResponse without its certificates, in the frame that certificates and CRLs share; and those."""
    outer = der.expect(data, 0, len(data), der.SEQUENCE, "a basic OCSP response", [])
    parts = tuple(der.children(data, outer.start, outer.stop, []))
    if len(parts) != 4 or parts[3].tag != 0xA0:
        return data, ()
    listed = der.expect(data, parts[3].start, parts[3].stop, der.SEQUENCE, "certificates", [])
    certificates = tuple(data[one.at : one.stop] for one in der.children(data, listed.start, listed.stop, []))
    contents = data[outer.start : parts[3].at]
    length = len(contents)
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    header = bytes((length,)) if length < 0x80 else bytes((0x80 | len(octets),)) + octets
    return bytes((der.SEQUENCE,)) + header + contents, certificates


def _read_single(data: bytes, element: der.Element, defects: list[Defect]) -> SingleResponse:
    der.require(element, der.SEQUENCE, "an answer about a certificate")
    fields = Fields(data, element, defects)
    cert_id = Fields(data, fields.take(der.SEQUENCE, "certID"), defects)
    algorithm = cert_id.algorithm()
    name = cert_id.take(der.OCTET_STRING, "issuerNameHash")
    key = cert_id.take(der.OCTET_STRING, "issuerKeyHash")
    serial = cert_id.take(der.INTEGER, "serialNumber")
    status = fields.optional(*_STATUS)
    if status is None:
        raise der.DerError(fields.at, "certStatus is neither good, revoked nor unknown")
    revoked, reason = _revoked(data, status, defects) if _STATUS[status.tag] == REVOKED else (None, None)
    this_update = fields.time()
    wrapped = fields.optional(0xA0)
    return SingleResponse(
        CertId(
            algorithm.oid,
            data[name.start : name.stop],
            data[key.start : key.stop],
            int.from_bytes(data[serial.start : serial.stop], "big", signed=True),
        ),
        _STATUS[status.tag],
        revoked,
        this_update,
        Fields(data, wrapped, defects).time() if wrapped else None,
        fields.extensions(0xA1),
        reason,
    )


def _revoked(data: bytes, status: der.Element, defects: list[Defect]) -> tuple[Time, int | None]:
    fields = Fields(data, status, defects)
    since, wrapped = fields.time(), fields.optional(0xA0)
    if wrapped is None:
        return since, None
    code = Fields(data, wrapped, defects).take(der.ENUMERATED, "revocationReason")
    return since, int.from_bytes(data[code.start : code.stop], "big", signed=True)
