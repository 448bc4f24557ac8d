"""What stands around a card or token when its data are judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dpc_conformance.checks.context import CertificateContext


@dataclass(frozen=True)
class CardContext:
    """`moment` is the moment of judgement. Certificates and CRLs are DER; without `trust_anchors` no path is validated.

    `signers` are content signing certificates that the card leaves out but somebody knows; `test_pki` accepts the
    policies of the test arc; `off_card` holds what stands behind URLs that the card names, by URL (None: nobody
    answers there; a URL that is not in it was not asked).
    """

    moment: datetime
    trust_anchors: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    signers: tuple[bytes, ...] = ()
    test_pki: bool = False
    off_card: Mapping[str, bytes | None] = field(default_factory=dict)

    def of_certificate(self, covered: tuple[bytes, ...] = ()) -> CertificateContext:
        """What the rules on a certificate of the card are told; `covered` are certificates that its key vouches for."""
        return CertificateContext(
            moment=self.moment,
            test_pki=self.test_pki,
            trust_anchors=self.trust_anchors,
            intermediates=self.intermediates,
            crls=self.crls,
            covered_certificates=covered,
        )
