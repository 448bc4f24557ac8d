"""A signed object of a card or token, read once from its CMS message."""

from dataclasses import dataclass

from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.security_object import LdsSecurityObject
from dpc_conformance.formats.signed_data import SignedData


@dataclass(frozen=True)
class SignedObject:
    """`name` says which object it is; `hashes` is what a Security Object signs, None for the other objects."""

    name: str
    message: SignedData
    hashes: LdsSecurityObject | None = None


def read_signed_object(name: str, cms: bytes, is_security_object: bool = False) -> SignedObject:
    """The object whose CMS SignedData is `cms`. Malformed when it cannot be read."""
    message = SignedData.from_bytes(cms)
    if not is_security_object:
        return SignedObject(name, message)
    if message.content is None:
        raise Malformed("the Security Object carries no hashes")
    return SignedObject(name, message, LdsSecurityObject.from_bytes(message.content))
