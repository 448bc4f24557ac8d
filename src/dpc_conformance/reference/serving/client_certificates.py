"""TLS that asks for a client certificate and takes any: the handshake proves possession, the application judges."""

import socket
import warnings

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from OpenSSL import SSL

from dpc_conformance.reference.pki.keys import PrivateKey
from dpc_conformance.reference.pki.tls import TlsIdentity
from dpc_conformance.reference.serving.connection import Connection, Environ, HandshakeFailed
from dpc_conformance.reference.serving.openssl_socket import OpenSslSocket, reason_of


def accept_every_chain(*_: object) -> bool:
    """What OpenSSL asks about each certificate of a client's chain: dates, path and purpose are not its business."""
    return True


class ClientCertificateEntrance:
    """TLS 1.2 and 1.3 through pyOpenSSL, because Python's `ssl` drops whoever comes with an expired certificate.

    The WSGI environment gets `dpc.client_certificate` (DER, None without one) and `dpc.client_chain` (list of DER as
    the client sent them, its own first). Sessions are never resumed: every connection proves possession again.
    """

    secure = True

    def __init__(self, identity: TlsIdentity) -> None:
        self._context = SSL.Context(SSL.TLS_SERVER_METHOD)
        self._context.set_min_proto_version(SSL.TLS1_2_VERSION)
        self._context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        self._context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION)
        certificate, *more = x509.load_pem_x509_certificates(identity.chain_pem)
        key = load_pem_private_key(identity.key_pem, None)
        if not isinstance(key, PrivateKey):
            raise TypeError("a TLS server's key is RSA or EC")
        self._context.use_certificate(certificate)
        for above in more:
            self._context.add_extra_chain_cert(above)
        self._context.use_privatekey(key)
        self._context.set_verify(SSL.VERIFY_PEER, accept_every_chain)

    def admit(self, accepted: socket.socket, seconds: float) -> tuple[Connection, Environ]:
        connection = OpenSslSocket(self._context, accepted, seconds)
        try:
            connection.handshake()
        except (SSL.Error, OSError) as error:
            accepted.close()
            raise HandshakeFailed(reason_of(error)) from error
        chain = self._chain(connection)
        return connection, {"dpc.client_certificate": chain[0] if chain else None, "dpc.client_chain": chain}

    def leave(self, connection: Connection) -> None:
        connection.close()

    @staticmethod
    def _chain(connection: OpenSslSocket) -> list[bytes]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            own, others = connection.peer_certificates()
        ders = [certificate.public_bytes(Encoding.DER) for certificate in (own, *others) if certificate is not None]
        return list(dict.fromkeys(ders))
