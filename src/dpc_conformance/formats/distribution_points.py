"""Where CRLs are to be found and what one covers, as certificates and CRLs say it (RFC 5280 4.2.1.13 and 5.2.5)."""

from dpc_conformance.formats import der
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import optional_fields
from dpc_conformance.formats.extension_values import DistributionPoint, IssuingDistributionPoint
from dpc_conformance.formats.names import GeneralName, read_general_names

_NAME, _FULL_NAME, _RELATIVE_NAME = 0xA0, 0xA0, 0xA1
_REASONS, _CRL_ISSUER = 0x81, 0xA2
_ONLY_USER, _ONLY_CA, _ONLY_REASONS, _INDIRECT, _ONLY_ATTRIBUTE = 0x81, 0x82, 0x83, 0x84, 0x85


def read_distribution_point(data: bytes, element: der.Element) -> DistributionPoint:
    """One DistributionPoint. DerError when `element` is none."""
    fields = optional_fields(data, element, (_NAME, _REASONS, _CRL_ISSUER), "a distribution point")
    return DistributionPoint(_names(data, fields.get(_NAME)), _REASONS in fields, _CRL_ISSUER in fields)


def read_issuing_distribution_point(data: bytes, defects: list[Defect]) -> IssuingDistributionPoint:
    """The value of the extension of a CRL; flags that are their default are noted. DerError when it is none."""
    flags = (_ONLY_USER, _ONLY_CA, _INDIRECT, _ONLY_ATTRIBUTE)
    tags = (_NAME, _ONLY_USER, _ONLY_CA, _ONLY_REASONS, _INDIRECT, _ONLY_ATTRIBUTE)
    fields = optional_fields(data, der.read(data, 0, len(data), []), tags, "issuingDistributionPoint")
    raised = {tag for tag, field in fields.items() if tag in flags and any(data[field.start : field.stop])}
    for tag in flags:
        if tag in fields and data[fields[tag].start : fields[tag].stop] != b"\xff":
            defects.append(Defect(fields[tag].at, "a flag is FF, or it is FALSE by default and not encoded"))
    return IssuingDistributionPoint(
        has_point=_NAME in fields,
        names=_names(data, fields.get(_NAME)),
        only_user=_ONLY_USER in raised,
        only_ca=_ONLY_CA in raised,
        has_reasons=_ONLY_REASONS in fields,
        indirect=_INDIRECT in raised,
        only_attribute=_ONLY_ATTRIBUTE in raised,
    )


def _names(data: bytes, field: der.Element | None) -> tuple[GeneralName, ...]:
    """Those of a fullName; a name relative to that of the CRL issuer is none of them."""
    if field is None:
        return ()
    held = der.read(data, field.start, field.stop, [])
    if held.tag not in (_FULL_NAME, _RELATIVE_NAME) or held.stop != field.stop:
        raise der.DerError(held.at, "the name of a distribution point is neither full nor relative")
    return read_general_names(data, held) if held.tag == _FULL_NAME else ()
