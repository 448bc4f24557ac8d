"""SCEP (RFC 8894) by scepclient, which others made: it wraps a PKCS #10 request that carries the challenge password."""

import tempfile
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AttributeOID, NameOID

from dpc_conformance.adapters.over_http.programs import CmpWire, private_key_file, run
from dpc_conformance.adapters.over_http.relay import Relay
from dpc_conformance.reference.phone.keystore import PrivateKey


class ScepWire(CmpWire):
    """Implements the phone's EnrolmentWire over SCEP."""

    def certificate(
        self,
        request: x509.CertificateSigningRequest,  # noqa: ARG002  the password has to be in it
        key: PrivateKey,
        usage: str,
    ) -> x509.Certificate:
        """GetCACaps, GetCACert and PKCSReq."""
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("SCEP knows RSA keys only")
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)] if self.name else [])
        asked = (
            x509.CertificateSigningRequestBuilder()
            .subject_name(name)
            .add_attribute(AttributeOID.CHALLENGE_PASSWORD, self.token.encode())
            .sign(key, hashes.SHA256())
        )
        with tempfile.TemporaryDirectory() as place, Relay(self.http, self.terms.table.url) as relay:
            folder = Path(place)
            private_key_file(folder / "key.pem", key)
            # The program takes the request that lies beside the key; on its command line the password would be public.
            (folder / "csr.pem").write_bytes(asked.public_bytes(Encoding.PEM))
            label = self.terms.table.labels[usage]
            address = f"http://{relay.address}/{quote(label, safe='/')}" if label else f"http://{relay.address}"
            words = ["scepclient", "-private-key", "key.pem", "-certificate", "certificate.pem", "-server-url", address]
            run(words, folder, {}, relay)
            return self._granted(folder / "certificate.pem", key, b"", relay)
