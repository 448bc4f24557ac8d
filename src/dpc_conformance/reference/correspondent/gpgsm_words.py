"""What gpgsm says: status lines for programs, and its listing of a certificate."""

import re

from dpc_conformance.reference.programs.command import Answer
from dpc_conformance.roles.reasons import Reason

Status = list[tuple[str, list[str]]]
"""The name of each status line, with the words behind it."""
MARK = "[GNUPG:] "
UNTRUSTED = {
    "94": Reason.REVOKED,
    "95": Reason.STATUS_UNAVAILABLE,
    "96": Reason.STATUS_UNAVAILABLE,
    "101": Reason.EXPIRED,
    "102": Reason.NOT_YET_VALID,
}
"""Codes of libgpg-error beside TRUST_NEVER and TRUST_UNDEFINED. Any other is about the path."""
NOT_FOR_RECIPIENT = {"3": Reason.PURPOSE, "4": Reason.REVOKED, "5": Reason.EXPIRED, "6": Reason.STATUS_UNAVAILABLE}
"""Codes beside INV_RECP."""
TRUSTED, NOT_TRUSTED = {"TRUST_FULLY", "TRUST_ULTIMATE"}, {"TRUST_NEVER", "TRUST_UNDEFINED"}
DIGEST_DIFFERS = "message digest attribute does not match"
MAIL_PURPOSES = ("emailProtection", "2.5.29.37.0")
"""How extKeyUsage is listed."""
LABEL = re.compile(r"\s*([\w.]+):(?: (.*))?$")


def statuses(answer: Answer) -> Status:
    """The status lines, in order."""
    lines = answer.output.decode(errors="replace").splitlines()
    split = [line.removeprefix(MARK).split(" ") for line in lines if line.startswith(MARK)]
    return [(name, words) for name, *words in split]


def signature_reason(answer: Answer) -> str:
    """Why a signature is not accepted; empty when it is. The exit code alone does not say: it is 0 for expired ones."""
    said = statuses(answer)
    names = {name for name, _ in said}
    if "BADSIG" in names:
        return Reason.CONTENT_CHANGED if DIGEST_DIFFERS in answer.words else Reason.SIGNATURE
    if "EXPKEYSIG" in names:
        return Reason.EXPIRED
    if any(name == "ERROR" and words[:1] == ["verify.keyusage"] for name, words in said):
        return Reason.PURPOSE
    for name, words in said:
        if name in NOT_TRUSTED:
            return UNTRUSTED.get(words[0] if words else "", Reason.PATH)
    return "" if "GOODSIG" in names and TRUSTED & names and answer.code == 0 else Reason.SIGNATURE


def certificate_reason(purposes: list[str], names: list[str], sender: str) -> str:
    """Why a certificate is none for mail of that sender; empty when it is (RFC 8550 §3, §4.4.4)."""
    if purposes and not any(each.split(" ")[0] in MAIL_PURPOSES for each in purposes):
        return Reason.PURPOSE
    return "" if sender.lower() in {each.strip("<>").lower() for each in names} else Reason.MAIL_ADDRESS


def recipient_reason(answer: Answer) -> str:
    """Why a recipient's certificate was not taken."""
    codes = [words[0] for name, words in statuses(answer) if name == "INV_RECP" and words]
    return NOT_FOR_RECIPIENT.get(codes[0] if codes else "", Reason.PATH)


def listed_under(label: str, listing: Answer) -> list[str]:
    """The values that `--dump-cert` lists under a label: behind it and on the lines that have none."""
    found, current = [], ""
    for line in listing.output.decode(errors="replace").splitlines():
        match = LABEL.match(line)
        current, value = (match[1], match[2] or "") if match else (current, line.strip())
        if current == label and value:
            found.append(value)
    return found
