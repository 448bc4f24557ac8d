"""The virtual token: its data model as the issuer signed it, secrets of its own, and a token is cheap."""

import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.certificate_object import CertificateObject
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.formats.key_history import KeyHistory
from dpc_conformance.formats.security_object import SecurityObject
from dpc_conformance.formats.signed_data import SignedData
from dpc_conformance.reference.token.mould import CURRENT, RETIRED, RETIRED_ON_TOKEN


def content(token, container):
    return token.application.objects.content(container)


def certificate(token, reference):
    held = CertificateObject.from_bytes(content(token, containers.CERTIFICATE_OF_KEY[reference]))
    return x509.load_der_x509_certificate(held.certificate)


def test_it_holds_these_containers_and_no_other(token):
    expected = {containers.CERTIFICATE_OF_KEY[reference].tag for reference in (*CURRENT, *RETIRED_ON_TOKEN)}
    expected |= {each.tag for each in (containers.DISCOVERY, containers.KEY_HISTORY, containers.SECURITY_OBJECT)}
    assert set(token.application.objects.stored) == expected


@pytest.mark.parametrize("container", containers.CONTAINERS, ids=lambda each: each.name)
def test_everything_fits_its_container(token, container):
    assert len(content(token, container)) <= token.application.objects.capacities[container.tag]


@pytest.mark.parametrize("reference", [*CURRENT, *RETIRED_ON_TOKEN], ids=lambda each: f"{each:02X}")
def test_each_certificate_belongs_to_its_key_and_was_issued_by_the_derived_authority(token, pki, reference):
    made = certificate(token, reference)
    assert made.public_key() == token.application.keys[reference].private.public_key()
    made.verify_directly_issued_by(pki.derived_authority.certificate)


def test_the_authentication_certificate_is_a_derived_one_in_hardware(token):
    policies = certificate(token, 0x9A).extensions.get_extension_for_class(x509.CertificatePolicies).value
    assert [each.policy_identifier.dotted_string for each in policies] == ["2.16.840.1.101.3.2.1.3.41"]


def test_discovery_names_the_application_and_its_policy(token):
    discovery = DiscoveryObject.from_bytes(token.application.objects.stored[containers.DISCOVERY.tag])
    assert (discovery.aid, discovery.pin_usage_policy.hex()) == (token.application.aid, "4000")


def test_the_file_behind_the_url_is_named_by_its_hash_and_lists_every_retired_key(token):
    history = KeyHistory.from_bytes(content(token, containers.KEY_HISTORY))
    assert (history.keys_with_certificate_on_card, history.keys_with_certificate_off_card) == (2, 1)
    file = token.published[history.url]
    assert history.url.endswith("/" + hashlib.sha256(file).hexdigest())
    pairs = [entry.children() for entry in ber.Tlv.from_bytes(file).children()]
    listed = {pair[0].value[0]: x509.load_der_x509_certificate(bytes(pair[1])) for pair in pairs}
    assert tuple(listed) == RETIRED
    for reference, made in listed.items():
        assert made.public_key() == token.application.keys[reference].private.public_key()


def hashes_hold(token):
    security = SecurityObject.from_bytes(content(token, containers.SECURITY_OBJECT))
    values = security.hashes().values
    return {
        containers.by_id(identifier).name: values[group]
        == hashlib.sha256(content(token, containers.by_id(identifier))).digest()
        for group, identifier in security.mapping.items()
    }


def test_the_security_object_covers_the_unsigned_objects_and_carries_its_signer(token, pki):
    assert hashes_hold(token) == {"Discovery Object": True, "Key History": True}
    signed = SignedData.from_bytes(SecurityObject.from_bytes(content(token, containers.SECURITY_OBJECT)).signed_object)
    assert signed.certificates == (pki.content_signer.certificate.public_bytes(serialization.Encoding.DER),)


def test_sealing_again_covers_what_changed(token):
    token.application.objects.put(containers.KEY_HISTORY, bytes.fromhex("C10102C20100FE00"))
    assert not all(hashes_hold(token).values())
    token.seal()
    assert all(hashes_hold(token).values())
    token.application.objects.remove(containers.KEY_HISTORY)
    token.seal()
    assert hashes_hold(token) == {"Discovery Object": True}


def test_tokens_share_certificates_but_no_secret(make_token):
    first, second = make_token("first"), make_token("second")
    assert content(first, containers.PIV_AUTHENTICATION_CERTIFICATE) == content(
        second, containers.PIV_AUTHENTICATION_CERTIFICATE
    )
    assert first.secrets.activation_secret != second.secrets.activation_secret
    assert first.secrets.unblocking_key != second.secrets.unblocking_key
    assert first.secrets.administration_key != second.secrets.administration_key
    first.application.objects.put(containers.DISCOVERY, b"")
    assert content(second, containers.DISCOVERY)


def test_the_same_seed_makes_the_same_token(make_token):
    assert make_token().secrets == make_token().secrets


def test_the_secret_fits_the_rules_of_the_token_and_never_shows(token, ask_token):
    secret = token.secrets.activation_secret
    assert 6 <= len(secret) <= 8
    assert secret.isalnum()
    assert ask_token("0020008008" + secret.encode().ljust(8, b"\xff").hex()) == ("", "9000")
    shown = repr((token.secrets, token.application, token.other))
    assert secret not in shown
    assert token.secrets.administration_key.hex() not in shown
    assert repr(token.secrets.administration_key)[2:-1] not in shown
