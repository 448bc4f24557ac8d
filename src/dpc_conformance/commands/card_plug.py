"""`dpc card plug`: a virtual card that any program of this machine can use through PC/SC, until it is stopped."""

import platform
import shlex
from pathlib import Path

import click
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters.pcsc import PcscUnavailable
from dpc_conformance.adapters.private_pcscd import READER, PrivatePcscd, private_pcscd
from dpc_conformance.commands.card_source import well_formed
from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.commands.plugged_card import PluggedCard, card_image, new_card, new_token
from dpc_conformance.commands.signals import ended_by_signals
from dpc_conformance.reference.card.image import CardImageError
from dpc_conformance.reference.card.personalise import DEFAULT_PIN
from dpc_conformance.roles.token import TokenSecrets

ALGORITHMS = ("P-256", "P-384", "RSA-2048")
LONGEST_NAME = 60
MODULE = "opensc-pkcs11.so"


@click.command("plug")
@click.option("--image", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help="Plug in a card image.")
@click.option("--token", is_flag=True, help="Plug in a removable token with a derived PIV application.")
@click.option("--algorithm", metavar="NAME", help=f"Of a new card's keys: {', '.join(ALGORITHMS)}; default: P-256.")
@click.option("--pin", metavar="DIGITS", help=f"The card's PIN; default: {DEFAULT_PIN}. A token has a new one.")
@click.option("--reader-name", metavar="NAME", default=READER, help=f"What programs see; default: {READER}.")
@click.option(
    "--trust", metavar="FOLDER", type=click.Path(path_type=Path), help="Write the CA certificates above a new card."
)
def plug(
    folder: Path | None, token: bool, algorithm: str | None, pin: str | None, reader_name: str, trust: Path | None
) -> None:
    """Keep a virtual card in a PC/SC reader until ^C.

    The reader belongs to a PC/SC daemon of its own: the readers of this machine, and a daemon that runs already, are
    left alone. Programs find it by the environment variable that is printed. Without --image and --token a good PIV
    Card is personalised by a new test PKI. ^C and SIGTERM take the card out; the exit code is 0 then.

    \b
    Examples:
      dpc card plug
      dpc card plug --algorithm RSA-2048 --trust authorities/
      dpc card plug --image my-card/
      dpc card plug --token
      dpc card plug --reader-name "Yubico Lab"     for libykcs11, which wants such a name
    """
    _check(folder, token, algorithm, pin, reader_name, trust)
    with ended_by_signals():
        try:
            plugged = _choose(folder, token, algorithm or ALGORITHMS[0], pin or DEFAULT_PIN)
            if trust is not None:
                _write(plugged, trust)
            with private_pcscd(reader_name) as daemon, daemon.holding(plugged.card):
                click.echo(how_to_use(daemon, plugged, trust))
                daemon.log.wait_for(lambda log: not log.occupied, None)
                raise CannotGoOn("the PC/SC daemon ended" if daemon.log.ended else "the card was lost from the reader")
        except (PcscUnavailable, CardImageError) as problem:
            raise BadInput(str(problem)) from None
        except OSError as problem:
            raise CannotGoOn(f"the card cannot be plugged in: {problem}") from None


def _check(
    folder: Path | None, token: bool, algorithm: str | None, pin: str | None, reader_name: str, trust: Path | None
) -> None:
    if folder and token:
        raise BadInput("name either --image or --token")
    if algorithm and (folder or token):
        raise BadInput("--algorithm: the keys of a card image, and of a token, are as they are")
    if algorithm and algorithm not in ALGORITHMS:
        raise BadInput(f"--algorithm {algorithm}: expected one of {', '.join(ALGORITHMS)}")
    if pin and token:
        raise BadInput("--pin: a token has a new activation secret each time")
    if pin is not None:
        well_formed(pin, "--pin")
    if trust and folder:
        raise BadInput("--trust: the authorities of a card image are not in it")
    if not (0 < len(reader_name) <= LONGEST_NAME and reader_name.isascii() and reader_name.isprintable()):
        raise BadInput(f"--reader-name: expected up to {LONGEST_NAME} printable ASCII characters")
    if '"' in reader_name:
        raise BadInput('--reader-name: expected a name without "')


def _choose(folder: Path | None, token: bool, algorithm: str, pin: str) -> PluggedCard:
    if folder:
        return card_image(folder, pin)
    return new_token() if token else new_card(algorithm, pin)


def _write(plugged: PluggedCard, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, authority in enumerate(plugged.authorities):
            (folder / f"{number}.pem").write_bytes(authority.public_bytes(Encoding.PEM))
    except OSError as problem:
        raise BadInput(f"--trust {folder}: expected a folder that can be written: {problem.strerror}") from None


def how_to_use(daemon: PrivatePcscd, plugged: PluggedCard, trust: Path | None) -> str:
    """What the user is told: where the card is, its secrets, and lines to copy."""
    [(variable, value)] = daemon.environment.items()
    return "\n".join(
        (
            f"{plugged.what} is in the reader {daemon.reader!r} until ^C.",
            "",
            f"export {variable}={shlex.quote(value)}",
            "",
            *(_of_token(plugged.secrets, daemon) if plugged.secrets else _of_card(plugged, daemon, trust)),
        )
    )


def _of_card(plugged: PluggedCard, daemon: PrivatePcscd, trust: Path | None) -> tuple[str, ...]:
    reader = shlex.quote(daemon.reader)
    around = f" --trust {shlex.quote(str(trust))}" if trust else ""
    return (
        f"# The PIN is {plugged.pin}.",
        f"opensc-tool --reader {reader} --name --atr",
        f"pkcs15-tool --reader {reader} --dump",
        f"pkcs11-tool --module {pkcs11_module()} --test --login --pin {plugged.pin}",
        f"yubico-piv-tool --reader {reader} --action status",
        f"dpc card show --reader {reader} --pin {plugged.pin}",
        f"dpc card check --reader {reader}{around}",
    )


def _of_token(secrets: TokenSecrets, daemon: PrivatePcscd) -> tuple[str, ...]:
    return (
        "# In a target file:",
        "[roles.token]",
        'adapter = "pcsc"',
        f'reader = "{daemon.reader}"',
        'secrets_file = "secrets.toml"',
        "",
        "# In secrets.toml beside it:",
        f'activation_secret = "{secrets.activation_secret}"',
        f'unblocking_key = "{secrets.unblocking_key.hex()}"',
        f'administration_key = "{secrets.administration_key.hex()}"',
        f"administration_algorithm = 0x{secrets.administration_algorithm:02X}",
    )


def pkcs11_module() -> Path:
    """Where OpenSC's PKCS#11 module is; only its name where it is not installed."""
    folders = (f"/usr/lib/{platform.machine()}-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib")
    return next((path for folder in folders if (path := Path(folder, MODULE)).exists()), Path(MODULE))
