"""ID tokens bound to the card certificate (OpenID Connect Core §2, RFC 8705 §3.1)."""

import hashlib
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.identity_provider.device_requests import SignedIn
from dpc_conformance.reference.identity_provider.settings import IdentityProviderSettings

ALGORITHM = "ES256"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class IdTokens:
    """Signs ID tokens with a P-256 key of its own; all times are the run's."""

    def __init__(self, clock: RunClock, entropy: Entropy, settings: IdentityProviderSettings) -> None:
        self._clock, self._settings = clock, settings
        key = ec.derive_private_key(1 + entropy.below(_P256_ORDER - 1), ec.SECP256R1())
        self._key = ECKey.import_key(key, {"use": "sig", "alg": ALGORITHM})
        self._key.ensure_kid()

    def key_set(self) -> dict[str, Any]:
        """The public keys as a JWK Set (RFC 7517 §5)."""
        return {"keys": [self._key.as_dict(private=False)]}

    def issue(self, client_id: str, signed_in: SignedIn, more: Mapping[str, Any] | None = None) -> str:
        """A compact JWS for the client about the person; `more` are claims beside or in place of the usual ones."""
        claims = {**self.claims(client_id, signed_in), **(more or {})}
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid, "typ": "JWT"}, claims, self._key)

    def claims(self, client_id: str, signed_in: SignedIn) -> dict[str, Any]:
        """`cnf` ties the token to the card certificate by its SHA-256 (RFC 8705 §3.1); `amr` as in RFC 8176."""
        person, now = signed_in.person, self._clock.epoch()
        return {
            "iss": self._settings.origin,
            "aud": client_id,
            "sub": person.account,
            "oid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._settings.origin}/{person.account}")),
            "upn": person.upn,
            "preferred_username": person.upn,
            "name": person.common_name,
            "given_name": person.given_name,
            "family_name": person.surname,
            "email": person.mail,
            "amr": ["sc", "pin", "mfa"],
            "auth_time": int(signed_in.at.timestamp()),
            "iat": now,
            "exp": now + int(self._settings.token_lifetime.total_seconds()),
            "cnf": {"x5t#S256": signed_in.thumbprint},
        }


def thumbprint(certificate: bytes) -> str:
    """SHA-256 of a certificate (DER) in base64url without padding (RFC 7515 §4.1.8)."""
    return urlsafe_b64encode(hashlib.sha256(certificate).digest()).rstrip(b"=").decode()
