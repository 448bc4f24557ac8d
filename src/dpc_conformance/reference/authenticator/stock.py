"""The reference's stock of test authenticators, and the list of models that its issuer approves."""

from collections.abc import Callable
from datetime import datetime

from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.non_pki import AuthenticatorModel
from dpc_conformance.reference.authenticator.maker import Maker
from dpc_conformance.reference.authenticator.virtual_authenticator import (
    Attest,
    VirtualAuthenticator,
    attested_by,
    not_attested,
    self_attested,
)
from dpc_conformance.roles.errors import NotSupported

UNLOCKED = AuthenticatorModel("8a1f6d2e9c3b4e57a0d4c6f1b2e39701", "Example Key M", 3, "FIPS 140-3 certificate 90001")
TOUCHED = AuthenticatorModel("8a1f6d2e9c3b4e57a0d4c6f1b2e39702", "Example Key S", 3, "FIPS 140-3 certificate 90002")
UNVALIDATED = AuthenticatorModel("8a1f6d2e9c3b4e57a0d4c6f1b2e39703", "Example Key V", 3, "")
UNLISTED = AuthenticatorModel("8a1f6d2e9c3b4e57a0d4c6f1b2e39704", "Example Key N", 3, "FIPS 140-3 certificate 90004")
LISTED = (UNLOCKED, TOUCHED, UNVALIDATED)
Make = Callable[[], tuple[AuthenticatorModel, bool, Attest]]


class SameIdentifier(VirtualAuthenticator):
    """Makes credentials under an identifier of another authenticator."""

    other: VirtualAuthenticator

    def new_identifier(self) -> bytes:
        """The identifier of the other's newest credential."""
        return self.other.identifiers()[-1]


class ReferenceAuthenticatorStock:
    """Implements roles.authenticator.AuthenticatorStock."""

    def __init__(self, entropy: Entropy, now: datetime) -> None:
        self._entropy = entropy
        self._maker = Maker("Example Authenticators", entropy.branch("maker"), now)
        self._other_maker = Maker("Another Maker", entropy.branch("another maker"), now)
        self._taken: dict[str, VirtualAuthenticator] = {}
        self._kinds: dict[str, Make] = {
            "multi-factor": lambda: (UNLOCKED, True, self._genuine(UNLOCKED)),
            "single-factor": lambda: (TOUCHED, False, self._genuine(TOUCHED)),
            "without-attestation": lambda: (UNLOCKED, True, not_attested),
            "self-attested": lambda: (UNLOCKED, True, self_attested),
            "falsely-attested": lambda: (UNLOCKED, True, attested_by(self._other_maker.attester(UNLOCKED))),
            "unlisted-model": lambda: (UNLISTED, True, self._genuine(UNLISTED)),
            "model-without-fips": lambda: (UNVALIDATED, True, self._genuine(UNVALIDATED)),
            "unbound": lambda: (UNLOCKED, True, self._genuine(UNLOCKED)),
            "same-identifier": lambda: (UNLOCKED, True, self._genuine(UNLOCKED)),
        }

    def take(self, kind: str) -> VirtualAuthenticator:
        """The authenticator of that kind. NotSupported for an unknown kind."""
        if kind not in self._kinds:
            raise NotSupported("the reference's stock of authenticators", f"supply one of kind {kind!r}")
        if kind not in self._taken:
            model, verifies_user, attest = self._kinds[kind]()
            make = SameIdentifier if kind == "same-identifier" else VirtualAuthenticator
            made = make(model.aaguid, self._entropy.branch(f"authenticator/{kind}"), verifies_user, attest)
            if isinstance(made, SameIdentifier):
                made.other = self.take("multi-factor")
            self._taken[kind] = made
        return self._taken[kind]

    def listed(self) -> dict[str, tuple[AuthenticatorModel, bytes]]:
        """The models on the issuer's list by AAGUID, each with the root (DER) that attests it."""
        return {model.aaguid: (model, self._maker.root) for model in LISTED}

    def _genuine(self, model: AuthenticatorModel) -> Attest:
        return attested_by(self._maker.attester(model))
