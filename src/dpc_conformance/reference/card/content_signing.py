"""The content signer at work: CMS SignedData for CHUID, biometrics and Security Object (SP 800-78-5 §3.2)."""

from asn1crypto import core

from dpc_conformance.formats import oids
from dpc_conformance.reference.cms_signing import CmsSigner

ENTRY_UUID = "1.3.6.1.1.16.4"
LDS_SECURITY_OBJECT = "1.3.27.1.1.1"


class ContentSigner(CmsSigner):
    """Signs with the content signing key."""

    def signer_name(self) -> dict[str, core.Asn1Value]:
        """The attribute pivSigner-DN: the subject of the signer."""
        return {oids.PIV_SIGNER_DN: self.certificate().subject}
