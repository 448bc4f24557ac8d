"""Seeded defects of what the identity provider vouches for."""

from collections.abc import Mapping

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.identity_provider.assurance import Assurance
from dpc_conformance.reference.scene import Scene


class Cautious(Assurance):
    """Trusts what is derived less than what it was derived from."""

    def claims(self, certificate: bytes) -> Mapping[str, int]:
        """See Assurance."""
        return {**super().claims(certificate), "ial": 2}


@fault("identity provider vouches for IAL2 where the credential is derived", {"DPC-ISS-IAL-01"})
def cautious(scene: Scene) -> None:
    scene.identity_provider.assurance = Cautious()
