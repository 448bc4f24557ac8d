"""A CRL and an OCSP response in pieces, and what the judge is told besides them."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from dpc_conformance.checks.status.lifetime import OF_A_SHARED_PROVIDER
from dpc_conformance.faults.certificates.encoding import (
    bits,
    boolean,
    context,
    generalized_time,
    implicit,
    integer,
    null,
    octets,
    oid,
    sequence,
    tlv,
    utc_time,
)
from dpc_conformance.faults.certificates.material import CA, CA_NAME, NOW, SERIAL, authority_key, ca_template, good
from dpc_conformance.faults.certificates.signers import Signer, ecdsa
from dpc_conformance.faults.certificates.template import ExtensionParts, Template
from dpc_conformance.formats import oids
from dpc_conformance.formats.public_key import read_public_key

MADE = NOW - timedelta(hours=6)
NEXT = MADE + timedelta(hours=36)
REVOKED_SERIAL = 0x7777666655554444
RESPONDER = ecdsa("responder")


def entry(serial: int = REVOKED_SERIAL, *extensions: ExtensionParts) -> bytes:
    """A revoked certificate."""
    held = sequence(*(one.encoded() for one in extensions)) if extensions else b""
    return sequence(integer(serial), utc_time(MADE), held)


def reason(code: int, critical: bytes = b"") -> ExtensionParts:
    """The reasonCode of an entry."""
    return ExtensionParts(oids.REASON_CODE, tlv(0x0A, bytes((code,))), critical)


@dataclass(frozen=True)
class CrlTemplate:
    """A good CRL in pieces; every field is a complete encoding, `entries` is that of the whole list."""

    signer: Signer = CA
    version: bytes = integer(1)
    issuer: bytes = CA_NAME
    this_update: bytes = utc_time(MADE)
    next_update: bytes = utc_time(NEXT)
    entries: bytes = sequence(entry(REVOKED_SERIAL, reason(1)))
    extensions: tuple[ExtensionParts, ...] = (
        ExtensionParts(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(CA.key_identifier)),
        ExtensionParts(oids.CRL_NUMBER, integer(7)),
    )

    def adding(self, kind: str, value: bytes, critical: bytes = b"") -> "CrlTemplate":
        """The same with one extension more."""
        return replace(self, extensions=(*self.extensions, ExtensionParts(kind, value, critical)))

    def signed(self) -> bytes:
        """The CRL."""
        tbs = sequence(
            self.version,
            self.signer.algorithm,
            self.issuer,
            self.this_update,
            self.next_update,
            self.entries,
            context(0, sequence(*(one.encoded() for one in self.extensions))) if self.extensions else b"",
        )
        return sequence(tbs, self.signer.algorithm, bits(self.signer.sign(tbs)))


def digest(name: str, contents: bytes) -> bytes:
    """An OCTET STRING with a hash of `contents`."""
    return octets(hashlib.new(name, contents, usedforsecurity=False).digest())


def cert_id(
    serial: int = SERIAL, algorithm: str = oids.SHA1, name: str = "sha1", issuer: bytes = CA_NAME, ca: Signer = CA
) -> bytes:
    """The CertID of a certificate of the CA."""
    key = read_public_key(ca.public_key).bits
    return sequence(sequence(oid(algorithm), null()), digest(name, issuer), digest(name, key), integer(serial))


def responder_template(signer: Signer = RESPONDER) -> Template:
    """The certificate of a delegated responder, in pieces."""
    template = replace(good(), public_key=signer.public_key, serial=integer(0x4242424242424242))
    template = template.with_value(oids.EXTENDED_KEY_USAGE, sequence(oid(oids.OCSP_SIGNING)))
    template = template.with_criticality(oids.EXTENDED_KEY_USAGE)
    return template.adding(oids.OCSP_NOCHECK, null())


@dataclass(frozen=True)
class OcspTemplate:
    """A good response of a delegated responder in pieces."""

    signer: Signer = RESPONDER
    version: bytes = b""
    cert_id: bytes = field(default_factory=cert_id)
    status: bytes = implicit(0, b"")
    produced_at: datetime = MADE
    this_update: datetime = MADE
    next_update: datetime | None = NEXT
    extensions: tuple[ExtensionParts, ...] = ()
    certificates: tuple[bytes, ...] | None = None
    """Those that come along; None means that of the signer."""

    def signed(self) -> bytes:
        """The whole OCSPResponse."""
        end = context(0, generalized_time(self.next_update)) if self.next_update else b""
        single = sequence(self.cert_id, self.status, generalized_time(self.this_update), end)
        key_hash = context(2, octets(self.signer.key_identifier))
        extensions = context(1, sequence(*(one.encoded() for one in self.extensions))) if self.extensions else b""
        tbs = sequence(self.version, key_hash, generalized_time(self.produced_at), sequence(single), extensions)
        sent = (responder_template(self.signer).signed(),) if self.certificates is None else self.certificates
        certificates = context(0, sequence(*sent)) if sent else b""
        basic = sequence(tbs, self.signer.algorithm, bits(self.signer.sign(tbs)), certificates)
        return sequence(tlv(0x0A, b"\x00"), context(0, sequence(oid(oids.OCSP_BASIC), octets(basic))))


REVOKED_STATUS = context(1, generalized_time(MADE))
CRITICAL = boolean(True)


def evidence() -> dict[str, Any]:
    """What the judge is told besides a CRL or response, by the names it gives to these things."""
    return {
        "moment": NOW,
        "issuer": ca_template().signed(),
        "certificate": good().signed(),
        "crl": CrlTemplate().signed(),
        "requested_hash": oids.SHA1,
        "longest": OF_A_SHARED_PROVIDER,
    }
