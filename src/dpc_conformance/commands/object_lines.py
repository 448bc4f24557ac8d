"""The data objects of a card in a few readable lines each."""

import hashlib
from collections.abc import Callable, Iterator

from dpc_conformance.commands.certificate_lines import Line, certificate_lines
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.ccc import CardCapabilityContainer
from dpc_conformance.formats.certificate_object import CertificateObject
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.formats.key_history import KeyHistory
from dpc_conformance.formats.security_object import SecurityObject
from dpc_conformance.formats.signed_data import SignedData

_HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "1.3.14.3.2.26": "sha1"}
_BIOMETRIC_FORMATS = {0x0201: "fingerprint minutiae (INCITS 378)", 0x0501: "facial image (INCITS 385)"}
_PRINTED = {b"\x01": "name", b"\x02": "affiliation", b"\x04": "expires", b"\x05": "card serial", b"\x06": "issuer"}

Reader = Callable[[bytes], Iterator[Line]]


def object_lines(container: Container, objects: dict[Container, bytes]) -> list[Line]:
    """Label and value for what stands in a container; a last line says so when it is malformed."""
    content = objects[container]
    lines: list[Line] = []
    try:
        if container == containers.SECURITY_OBJECT:
            lines.extend(_security_object(content, objects))
        elif container in containers.CERTIFICATE_OF_KEY.values():
            lines.extend(certificate_lines(CertificateObject.from_bytes(content).certificate))
        else:
            for line in _READERS.get(container, _nothing)(content):
                lines.append(line)
    except Malformed as problem:
        lines.append(("problem", str(problem)))
    return lines


def application_named(template: bytes) -> bytes:
    """RID (79 4F) and PIX (4F) of an application property template; empty when they are left out."""
    try:
        values = {element.tag: element for element in Tlv.from_bytes(template).children()}
        pix = values[b"\x4f"].value
        return pix if len(pix) > 6 else Tlv.from_bytes(values[b"\x79"].value).value + pix
    except (Malformed, KeyError):
        return b""


def _chuid(content: bytes) -> Iterator[Line]:
    chuid = Chuid.from_bytes(content)
    try:
        number = chuid.fasc_n
        yield "FASC-N", f"{number.identifier} (agency, system, credential)"
        yield "", f"credential series {number.credential_series}, issue {number.individual_credential_issue}"
        yield (
            "",
            f"person {number.person_identifier}, organization {number.organizational_identifier}, "
            + (f"category {number.organizational_category}, association {number.association_category}"),
        )
    except Malformed as problem:
        yield "FASC-N", f"{chuid.fasc_n_bytes.hex().upper()}: {problem}"
    yield "GUID", str(chuid.guid)
    yield "expires", str(chuid.expiration)
    if chuid.cardholder_uuid:
        yield "cardholder", str(chuid.cardholder_uuid)
    for certificate in SignedData.from_bytes(chuid.signature).certificates:
        lines = dict(certificate_lines(certificate))
        yield "signer", lines.get("subject", "its certificate cannot be read")
        yield "", f"valid {lines.get('valid', 'unknown')}"


def _ccc(content: bytes) -> Iterator[Line]:
    container = CardCapabilityContainer.from_bytes(content)
    yield "card", container.card_identifier.hex().upper() or "no identifier"
    yield "data model", container.data_model.hex().upper()


def _discovery(content: bytes) -> Iterator[Line]:
    discovery = DiscoveryObject.from_bytes(content)
    yield "AID", discovery.aid.hex().upper() or "none"
    yield "PIN policy", f"{discovery.pin_usage_policy.hex().upper()} {discovery.words()}".strip()


def _key_history(content: bytes) -> Iterator[Line]:
    history = KeyHistory.from_bytes(content)
    yield "on card", f"{history.keys_with_certificate_on_card} certificates"
    yield "elsewhere", f"{history.keys_with_certificate_off_card} certificates {history.url}".strip()


def _biometric(content: bytes) -> Iterator[Line]:
    record = ber.require(ber.read_all(content), b"\xbc", "the CBEFF record")
    if len(record) < 88:
        raise Malformed("the CBEFF header is cut off", len(record))
    kind = int.from_bytes(record[10:12], "big")
    yield "format", _BIOMETRIC_FORMATS.get(kind, f"{kind:04X}")
    yield "record", f"{int.from_bytes(record[2:6], 'big')} bytes"
    yield "signature", f"{int.from_bytes(record[6:8], 'big')} bytes"
    yield "created", f"{record[12]:02}{record[13]:02}-{record[14]:02}-{record[15]:02}"


def _printed(content: bytes) -> Iterator[Line]:
    for element in ber.read_all(content):
        if element.tag in _PRINTED:
            yield _PRINTED[element.tag], element.value.decode("ascii", errors="backslashreplace").strip()


def _security_object(content: bytes, objects: dict[Container, bytes]) -> Iterator[Line]:
    security = SecurityObject.from_bytes(content)
    hashes = security.hashes()
    name = _HASHES.get(hashes.algorithm)
    yield "hash", name or hashes.algorithm
    for group, container_id in security.mapping.items():
        container = containers.by_id(container_id)
        title = container.name if container else f"container {container_id:04X}"
        value = hashes.values.get(group)
        if value is None:
            verdict = "has no hash"
        elif container not in objects or name is None:
            verdict = "was not read"
        else:
            own = objects[container]
            covered = Tlv.from_bytes(own).value if container.own_tag else own
            verdict = "agrees" if hashlib.new(name, covered).digest() == value else "DIFFERS from the card"
        yield f"group {group}", f"{title}: {verdict}"
    signed = SignedData.from_bytes(security.signed_object)
    for signer in signed.signers:
        if signer.issuer:
            yield "signer", f"serial {signer.serial:X}, issued by {_name(signer.issuer)}"


def _name(der: bytes) -> str:
    """A distinguished name, last attribute only: the common name as a rule."""
    last = Tlv.from_bytes(der).children()[-1:]
    return last[0].children()[0].children()[1].value.decode("utf-8", errors="backslashreplace") if last else "nobody"


def _nothing(_content: bytes) -> Iterator[Line]:
    return iter(())


_READERS: dict[Container, Reader] = {
    containers.CHUID: _chuid,
    containers.CCC: _ccc,
    containers.DISCOVERY: _discovery,
    containers.KEY_HISTORY: _key_history,
    containers.FINGERPRINTS: _biometric,
    containers.FACIAL_IMAGE: _biometric,
    containers.IRIS: _biometric,
    containers.PRINTED_INFORMATION: _printed,
}
