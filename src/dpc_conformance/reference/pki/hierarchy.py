"""The test PKI: root, intermediate, the two issuing authorities, and who works for them."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.authority import Authority, Identity
from dpc_conformance.reference.pki.certification import AuthorityPlan, certify
from dpc_conformance.reference.pki.keys import KeyPool, PrivateKey, ec_key
from dpc_conformance.reference.pki.naming import Places
from dpc_conformance.reference.pki.responders import Responders
from dpc_conformance.reference.pki.tls import TlsAuthority, TlsIdentity

YEAR = timedelta(days=365)
DAY = timedelta(days=1)
POLICIES = {
    "root": naming.ALL_POLICIES,
    "intermediate": naming.ALL_POLICIES,
    "piv": naming.PIV_AUTHORITY_POLICIES,
    "derived": naming.DERIVED_AUTHORITY_POLICIES,
}


class TestPki:
    """A closed PKI for one run. Authorities began five years before the run, so that old cards can exist."""

    __test__ = False  # pytest: not a test, in spite of its name

    def __init__(
        self,
        start: datetime,
        machine: datetime,
        entropy: Entropy,
        pool: KeyPool,
        names: str = "Example",
        places: Places | None = None,
    ) -> None:
        """Makes every authority. `start` is the run's time, `machine` the machine's (for TLS); both with time zone.

        `names` begins the common name of each authority, `places` their URLs. The same start and seeded entropy give
        the same names, serials, EC keys and choice of RSA keys.
        """
        self.start, self._names, self._places = start, names, places or Places()
        self._entropy = entropy
        self._pool = pool
        self._tls = TlsAuthority(machine, entropy.branch("tls"))
        p256 = ec.SECP256R1()
        # RSA down to the derived certificates: dirmngr of GnuPG 2.2 verifies no CA certificate signed with ECDSA.
        self.root = self._authority("root", "Root CA", 3072, None)
        self.intermediate = self._authority("intermediate", "Intermediate CA", 3072, self.root)
        self.piv_authority = self._authority("piv", "PIV CA", p256, self.intermediate)
        self.derived_authority = self._authority("derived", "Derived Credential CA", 3072, self.intermediate)
        impostor = entropy.branch("impostor")
        foreign_root = self._authority("intermediate", "Intermediate CA", 3072, None, impostor)
        self.foreign_authority = self._authority("piv", "PIV CA", p256, foreign_root, impostor)
        # As strong as the authority's own: a status must not be easier to forge than a certificate.
        self.responder_keys = {
            authority.key_identifier: self._key_like(authority.key, entropy.branch(f"ocsp-key/{authority.name}"))
            for authority in self.authorities
        }
        self._responders = Responders(self.responder_keys, POLICIES, start, entropy)
        self.content_signer = self.content_signer_until(self.piv_authority.certificate.not_valid_after_utc - DAY)

    @property
    def trust_anchor(self) -> x509.Certificate:
        """The root's certificate."""
        return self.root.certificate

    @property
    def tls_roots(self) -> list[x509.Certificate]:
        """What clients trust for TLS servers of the reference."""
        return [self._tls.root]

    @property
    def authorities(self) -> tuple[Authority, ...]:
        """The trusted authorities, root first."""
        return (self.root, self.intermediate, self.piv_authority, self.derived_authority)

    def content_signer_until(self, end: datetime) -> Identity:
        """A content signer whose certificate ends then at the latest; for another end it is another one."""
        entropy = self._entropy.branch(f"content-signer/{end.isoformat()}")
        key = ec_key(entropy.branch("key"), ec.SECP256R1())
        subject = naming.directory_name("Department of Examples Card Management")
        builder = profiles.content_signing(
            self.piv_authority, subject, key.public_key(), self.start - 30 * DAY, entropy.branch("certificate"),
            no_later_than=end,
        )  # fmt: skip
        return Identity(self.piv_authority.sign(builder), key)

    def intermediates(self) -> list[x509.Certificate]:
        """The CA certificates below the root."""
        return [authority.certificate for authority in self.authorities[1:]]

    def tls_identity(self, host: str) -> TlsIdentity:
        """Certificate chain and key for a TLS server of that name."""
        return self._tls.identity(host)

    def ocsp_responder_of(self, authority: Authority, now: datetime | None = None) -> Identity:
        """The delegated responder whose certificate is current at `now` (by default the start of the run).

        KeyError for an authority that is not one of `authorities`.
        """
        return self._responders.of(authority, now or self.start)

    def _key_like(self, key: PrivateKey, entropy: Entropy) -> PrivateKey:
        return (
            self._pool.rsa(key.key_size, entropy) if isinstance(key, rsa.RSAPrivateKey) else ec_key(entropy, key.curve)
        )

    def _authority(
        self,
        name: str,
        common_name: str,
        kind: int | ec.EllipticCurve,
        issuer: Authority | None,
        entropy: Entropy | None = None,
    ) -> Authority:
        entropy = (entropy or self._entropy).branch(f"authority/{name}")
        key_entropy = entropy.branch("key")
        key = self._pool.rsa(kind, key_entropy) if isinstance(kind, int) else ec_key(key_entropy, kind)
        lead = timedelta(days=30 * ["root", "intermediate", "piv", "derived"].index(name))
        plan = AuthorityPlan(
            name,
            naming.directory_name(f"{self._names} {common_name}", naming.AUTHORITIES_UNIT),
            POLICIES[name],
            self.start - 6 * YEAR if name == "root" else self.start - 5 * YEAR + lead,
            self.start + 14 * YEAR if name == "root" else self.start + 5 * YEAR - lead,
            issues_authorities=name in ("root", "intermediate"),
            places=self._places,
        )
        return certify(plan, key, issuer, entropy.branch("certificate"))
