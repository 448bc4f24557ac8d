"""Seeded defects of whom the issuer serves: cards of any agency, people without an account, no authorisation."""

from dataclasses import replace

from cryptography import x509

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.accounts import Account, Accounts
from dpc_conformance.reference.issuer.agencies import AUTHORISING, HOME, ServedAgencies
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.people import Person


class AnyAgency(ServedAgencies):
    """Serves whoever holds a valid PIV Card."""

    def refusal(self, card: x509.Certificate) -> Refusal | None:  # noqa: ARG002
        """See ServedAgencies."""
        return None


@fault("issuer serves cardholders of any agency", {"DPC-ISS-HOME-01"})
def any_agency(scene: Scene) -> None:
    scene.issuer.agencies = AnyAgency()


class OpensAccounts(Accounts):
    """Opens an account for whoever comes with a valid card."""

    def holder_of(self, certificate: x509.Certificate) -> Account | None:
        """See Accounts."""
        found = super().holder_of(certificate)
        if found is not None:
            return found
        self.open(Person(f"visitor-{certificate.serial_number:x}", "New", "Visitor", "", ""), certificate, "kiosk")
        return super().holder_of(certificate)


@fault("kiosk opens an account for whoever has a valid card", {"DPC-ISS-HOME-01"})
def opens_accounts(scene: Scene) -> None:
    parts = scene.issuer
    parts.accounts = OpensAccounts(parts.store, parts.audit, parts.clock)


@fault("issuer serves another agency without an authorisation on record", {"DPC-ISS-HOME-01"})
def unauthorised(scene: Scene) -> None:
    scene.issuer.agencies = ServedAgencies((HOME, replace(AUTHORISING, authorisation="")))
