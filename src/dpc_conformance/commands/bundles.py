"""Certificates and CRLs out of PKCS#7 (RFC 5652) and PKCS#12 (RFC 7292) files."""

from collections.abc import Callable

from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import DerError, Element
from dpc_conformance.formats.der_values import oid_of

Found = list[tuple[Kind, bytes]]
AskPassword = Callable[[str], bytes | None]
"""Asked with the name of a file; None when nobody can answer."""


def from_pkcs7(data: bytes, name: str) -> Found:
    """What a SignedData carries along, in order. BadInput when it is none or cannot be read."""
    try:
        outer = _inside(data, der.read(data, 0, len(data), []))
        kind = oid_of(data, outer[0], "contentType")
        if kind != oids.SIGNED_DATA or len(outer) < 2:
            raise BadInput(f"{name}: expected a PKCS#7 SignedData, found content type {kind}")
        [signed] = _inside(data, outer[1])
        found: Found = []
        for part in _inside(data, signed):
            if part.tag in (0xA0, 0xA1):
                what = Kind.CERTIFICATE if part.tag == 0xA0 else Kind.CRL
                found += [(what, data[one.at : one.stop]) for one in _inside(data, part) if one.tag == der.SEQUENCE]
    except (DerError, ValueError, IndexError) as problem:
        raise BadInput(f"{name}: expected a PKCS#7 file in DER: {problem}") from None
    return found


def from_pkcs12(data: bytes, name: str, password: bytes | None, ask: AskPassword) -> Found:
    """The certificates of a PKCS#12 file; its private key is not kept. BadInput when no password opens it.

    Tried are `password` if there is one, else none, the empty one, and the answer to `ask`.
    """
    if password is not None:
        found = _opened(data, password)
    else:
        found = _opened(data, None) or _opened(data, b"")
        if found is None:
            answer = ask(name)
            if answer is None:
                raise BadInput(f"{name}: it is locked; give its password with --password-file")
            found = _opened(data, answer)
    if found is None:
        raise BadInput(f"{name}: expected a PKCS#12 file that the given password opens")
    return found


def _opened(data: bytes, password: bytes | None) -> Found | None:
    # Imported here: only one of the many kinds of files needs it.
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    try:
        held = pkcs12.load_pkcs12(data, password)
    except (ValueError, TypeError):  # a wrong password and what is not PKCS#12 look the same
        return None
    certificates = [one for one in (held.cert, *held.additional_certs) if one is not None]
    return [(Kind.CERTIFICATE, one.certificate.public_bytes(Encoding.DER)) for one in certificates]


def _inside(data: bytes, element: Element) -> list[Element]:
    return list(der.children(data, element.start, element.stop, []))
