"""`adapter = "smtp"` for the role correspondent: mail goes through a real server, and is read where that puts it."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.maildir_account import MaildirAccount
from dpc_conformance.reference.scene import Scene
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

KEY = "roles.correspondent"


class SmtpSettings(BaseModel):
    """The table `roles.correspondent` of a target file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str
    port: Annotated[int, Field(ge=1, le=65535)] = 25
    roots: Path | None = None
    """The roots (PEM) of the server's certificate: STARTTLS is demanded. Without them mail travels in the clear."""
    mailbox: Path
    """The Maildir into which the server puts mail for the cardholder and the correspondents."""


@dataclass(frozen=True)
class SmtpMail:
    """Has everybody in a scene hand mail in at that server."""

    server: tuple[str, int]
    mailbox: Path
    tls: ssl.SSLContext | None = field(repr=False)

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "SmtpMail":
        """Read the table and what it names. TargetError: target file, key, problem."""
        file = target.file
        wanted = fit(settings, SmtpSettings, f"{file}: {KEY}.", TargetError)
        mailbox = file.parent / wanted.mailbox
        if not (mailbox / "new").is_dir() or not (mailbox / "cur").is_dir():
            raise TargetError(f"{file}: {KEY}.mailbox: {mailbox} is no Maildir: expected the folders new and cur in it")
        tls = None
        if wanted.roots is not None:
            try:
                tls = ssl.create_default_context(cafile=str(file.parent / wanted.roots))
            except OSError as problem:
                reason = "expected certificates in PEM" if isinstance(problem, ssl.SSLError) else problem.strerror
                raise TargetError(
                    f"{file}: {KEY}.roots: {file.parent / wanted.roots} cannot be read: {reason}"
                ) from None
        return cls((wanted.host, wanted.port), mailbox, tls)

    def __call__(self, scene: Scene) -> None:
        """Change the scene; what lies in the Maildir from before does not belong to it."""
        sent: set[str] = set()
        scene.mail_account = lambda address: MaildirAccount(address, self.server, self.tls, self.mailbox, sent)


ADAPTER = Adapter("correspondent", "smtp", "Mail through an SMTP server.", SmtpSettings, SmtpMail.read, parallel=True)
