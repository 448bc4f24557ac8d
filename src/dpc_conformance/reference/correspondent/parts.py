"""The two correspondents of a scenario: one mails with openssl, the other with gpgsm. Each engine may be swapped."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.correspondent.correspondent import ReferenceCorrespondent
from dpc_conformance.reference.correspondent.gpgsm import Gpgsm
from dpc_conformance.reference.correspondent.openssl import OpensslCms
from dpc_conformance.reference.correspondent.trust import MailIdentity, MailTrust, mail_identity
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.roles.mail_account import MailAccount

PRIVATE = 0o700


@dataclass
class CorrespondentParts:
    """What they are made of, each part when it is first asked for; programs start at their first call."""

    programs: Programs
    pki: TestPki
    trust: MailTrust
    pool: KeyPool
    entropy: Entropy
    account: Callable[[str], MailAccount]

    @cached_property
    def openssl(self) -> OpensslCms:
        """Mail with openssl."""
        return OpensslCms(self._folder("openssl"), self.trust, self._oona)

    @cached_property
    def gpgsm(self) -> Gpgsm:
        """Mail with gpgsm."""
        passphrase, folder = self.entropy.branch("passphrase").bytes(12).hex(), self._folder("gpgsm")
        return Gpgsm(folder, self.trust, self._gus, passphrase, self.programs.guard)

    def correspondents(self) -> tuple[ReferenceCorrespondent, ...]:
        """Both, with the engines as they are now."""
        return tuple(
            ReferenceCorrespondent(
                own, engine, self.account(own.address), self.trust.clock, self.entropy.branch(own.address)
            )
            for own, engine in ((self._oona, self.openssl), (self._gus, self.gpgsm))
        )

    def close(self) -> None:
        """End what was started; the programs' folder takes every file along."""
        if "gpgsm" in self.__dict__:
            self.gpgsm.close()

    @cached_property
    def _oona(self) -> MailIdentity:
        return self._identity("Oona Oversea", "oona.oversea@partner.example")

    @cached_property
    def _gus(self) -> MailIdentity:
        return self._identity("Gus Guest", "gus.guest@partner.example")

    def _identity(self, name: str, address: str) -> MailIdentity:
        return mail_identity(self.pki, name, address, self.trust.clock.now(), self.entropy.branch(address), self.pool)

    def _folder(self, name: str) -> Path:
        folder = self.programs.folder(name)
        folder.chmod(PRIVATE)
        return folder
