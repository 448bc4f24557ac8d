"""Status words of a PIV Card and what they say (SP 800-73-5 part 2 §2.6, ISO/IEC 7816-4 §5.1.3)."""

SUCCESS = 0x9000
MORE_DATA = 0x6100
VERIFICATION_FAILED = 0x6300
ATTEMPTS_LEFT = 0x63C0
WRONG_LENGTH = 0x6700
LAST_OF_CHAIN_EXPECTED = 0x6883
SECURE_MESSAGING_NOT_SUPPORTED = 0x6882
CHAINING_NOT_SUPPORTED = 0x6884
SECURITY_STATUS_NOT_SATISFIED = 0x6982
METHOD_BLOCKED = 0x6983
CONDITIONS_NOT_SATISFIED = 0x6985
WRONG_DATA = 0x6A80
FUNCTION_NOT_SUPPORTED = 0x6A81
NOT_FOUND = 0x6A82
NOT_ENOUGH_MEMORY = 0x6A84
WRONG_P1_P2 = 0x6A86
REFERENCE_NOT_FOUND = 0x6A88
WRONG_LE = 0x6C00
INSTRUCTION_NOT_SUPPORTED = 0x6D00
CLASS_NOT_SUPPORTED = 0x6E00

_MEANINGS = {
    SUCCESS: "success",
    VERIFICATION_FAILED: "verification failed",
    WRONG_LENGTH: "wrong length",
    SECURE_MESSAGING_NOT_SUPPORTED: "secure messaging not supported",
    LAST_OF_CHAIN_EXPECTED: "last command of the chain expected",
    CHAINING_NOT_SUPPORTED: "command chaining not supported",
    SECURITY_STATUS_NOT_SATISFIED: "security status not satisfied",
    METHOD_BLOCKED: "authentication method blocked",
    CONDITIONS_NOT_SATISFIED: "conditions of use not satisfied",
    0x6987: "secure messaging data objects missing",
    0x6988: "secure messaging data objects wrong",
    WRONG_DATA: "wrong parameter in the command data",
    FUNCTION_NOT_SUPPORTED: "function not supported",
    NOT_FOUND: "object or application not found",
    NOT_ENOUGH_MEMORY: "not enough memory",
    WRONG_P1_P2: "wrong parameter P1 or P2",
    REFERENCE_NOT_FOUND: "reference data not found",
    INSTRUCTION_NOT_SUPPORTED: "instruction not supported",
    CLASS_NOT_SUPPORTED: "class not supported",
}


def attempts_left(status: int) -> int | None:
    """How many attempts a 63CX leaves; None for any other status word."""
    return status & 0xF if status & 0xFFF0 == ATTEMPTS_LEFT else None


def meaning(status: int) -> str:
    """The status word in words."""
    if status & 0xFF00 == MORE_DATA:
        return f"{status & 0xFF} more bytes available" if status & 0xFF else "256 or more bytes still available"
    if status & 0xFF00 == WRONG_LE:
        return f"wrong Le, {status & 0xFF or 256} bytes available"
    left = attempts_left(status)
    if left is not None:
        return f"verification failed, {left} attempts left"
    return _MEANINGS.get(status, "not a status word of SP 800-73-5")
