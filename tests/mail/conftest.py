"""A scene with a phone that holds a whole credential, and correspondents with programs made by others."""

import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.casting import Stage
from dpc_conformance.entropy import SeededEntropy, random_uuid
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.target import load_target

START = datetime(2031, 3, 14, 9, 26, 53, tzinfo=UTC)
SECRET, TEXT = "plum-orbit-42", "Grüße an alle.\n\n.Ein Punkt am Anfang\nund Leerzeichen am Ende  \n"
PROGRAMS = ("openssl", "gpgsm", "dirmngr", "gpg-agent")


class Mailing:
    """One scene: the cast, the parts behind it, and the certificates on the phone by usage (DER)."""

    secret, text = SECRET, TEXT

    def __init__(self, cast, scene):
        self.cast, self.scene, self.certificates = cast, scene, {}
        self._authority = scene.stage.pki.derived_authority
        self._entropy = SeededEntropy("mail tests")
        for usage in ("authentication", "signature", "key-management"):
            self.install(usage, ec_key(self._entropy, ec.SECP256R1()))

    @property
    def phone(self):
        return self.cast.phone.mail_program

    @property
    def addresses(self):
        return [each.address for each in self.cast.correspondents()]

    def install(self, usage, key):
        """A credential of that usage, as an enrolment would have left it."""
        now, names = self.cast.clock.now(), naming.directory_name(self.cast.cardholder.common_name)
        common = (self._authority, names, key.public_key())
        if usage == "authentication":
            uuid = random_uuid(self._entropy)
            builder = profiles.derived_authentication(*common, uuid, now, self._entropy, upn=self.cast.cardholder.upn)
        else:
            build = profiles.derived_signature if usage == "signature" else profiles.derived_key_management
            builder = build(*common, self.cast.cardholder.mail, now, self._entropy)
        certificate = self._authority.sign(builder)
        chain = (certificate, self._authority.certificate, self.scene.stage.pki.intermediate.certificate)
        self.cast.phone.parts.keystore.install(usage, key, chain, True, SECRET)
        self.certificates[usage] = certificate.public_bytes(Encoding.DER)

    def sign(self, usage="signature"):
        """A mail to both correspondents, signed with the credential of that usage."""
        self.phone.send_signed(self.addresses, "Größe", TEXT, SECRET, usage)

    def judged(self, message=None):
        """What each program makes of a mail, or of the newest one in its user's mailbox: accepted or the reason."""
        verdicts = {each.program: each.judge(message or each.newest()) for each in self.cast.correspondents()}
        return {program: verdict.reason or verdict.accepted for program, verdict in verdicts.items()}


@pytest.fixture(scope="session")
def stage():
    """Servers and PKI, by a clock that is far from the machine's."""
    stage = Stage(load_target(), START, "mail")
    yield stage
    stage.close()


@pytest.fixture
def mailing(stage, request):
    """A new scene."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed")
    scenes = []
    with stage.scene(Recorder(), request.node.name, [scenes.append]) as cast:
        yield Mailing(cast, scenes[0])


@pytest.fixture
def openssl_sign(tmp_path):
    """Signs content with `openssl cms` and a certificate of its own: CMS in DER, or as `more` words say."""
    key, certificate = tmp_path / "k", tmp_path / "c"
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=x")
    new = ("openssl", "req", "-x509", *kind, "-keyout", key, "-out", certificate)
    subprocess.run(new, capture_output=True, check=True)

    def sign(content, *more):
        words = ("openssl", "cms", "-sign", "-binary", "-outform", "DER", "-signer", certificate, "-inkey", key, *more)
        return subprocess.run(words, input=content, capture_output=True, check=True).stdout

    return sign
