"""Seeded defects of the e-mail that tells the cardholder of a new credential."""

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.notice_sender import NoticeSender
from dpc_conformance.reference.issuer.notifier import Notifier
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.mail import SendMail
from dpc_conformance.reference.scene import Scene


def notifier_by(parts: IssuerParts, send_mail: SendMail) -> Notifier:
    """Tells cardholders about certificates by another kind of mail."""
    sender = NoticeSender(parts.store, parts.audit, send_mail, parts.clock, parts.settings)
    return Notifier(parts.store, parts.accounts, sender, parts.clock)


TELLS_NOBODY = {"DPC-ISS-NOTIFY-01", "DPC-ISS-NOTIFY-02", "DPC-LC-NOTIFYINV-01", "DPC-KM-ESCROW-03"}


@fault("issuer sends no e-mail", TELLS_NOBODY)
def silent(scene: Scene) -> None:
    scene.issuer.notifier = notifier_by(scene.issuer, lambda _recipient, _subject, _body: None)


@fault("issuer tells the help desk instead of the cardholder", TELLS_NOBODY)
def help_desk(scene: Scene) -> None:
    send = scene.issuer.send_mail
    scene.issuer.notifier = notifier_by(
        scene.issuer, lambda _recipient, subject, body: send("help.desk@dpc.example", subject, body)
    )


@fault(
    "e-mail to the cardholder does not say what was issued",
    {"DPC-ISS-NOTIFY-02", "DPC-LC-NOTIFYINV-01", "DPC-KM-ESCROW-03"},
)
def says_nothing(scene: Scene) -> None:
    send = scene.issuer.send_mail
    scene.issuer.notifier = notifier_by(
        scene.issuer, lambda recipient, _subject, _body: send(recipient, "News", "There is news in your account.")
    )
