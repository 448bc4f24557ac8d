"""Seeded defects of the documents: what is missing, not approved, changed since, or not what the issuer does."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from dpc_conformance.evidence.documents import ProcessDocument
from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.certificate_requests import PublicKey, key_name
from dpc_conformance.reference.issuer.credentials import Product, Reservation
from dpc_conformance.reference.issuer.documents import DocumentRegister
from dpc_conformance.reference.issuer.grants import Grant
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene

Change = Callable[[ProcessDocument], ProcessDocument]


class ChangedRegister(DocumentRegister):
    """Lays other documents before the reviewer than there are."""

    def __init__(self, process: str, change: Change) -> None:
        super().__init__()
        self._process, self._change = process, change

    def documents(self) -> tuple[ProcessDocument, ...]:
        """See DocumentRegister."""
        return tuple(self._change(each) if self._process in each.processes else each for each in super().documents())


@fault("nobody documented how an activation secret is reset", {"DPC-ISS-DOC-01"})
def reset_not_documented(scene: Scene) -> None:
    scene.issuer.documents = ChangedRegister("reset", lambda each: replace(each, processes=()))


@fault("the document about invalidation was never approved", {"DPC-ISS-DOC-01"})
def never_approved(scene: Scene) -> None:
    scene.issuer.documents = ChangedRegister("invalidation", lambda each: replace(each, approved_by=""))


@fault("the document about issuance was changed after its approval", {"DPC-ISS-DOC-01"})
def changed_later(scene: Scene) -> None:
    scene.issuer.documents = ChangedRegister("issuance", lambda each: replace(each, digest="0" * 64))


@fault("a new model of phone is in use before anybody looked at it", {"DPC-ISS-DEVICE-03"})
def new_model(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.sign_in.model = "Reference phone 2"

    scene.on_phone.append(change)


class CertifiesAgain(CredentialsOf):
    """Certifies the key of a former certificate once more where its holder asks for it."""

    def reserve(
        self, connection: sqlite3.Connection, grant: Grant, usage: str, request: str, public_key: PublicKey, uuid: UUID
    ) -> Reservation | Product:
        """See Credentials."""
        if grant.renewal:
            former = (grant.identifier.rpartition(" ")[2], key_name(public_key))
            connection.execute("UPDATE credential SET key=key||' (former)' WHERE serial=? AND key=?", former)
        return super().reserve(connection, grant, usage, request, public_key, uuid)


@fault("issuer renews certificates although its practice statement excludes it", {"DPC-LC-POLICY-01"})
def renews(scene: Scene) -> None:
    scene.issuer.credentials = CertifiesAgain(scene.issuer)


@fault("credentials may be on hold for longer than the practice statement says", {"DPC-LC-POLICY-01"})
def longer_hold(scene: Scene) -> None:
    parts = scene.issuer
    parts.settings = replace(parts.settings, longest_suspension=timedelta(days=60))
