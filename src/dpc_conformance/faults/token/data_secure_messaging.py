"""Seeded defects of tokens that claim a virtual contact interface, and of pairing codes.

The claim itself is made in Discovery, which the edition of 2014 does not allow: DPC-APP-DISC-03 turns red with it.
"""

from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.faults.token.data_door import claim_virtual_contact_interface, data_fault, put, seal_over
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.wire import tlv
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.mould import HOLDER
from dpc_conformance.reference.token.virtual_token import VirtualToken

YEAR, DAY = timedelta(days=365), timedelta(days=1)
CODE = b"\x99"
DIGITS = 8


@data_fault("token with a virtual contact interface has no certificate signer", {"DPC-APP-SMCS-01", "DPC-APP-DISC-03"})
def no_certificate_signer(token: VirtualToken, scene: Scene) -> None:
    claim_virtual_contact_interface(token, scene)
    token.application.objects.remove(containers.SM_CERTIFICATE_SIGNER)


@data_fault("certificate signer for secure messaging has expired", {"DPC-APP-SMCS-02", "DPC-APP-DISC-03"})
def expired_certificate_signer(token: VirtualToken, scene: Scene) -> None:
    claim_virtual_contact_interface(token, scene)
    pki, signer, now = scene.stage.pki, scene.stage.pki.content_signer, scene.clock.now()
    builder = profiles.content_signing(
        pki.piv_authority,
        signer.certificate.subject,
        signer.key.public_key(),
        now - 4 * YEAR,
        scene.entropy.branch("expired content signer"),
        no_later_than=now - DAY,
    )
    expired = pki.piv_authority.sign(builder).public_bytes(Encoding.DER)
    put(token, containers.SM_CERTIFICATE_SIGNER, card_data.certificate_object(expired))


@data_fault("cipher suite is weaker than a key on the token", {"DPC-CRY-SM-01", "DPC-APP-DISC-03"})
def weaker_suite(token: VirtualToken, scene: Scene) -> None:
    claim_virtual_contact_interface(token, scene)
    authority, entropy = scene.stage.pki.derived_authority, scene.entropy.branch("P-384 signature key")
    key = ec_key(entropy.branch("key"), ec.SECP384R1())
    subject = naming.directory_name(HOLDER.common_name)
    builder = profiles.derived_signature(
        authority, subject, key.public_key(), HOLDER.mail, scene.clock.now(), entropy.branch("certificate")
    )
    made = authority.sign(builder).public_bytes(Encoding.DER)
    token.application.keys[containers.SIGNATURE_KEY].private = key
    put(token, containers.SIGNATURE_CERTIFICATE, card_data.certificate_object(made))


def _pairing_code(token: VirtualToken, digits: str) -> None:
    held = tlv(CODE, digits.encode("ascii")) + card_data.END
    put(token, containers.PAIRING_CODE, held)
    seal_over(token, {containers.PAIRING_CODE: held})


@data_fault("pairing code is read without the activation secret", {"DPC-APP-PAIR-01", "DPC-APDU-GET-03"})
def open_pairing_code(token: VirtualToken, scene: Scene) -> None:
    _pairing_code(token, f"{scene.entropy.branch('pairing code').below(10**DIGITS):0{DIGITS}}")
    access = token.application.access
    unguarded = access.pin_protected - {containers.PAIRING_CODE.tag}
    token.application.access = replace(access, pin_protected=unguarded)


@data_fault("pairing code is 00000000", {"DPC-APP-PAIR-02"})
def constant_pairing_code(token: VirtualToken, _: Scene) -> None:
    _pairing_code(token, "0" * DIGITS)
