"""What a command waits for while its card is in a reader."""

from dpc_conformance.adapters.private_pcscd import PrivatePcscd
from dpc_conformance.commands.errors import CannotGoOn
from dpc_conformance.commands.signals import until_stopped


def stay(daemon: PrivatePcscd | None) -> None:
    """Wait for a signal. CannotGoOn when the card in the daemon's reader is gone."""
    if daemon is None:
        until_stopped()
        return
    daemon.log.wait_for(lambda log: not log.occupied, None)
    raise CannotGoOn("the PC/SC daemon ended" if daemon.log.ended else "the card was lost from the reader")
