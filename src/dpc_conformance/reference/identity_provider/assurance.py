"""At which levels of SP 800-63 the provider vouches for somebody who signed in with a derived credential."""

from collections.abc import Mapping

from cryptography import x509

from dpc_conformance.formats import oids

IAL3 = 3
AAL_OF_POLICY = {oids.DERIVED_PIV_AUTH: 2, oids.DERIVED_PIV_AUTH_HARDWARE: 3}


class Assurance:
    """The levels as claims `ial` and `aal` of an ID token."""

    def claims(self, certificate: bytes) -> Mapping[str, int]:
        """Identity proofing is that of the PIV identity account (SP 800-157r1 fpd §3.1.1); the rest is in the policy.

        `certificate` (DER) is a derived PIV authentication certificate. LookupError for another.
        """
        extensions = x509.load_der_x509_certificate(certificate).extensions
        policies = extensions.get_extension_for_class(x509.CertificatePolicies).value
        asserted = {policy.policy_identifier.dotted_string for policy in policies}
        levels = [level for policy, level in AAL_OF_POLICY.items() if policy in asserted]
        if not levels:
            raise LookupError("the certificate asserts no derived policy")
        return {"ial": IAL3, "aal": min(levels)}
