"""What the tester knows of a real token, in a TOML file of its own."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.roles.token import TokenSecrets
from dpc_conformance.toml_file import read_model

KEY_BYTES = {0x03: 24, 0x08: 16, 0x0A: 24, 0x0C: 32}
"""Length of the token management key by its algorithm (SP 800-78-5 Table 9)."""


class TokenSecretsFile(BaseModel):
    """The file. No value of it may stand in an error, a log or a report."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    activation_secret: Annotated[
        str, Field(pattern=r"^[0-9A-Za-z]{6,8}$", repr=False, description="six to eight digits or letters")
    ]
    unblocking_key: Annotated[
        str, Field(pattern=r"^[0-9A-Fa-f]{16}$", repr=False, description="eight bytes, in hexadecimal")
    ]
    administration_key: Annotated[
        str, Field(pattern=r"^([0-9A-Fa-f]{2})+$", repr=False, description="the key 9B, in hexadecimal")
    ]
    administration_algorithm: Literal[0x03, 0x08, 0x0A, 0x0C]


def read_token_secrets(file: Path, error: type[ValueError]) -> TokenSecrets:
    """The file's content. Raises `error` with a sentence that names the key and what was expected, never a value."""
    content = read_model(file, TokenSecretsFile, error)
    key = bytes.fromhex(content.administration_key)
    expected = KEY_BYTES[content.administration_algorithm]
    if len(key) != expected:
        algorithm = f"algorithm {content.administration_algorithm:02X}"
        raise error(f"{file}: administration_key: expected {expected} bytes for {algorithm}, not {len(key)}")
    return TokenSecrets(
        content.activation_secret,
        bytes.fromhex(content.unblocking_key),
        key,
        content.administration_algorithm,
    )
