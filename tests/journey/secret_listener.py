"""A pytest plugin that notes every secret where it is made or used, whether the suite knows it as one or not.

It appends JSON lines to the file that DPC_TEST_SECRETS names. With DPC_TEST_BLURT the last step of the journey ends in
an exception that quotes secrets, after it printed them.
"""

import functools
import json
import os
from pathlib import Path
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.fixtures import activation, phone_setup
from dpc_conformance.protocols.recording import RecordingTransport
from dpc_conformance.protocols.redaction import SECRET_FIELDS
from dpc_conformance.reference.card.stock import ReferenceCardStock
from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.reference.pki.keys import KeyPool


@functools.cache
def note(kind, text="", key=""):
    """One secret, each once: `text` as it is written, `key` in hexadecimal."""
    with Path(os.environ["DPC_TEST_SECRETS"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"kind": kind, "text": text, "hex": key}) + "\n")


def after(owner, name, listen):
    """Call `listen(answer, *arguments)` after each call of a function."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def wrapper(*arguments, **named):
        answer = original(*arguments, **named)
        listen(answer, *arguments)
        return answer

    setattr(owner, name, wrapper)


def note_exchange(_, transport, request, began, sent, status, headers, received, facts):
    credentials = request.headers.get("authorization", "").partition(" ")[2]
    note("enrolment token", credentials) if credentials else None
    for name, value in headers:
        if name.lower() == "set-cookie":
            note("cookie", value.partition(";")[0].partition("=")[2])
    for body in (sent, received):
        note_fields(body)


def note_fields(body):
    try:
        fields = json.loads(body).items()
    except (ValueError, AttributeError):
        fields = parse_qsl(body.decode("latin-1")) if body[:200].isascii() else []
    for name, value in fields:
        if name.lower() in SECRET_FIELDS and isinstance(value, str):
            note(f"field {name.lower()}", value)


def note_key(key, *_):
    numbers = key.private_numbers()
    parts = [numbers.private_value] if hasattr(numbers, "private_value") else [numbers.d, numbers.p, numbers.q]
    for part in parts:
        note("private key", key=part.to_bytes((part.bit_length() + 7) // 8, "big").hex())


after(
    Recorder, "keep_secret", lambda _, __, secret, *_marker: note("known to the recorder", secret) if secret else None
)
after(RecordingTransport, "_record", note_exchange)
after(ReferenceCardStock, "take", lambda answer, *_: note("PIN", answer[1]))
after(IdentityProvider, "__init__", lambda _, provider, __: note("cookie key", key=provider.app.secret_key.hex()))
after(ec, "derive_private_key", note_key)
after(ec, "generate_private_key", note_key)
after(KeyPool, "rsa", note_key)


def blurt(setup):
    """What a careless library might say."""
    secrets = f"{phone_setup.ACTIVATION_SECRET} {setup._cast.pin}"
    print("printed:", secrets)  # noqa: T201
    raise ValueError(f"cannot work with {secrets}")


if os.environ.get("DPC_TEST_BLURT"):
    phone_setup.PhoneSetup.finish = blurt
note("activation secret", phone_setup.ACTIVATION_SECRET)
note("passcode", activation.PASSCODE)
