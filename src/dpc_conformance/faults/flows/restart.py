"""Seeded defects of an issuer that meets the same request again."""

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.credentials import Credentials, Product
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.scene import Scene


class SignsAgain(Credentials):
    """Takes a request that it answered before for a new one."""

    def existing(self, grant: Grant, usage: str, request: str) -> Product | None:
        """See Credentials."""
        with self._store.write() as connection:
            connection.execute(
                "DELETE FROM credential WHERE grant_id=? AND usage=? AND request=?", (grant.identifier, usage, request)
            )
        return super().existing(grant, usage, request)


@fault("issuer signs the same request twice", {"DPC-ISS-DUP-01"})
def signs_again(scene: Scene) -> None:
    parts = scene.issuer
    parts.credentials = SignsAgain(parts.store, parts.audit, parts.clock, parts.settings)
