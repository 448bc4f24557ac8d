"""A certificate in pieces, each of which a mutant may replace, and the signing of the whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from dpc_conformance.faults.certificates.encoding import (
    bits,
    boolean,
    context,
    integer,
    octets,
    oid,
    sequence,
    utc_time,
)
from dpc_conformance.faults.certificates.signers import Signer


@dataclass(frozen=True)
class ExtensionParts:
    """An extension: `critical` is its encoding, empty when absent; `value` is what the OCTET STRING holds."""

    oid: str
    value: bytes
    critical: bytes = b""

    def encoded(self) -> bytes:
        """The extension in DER, as far as its parts are."""
        return sequence(oid(self.oid), self.critical, octets(self.value))


@dataclass(frozen=True)
class Template:
    """Every field is a complete encoding; `outer_algorithm` empty means that of the signer."""

    serial: bytes
    signer: Signer
    issuer: bytes
    not_before: bytes
    not_after: bytes
    subject: bytes
    public_key: bytes
    extensions: tuple[ExtensionParts, ...]
    version: bytes = context(0, integer(2))
    inner_algorithm: bytes = b""
    outer_algorithm: bytes = b""
    unique_identifiers: bytes = b""

    def with_value(self, kind: str, value: bytes) -> "Template":
        """The same with another value of one extension."""
        return self._with(kind, lambda one: replace(one, value=value))

    def with_criticality(self, kind: str, critical: bytes | None = None) -> "Template":
        """The same with one extension critical, or with the given encoding of its criticality."""
        encoded = boolean(True) if critical is None else critical
        return self._with(kind, lambda one: replace(one, critical=encoded))

    def _with(self, kind: str, change: Callable[[ExtensionParts], ExtensionParts]) -> "Template":
        changed = tuple(change(one) if one.oid == kind else one for one in self.extensions)
        if changed == self.extensions:
            raise ValueError(f"nothing to change in extension {kind}")
        return replace(self, extensions=changed)

    def lasting(self, begin: datetime, end: datetime) -> "Template":
        """The same with other dates, as UTCTime."""
        return replace(self, not_before=utc_time(begin), not_after=utc_time(end))

    def without(self, kind: str) -> "Template":
        """The same without one extension."""
        return replace(self, extensions=tuple(one for one in self.extensions if one.oid != kind))

    def adding(self, kind: str, value: bytes, critical: bytes = b"") -> "Template":
        """The same with one extension more."""
        return replace(self, extensions=(*self.extensions, ExtensionParts(kind, value, critical)))

    def tbs(self) -> bytes:
        """The signed part."""
        return sequence(
            self.version,
            self.serial,
            self.inner_algorithm or self.signer.algorithm,
            self.issuer,
            sequence(self.not_before, self.not_after),
            self.subject,
            self.public_key,
            self.unique_identifiers,
            context(3, sequence(*(one.encoded() for one in self.extensions))) if self.extensions else b"",
        )

    def signed(self) -> bytes:
        """The certificate."""
        tbs = self.tbs()
        return sequence(tbs, self.outer_algorithm or self.signer.algorithm, bits(self.signer.sign(tbs)))
