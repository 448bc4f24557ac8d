"""Where the keys of hardware credentials are made, in whose device, and what gets in or out of the module.

Common Policy CP §4.12.1.5, §6.1.1.2; SP 800-157r1 §2.2.
"""

import re
from itertools import pairwise

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.context import view_or_none
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, missing, unexpected
from dpc_conformance.checks.flow.hardware_credentials import (
    ACCOUNT,
    attestation_of,
    hardware_credentials,
)
from dpc_conformance.checks.flow.key_strengths import shortcoming
from dpc_conformance.checks.flow.lifecycle import serial
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.checks.signature import verifies
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.hardware import KeyAttestation, KeyLoadAttempted
from dpc_conformance.evidence.key_store import KeyCopyAttempted
from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats.certificate import CertificateView, read_certificate

DONE = 0x9000
GENERATE_9A = re.compile("..47..9A", re.IGNORECASE)
EXPONENT = bytes.fromhex("0203010001")
"""What follows the modulus in the encoding of an RSA key with exponent 65537."""
ATTESTATION, INVENTORY, MODULE = "the key attestation", "the agency's inventory", "the hardware module"


@flow_check("DPC-ISS-KEY-04")
def made_in_the_module(facts: ScenarioFacts) -> Answer:
    """The key of each hardware credential was made in the device: its module vouches for it, or was seen making it."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    for credential in credentials:
        if credential.key_origin != "device":
            where = f"{ACCOUNT}, certificate {serial(credential.certificate)}"
            return unexpected(where, "a key made by the device", f"by the {credential.key_origin}")
        attestation = attestation_of(facts, credential)
        if attestation is None and _seen_made(facts, credential):
            continue
        if attestation is None:
            return missing(ATTESTATION, f"one for certificate {serial(credential.certificate)}")
        if (answer := _doubt(facts, credential, attestation)) is not None:
            return answer
    return None


def _doubt(facts: ScenarioFacts, credential: IssuedCredential, attestation: KeyAttestation) -> Answer:
    chain = [view for each in attestation.chain if (view := view_or_none(each)) is not None]
    if len(chain) < 2 or len(chain) != len(attestation.chain):
        return unexpected(ATTESTATION, "a chain of certificates", f"{len(chain)} that can be read")
    if chain[0].public_key.der != read_certificate(credential.certificate).public_key.der:
        return unexpected(ATTESTATION, "a certificate about the certified key", "one about another key")
    for lower, upper in (*pairwise(chain), (chain[-1], chain[-1])):
        held = _signed(lower, upper)
        if isinstance(held, CannotTell):
            return held
        if not held:
            return unexpected(ATTESTATION, "signatures up to the maker's root", "one that does not verify")
    devices = [asset for asset in facts.hardware.assets if asset.device_id == credential.device_id]
    known = [device.module for device in devices if device.module]
    if known and attestation.module not in known:
        return unexpected(ATTESTATION, f"the module of device {credential.device_id}", attestation.module)
    return None


def _seen_made(facts: ScenarioFacts, credential: IssuedCredential) -> bool:
    """Whether a token answered GENERATE ASYMMETRIC KEY PAIR for key 9A with this very key (SP 800-73-5 part 2)."""
    key = read_certificate(credential.certificate).public_key
    public = key.bits if key.curve else key.bits[-key.modulus_bits // 8 - len(EXPONENT) : -len(EXPONENT)]
    return any(
        each.status == DONE and GENERATE_9A.match(each.command) and public.hex() in each.response.lower()
        for each in facts.of(ApduExchange)
    )


def _signed(lower: CertificateView, upper: CertificateView) -> bool | CannotTell:
    unused = lower.signature_unused_bits
    return verifies(upper.public_key, lower.outer_algorithm, lower.tbs, lower.signature, unused)


@flow_check("DPC-ISS-DEVICE-02")
def device_was_issued_to_the_holder(facts: ScenarioFacts) -> Finding | None:
    """The inventory has each device that holds a hardware credential with the holder of the account at that time."""
    credentials = hardware_credentials(facts)
    if isinstance(credentials, Finding):
        return credentials
    for credential in credentials:
        records = [each for each in facts.hardware.assets if each.device_id == credential.device_id]
        before = [each for each in records if each.since <= credential.issued_at + CLOCKS_DIFFER_BY]
        if not before:
            actual = f"{records[0].issued_to} since {records[0].since}" if records else "nothing"
            return missing(f"{INVENTORY}, device {credential.device_id}", f"{facts.account} at the issuance", actual)
        holder = max(before, key=lambda each: each.since).issued_to
        if holder != facts.account:
            return unexpected(f"{INVENTORY}, device {credential.device_id}", facts.account, holder)
    return None


@flow_check("DPC-KM-REC-06")
def key_history_stays_in_the_module(facts: ScenarioFacts) -> Finding | None:
    """Earlier keys reach the module in an envelope and in TLS, it takes none in bare, and gives none back."""
    arrived = [record for record in facts.of(KeyReceived) if record.way == "recovery"]
    if not arrived:
        return missing(MODULE, "an earlier key from escrow")
    for record in arrived:
        if (finding := shortcoming(record, facts)) is not None:
            return finding
    bare = facts.of(KeyLoadAttempted)
    copies = [each for each in facts.of(KeyCopyAttempted) if each.way == "read-back"]
    if not bare or not copies:
        return missing(MODULE, "a try to load a bare key, and one to read a key back")
    if any(attempt.accepted for attempt in bare):
        return unexpected(MODULE, "no key taken in without protection", "a bare key was taken in")
    if any(copy.usable for copy in copies):
        return unexpected(MODULE, "no key read back", "a private key")
    return None
