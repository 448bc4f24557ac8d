"""Derived certificates: the issuer's request to its certification authority."""

from uuid import UUID

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.certificate_requests import PublicKey
from dpc_conformance.reference.issuer.settings import AUTHENTICATION, SIGNATURE
from dpc_conformance.reference.pki import profiles
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.roles.people import Person


class AuthorityOffline(Exception):
    """The certification authority does not answer; nothing was signed."""


class CertificateSigner:
    """Certifies keys of one holder at a time; everything but the key comes from the issuer's own records.

    `online` says whether the authority can be reached.
    """

    def __init__(self, authority: Authority, clock: RunClock, entropy: Entropy) -> None:
        self._authority, self._clock, self._entropy = authority, clock, entropy
        self.authentication, self.policy = profiles.DERIVED_AUTHENTICATION, oids.DERIVED_PIV_AUTH
        self.online = True

    def certify(
        self, usage: str, person: Person, subject: x509.Name, public_key: PublicKey, uuid: UUID
    ) -> x509.Certificate:
        """A certificate for `usage`, valid from now; `subject` is the name on the card, `uuid` is new.

        Keys live in the phone's software, so the policy is derived-pivAuth, never derived-pivAuth-hardware. Raises
        AuthorityOffline.
        """
        if not self.online:
            raise AuthorityOffline("the certification authority does not answer")
        authority, now, entropy = self._authority, self._clock.now(), self._entropy
        if usage == AUTHENTICATION:
            builder = profiles.derived_authentication(
                authority, subject, public_key, uuid, now, entropy, self.policy, person.upn, self.authentication
            )
        elif usage == SIGNATURE:
            builder = profiles.derived_signature(authority, subject, public_key, person.mail, now, entropy)
        else:
            builder = profiles.derived_key_management(authority, subject, public_key, person.mail, now, entropy)
        return authority.sign(builder)
