"""`adapter = "smtp"`: mail goes through a server made by others, with STARTTLS, and is read in its Maildir."""

import socket
import ssl
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters import maildir_account
from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.smime import Heading, encrypted_mail
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.roles.errors import Unreachable
from dpc_conformance.target import TargetError, load_target

TARGET = """
name = "Reference with a mail server"
[roles.correspondent]
adapter = "smtp"
host = "localhost"
port = {port}
roots = "roots.pem"
mailbox = "mail"
[claims]
simulation = true
"""


@pytest.fixture
def authority():
    return TlsAuthority(machine_now(), SeededEntropy("mail server"))


@pytest.fixture
def server(tmp_path, authority):
    """A mail server of our own making, as far as it goes: TLS is demanded, mail goes into one Maildir."""
    identity = authority.identity("localhost")
    for name, pem in {"key.pem": identity.key_pem, "chain.pem": identity.chain_pem}.items():
        (tmp_path / name).write_bytes(pem)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    mailbox = Mailbox(str(tmp_path / "mail"))
    with socket.socket() as free:  # the controller takes no port 0
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, tls_context=tls, require_starttls=True)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def target(tmp_path, authority, server):
    (tmp_path / "roots.pem").write_bytes(authority.root.public_bytes(Encoding.PEM))
    (tmp_path / "target.toml").write_text(TARGET.format(port=server.port))
    return tmp_path / "target.toml"


@pytest.fixture
def account(target):
    """Mail accounts of a scene with that target."""
    stage, scenes = Stage(load_target(target), machine_now(), "smtp"), []
    with stage.scene(Recorder(), "mail", [scenes.append]) as cast:
        yield cast.mail_account
    stage.close()


def message(number, recipients=("oona@partner.example",)):
    heading = Heading("grace@dpc.example", recipients, "x", machine_now() + timedelta(seconds=number), f"id{number}")
    return encrypted_mail(heading, b"\x30\x80\r\n" * 300)


def test_mail_arrives_as_it_was_sent(account):
    grace, oona, gus = (account(f"{name}.example") for name in ("grace@dpc", "oona@partner", "gus@partner"))
    grace.send([oona.address], message(1))
    both = [oona.address, gus.address]
    grace.send(both, message(2, both))
    assert [len(each.messages()) for each in (grace, oona, gus)] == [0, 2, 1]
    body = message(2, both).partition(b"\r\n\r\n")[2]
    assert oona.messages()[-1].partition(b"\r\n\r\n")[2].rstrip() == body.rstrip()


def test_mail_of_others_in_the_maildir_is_left_alone(account, tmp_path):
    (tmp_path / "mail" / "new" / "from-before").write_bytes(message(7).replace(b"\r\n", b"\n"))
    oona = account("oona@partner.example")
    assert oona.messages() == ()
    account("grace@dpc.example").send([oona.address], message(8))
    assert len(oona.messages()) == 1


def test_a_server_that_takes_no_mail_is_infrastructure(account):
    with socket.socket() as bound:  # nobody listens there
        bound.bind(("127.0.0.1", 0))
        nobody = replace(account("grace@dpc.example"), server=bound.getsockname())
        with pytest.raises(Unreachable, match="the mail was not taken"):
            nobody.send(["oona@partner.example"], message(1))


def test_mail_that_does_not_arrive_is_infrastructure(account, monkeypatch, tmp_path):
    monkeypatch.setattr(maildir_account, "TIME_LIMIT", 0.1)
    for folder in ("new", "cur"):
        (tmp_path / "elsewhere" / folder).mkdir(parents=True)
    looking_elsewhere = replace(account("grace@dpc.example"), mailbox=tmp_path / "elsewhere")
    with pytest.raises(Unreachable, match="did not reach"):
        looking_elsewhere.send(["oona@partner.example"], message(1))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('mailbox = "mail"', 'mailbox = "roots.pem"', "no Maildir"),
        ('roots = "roots.pem"', 'roots = "key.pem"', "key.pem cannot be read: expected certificates in PEM"),
        ('roots = "roots.pem"', 'roots = "nowhere.pem"', "No such file"),
        ('host = "localhost"', "", "roles.correspondent.host: expected this key"),
        ('host = "localhost"', 'host = "x"\nimap = "y"', "imap: expected a known key"),
        ("port = ", "port = 9", "port: expected"),
    ],
)
def test_a_wrong_table_is_told_in_one_sentence(target, old, new, sentence):
    target.write_text(target.read_text().replace(old, new))
    with pytest.raises(TargetError, match=sentence) as told:
        Stage(load_target(target), machine_now(), "smtp")
    assert "\n" not in str(told.value)
