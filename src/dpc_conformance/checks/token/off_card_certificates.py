"""The file with the certificates of retired keys that the Key History points to (SP 800-73-5 part 1 §3.3.3)."""

import hashlib
import re
from typing import Final

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.possession import made_by
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.key_history import FIRST, LAST, read_history, retired_answers
from dpc_conformance.checks.token.presence import worst
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.key_history import KeyHistory
from dpc_conformance.formats.off_card_key_history import OffCardKeyHistoryFile

WHERE: Final = "Key History F3"
FILE: Final = "OffCardKeyHistoryFile"
ADDRESS: Final = re.compile(r"http://[A-Za-z0-9.-]+/(?P<digest>[0-9A-Fa-f]{64})")


@token_check("DPC-APP-KH-04")
def file_is_named_by_its_hash_and_complete(reading: CardReading, context: CardContext) -> Answer:
    """The URL ends in the SHA-256 of its file, which lists every retired key of the token with its certificate."""
    history = read_history(reading)
    if not isinstance(history, KeyHistory):
        return history
    if not history.url:
        return DoesNotApply("the Key History names no URL")
    address = ADDRESS.fullmatch(history.url)
    if address is None:
        return unexpected(WHERE, "http://<host>/<64 hexadecimal digits>", history.url)
    if history.url not in context.off_card:
        return CannotTell("what stands behind the URL was not fetched")
    file = context.off_card[history.url]
    if file is None:
        return CannotTell("nobody answers behind the URL")
    digest = hashlib.sha256(file).hexdigest()
    if address["digest"].lower() != digest:
        return unexpected(f"{WHERE}, file name", f"SHA-256 of the file, {digest}", address["digest"])
    try:
        listed = OffCardKeyHistoryFile.from_bytes(file)
    except DerError as error:
        return unexpected(FILE, "SEQUENCE SIZE (1..20) OF {OCTET STRING (1), Certificate}", str(error))
    references = [reference for reference, _ in listed.entries]
    strays = [f"{each:02X}" for each in references if not FIRST <= each <= LAST]
    if strays or len(set(references)) != len(references):
        return unexpected(FILE, "each key reference once, from 82 to 95", [f"{each:02X}" for each in references])
    return worst([_listed_right(reading, listed, each) for each in sorted(_retired(reading, history))])


def _retired(reading: CardReading, history: KeyHistory) -> set[int]:
    """The retired keys that the token has: by its own count, and those that answered."""
    counted = set(range(FIRST, FIRST + min(history.keys_with_certificate_on_card, LAST + 1 - FIRST)))
    elsewhere = min(history.keys_with_certificate_off_card, LAST + 1 - FIRST)
    return counted | set(range(LAST + 1 - elsewhere, LAST + 1)) | set(retired_answers(reading))


def _listed_right(reading: CardReading, listed: OffCardKeyHistoryFile, reference: int) -> Answer:
    name = f"{FILE}, key {reference:02X}"
    certificate = listed.certificate(reference)
    if certificate is None:
        return missing(name, "its certificate")
    try:
        public_key = read_certificate(certificate).public_key
    except DerError as error:
        return unexpected(name, "a certificate", str(error))
    try:
        stored = reading.certificate(reference)
        on_token = read_certificate(stored) if stored else None
    except (DerError, Malformed) as problem:
        return CannotTell(f"the certificate of key {reference:02X} on the token cannot be read: {problem}")
    if on_token is not None:
        same = on_token.public_key.der == public_key.der
        return None if same else unexpected(name, "the public key on the token", "another public key")
    answer = retired_answers(reading).get(reference)
    if answer is None:
        return CannotTell(f"key {reference:02X} did not answer")
    proved = made_by(public_key, answer)
    if isinstance(proved, CannotTell):
        return proved
    return None if proved else unexpected(name, "the certificate of the key that answers", "that of another")
