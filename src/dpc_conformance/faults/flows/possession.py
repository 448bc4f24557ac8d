"""A seeded defect of the handshake at the kiosk: it takes the certificate and does not verify the signature."""

import socket
from collections.abc import Iterator
from functools import partial
from typing import Any

from tlslite.api import X509, TLSConnection, X509CertChain, parsePEMKey
from tlslite.errors import BaseTLSException
from tlslite.messages import Certificate

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols import tls_records
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.serving.connection import Connection, Environ, HandshakeFailed

ISSUER = "issuer.dpc.example"


class BelievedKey:
    """A public key under which every signature holds."""

    def __init__(self, key: Any) -> None:
        self._key = key

    def __getattr__(self, name: str) -> Any:
        return getattr(self._key, name)

    def __len__(self) -> int:
        return len(self._key)

    def verify(self, *_: object) -> bool:
        """Whether a signature holds."""
        return True


class BelievedChain(X509CertChain):  # type: ignore[misc]  # tlslite carries no types
    """A client's chain whose key needs no proof."""

    def getEndEntityPublicKey(self) -> BelievedKey:  # noqa: N802  the name is tlslite's
        """The key of the client's certificate."""
        return BelievedKey(super().getEndEntityPublicKey())


class Believing(TLSConnection):  # type: ignore[misc]
    """The server's side of TLS, without the verification of CertificateVerify."""

    def _getMsg(self, *arguments: Any, **named: Any) -> Iterator[Any]:  # noqa: N802
        for message in super()._getMsg(*arguments, **named):
            if isinstance(message, Certificate) and message.cert_chain:
                message.cert_chain = BelievedChain(message.cert_chain.x509List)
            yield message


class BelievingEntrance:
    """Asks for a client certificate and takes any, whether or not the client has its key."""

    secure = True

    def __init__(self, identity: TlsIdentity) -> None:
        tls_records.install()
        self._chain = X509CertChain([X509().parse(identity.chain_pem.decode())])
        self._key = parsePEMKey(identity.key_pem.decode(), private=True)

    def admit(self, accepted: socket.socket, seconds: float) -> tuple[Connection, Environ]:
        """See Entrance."""
        accepted.settimeout(seconds)
        connection = Believing(accepted)
        connection.ignoreAbruptClose = True
        try:
            connection.handshakeServer(certChain=self._chain, privateKey=self._key, reqCert=True)
        except (BaseTLSException, OSError) as error:
            accepted.close()
            raise HandshakeFailed(str(error)) from error
        shown = connection.session.clientCertChain
        chain = [bytes(one.bytes) for one in shown.x509List] if shown else []
        return connection, {"dpc.client_certificate": chain[0] if chain else None, "dpc.client_chain": chain}

    def leave(self, connection: Connection) -> None:
        """See Entrance."""
        connection.close()


@fault(
    "issuer does not verify that the card has the key of its certificate",
    {"DPC-ISS-PKIAUTH-06"},
    breaks={
        "Old mail can be read on the new phone": "the entrance of this defect lets no phone in",
        "The phone replaces its credential in place": "the entrance of this defect lets no phone in",
    },
)
def unproved(scene: Scene) -> None:
    server = scene.stage.sign_in[ISSUER]
    before = server.let_in(BelievingEntrance(scene.stage.pki.tls_identity(ISSUER)))
    scene.on_close.append(partial(server.let_in, before))
