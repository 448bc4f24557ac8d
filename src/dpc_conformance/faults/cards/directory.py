"""Seeded defects of where the issuer has a card's certificate from."""

from collections.abc import Sequence

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.pki_auth import Authenticated, PkiAuthenticator
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.scene import Scene


class Directory(PkiAuthenticator):
    """Keeps the certificate of whoever signed in, and looks it up when the next card gives none."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.judge, parts.accounts, parts.clock)
        self._known: bytes | None = None

    def authenticate(self, certificate: bytes | None, sent: Sequence[bytes] = ()) -> Authenticated | Refusal:
        """See PkiAuthenticator."""
        self._known = certificate or self._known
        return super().authenticate(self._known, sent)


@fault("issuer looks up a certificate that the card does not give", {"PIV-SRC-PIVAUTHCERT-PUB-01"})
def looked_up(scene: Scene) -> None:
    scene.issuer.authenticator = Directory(scene.issuer)
