"""Mail with gpgsm, which fetches CRLs through dirmngr and keeps them until they run out.

What gpgsm 2.2 leaves to the program that calls it is done here from what it lists about the signer's certificate: it
takes any certificate with digitalSignature for mail, whatever the purposes, and compares no address.
"""

from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from dpc_conformance.formats.smime import NotSMime, SignedMail
from dpc_conformance.reference.correspondent.gnupg_home import GnupgHome
from dpc_conformance.reference.correspondent.gpgsm_words import (
    certificate_reason,
    listed_under,
    recipient_reason,
    signature_reason,
    statuses,
)
from dpc_conformance.reference.correspondent.trust import MailIdentity, MailTrust
from dpc_conformance.reference.programs.command import Answer
from dpc_conformance.reference.programs.guard import Guard
from dpc_conformance.roles.correspondent import EncryptionRefused, MailVerdict
from dpc_conformance.roles.errors import MachineLacks, NotSupported
from dpc_conformance.roles.reasons import Reason

CIPHERS = {"AES-128-CBC": "AES", "AES-256-CBC": "AES256"}
CRL_CHAIN = "checking the CRL failed: Bad certificate chain"
ECDSA = "1.2.840.10045.4."


class Gpgsm:
    """Implements the engine of a correspondent. What `more` holds is how it is called."""

    name = "gpgsm"

    def __init__(self, folder: Path, trust: MailTrust, own: MailIdentity, passphrase: str, guard: Guard) -> None:
        """`folder` is private to this correspondent; `passphrase` protects the key in it."""
        self._folder, self._trust, self._own = folder, trust, own
        (folder / "home").mkdir(mode=0o700)
        self._home = GnupgHome(folder / "home", trust, passphrase, guard)
        self.more: list[str] = []
        self.signature_reason: Callable[[Answer], str] = signature_reason
        self.certificate_reason: Callable[[list[str], list[str], str], str] = certificate_reason

    def judge(self, message: bytes) -> MailVerdict:
        """Verify a signed mail: what gpgsm says, then what it lists about the certificate."""
        try:
            mail = SignedMail.from_bytes(message)
        except NotSMime as error:
            return MailVerdict(False, Reason.MESSAGE_MALFORMED, str(error))
        files = self._file("smime.p7s", mail.signature), self._file("content", mail.content)
        answer = self._home.gpgsm(*self.more, "--verify", *files)
        self._expect_able(answer)
        if reason := self.signature_reason(answer):
            return MailVerdict(False, reason, self._said(answer))
        signer = next(words[0] for name, words in statuses(answer) if name == "VALIDSIG")
        listing = self._home.gpgsm("--with-ephemeral-keys", "--dump-cert", signer)
        purposes, names = listed_under("extKeyUsage", listing), listed_under("aka", listing)
        reason = self.certificate_reason(purposes, names, mail.sender)
        listed = f"purposes: {', '.join(purposes)}; names: {', '.join(names)}; the mail is from {mail.sender}"
        return MailVerdict(not reason, reason, f"{self._said(answer)}\n{listed}")

    def can_encrypt_to(self, certificate: bytes) -> bool:
        """Version 2.2 encrypts to RSA keys only."""
        return isinstance(x509.load_der_x509_certificate(certificate).public_key(), rsa.RSAPublicKey)

    def encrypt(self, content: bytes, certificate: bytes, cipher: str, oaep: bool) -> bytes:
        """A CMS envelope (BER). Raises EncryptionRefused, NotSupported."""
        if cipher not in CIPHERS or oaep:
            raise NotSupported(self.name, f"encrypt with {cipher}{' and OAEP' if oaep else ''}")
        recipient = self._home.take(x509.load_der_x509_certificate(certificate))
        source, target = self._file("plain", content), self._target()
        options = ("--cipher-algo", CIPHERS[cipher], "--recipient", recipient)
        answer = self._home.gpgsm(*self.more, *options, "--output", target, "--encrypt", source)
        if answer.code != 0:
            raise EncryptionRefused(recipient_reason(answer), self._said(answer))
        return target.read_bytes()

    def decrypt(self, cms: bytes) -> bytes | None:
        """What was encrypted to the correspondent; None when it does not open."""
        self._home.take_key(self._own.encryption)
        target = self._target()
        answer = self._home.with_passphrase("--output", target, "--decrypt", self._file("envelope.der", cms))
        return target.read_bytes() if answer.code == 0 else None

    def close(self) -> None:
        """End agent and dirmngr."""
        self._home.close()

    def _expect_able(self, answer: Answer) -> None:
        """Raises MachineLacks where nothing is wrong with the certificates but this version cannot verify them."""
        if CRL_CHAIN in answer.words and any(_signed_with_ecdsa(each) for each in self._trust.authorities):
            raise MachineLacks("this version of dirmngr verifies no CA certificate that was signed with ECDSA")

    def _said(self, answer: Answer) -> str:
        lines = answer.words.replace(f"{self._folder}/", "").strip().splitlines()
        return "\n".join(line for line in lines if "faked system time" not in line)

    def _target(self) -> Path:
        """Where the next output goes; what went there before is gone."""
        path = self._folder / "output"
        path.unlink(missing_ok=True)
        return path

    def _file(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path


def _signed_with_ecdsa(authority: x509.Certificate) -> bool:
    return authority.signature_algorithm_oid.dotted_string.startswith(ECDSA)
