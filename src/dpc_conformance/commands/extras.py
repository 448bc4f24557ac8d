"""Optional parts of the installation: which are missing, what is lost without each, and how to get it."""

import importlib
import importlib.util

ONE_DECODER = "so QR codes are read by one decoder only"


def missing_extras() -> list[str]:
    """One sentence for each missing extra; the report's Node is looked for when the report is drawn."""
    return [sentence for sentence in (_zbar(), _card()) if sentence]


def _zbar() -> str:
    """Empty when zbar works."""
    if importlib.util.find_spec("pyzbar") is None:
        remedy = "pip install 'dpc-conformance[zbar]', and the system's library libzbar0"
        return f"The extra zbar is missing, {ONE_DECODER}: {remedy}."
    try:
        importlib.import_module("pyzbar.pyzbar")
    except (ImportError, OSError):
        return f"The system's library libzbar0 is missing, {ONE_DECODER}: apt-get install libzbar0."
    return ""


def _card() -> str:
    if importlib.util.find_spec("smartcard") is not None:
        return ""
    return (
        "The extra card is missing, so no card reader can be used: pip install 'dpc-conformance[card]' "
        "(it is built with a C compiler and libpcsclite-dev)."
    )
