"""What is printed on the card, as data: behind the PIN and unsigned (SP 800-73-5 part 1 §3.2.1, App. A table 17)."""

from datetime import date

from dpc_conformance.reference.card.wire import tlv

AFFILIATION, ISSUER = b"Employee", b"DPC-REFERENCE-1"
NAME_BYTES, SERIAL_BYTES = 125, 20
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def printed_information(name: str, serial: str, expires: date) -> bytes:
    """Content of container 3001: name, affiliation, last day as YYYYMMMDD, the agency's number of the card, issuer."""
    last_day = f"{expires.year:04}{MONTHS[expires.month - 1]}{expires.day:02}"
    fields = {
        0x01: name.encode("ascii", "replace")[:NAME_BYTES],
        0x02: AFFILIATION,
        0x04: last_day.encode(),
        0x05: serial.encode("ascii")[:SERIAL_BYTES],
        0x06: ISSUER,
        0xFE: b"",
    }
    return b"".join(tlv(bytes([tag]), value) for tag, value in fields.items())
