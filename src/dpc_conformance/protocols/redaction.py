"""What a record of an HTTP exchange must not show: secrets known to the recorder and secrets known by their name."""

import base64
import binascii
import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dpc_conformance.evidence.recorder import REDACTED, Recorder

SECRET_FIELDS = frozenset(
    {"pin", "password", "secret", "token", "access_token", "id_token", "refresh_token", "device_code"}
    | {"client_secret", "activation_secret", "passcode", "unblocking_key", "next_unblocking_key"}
    | {"current_password", "new_password", "code_verifier"}
)
BODY_LIMIT = 65536
"""Characters of a body that a record keeps."""

_PICTURE = re.compile(r"data:([\w/+.-]+);base64,[A-Za-z0-9+/=\s]+")
_PRIVATE_KEY_PEM = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}(?:\s{1,2}[A-Za-z0-9+/]+)*={0,2}")
_KEY_BEGINS = re.compile(rb"\x30(?:[\x00-\x7f]|\x81.|\x82..)\x02\x01[\x00\x01](?:\x30|\x02|\x04)", re.DOTALL)
"""PKCS #8, PKCS #1 and SEC 1 begin so; a certificate, a request and CMS do not."""
_COOKIE_VALUE = re.compile(r"(^|;\s*)([^=;\s]+)=([^;]*)")


def headers_without_secrets(headers: list[tuple[str, str]], recorder: Recorder) -> dict[str, str]:
    """Headers by name, repeated ones joined by a comma; credentials and cookie values are gone, cookie flags stay."""
    shown: dict[str, str] = {}
    for name, value in headers:
        lower = name.lower()
        if lower in ("authorization", "proxy-authorization"):
            text = f"{value.split(' ')[0]} {REDACTED}"
        elif lower == "cookie":
            text = _COOKIE_VALUE.sub(rf"\1\2={REDACTED}", value)
        elif lower == "set-cookie":
            text = re.sub(r"^([^=]+)=[^;]*", rf"\1={REDACTED}", value)
        else:
            text = recorder.redact(value)
        shown[lower] = f"{shown[lower]}, {text}" if lower in shown else text
    return shown


def url_without_secrets(url: str, recorder: Recorder) -> str:
    """The URL with secret query fields replaced."""
    parts = urlsplit(url)
    if _has_secret_field(parts.query):
        parts = parts._replace(query=_form(parts.query))
    return recorder.redact(urlunsplit(parts))


def body_without_secrets(body: bytes, content_type: str, recorder: Recorder) -> str:
    """The body as text: secret fields of forms and JSON replaced, pictures and binary bodies described."""
    if not body:
        return ""
    kind = content_type.split(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return f"(binary {kind or 'body'}, {len(body)} bytes)"
    if any(ord(character) < 32 and character not in "\t\r\n" for character in text):
        return f"(binary {kind or 'body'}, {len(body)} bytes)"
    if kind == "application/x-www-form-urlencoded":
        text = _form(text)
    elif kind == "application/json" or kind.endswith("+json"):
        text = _json(text)
    text = _BASE64.sub(_unless_key, _PRIVATE_KEY_PEM.sub(REDACTED, text))
    # A picture may be the QR code that carries the binding secret.
    text = recorder.redact(_PICTURE.sub(r"(picture \1)", text))
    return text if len(text) <= BODY_LIMIT else f"{text[:BODY_LIMIT]}... (cut, {len(text)} characters in all)"


def _unless_key(found: re.Match[str]) -> str:
    """What stands in base64; a private key that nobody put into an envelope is none of a report's business."""
    start = "".join(found[0].split())[:40]
    try:
        begins = base64.b64decode(start)
    except binascii.Error:
        return found[0]
    return REDACTED if _KEY_BEGINS.match(begins) else found[0]


def _has_secret_field(form: str) -> bool:
    return any(name.lower() in SECRET_FIELDS for name, _ in parse_qsl(form, keep_blank_values=True))


def _form(form: str) -> str:
    fields = parse_qsl(form, keep_blank_values=True)
    shown = [(name, REDACTED if name.lower() in SECRET_FIELDS else value) for name, value in fields]
    return urlencode(shown, safe="()/: ")


def _json(text: str) -> str:
    try:
        return json.dumps(_hide(json.loads(text)), ensure_ascii=False)
    except ValueError:
        return text


def _hide(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: REDACTED if str(name).lower() in SECRET_FIELDS and isinstance(held, str) else _hide(held)
            for name, held in value.items()
        }
    if isinstance(value, list):
        return [_hide(item) for item in value]
    return value
