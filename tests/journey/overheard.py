"""What really went over the wire in this process, before anything was redacted."""

from dataclasses import dataclass, field

from dpc_conformance.protocols.recording import RecordingTransport
from dpc_conformance.reference.mail import Mailboxes


@dataclass
class Overheard:
    """Raw exchanges: (URL, request headers, request body, answer headers, answer body); mails as sent."""

    exchanges: list[tuple[str, dict[str, str], bytes, list[tuple[str, str]], bytes]] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)

    def listen(self, monkeypatch):
        """Until the test ends."""
        record, deliver = RecordingTransport._record, Mailboxes.deliver

        def overhear(transport, request, began, sent, status, headers, received, facts):
            self.exchanges.append((str(request.url), dict(request.headers), sent, headers, received))
            record(transport, request, began, sent, status, headers, received, facts)

        def overhear_mail(mailboxes, recipient, content):
            self.mails.append(content)
            deliver(mailboxes, recipient, content)

        monkeypatch.setattr(RecordingTransport, "_record", overhear)
        monkeypatch.setattr(Mailboxes, "deliver", overhear_mail)

    def bodies(self, media_type):
        """The bodies of answers of that type."""
        return [body for *_, headers, body in self.exchanges if media_type in header(headers, "content-type")]

    def headers(self, name):
        """The values of one header in all answers."""
        return [value.encode() for *_, headers, _ in self.exchanges for key, value in headers if key.lower() == name]


def header(headers, name):
    """The value of a header, empty without it."""
    return next((value for key, value in headers if key.lower() == name), "")
