"""Mail with `openssl cms`, which knows nothing of CRLs that nobody hands over, and encrypts to any certificate."""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.formats.smime import NotSMime, SignedMail
from dpc_conformance.protocols.encrypted_mail import unfit_for_encryption
from dpc_conformance.reference.correspondent.trust import MailIdentity, MailTrust
from dpc_conformance.reference.programs.command import Answer, Command
from dpc_conformance.roles.correspondent import EncryptionRefused, MailVerdict
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.reasons import Reason

CIPHERS = {f"AES-{bits}-{mode}": f"-aes-{bits}-{mode.lower()}" for bits in (128, 256) for mode in ("CBC", "GCM")}
OAEP = ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256")
ECDH = ("-keyopt", "ecdh_kdf_md:sha256", "-aes256-wrap")
"""Said because the program would derive the wrapping key with SHA-1."""
REASONS = {
    "certificate revoked": Reason.REVOKED,
    "certificate has expired": Reason.EXPIRED,
    "certificate is not yet valid": Reason.NOT_YET_VALID,
    "unable to get certificate CRL": Reason.STATUS_UNAVAILABLE,
    "CRL has expired": Reason.STATUS_UNAVAILABLE,
    "CRL is not yet valid": Reason.STATUS_UNAVAILABLE,
    "unsuitable certificate purpose": Reason.PURPOSE,
    "email address mismatch": Reason.MAIL_ADDRESS,
    "certificate verify error": Reason.PATH,
    "unable to get local issuer": Reason.PATH,
    "CMS_SignerInfo_verify_content:verification failure": Reason.CONTENT_CHANGED,
}
"""What the program says, the particular before the general. Whatever else it says is about the signature."""


class OpensslCms:
    """Implements the engine of a correspondent. What its lists hold is how it is called."""

    name = "openssl cms"

    def __init__(self, folder: Path, trust: MailTrust, own: MailIdentity) -> None:
        """`folder` is private to this correspondent."""
        self._folder, self._trust, self._own = folder, trust, own
        self._openssl = Command("openssl", "openssl", {"OPENSSL_CONF": os.devnull, "HOME": str(folder)})
        self.purpose = ["-purpose", "smimesign"]
        self.status = ["-crl_check_all"]
        self.minds_time = True
        self.more: list[str] = []
        self.compares_address = True
        self.unfit: Callable[[bytes], str] = unfit_for_encryption
        """What the sender looks at because the program does not."""

    def judge(self, message: bytes) -> MailVerdict:
        """Verify a signed mail. The program reads the whole message by itself."""
        try:
            mail = SignedMail.from_bytes(message)
        except NotSMime as error:
            return MailVerdict(False, Reason.MESSAGE_MALFORMED, str(error))
        address = ("-verify_email", mail.sender) if self.compares_address else ()
        checks = (*self.purpose, *self.status, *self.more, *address)
        answer = self._openssl.run(
            *("cms", "-verify", "-inform", "SMIME", "-in", self._file("mail.eml", message), "-out", os.devnull),
            *(*self._believed(self._certificates(mail.signature)), *checks),
        )
        return MailVerdict(answer.code == 0, self._reason(answer), self._said(answer))

    def can_encrypt_to(self, certificate: bytes) -> bool:  # noqa: ARG002  RSA and EC alike
        """It can, whatever the certificate is for."""
        return True

    def encrypt(self, content: bytes, certificate: bytes, cipher: str, oaep: bool) -> bytes:
        """A CMS envelope (DER). Raises EncryptionRefused, NotSupported."""
        if cipher not in CIPHERS:
            raise NotSupported(self.name, f"encrypt with {cipher}")
        if reason := self.unfit(certificate):
            raise EncryptionRefused(Reason.PURPOSE, reason)
        recipient = x509.load_der_x509_certificate(certificate)
        file = self._file("recipient.pem", recipient.public_bytes(Encoding.PEM))
        valid = self._openssl.run("verify", *self._believed((recipient,)), *self.status, file)
        if valid.code != 0:
            raise EncryptionRefused(self._reason(valid), self._said(valid))
        is_rsa = isinstance(recipient.public_key(), rsa.RSAPublicKey)
        options = (OAEP if oaep else ()) if is_rsa else ECDH
        source, target = self._file("plain", content), self._folder / "envelope.der"
        done = self._openssl.run(
            *("cms", "-encrypt", "-binary", "-outform", "DER", CIPHERS[cipher], "-in", source, "-out", target),
            *("-recip", file, *options),
        )
        if done.code != 0:
            raise EncryptionRefused(self._reason(done), self._said(done))
        return target.read_bytes()

    def decrypt(self, cms: bytes) -> bytes | None:
        """What was encrypted to the correspondent; None when it does not open."""
        own = self._own.encryption
        key = own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        answer = self._openssl.run(
            *("cms", "-decrypt", "-binary", "-inform", "DER", "-in", self._file("envelope.der", cms)),
            *("-recip", self._file("own.pem", own.certificate.public_bytes(Encoding.PEM))),
            *("-inkey", self._file("own.key", key)),
        )
        return answer.output if answer.code == 0 else None

    def close(self) -> None:
        """Nothing of it runs between calls."""

    def _believed(self, certificates: tuple[x509.Certificate, ...]) -> tuple[str | Path, ...]:
        """Roots, CA certificates and fresh CRLs in one file: there is no other way to hand CRLs over."""
        known = [each.public_bytes(Encoding.PEM) for each in (*self._trust.anchors, *self._trust.authorities)]
        crls = [x509.load_der_x509_crl(each).public_bytes(Encoding.PEM) for each in self._trust.crls(certificates)]
        file = self._file("trust.pem", b"".join((*known, *crls)))
        time = ("-attime", str(self._trust.clock.epoch())) if self.minds_time else ("-no_check_time",)
        return ("-CAfile", file, "-no-CApath", "-no-CAstore", *time)

    def _certificates(self, signature: bytes) -> tuple[x509.Certificate, ...]:
        """The certificates that came with a signature; none when it cannot be read."""
        printed = self._openssl.run("pkcs7", "-inform", "DER", "-print_certs", stdin=signature).output
        return tuple(x509.load_pem_x509_certificates(printed)) if b"-----BEGIN" in printed else ()

    def _reason(self, answer: Answer) -> str:
        if answer.code == 0:
            return ""
        return next((reason for words, reason in REASONS.items() if words in answer.words), Reason.SIGNATURE)

    def _said(self, answer: Answer) -> str:
        return answer.words.replace(f"{self._folder}{os.sep}", "").strip()

    def _file(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path
