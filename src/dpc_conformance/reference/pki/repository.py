"""The public repository: certs-only CMS messages (.p7c) with the certificates of authorities."""

from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from dpc_conformance.reference.pki.authority import Authority


class Repository:
    """What stands behind caIssuers and caRepository: CA certificates only, never a subscriber's."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self.bundles: dict[str, list[x509.Certificate]] = {}
        authorities = tuple(authorities)
        for authority in authorities:
            self.bundles[f"/{authority.name}.p7c"] = [authority.certificate]
            issued = [
                other.certificate
                for other in authorities
                if other is not authority and other.certificate.issuer == authority.subject
            ]
            if issued:
                self.bundles[f"/issued-by-{authority.name}.p7c"] = issued

    def p7c(self, path: str) -> bytes | None:
        """The bundle at that path as DER, None where there is none."""
        bundle = self.bundles.get(path)
        return pkcs7.serialize_certificates(bundle, Encoding.DER) if bundle else None

    def published(self) -> tuple[x509.Certificate, ...]:
        """Every certificate that is handed out, each once."""
        return tuple(dict.fromkeys(certificate for bundle in self.bundles.values() for certificate in bundle))
