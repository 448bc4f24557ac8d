"""Which object some DER is, seen from the tags of its first elements."""

from enum import Enum

from dpc_conformance.formats import der
from dpc_conformance.formats.der import DerError, Element


class Kind(Enum):
    """What can be judged, or holds what can be judged."""

    CERTIFICATE = "certificate"
    CRL = "CRL"
    OCSP_RESPONSE = "OCSP response"
    PKCS7 = "PKCS#7"
    PKCS12 = "PKCS#12"
    REQUEST = "certificate request"
    NOTHING = "something else"


_TIMES = (der.UTC_TIME, der.GENERALIZED_TIME)


def kind_of(data: bytes) -> Kind:
    """The kind of the object that `data` begins with.

    A SEQUENCE that goes wrong further inside is taken for a certificate, so that the judge may say where it does.
    """
    if data[:1] != bytes((der.SEQUENCE,)):
        return Kind.NOTHING
    try:
        inside = _children(data, der.read(data, 0, len(data), []))
    except DerError:
        return Kind.CERTIFICATE
    tags = [one.tag for one in inside]
    if tags[:1] == [der.ENUMERATED]:
        return Kind.OCSP_RESPONSE
    if tags[:1] == [der.OBJECT_IDENTIFIER]:
        return Kind.PKCS7
    if tags[:2] == [der.INTEGER, der.SEQUENCE]:
        return Kind.PKCS12 if _begins_with_oid(data, inside[1]) else Kind.NOTHING
    return _signed_kind(data, inside[0]) if tags[:1] == [der.SEQUENCE] else Kind.CERTIFICATE


def _signed_kind(data: bytes, tbs: Element) -> Kind:
    """CRLs have a date, and requests attributes, where certificates have a SEQUENCE of two dates."""
    try:
        tags = [one.tag for one in _children(data, tbs)]
    except DerError:
        return Kind.CERTIFICATE
    rest = tags[1:] if tags[:1] == [der.INTEGER] else tags
    if rest[:2] == [der.SEQUENCE, der.SEQUENCE] and rest[2:3] and rest[2] in _TIMES:
        return Kind.CRL
    if tags == [der.INTEGER, der.SEQUENCE, der.SEQUENCE, 0xA0]:
        return Kind.REQUEST
    return Kind.CERTIFICATE


def _children(data: bytes, element: Element) -> list[Element]:
    return list(der.children(data, element.start, element.stop, []))


def _begins_with_oid(data: bytes, element: Element) -> bool:
    try:
        return [one.tag for one in _children(data, element)][:1] == [der.OBJECT_IDENTIFIER]
    except DerError:
        return False
