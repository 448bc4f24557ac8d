"""The delegated OCSP responders of a PKI, whose certificates are renewed as time goes on."""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.authority import Authority, Identity
from dpc_conformance.reference.pki.keys import PrivateKey

PERIOD = timedelta(days=90)


class Responders:
    """One for each authority that has a key here; a key stays, its certificate is renewed.

    `keys` are by the key identifier of the authority, `policies` by its name: those that the responder answers for.
    """

    def __init__(
        self,
        keys: Mapping[bytes, PrivateKey],
        policies: Mapping[str, tuple[str, ...]],
        start: datetime,
        entropy: Entropy,
    ) -> None:
        """`start` is the beginning of the first period."""
        self._keys, self._policies = keys, policies
        self._start, self._entropy = start, entropy
        self._made: dict[tuple[bytes, int], Identity] = {}
        self._lock = threading.Lock()

    def of(self, authority: Authority, now: datetime) -> Identity:
        """The responder whose certificate is current at `now`: renewed every ninety days, thirty days before it ends.

        KeyError for an authority without a responder.
        """
        period = (now - self._start) // PERIOD
        with self._lock:
            known = self._made.get((authority.key_identifier, period))
            if known is None:
                known = self._made[authority.key_identifier, period] = self._certify(authority, period)
            return known

    def _certify(self, authority: Authority, period: int) -> Identity:
        key = self._keys[authority.key_identifier]
        builder = profiles.ocsp_responder(
            authority,
            naming.directory_name(f"Example OCSP Responder {authority.name}", naming.AUTHORITIES_UNIT),
            key.public_key(),
            self._policies[authority.name],
            self._start + period * PERIOD,
            self._entropy.branch(f"ocsp/{authority.name}").branch(f"certificate/{period}"),
        )
        return Identity(authority.sign(builder), key)
