"""Mail with gpgsm, which fetches CRLs through dirmngr and keeps them until they run out.

What gpgsm 2.2 leaves to the program that calls it is done here from what it lists about the signer's certificate: it
takes any certificate with digitalSignature for mail, whatever the purposes, and compares no address.
"""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats.smime import NotSMime, SignedMail
from dpc_conformance.reference.correspondent.gnupg_home import GnupgHome
from dpc_conformance.reference.correspondent.gpgsm_words import (
    listed_under,
    recipient_reason,
    signature_reason,
    statuses,
)
from dpc_conformance.reference.correspondent.program import Answer
from dpc_conformance.reference.correspondent.trust import MailIdentity, MailTrust
from dpc_conformance.roles.correspondent import EncryptionRefused, MailVerdict
from dpc_conformance.roles.errors import NotSupported, Unreachable
from dpc_conformance.roles.reasons import Reason

CIPHERS = {"AES-128-CBC": "AES", "AES-256-CBC": "AES256"}
CRL_CHAIN = "checking the CRL failed: Bad certificate chain"
ECDSA = "1.2.840.10045.4."
MAIL_PURPOSES = ("emailProtection", "2.5.29.37.0")
STRETCHING = 1_000
PASSPHRASE_OCTETS = 8
"""More than 30 characters of a passphrase are too many for its reader of PKCS #12."""


class Gpgsm:
    """Implements the engine of a correspondent. What `more` holds is how it is called."""

    name = "gpgsm"

    def __init__(self, folder: Path, trust: MailTrust, own: MailIdentity, entropy: Entropy) -> None:
        """`folder` is private to this correspondent."""
        self._folder, self._trust, self._own = folder, trust, own
        (folder / "home").mkdir(mode=0o700)
        self._home = GnupgHome(folder / "home", trust)
        self._passphrase = entropy.bytes(PASSPHRASE_OCTETS).hex()
        self._has_own_key = False
        self.more: list[str] = []

    def judge(self, message: bytes) -> MailVerdict:
        """Verify a signed mail: what gpgsm says, then what it lists about the certificate."""
        try:
            mail = SignedMail.from_bytes(message)
        except NotSMime as error:
            return MailVerdict(False, Reason.MESSAGE_MALFORMED, str(error))
        files = self._file("smime.p7s", mail.signature), self._file("content", mail.content)
        answer = self._home.gpgsm(*self.more, "--verify", *files)
        self._expect_able(answer)
        if reason := signature_reason(answer):
            return MailVerdict(False, reason, self._said(answer))
        signer = next(words[0] for name, words in statuses(answer) if name == "VALIDSIG")
        listing = self._home.gpgsm("--with-ephemeral-keys", "--dump-cert", signer)
        purposes, addresses = listed_under("extKeyUsage", listing), listed_under("aka", listing)
        reason = self.certificate_reason(purposes, addresses, mail.sender)
        listed = f"purposes: {', '.join(purposes)}; names: {', '.join(addresses)}; the mail is from {mail.sender}"
        return MailVerdict(not reason, reason, f"{self._said(answer)}\n{listed}")

    def certificate_reason(self, purposes: list[str], names: list[str], sender: str) -> str:
        """Why a certificate is none for mail of that sender; empty when it is (RFC 8550 §3, §4.4.4)."""
        if purposes and not any(each.split(" ")[0] in MAIL_PURPOSES for each in purposes):
            return Reason.PURPOSE
        return "" if sender.lower() in {each.strip("<>").lower() for each in names} else Reason.MAIL_ADDRESS

    def can_encrypt_to(self, certificate: bytes) -> bool:
        """Version 2.2 encrypts to RSA keys only."""
        return isinstance(x509.load_der_x509_certificate(certificate).public_key(), rsa.RSAPublicKey)

    def encrypt(self, content: bytes, certificate: bytes, cipher: str, oaep: bool) -> bytes:
        """A CMS envelope (DER or BER). Raises EncryptionRefused, NotSupported."""
        if cipher not in CIPHERS or oaep:
            raise NotSupported(self.name, f"encrypt with {cipher}{' and OAEP' if oaep else ''}")
        recipient = self._home.take(x509.load_der_x509_certificate(certificate))
        source, target = self._file("plain", content), self._folder / "envelope.der"
        target.unlink(missing_ok=True)
        options = ("--cipher-algo", CIPHERS[cipher], "--recipient", recipient)
        answer = self._home.gpgsm(*self.more, *options, "--output", target, "--encrypt", source)
        if answer.code != 0:
            raise EncryptionRefused(recipient_reason(answer), self._said(answer))
        return target.read_bytes()

    def decrypt(self, cms: bytes) -> bytes | None:
        """What was encrypted to the correspondent; None when it does not open."""
        self._take_own_key()
        target = self._folder / "opened"
        target.unlink(missing_ok=True)
        answer = self._with_passphrase("--output", target, "--decrypt", self._file("envelope.der", cms))
        return target.read_bytes() if answer.code == 0 else None

    def close(self) -> None:
        """End agent and dirmngr."""
        self._home.close()

    def _expect_able(self, answer: Answer) -> None:
        """Raises Unreachable where nothing is wrong with the certificates but this version cannot verify them."""
        if CRL_CHAIN in answer.words and any(_signed_with_ecdsa(each) for each in self._trust.authorities):
            raise Unreachable("dirmngr", "this version verifies no CA certificate that was signed with ECDSA")

    def _take_own_key(self) -> None:
        if self._has_own_key:
            return
        own = self._own.encryption
        # The oldest protection there is, because version 2.2 reads no other. The file lives for one call.
        sealing = (
            PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(STRETCHING)
            .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
            .hmac_hash(SHA1())
            .build(self._passphrase.encode())
        )
        sealed = pkcs12.serialize_key_and_certificates(None, own.key, own.certificate, None, sealing)
        file = self._file("own.p12", sealed)
        answer = self._with_passphrase("--import", file)
        file.unlink()
        if answer.code != 0:
            raise Unreachable(self.name, f"it does not take its user's own key: {self._said(answer)}")
        self._has_own_key = True

    def _with_passphrase(self, *arguments: str | Path) -> Answer:
        typed = ("--pinentry-mode", "loopback", "--passphrase-fd", "0")
        return self._home.gpgsm(*typed, *arguments, stdin=f"{self._passphrase}\n".encode())

    def _said(self, answer: Answer) -> str:
        lines = answer.words.replace(f"{self._folder}/", "").strip().splitlines()
        return "\n".join(line for line in lines if "faked system time" not in line)

    def _file(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        path.write_bytes(content)
        return path


def _signed_with_ecdsa(authority: x509.Certificate) -> bool:
    return authority.signature_algorithm_oid.dotted_string.startswith(ECDSA)
