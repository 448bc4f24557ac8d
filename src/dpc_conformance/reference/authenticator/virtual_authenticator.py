"""A simulated FIDO2 authenticator: discoverable credentials on P-256, one counter, one way to attest itself."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256, CoseKey
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.authenticator.maker import Attester
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.roles.authenticator import AuthenticatorAssertion, NoSuchCredential

FLAG = AuthenticatorData.FLAG
Sign = Callable[[bytes], bytes]
Attest = Callable[[bytes, Sign], tuple[str, dict[str, Any]]]
"""From what is attested (authenticator data and hash) and the new key to a format and a statement."""


@dataclass(frozen=True)
class Held:
    """A credential in the authenticator."""

    credential_id: bytes
    user_id: bytes
    key: ec.EllipticCurvePrivateKey = field(repr=False)


class VirtualAuthenticator:
    """Implements roles.authenticator.Authenticator. Where it `verifies_user`, its user always unlocks it."""

    def __init__(self, aaguid: str, entropy: Entropy, verifies_user: bool, attest: Attest) -> None:
        self._aaguid, self._entropy, self._attest = bytes.fromhex(aaguid), entropy, attest
        self._flags = FLAG.UP | FLAG.UV if verifies_user else FLAG.UP
        self._held: dict[str, list[Held]] = {}
        self._uses = 0

    def make_credential(self, rp_id: str, user_id: bytes, client_data_hash: bytes) -> bytes:
        """A new credential, and the attestation object about it."""
        held = Held(self.new_identifier(), user_id, ec_key(self._entropy, ec.SECP256R1()))
        self._held.setdefault(rp_id, []).append(held)
        key: CoseKey = ES256.from_cryptography_key(held.key.public_key())  # type: ignore[no-untyped-call]
        attested = AttestedCredentialData.create(self._aaguid, held.credential_id, key)
        data = self._data(rp_id, FLAG.AT, attested)
        form, statement = self._attest(data + client_data_hash, signer(held.key))
        return bytes(AttestationObject.create(form, data, statement))

    def get_assertion(self, rp_id: str, allowed: tuple[bytes, ...], client_data_hash: bytes) -> AuthenticatorAssertion:
        """Sign with the newest credential that will do. Raises NoSuchCredential."""
        fitting = [each for each in self._held.get(rp_id, []) if not allowed or each.credential_id in allowed]
        if not fitting:
            raise NoSuchCredential(rp_id)
        held, data = fitting[-1], self._data(rp_id, FLAG(0), b"")
        signature = signer(held.key)(data + client_data_hash)
        return AuthenticatorAssertion(held.credential_id, bytes(data), signature, held.user_id)

    def new_identifier(self) -> bytes:
        """The identifier of the next credential."""
        return self._entropy.bytes(32)

    def identifiers(self) -> tuple[bytes, ...]:
        """Those of all credentials, oldest first."""
        return tuple(each.credential_id for held in self._held.values() for each in held)

    def _data(self, rp_id: str, flags: int, attested: bytes) -> AuthenticatorData:
        self._uses += 1
        rp_id_hash = hashlib.sha256(rp_id.encode()).digest()
        made: AuthenticatorData = AuthenticatorData.create(rp_id_hash, FLAG(self._flags | flags), self._uses, attested)
        return made


def attested_by(attester: Attester) -> Attest:
    """Packed attestation with the model's certificate (WebAuthn §8.2)."""

    def attest(what: bytes, _sign: Sign) -> tuple[str, dict[str, Any]]:
        return "packed", {"alg": ES256.ALGORITHM, "sig": signer(attester.key)(what), "x5c": [attester.certificate]}

    return attest


def self_attested(what: bytes, sign: Sign) -> tuple[str, dict[str, Any]]:
    """Packed attestation by the new key itself, which says nothing about the model."""
    return "packed", {"alg": ES256.ALGORITHM, "sig": sign(what)}


def not_attested(_what: bytes, _sign: Sign) -> tuple[str, dict[str, Any]]:
    """No attestation at all."""
    return "none", {}


def signer(key: ec.EllipticCurvePrivateKey) -> Sign:
    """ECDSA with SHA-256."""
    return lambda what: key.sign(what, ec.ECDSA(hashes.SHA256()))
