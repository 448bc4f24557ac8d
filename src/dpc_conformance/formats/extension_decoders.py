"""Decoders of extension values (RFC 5280 4.2 and 5.2, RFC 6960 4.4): bytes in, meaning out, departures noted."""

from collections.abc import Callable
from typing import Final

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import integer, members, named_bits, oid_of, optional_fields
from dpc_conformance.formats.distribution_points import read_distribution_point, read_issuing_distribution_point
from dpc_conformance.formats.extension_values import (
    AccessDescription,
    AuthorityKeyIdentifier,
    BasicConstraints,
    DirectoryAttribute,
    DistributionPoint,
    Policy,
)
from dpc_conformance.formats.names import GeneralNames, read_general_name

Decoder = Callable[[bytes, list[Defect]], object]


def _sequence(data: bytes, what: str) -> tuple[der.Element, ...]:
    return members(data, der.read(data, 0, len(data), []), what)


def _not_empty(members: tuple[object, ...], what: str, defects: list[Defect]) -> None:
    if not members:
        defects.append(Defect(0, f"{what} is empty"))


def _key_usage(data: bytes, defects: list[Defect]) -> frozenset[int]:
    held = der.expect(data, 0, len(data), der.BIT_STRING, "keyUsage", [])
    contents = data[held.start : held.stop]
    if len(contents) > 1 and contents[0] < 8 and not contents[-1] >> contents[0] & 1:
        defects.append(Defect(0, "a BIT STRING of named bits that keeps trailing zeros (X.690 11.2.2)"))
    return named_bits(contents)


def _purposes(data: bytes, defects: list[Defect]) -> tuple[str, ...]:
    purposes = tuple(oid_of(data, one, "a purpose") for one in _sequence(data, "extKeyUsage"))
    _not_empty(purposes, "extKeyUsage", defects)
    return purposes


def _octets(data: bytes, _: list[Defect]) -> bytes:
    held = der.expect(data, 0, len(data), der.OCTET_STRING, "a key identifier", [])
    return data[held.start : held.stop]


def _policies(data: bytes, defects: list[Defect]) -> tuple[Policy, ...]:
    policies = tuple(_policy(data, one) for one in _sequence(data, "certificatePolicies"))
    _not_empty(policies, "certificatePolicies", defects)
    return policies


def _policy(data: bytes, element: der.Element) -> Policy:
    parts = members(data, element, "a policy")
    if not 1 <= len(parts) <= 2:
        raise der.DerError(element.at, "a policy is not an identifier with qualifiers")
    qualifiers = members(data, parts[1], "a list of policy qualifiers") if len(parts) == 2 else ()
    return Policy(oid_of(data, parts[0], "a policy"), tuple(_qualifier(data, one) for one in qualifiers))


def _qualifier(data: bytes, element: der.Element) -> str:
    parts = members(data, element, "a policy qualifier")
    if len(parts) != 2:
        raise der.DerError(element.at, "a policy qualifier is not an identifier and a value")
    return oid_of(data, parts[0], "a policy qualifier")


def _alternative_names(data: bytes, defects: list[Defect]) -> GeneralNames:
    names = GeneralNames(read_general_name(data, one) for one in _sequence(data, "subjectAltName"))
    _not_empty(names, "subjectAltName", defects)
    return names


def _basic_constraints(data: bytes, defects: list[Defect]) -> BasicConstraints:
    whole = der.read(data, 0, len(data), [])
    fields = optional_fields(data, whole, (der.BOOLEAN, der.INTEGER), "basicConstraints")
    flag, length = fields.get(der.BOOLEAN), fields.get(der.INTEGER)
    ca = flag is not None and any(data[flag.start : flag.stop])
    if flag is not None and not ca:
        defects.append(Defect(flag.at, "cA FALSE is the default and must not be encoded"))
    return BasicConstraints(ca, integer(data[length.start : length.stop]) if length else None, data)


def _authority_key_identifier(data: bytes, _: list[Defect]) -> AuthorityKeyIdentifier:
    whole = der.read(data, 0, len(data), [])
    fields = optional_fields(data, whole, (0x80, 0xA1, 0x82), "authorityKeyIdentifier")
    key = fields.get(0x80)
    return AuthorityKeyIdentifier(data[key.start : key.stop] if key else None, 0xA1 in fields, 0x82 in fields)


def _access(data: bytes, defects: list[Defect]) -> tuple[AccessDescription, ...]:
    descriptions = []
    for element in _sequence(data, "an information access extension"):
        parts = members(data, element, "an access description")
        if len(parts) != 2:
            raise der.DerError(element.at, "an access description is not a method and a location")
        method = oid_of(data, parts[0], "an access method")
        descriptions.append(AccessDescription(method, read_general_name(data, parts[1])))
    _not_empty(tuple(descriptions), "an information access extension", defects)
    return tuple(descriptions)


def _points(data: bytes, defects: list[Defect]) -> tuple[DistributionPoint, ...]:
    points = tuple(read_distribution_point(data, one) for one in _sequence(data, "cRLDistributionPoints"))
    _not_empty(points, "cRLDistributionPoints", defects)
    return points


def _boolean(data: bytes, _: list[Defect]) -> bool:
    held = der.expect(data, 0, len(data), der.BOOLEAN, "the value", [])
    return any(data[held.start : held.stop])


def _null(data: bytes, _: list[Defect]) -> bool:
    der.expect(data, 0, len(data), der.NULL, "the value", [])
    return True


def _number(data: bytes, _: list[Defect]) -> int:
    held = der.expect(data, 0, len(data), der.INTEGER, "the value", [])
    return integer(data[held.start : held.stop])


def _reason(data: bytes, _: list[Defect]) -> int:
    held = der.expect(data, 0, len(data), der.ENUMERATED, "reasonCode", [])
    return integer(data[held.start : held.stop])


def _directory_attributes(data: bytes, defects: list[Defect]) -> tuple[DirectoryAttribute, ...]:
    attributes = []
    for element in _sequence(data, "subjectDirectoryAttributes"):
        kind, values = members(data, element, "an attribute")
        der.require(values, der.SET, "what holds the values of an attribute")
        held = tuple((one.tag, data[one.start : one.stop]) for one in der.children(data, values.start, values.stop, []))
        _not_empty(held, "the SET of values of an attribute", defects)
        attributes.append(DirectoryAttribute(oid_of(data, kind, "an attribute type"), held))
    _not_empty(tuple(attributes), "subjectDirectoryAttributes", defects)
    return tuple(attributes)


DECODERS: Final[dict[str, Decoder]] = {
    oids.KEY_USAGE: _key_usage,
    oids.EXTENDED_KEY_USAGE: _purposes,
    oids.SUBJECT_KEY_IDENTIFIER: _octets,
    oids.CERTIFICATE_POLICIES: _policies,
    oids.SUBJECT_ALT_NAME: _alternative_names,
    oids.BASIC_CONSTRAINTS: _basic_constraints,
    oids.AUTHORITY_KEY_IDENTIFIER: _authority_key_identifier,
    oids.CRL_DISTRIBUTION_POINTS: _points,
    oids.FRESHEST_CRL: _points,
    oids.AUTHORITY_INFORMATION_ACCESS: _access,
    oids.SUBJECT_INFORMATION_ACCESS: _access,
    oids.PIV_NACI: _boolean,
    oids.OCSP_NOCHECK: _null,
    oids.CRL_NUMBER: _number,
    oids.DELTA_CRL_INDICATOR: _number,
    oids.REASON_CODE: _reason,
    oids.SUBJECT_DIRECTORY_ATTRIBUTES: _directory_attributes,
    oids.ISSUING_DISTRIBUTION_POINT: read_issuing_distribution_point,
}
