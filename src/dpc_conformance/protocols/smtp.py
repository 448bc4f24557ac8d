"""Hands mail in over SMTP (RFC 5321)."""

import smtplib
import ssl
from collections.abc import Sequence

from dpc_conformance.roles.errors import Unreachable

TIME_LIMIT = 5.0
"""Seconds of the machine's time that the server may take for each answer."""
OWN_NAME = "sender.dpc.example"


def submit(
    server: tuple[str, int], sender: str, recipients: Sequence[str], message: bytes, tls: ssl.SSLContext | None = None
) -> None:
    """Deliver one message with CRLF line ends to a server, after STARTTLS where `tls` is given. Raises Unreachable."""
    host, port = server
    try:
        with smtplib.SMTP(host, port, local_hostname=OWN_NAME, timeout=TIME_LIMIT) as connection:
            if tls is not None:
                connection.starttls(context=tls)
            connection.sendmail(sender, recipients, message)
    except OSError as error:  # smtplib's own errors are among them
        raise Unreachable(f"{host}:{port}", f"the mail was not taken ({error})") from error
