"""The real product of these tests: another reference, to which only a person has access."""

from contextlib import ExitStack
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.faults.registry import fault_named
from dpc_conformance.target import load_target

TARGET = """\
name = "A product in somebody's hands"
scope = "enrolment"

[claims]
platforms = ["ios"]

[roles.workstation]
adapter = "operator"
card_certificate = "card.pem"{language}

[roles.identity_provider]
adapter = "operator"
device_login_address = "{login}"

[roles.device_manager]
adapter = "operator"

[roles.issuer]
adapter = "operator"
kiosk_address = "{kiosk}"
enrolment_address = "{enrolment}"
trust = "trust"
crls = "crls"

[roles.phone]
adapter = "operator"
"""


class RealProduct:
    """Kiosk, phone and servers; `begin` puts everything back, as the person does before a scenario."""

    def __init__(self, folder: Path, fault: str = "") -> None:
        """`folder` gets what the person exports. `fault` is a defect that the product has."""
        self.folder = folder
        self._swaps = [fault_named(fault).swap] if fault else []
        self._stage = Stage(load_target(), machine_now(), "the real product")
        self._open = ExitStack()
        self._files = 0
        self.begin()

    def begin(self) -> None:
        """A phone that is not managed, an account without a derived credential."""
        self._open.close()
        self._open = ExitStack()
        self.cast = self._open.enter_context(self._stage.scene(Recorder(), "product", self._swaps))

    def close(self) -> None:
        """Switch it off."""
        self._open.close()
        self._stage.close()

    def write_target(self, more: str = "", language: str = "") -> Path:
        """What the vendor knows of the product: addresses, authorities, the cardholder's certificate."""
        cast, folder = self.cast, self.folder
        (folder / "card.pem").write_bytes(as_pem(cast.card_certificate))
        for name in ("trust", "crls"):
            (folder / name).mkdir(exist_ok=True)
        authorities = (*cast.trust.anchors, *cast.trust.intermediates)
        for number, der in enumerate(authorities):
            (folder / "trust" / f"{number}.pem").write_bytes(as_pem(der))
        for number, der in enumerate(self._crls(authorities)):
            (folder / "crls" / f"{number}.crl").write_bytes(der)
        file = folder / "product.toml"
        text = TARGET.format(
            login=cast.identity_provider.device_login_address,
            kiosk=cast.issuer.kiosk_address,
            enrolment=cast.issuer.enrolment_address,
            language=language,
        )
        file.write_text(text + more)
        return file

    def export(self, ders: list[bytes]) -> str:
        """Paths of files with those certificates, as a person types them."""
        paths = [self.save("certificate.pem", as_pem(der)) for der in ders]
        return ",".join(map(str, paths)) or "none"

    def save_mails(self) -> str:
        """Paths of the e-mails in the work mailbox."""
        paths = []
        for each in self.cast.phone.mail():
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = each.sender, each.recipient, each.subject
            message["Date"] = format_datetime(each.at)
            message.set_content(each.body)
            paths.append(self.save("mail.eml", bytes(message)))
        return ",".join(map(str, paths)) or "none"

    def save(self, name: str, content: bytes) -> Path:
        """A file of the person's."""
        self._files += 1
        file = self.folder / f"{self._files} {name}"
        file.write_bytes(content)
        return file

    def _crls(self, authorities: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """Those that the certificates of authorities and of a derived credential name."""
        entity = self._enrolled()
        crls = self.cast.trust.crls_of((*authorities, self.cast.card_certificate, *entity))
        self.begin()
        return crls

    def _enrolled(self) -> tuple[bytes, ...]:
        cast = self.cast
        phone, workstation = cast.phone, cast.workstation
        phone.open_company_portal()
        phone.choose("Sign in")
        workstation.browse(cast.identity_provider.device_login_address)
        workstation.type_into("Code", phone.user_code())
        workstation.choose("Next")
        workstation.sign_in_with_card(cast.pin)
        workstation.choose("Continue")
        phone.continue_enrolment()
        cast.device_manager.target(cast.cardholder)
        phone.tap_notification()
        phone.choose("Begin")
        workstation.browse(cast.issuer.kiosk_address)
        workstation.sign_in_with_card(cast.pin)
        workstation.choose("Request my ID")
        workstation.choose("I accept the subscriber obligations")
        page = workstation.choose("Activate with a mobile credential")
        phone.choose("Continue")
        phone.choose("Use Camera")
        phone.choose("OK")
        phone.scan(page.pictures[0])
        phone.set_activation_secret("a long secret of the vendor")
        phone.finish()
        return tuple(each.certificate for each in phone.credentials())


def as_pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
