"""The options that say who signs a package: certificate and key, or PKCS#12, and where the password comes from."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from dpc_conformance.commands.errors import BadInput
from dpc_conformance.reporting.package.signing import (
    NeedsPassword,
    NotASigner,
    Signer,
    signer_from_files,
    signer_from_pkcs12,
)


def read_signer(certificate: Path | None, key: Path | None, password_file: Path | None) -> Signer | None:
    """Who signs; None when nobody was named. BadInput names the option, never a secret."""
    if certificate is None:
        if key or password_file:
            raise BadInput("--sign-with: expected beside --key and --password-file")
        return None
    content = _read(certificate, "--sign-with")
    password = _read(password_file, "--password-file").strip(b"\r\n") if password_file else None
    if key is None:
        return _signer(f"--sign-with {certificate}", password, lambda given: signer_from_pkcs12(content, given))
    private = _read(key, "--key")
    return _signer(f"--key {key}", password, lambda given: signer_from_files(content, private, given))


def _signer(named: str, password: bytes | None, load: Callable[[bytes | None], Signer]) -> Signer:
    try:
        return load(password)
    except NeedsPassword:
        if not sys.stdin.isatty():
            raise BadInput(f"{named}: expected --password-file, since it is locked and nobody can be asked") from None
        asked: str = click.prompt(f"Password of {named.partition(' ')[2]}", hide_input=True, err=True)
    except NotASigner as problem:
        raise BadInput(f"{named}: {problem}") from None
    try:
        return load(asked.encode())
    except NotASigner as problem:
        raise BadInput(f"{named}: {problem}") from None


def _read(file: Path, option: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"{option} {file}: expected a file that can be read: {error.strerror}") from None
