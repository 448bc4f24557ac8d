"""An issuer's order to a hardware module to make a key: a compact JWS that names the module (RFC 7515).

It carries the issuer's certificate, so that the module itself can tell who commands it.
"""

import json
from dataclasses import dataclass

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.device_management import signed
from dpc_conformance.protocols.enrolment import EnrolmentRefused, refusal_of
from dpc_conformance.protocols.qr_payload import base64url, from_base64url
from dpc_conformance.protocols.rekey import certificate_origin

ALGORITHMS = ["ES256"]


@dataclass(frozen=True)
class ModuleOrder:
    """What is ordered, and by whom: `signer` is the certificate under whose key the signature verifies."""

    module: str
    challenge: bytes
    signer: x509.Certificate


def write_order(module: str, challenge: bytes, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> str:
    """The order to the module with that serial number; `key` (P-256) belongs to `certificate`."""
    own = base64url(certificate.public_bytes(Encoding.DER))
    return signed({"module": module, "challenge": base64url(challenge), "certificate": own}, key)


def read_order(text: str) -> ModuleOrder:
    """An order whose signature verifies under the certificate that it carries. ValueError for anything else."""
    try:
        said = json.loads(jws.extract_compact(text.encode()).payload)
        signer = x509.load_der_x509_certificate(from_base64url(str(said["certificate"])))
        public_key = signer.public_key()
        if not isinstance(public_key, ec.EllipticCurvePublicKey):
            raise ValueError("orders are signed with an EC key")
        claims = jwt.decode(text, ECKey.import_key(public_key), algorithms=ALGORITHMS).claims
        return ModuleOrder(str(claims["module"]), from_base64url(str(claims["challenge"])), signer)
    except (JoseError, KeyError, *UNREADABLE) as error:
        # Only the kind of error: a message might repeat what was sent.
        raise ValueError(f"the order does not verify: {type(error).__name__}") from error


class OrderClient:
    """Asks one issuer for orders, over a client that presents the hardware credential."""

    def __init__(self, http: httpx.Client, enrolment_address: str) -> None:
        self._http, self._address = http, f"{certificate_origin(enrolment_address)}/module/orders"

    def order(self, module: str) -> str:
        """An order to the module with that serial number. Raises EnrolmentRefused."""
        response = self._http.get(self._address, params={"module": module})
        if response.status_code != httpx.codes.OK:
            raise refusal_of(response)
        try:
            return str(response.json()["order"])
        except (ValueError, KeyError, TypeError) as error:
            raise EnrolmentRefused(response.status_code, "", "the answer holds no order") from error
