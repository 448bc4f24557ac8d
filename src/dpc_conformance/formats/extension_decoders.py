"""Decoders of extension values (RFC 5280 4.2 and 5.2, RFC 6960 4.4): bytes in, meaning out, departures noted."""

from collections.abc import Callable
from typing import Final

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import integer, named_bits, oid_of
from dpc_conformance.formats.extension_values import (
    AccessDescription,
    AuthorityKeyIdentifier,
    BasicConstraints,
    DirectoryAttribute,
    DistributionPoint,
    IssuingDistributionPoint,
    Policy,
)
from dpc_conformance.formats.names import GeneralName, GeneralNames, read_general_name, read_general_names

Decoder = Callable[[bytes, list[Defect]], object]


def _sequence(data: bytes, what: str) -> tuple[der.Element, ...]:
    sequence = der.expect(data, 0, len(data), der.SEQUENCE, what, [])
    return tuple(der.children(data, sequence.start, sequence.stop, []))


def _not_empty(members: tuple[object, ...], what: str, defects: list[Defect]) -> None:
    if not members:
        defects.append(Defect(0, f"{what} is an empty SEQUENCE"))


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
    parts = tuple(der.children(data, element.start, element.stop, []))
    if element.tag != der.SEQUENCE or not 1 <= len(parts) <= 2:
        raise der.DerError(element.at, "a policy is not an identifier with qualifiers")
    qualifiers = []
    for qualifier in der.children(data, parts[1].start, parts[1].stop, []) if len(parts) == 2 else ():
        first = der.read(data, qualifier.start, qualifier.stop, [])
        qualifiers.append(oid_of(data, first, "a policy qualifier"))
    return Policy(oid_of(data, parts[0], "a policy"), tuple(qualifiers))


def _alternative_names(data: bytes, defects: list[Defect]) -> GeneralNames:
    names = GeneralNames(read_general_name(data, one) for one in _sequence(data, "subjectAltName"))
    _not_empty(names, "subjectAltName", defects)
    return names


def _basic_constraints(data: bytes, defects: list[Defect]) -> BasicConstraints:
    ca, path_length = False, None
    for field in _sequence(data, "basicConstraints"):
        contents = data[field.start : field.stop]
        if field.tag == der.BOOLEAN:
            ca = any(contents)
            if not ca:
                defects.append(Defect(field.at, "cA FALSE is the default and must not be encoded"))
        elif field.tag == der.INTEGER:
            path_length = integer(contents)
        else:
            raise der.DerError(field.at, f"basicConstraints holds {der.tag_name(field.tag)}")
    return BasicConstraints(ca, path_length, data)


def _authority_key_identifier(data: bytes, _: list[Defect]) -> AuthorityKeyIdentifier:
    fields = {field.tag & 0x1F: data[field.start : field.stop] for field in _sequence(data, "authorityKeyIdentifier")}
    return AuthorityKeyIdentifier(fields.get(0), 1 in fields, 2 in fields)


def _full_name(data: bytes, field: der.Element) -> tuple[GeneralName, ...]:
    held = der.read(data, field.start, field.stop, [])
    return read_general_names(data, held) if held.tag & 0x1F == 0 else ()


def _distribution_points(data: bytes, defects: list[Defect]) -> tuple[DistributionPoint, ...]:
    points = tuple(_distribution_point(data, one) for one in _sequence(data, "cRLDistributionPoints"))
    _not_empty(points, "cRLDistributionPoints", defects)
    return points


def _distribution_point(data: bytes, element: der.Element) -> DistributionPoint:
    fields = {field.tag & 0x1F: field for field in der.children(data, element.start, element.stop, [])}
    return DistributionPoint(_full_name(data, fields[0]) if 0 in fields else (), 1 in fields, 2 in fields)


def _access(data: bytes, defects: list[Defect]) -> tuple[AccessDescription, ...]:
    descriptions = []
    for element in _sequence(data, "an information access extension"):
        parts = tuple(der.children(data, element.start, element.stop, []))
        if len(parts) != 2:
            raise der.DerError(element.at, "an access description is not a method and a location")
        method = oid_of(data, parts[0], "an access method")
        descriptions.append(AccessDescription(method, read_general_name(data, parts[1])))
    _not_empty(tuple(descriptions), "an information access extension", defects)
    return tuple(descriptions)


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


def _directory_attributes(data: bytes, _: list[Defect]) -> tuple[DirectoryAttribute, ...]:
    attributes = []
    for element in _sequence(data, "subjectDirectoryAttributes"):
        kind, values = der.children(data, element.start, element.stop, [])
        held = tuple((one.tag, data[one.start : one.stop]) for one in der.children(data, values.start, values.stop, []))
        attributes.append(DirectoryAttribute(oid_of(data, kind, "an attribute type"), held))
    return tuple(attributes)


def _issuing_distribution_point(data: bytes, defects: list[Defect]) -> IssuingDistributionPoint:
    fields = {field.tag & 0x1F: field for field in _sequence(data, "issuingDistributionPoint")}
    flags = {number: any(data[field.start : field.stop]) for number, field in fields.items()}
    for number in (1, 2, 4, 5):
        if number in fields and not flags[number]:
            defects.append(Defect(fields[number].at, "a flag FALSE is the default and must not be encoded"))
    names = _full_name(data, fields[0]) if 0 in fields else ()
    return IssuingDistributionPoint(
        0 in fields,
        names,
        flags.get(1, False),
        flags.get(2, False),
        3 in fields,
        flags.get(4, False),
        flags.get(5, False),
    )


DECODERS: Final[dict[str, Decoder]] = {
    oids.KEY_USAGE: _key_usage,
    oids.EXTENDED_KEY_USAGE: _purposes,
    oids.SUBJECT_KEY_IDENTIFIER: _octets,
    oids.CERTIFICATE_POLICIES: _policies,
    oids.SUBJECT_ALT_NAME: _alternative_names,
    oids.BASIC_CONSTRAINTS: _basic_constraints,
    oids.AUTHORITY_KEY_IDENTIFIER: _authority_key_identifier,
    oids.CRL_DISTRIBUTION_POINTS: _distribution_points,
    oids.FRESHEST_CRL: _distribution_points,
    oids.AUTHORITY_INFORMATION_ACCESS: _access,
    oids.SUBJECT_INFORMATION_ACCESS: _access,
    oids.PIV_NACI: _boolean,
    oids.OCSP_NOCHECK: _null,
    oids.CRL_NUMBER: _number,
    oids.DELTA_CRL_INDICATOR: _number,
    oids.REASON_CODE: _reason,
    oids.SUBJECT_DIRECTORY_ATTRIBUTES: _directory_attributes,
    oids.ISSUING_DISTRIBUTION_POINT: _issuing_distribution_point,
}
