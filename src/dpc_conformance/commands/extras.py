"""Optional parts of the installation: which are missing, what is lost without each, and how to get it."""

import importlib
import importlib.util


def missing_extras() -> list[str]:
    """One sentence for each missing extra; the report's Node is looked for when the report is drawn."""
    sentences = []
    if not _zbar_works():
        sentences.append(
            "The extra zbar is missing, so QR codes are read by one decoder only: pip install 'dpc-conformance[zbar]', "
            "and the system's library libzbar0."
        )
    if importlib.util.find_spec("smartcard") is None:
        sentences.append(
            "The extra card is missing, so no card reader can be used: pip install 'dpc-conformance[card]' "
            "(it is built with a C compiler and libpcsclite-dev)."
        )
    return sentences


def _zbar_works() -> bool:
    try:
        importlib.import_module("pyzbar.pyzbar")
    except (ImportError, OSError):  # the package is there, the system's library is not
        return False
    return True
