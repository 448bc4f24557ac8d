"""Command and response APDUs, short and extended (ISO/IEC 7816-4 §5.1)."""

from dataclasses import dataclass

from dpc_conformance.formats.ber import Malformed

SHORT_DATA = 255
SHORT_ANSWER = 256
EXTENDED_DATA = 65535
EXTENDED_ANSWER = 65536


@dataclass(frozen=True)
class CommandApdu:
    """A command. `le` is the longest answer wanted in bytes (256 or 65536 = all there is), None when none is."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None
    extended: bool = False

    @classmethod
    def from_bytes(cls, command: bytes) -> "CommandApdu":
        """Read one of the seven cases of ISO/IEC 7816-4; raises Malformed."""
        if len(command) < 4:
            raise Malformed(f"a command of {len(command)} bytes has no complete header", len(command))
        header, body = (command[0], command[1], command[2], command[3]), command[4:]
        if not body:
            return cls(*header)
        if body[0] == 0 and len(body) >= 3:
            return cls._extended(header, body[1:])
        if len(body) == 1:
            return cls(*header, le=body[0] or SHORT_ANSWER)
        count = body[0]
        data, rest = body[1 : 1 + count], body[1 + count :]
        if count == 0 or len(data) < count or len(rest) > 1:
            raise Malformed(f"Lc says {count} bytes, {len(body) - 1} follow", 4)
        return cls(*header, data=data, le=(rest[0] or SHORT_ANSWER) if rest else None)

    @classmethod
    def _extended(cls, header: tuple[int, int, int, int], body: bytes) -> "CommandApdu":
        number = int.from_bytes(body[:2], "big")
        if len(body) == 2:
            return cls(*header, le=number or EXTENDED_ANSWER, extended=True)
        data, rest = body[2 : 2 + number], body[2 + number :]
        if number == 0 or len(data) < number or len(rest) not in (0, 2):
            raise Malformed(f"extended Lc says {number} bytes, {len(body) - 2} follow", 5)
        le = (int.from_bytes(rest, "big") or EXTENDED_ANSWER) if rest else None
        return cls(*header, data=data, le=le, extended=True)

    def __bytes__(self) -> bytes:
        """The encoding; ValueError when data or le do not fit the chosen form."""
        header = bytes([self.cla, self.ins, self.p1, self.p2])
        longest_data, longest_answer = (EXTENDED_DATA, EXTENDED_ANSWER) if self.extended else (SHORT_DATA, SHORT_ANSWER)
        if len(self.data) > longest_data or not 1 <= (self.le or 1) <= longest_answer:
            raise ValueError(f"{len(self.data)} bytes of data or Le {self.le} do not fit this form of command")
        if not self.extended:
            lc = bytes([len(self.data)]) + self.data if self.data else b""
            return header + lc + (b"" if self.le is None else bytes([self.le % SHORT_ANSWER]))
        if not self.data and self.le is None:
            return header
        lc = len(self.data).to_bytes(2, "big") + self.data if self.data else b""
        le = b"" if self.le is None else (self.le % EXTENDED_ANSWER).to_bytes(2, "big")
        return header + b"\0" + lc + le


@dataclass(frozen=True)
class ResponseApdu:
    """An answer: data and status word."""

    data: bytes
    status: int

    @classmethod
    def from_bytes(cls, response: bytes) -> "ResponseApdu":
        """Split off the status word; raises Malformed when there is none."""
        if len(response) < 2:
            raise Malformed(f"an answer of {len(response)} bytes has no status word", 0)
        return cls(response[:-2], int.from_bytes(response[-2:], "big"))

    def __bytes__(self) -> bytes:
        return self.data + self.status.to_bytes(2, "big")
